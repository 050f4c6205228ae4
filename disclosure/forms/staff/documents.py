"""Documents at the desk: a request on paper, what the disclosure costs, and what goes into the reading room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from wtforms import HiddenField

from disclosure.forms.resident.document_request import WayForm, WhoForm, application, number
from disclosure.forms.resident.questions import today
from disclosure.forms.staff.case import CaseForm
from disclosure.forms.staff.reception import CHANNELS
from disclosure.operations.application import MOST_ITEMS
from disclosure.operations.reception import PaperRequest
from disclosure.queries.publications import Said
from disclosure.rules import reception
from disclosure.rules.fees import INSPECTED, CopyPrice
from disclosure.rules.kinds import Channel
from portal.core.errors import N_
from portal.web.fields import ChoiceField, DateField, TextAreaField, TextField
from portal.web.language import _, _l, choose


class DocumentReceptionForm(WhoForm, WayForm):
    """A request for documents on paper, on one page. ``key`` files it once."""

    key = HiddenField()
    channel = ChoiceField(
        _l("How it came"),
        choices=[(kind.value, label) for kind, label in CHANNELS],
        missing=_l("Say how the request came."),
    )
    received_on = DateField(
        _l("Arrived on"), required=False, hint=_l("Today, if left empty. The clock starts on this day.")
    )
    documents = TextAreaField(
        _l("Which documents?"), longest=1500, rows=4, missing=_l("Say which documents are asked for.")
    )
    items = TextField(_l("How many documents"), longest=3, hint=_l("The fee is for each."))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for field in self:
            if getattr(field, "autocomplete", ""):
                field.autocomplete = "off"

    def validate(self, extra_validators: Any = None) -> bool:
        """Also what the rules say of the day and of the number."""
        super().validate(extra_validators)
        if not self.received_on.errors and (problem := reception.day_problem(self.arrived_on(), today=today())):
            self.refuse("received_on", problem[0], **problem[1])
        if not self.items.errors and not 1 <= number(self.items.data) <= MOST_ITEMS:
            self.refuse("items", N_("Write a number between 1 and %(most)s."), most=MOST_ITEMS)
        return not self.errors

    def arrived_on(self) -> date:
        """The day on which the paper arrived."""
        return self.received_on.day or today()

    def paper(self) -> PaperRequest:
        """The request. Only of a valid form."""
        said = self.answers()
        made = application(said, details=said["documents"])
        return PaperRequest(replace(made, channel=Channel(said["channel"]), received_on=self.arrived_on()))


class DisclosureFeeForm(CaseForm):
    """How many sheets or pieces of each medium."""

    media: Sequence[str] = ()

    def wanted(self) -> dict[str, int]:
        """By medium, what was typed; -1 for what is no number."""
        found = {}
        for medium in self.media:
            text = (self[_name(medium)].data or "").strip() or "0"
            found[medium] = int(text) if text.isdecimal() else -1
        return found


def _name(medium: str) -> str:
    return f"sheets_{medium.replace('-', '_')}"


def disclosure_fee_form(prices: Iterable[CopyPrice], start: dict[str, int]) -> DisclosureFeeForm:
    """The form with a field for each medium, and for looking at the documents."""
    rows = [(INSPECTED, _("Looking at them, sheets")), *((row.medium, choose(row, "label")) for row in prices)]
    fields: dict[str, Any] = {
        _name(medium): TextField(label, longest=6, required=False, render_kw={"inputmode": "numeric"})
        for medium, label in rows
    }
    kind = type("DisclosureFeeForm", (DisclosureFeeForm,), {**fields, "media": tuple(medium for medium, _l in rows)})
    form: DisclosureFeeForm = kind(data={_name(medium): str(count) for medium, count in start.items()})
    return form


class PublicationForm(CaseForm):
    """What is to stand beside a document in the reading room: nothing of whoever asked."""

    title_ja = TextField(_l("Title, in Japanese"), longest=200, autocomplete="off")
    title_en = TextField(_l("Title, in English"), longest=200, autocomplete="off")
    description_ja = TextAreaField(_l("Description, in Japanese"), longest=2000, rows=4, required=False)
    description_en = TextAreaField(_l("Description, in English"), longest=2000, rows=4, required=False)
    codes: Sequence[str] = ()

    def said(self) -> Said:
        """The proposal."""
        parts = tuple((code, self[f"part_{n}"].data or "") for n, code in enumerate(self.codes, start=1))
        titles, texts = (self.title_ja.data or "", self.title_en.data or ""), (self.description_ja, self.description_en)
        return Said(*titles, texts[0].data or "", texts[1].data or "", parts)


def _described() -> dict[str, Any]:
    """A covered page is a picture: the search finds such a document only by what is written here."""
    hint = _("What it is about, in the words by which people look for it: the search does not read covered pages.")
    return {
        f"description_{language}": TextAreaField(
            label, longest=2000, rows=4, hint=hint, missing=_("Describe it, so that it can be found.")
        )
        for language, label in (("ja", _("Description, in Japanese")), ("en", _("Description, in English")))
    }


def publication_form(covered: Sequence[tuple[str, str, str]], title: str) -> PublicationForm:
    """The form for a record; ``covered``: code, words and part of each ground on which something is covered."""
    fields: dict[str, Any] = _described() if covered else {}
    fields |= {
        f"part_{n}": TextAreaField(
            _("Withheld on %(ground)s", ground=words), longest=500, rows=2,
            hint=_("Everybody reads this. Name no person."),
        )
        for n, (_code, words, _part) in enumerate(covered, start=1)
    }  # fmt: skip
    kind = type("PublicationForm", (PublicationForm,), {**fields, "codes": tuple(code for code, _w, _p in covered)})
    start = {f"part_{n}": part for n, (_code, _words, part) in enumerate(covered, start=1)}
    form: PublicationForm = kind(data={"title_ja": title, **start})
    return form
