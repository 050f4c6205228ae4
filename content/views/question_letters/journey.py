"""A letter on its way to us: written on the web by its sender, or entered at reception. The same pages for both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, g, redirect, session, url_for
from werkzeug.wrappers import Response

from content.operations.question_letters import drafts
from content.operations.question_letters.drafts import Draft
from content.rules.question_letters.structure import structure
from portal.core import clock
from portal.web.building import settings, vault
from portal.web.language import _, _l

LABELS = {
    "text": _l("Text of the letter"),
    "parts": _l("Parts"),
    "sender": _l("Sender"),
    "confirm": _l("Confirm the address"),
    "check": _l("Check"),
}
MOST_RECEIPTS = 200


@dataclass(frozen=True)
class Journey:
    """``name``: of its addresses and of its place in the session."""

    name: str
    staff: bool

    @property
    def layout(self) -> str:
        """The frame of its pages."""
        return "staff_layout.html" if self.staff else "layout.html"

    def address(self, page: str, /, **values: Any) -> str:
        """The address of one of its pages; ``start`` is where it begins."""
        room = "content_staff" if self.staff else "content"
        return url_for(f"{room}.letter_{self.name}" + ("" if page == "start" else f"_{page}"), **values)

    def go(self, page: str, /, **values: Any) -> Response:
        """Lead to a page."""
        return redirect(self.address(page, **values), 303)

    # -- the draft ---------------------------------------------------------------------------------------------

    @property
    def _slot(self) -> str:
        return f"letter.{self.name}"

    @property
    def _staff_id(self) -> str | None:
        return str(g.actor.id) if self.staff else None

    def begin(self, *, written: bool) -> Draft:
        """A new draft; this browser goes on with it."""
        draft = drafts.begin(
            g.session,
            written=written,
            staff_id=self._staff_id,
            days=settings().letter_draft_days,
            vault=vault(),
            at=clock.now(),
        )
        session[self._slot] = draft.code
        return draft

    def draft(self) -> Draft | None:
        """The draft of this browser, if it is still there."""
        code = session.get(self._slot)
        return self.find(code) if code else None

    def find(self, code: str) -> Draft | None:
        """The draft of a code."""
        return drafts.open_draft(g.session, code, vault=vault(), at=clock.now(), staff_id=self._staff_id, lock=g.writes)

    def go_on_with(self, draft: Draft) -> None:
        """From now on this browser goes on with this draft."""
        session[self._slot] = draft.code

    def store(self, draft: Draft) -> None:
        """Keep what was changed."""
        drafts.store(g.session, draft, days=settings().letter_draft_days, at=clock.now())

    def throw_away(self, draft: Draft) -> None:
        """Erase the draft."""
        drafts.throw_away(g.session, draft)
        session.pop(self._slot, None)

    # -- the order of the pages --------------------------------------------------------------------------------

    def pages(self, draft: Draft) -> tuple[str, ...]:
        """The pages of this letter, in their order."""
        first = () if draft.written else ("text",)
        asks = () if self.staff or not draft.one("sender", "mail").strip() else ("confirm",)
        return (*first, "parts", "sender", *asks, "check")

    def open_page(self, draft: Draft) -> str:
        """The first page that still needs something."""
        return next((page for page in self.pages(draft) if not is_done(draft, page)), "check")

    def arrive(self, page: str) -> Draft | Response:
        """The draft with which a page can be shown, or the way to where its writer should be."""
        draft = self.draft()
        if draft is None:
            flash(_("There is no letter in progress in this browser. Begin one, or go on with your code."), "warning")
            return self.go("start")
        pages, first = self.pages(draft), self.open_page(draft)
        if page not in pages:
            return self.go(first)
        if pages.index(page) > pages.index(first):
            flash(_("Please do this first. What you wrote before is still there."), "warning")
            return self.go(first)
        return draft

    def onward(self, draft: Draft, page: str) -> Response:
        """To the next page."""
        pages = self.pages(draft)
        return self.go(pages[pages.index(page) + 1])

    def place(self, draft: Draft, page: str) -> dict[str, Any]:
        """What every page of the journey shows: the steps, the way back, until when the draft is kept."""
        pages, first = self.pages(draft), self.open_page(draft)
        at, steps = pages.index(page), []
        for number, name in enumerate(pages):
            state = "current" if number == at else "done" if number < pages.index(first) else "todo"
            steps.append((str(LABELS[name]), state, self.address(name) if state == "done" else None))
        return {
            "journey": self,
            "draft": draft,
            "page": page,
            "steps": steps,
            "before": self.address(pages[at - 1] if at else "start"),
            "kept_until": clock.day_in_japan(draft.row.ends_at),
            "versions": {name: draft.version(name) for name in drafts.FORMS} | {"parts": draft.parts_version},
        }

    # -- receipts ----------------------------------------------------------------------------------------------

    @property
    def receipts(self) -> dict[str, dict[str, Any]]:
        """Receipts by the letters' numbers, until their codes are noted or handed over; the latest is the last."""
        return dict(session.get(f"{self._slot}.receipts") or {})

    def keep_receipt(self, number: str, row: dict[str, Any]) -> None:
        """Keep a receipt, or what is left of it."""
        rows = {**self.receipts, number: row}
        session[f"{self._slot}.receipts"] = dict(list(rows.items())[-MOST_RECEIPTS:])


WRITE = Journey("write", staff=False)
ENTER = Journey("enter", staff=True)


def is_done(draft: Draft, page: str) -> bool:
    """Whether a page has what it needs."""
    if page == "text":
        return bool(draft.values["blocks"])
    if page == "parts":
        asked = structure(draft.blocks).questions
        return bool(draft.values.get("parts_seen")) and any(question.text.strip() for question in asked)
    if page == "sender":
        return bool(draft.values.get("sender_told"))
    if page == "confirm":
        address = draft.one("sender", "mail").strip()
        return address in (draft.values["confirmed"], draft.values.get("unconfirmed"))
    return False
