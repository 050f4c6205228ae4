"""Keeping the order of pages, kindly: whoever arrives too early is led to the page that comes first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, request, session, url_for
from werkzeug.wrappers import Response

from disclosure.rules.kinds import Requester
from disclosure.views.resident import draft as drafts
from disclosure.views.resident.draft import Draft
from portal.web.language import _, _l

RECEIPT = "receipt"
LABELS = {
    "procedure": _l("Procedure"),
    "records": _l("Records"),
    "person": _l("Person"),
    "agent": _l("Representative"),
    "contact": _l("Contact"),
    "delivery": _l("Delivery"),
    "identity": _l("Identity"),
    "agency": _l("Proof of representation"),
    "check": _l("Check"),
}


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
            _("There is no request in progress in this browser. A draft is kept for 24 hours. Please begin here."),
            "warning",
        )
        return redirect(address("procedure"), 303)
    first = found.first_open()
    if page not in found.pages:
        return redirect(address(first), 303)
    if found.pages.index(page) > found.pages.index(first):
        flash(_("Please answer this question first. What you filled in before is still there."), "warning")
        return redirect(address(first), 303)
    return found


def onward(draft: Draft, page: str) -> Response:
    """To the next page; back to the check page for whoever came from there."""
    if request.args.get("back") == "check" and draft.first_open() == "check":
        return redirect(address("check"), 303)
    return redirect(address(draft.pages[draft.pages.index(page) + 1]), 303)


@dataclass(frozen=True)
class Place:
    """Where a page stands in the journey: the steps (text, state, address) and the page before it."""

    number: int
    steps: list[tuple[str, str, str | None]]
    before: str
    changing: bool


def place(page: str) -> Place:
    """The place of a page for this visitor; answered pages are linked."""
    draft = drafts.current()
    pages = draft.pages if draft else (*drafts.questions(Requester.PERSON), "check")
    first = draft.first_open() if draft else pages[0]
    return stand(page, pages, first, labels=LABELS, address=address, start=address("start"))


def stand(
    page: str,
    pages: Sequence[str],
    first_open: str,
    *,
    labels: Mapping[str, Any],
    address: Callable[[str], str],
    start: str,
) -> Place:
    """The place of a page among ``pages``; before the first one comes the address ``start``."""
    number, open_at = pages.index(page), pages.index(first_open)
    steps: list[tuple[str, str, str | None]] = []
    for position, name in enumerate(pages):
        state = "current" if position == number else "done" if position < open_at else "todo"
        steps.append((str(labels[name]), state, address(name) if state == "done" else None))
    changing = request.args.get("back") == "check" and page != "check"
    before = address("check") if changing else address(pages[number - 1]) if number else start
    return Place(number + 1, steps, before, changing)
