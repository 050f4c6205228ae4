"""Keeping the order of pages, kindly: whoever arrives too early is led to the page that comes first."""

from __future__ import annotations

from flask import flash, redirect, request, session, url_for
from werkzeug.wrappers import Response

from disclosure.views.resident import draft as drafts
from disclosure.views.resident.draft import PAGES, QUESTIONS, Draft
from portal.web.language import _

RECEIPT = "receipt"


def address(page: str) -> str:
    """The address of a page of the journey."""
    return url_for(f"disclosure.{page}")


def arrive(page: str) -> Draft | Response:
    """The draft with which ``page`` can be shown, or the way to where the visitor should be."""
    found = drafts.current()
    if found is None:
        if session.get(RECEIPT):
            flash(_("Your request has been filed already. Here is its receipt."), "info")
            return redirect(url_for("disclosure.receipt"), 303)
        flash(
            _("There is no request in progress in this browser. A draft is kept for 24 hours. Please begin here."), "warning"
        )
        return redirect(address("procedure"), 303)
    first = found.first_open()
    if PAGES.index(page) > PAGES.index(first):
        flash(_("Please answer this question first. What you filled in before is still there."), "warning")
        return redirect(address(first), 303)
    return found


def onward(draft: Draft, page: str) -> Response:
    """To the next page; back to the check page for whoever came from there."""
    if request.args.get("back") == "check" and draft.first_open() == "check":
        return redirect(address("check"), 303)
    return redirect(address(PAGES[PAGES.index(page) + 1]), 303)


def place(page: str) -> dict[str, int | str]:
    """Where a question stands: its number, how many there are, and the page before it."""
    number = PAGES.index(page) + 1
    if request.args.get("back") == "check":
        before = address("check")
    else:
        before = address(PAGES[number - 2]) if number > 1 else url_for("disclosure.start")
    return {"number": number, "total": len(QUESTIONS) + 1, "before": before}
