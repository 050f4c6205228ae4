"""The draft of a request for documents, beside that of one's own records: the same sealed session, other questions."""

from __future__ import annotations

import secrets

from flask import flash, redirect, request, session, url_for
from werkzeug.wrappers import Response

from disclosure.views.resident.draft import DOCUMENTS, Draft
from disclosure.views.resident.guide import RECEIPT, Place, stand
from portal.core import access_code
from portal.web.language import _, _l

PAGES = ("which", "who", "way")
LABELS = {"which": _l("Which documents"), "who": _l("Who asks"), "way": _l("Way"), "check": _l("Check")}


class DocumentDraft(Draft):
    """Answers on which documents, who asks and how they are wanted; there are no files."""

    slot = DOCUMENTS

    @property
    def questions(self) -> tuple[str, ...]:
        return PAGES

    def is_complete(self, page: str) -> bool:
        return page in self.answers


def current() -> DocumentDraft | None:
    """The visitor's draft, if there is one."""
    values = session.get(DOCUMENTS)
    return DocumentDraft(values) if values else None


def begin() -> DocumentDraft:
    """The visitor's draft, begun now when there is none."""
    found = current()
    if found is not None:
        return found
    values = {"key": secrets.token_urlsafe(24), "code": access_code.new_access_code(), "answers": {}, "files": []}
    session[DOCUMENTS] = values
    return DocumentDraft(values)


def address(page: str) -> str:
    """The address of a page of the journey."""
    return url_for(f"disclosure.documents_{page}")


def arrive(page: str) -> DocumentDraft | Response:
    """The draft with which ``page`` can be shown, or the way to where the visitor should be."""
    found = current() if page != "which" else begin()
    if found is None:
        if session.get(RECEIPT):
            flash(_("Your request has been filed already. Here is its receipt."), "info")
            return redirect(url_for("disclosure.receipt"), 303)
        return redirect(url_for("disclosure.documents"), 303)
    first = found.first_open()
    if found.pages.index(page) > found.pages.index(first):
        flash(_("Please answer this question first. What you filled in before is still there."), "warning")
        return redirect(address(first), 303)
    return found


def onward(found: DocumentDraft, page: str) -> Response:
    """To the next page; back to the check page for whoever came from there."""
    if request.args.get("back") == "check" and found.first_open() == "check":
        return redirect(address("check"), 303)
    return redirect(address(found.pages[found.pages.index(page) + 1]), 303)


def place(found: DocumentDraft, page: str) -> Place:
    """Where a page stands in the journey; answered pages are linked."""
    start = url_for("disclosure.documents")
    return stand(page, found.pages, found.first_open(), labels=LABELS, address=address, start=start)
