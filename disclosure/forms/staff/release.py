"""Handing the records out: the comparison of two people, what proves the handing over, and the method."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Any

from disclosure.forms.resident.records import MethodForm as ResidentMethodForm
from disclosure.forms.staff.case import CaseForm, HintedChoice
from disclosure.forms.staff.delivery import MAIL_NUMBER_HINT
from disclosure.operations.choose import Wished
from disclosure.operations.release import Handing
from disclosure.rules import identity
from disclosure.rules.kinds import Delivery
from portal.web.fields import CheckField, DateField, SelectField, TextAreaField, TextField
from portal.web.language import _, _l, choose

AGREE, DIFFER = "agree", "differ"


class CompareForm(CaseForm):
    """What one person found when they compared records and request."""

    name = HintedChoice(
        _l("The name on the records"), choices=[(AGREE, _l("is the requester's")), (DIFFER, _l("differs"))]
    )
    birth_date = HintedChoice(
        _l("The date of birth on the records"), choices=[(AGREE, _l("is the requester's")), (DIFFER, _l("differs"))]
    )
    differs = TextAreaField(
        _l("What differs"), longest=1000, rows=3, required=False,
        hint=_l("Only if something differs. It is kept encrypted. Do not write a personal number."),
    )  # fmt: skip


class ReleaseForm(CaseForm):
    """The last comparison, and what proves the handing over on the ways on which the records go."""

    compared = CheckField(_l("I have compared name and date of birth on every record with the request. They agree."))
    mail_number = TextField(
        _l("Registered-mail number"), longest=60, hint=MAIL_NUMBER_HINT, autocomplete="off", required=False
    )
    posted_on = DateField(_l("Posted on"), required=False, hint=_l("Leave it empty for today."))
    document = SelectField(_l("Identity document shown today"), required=False)
    expires_on = DateField(_l("Valid until"), required=False)
    same_person = CheckField(_l("The document shows the person who asked, and it is genuine."))
    signed = CheckField(_l("The receipt for the records is signed."))

    def __init__(self, ways: Collection[Delivery], day: date, *args: Any, personal: bool = True, **more: Any) -> None:
        super().__init__(*args, **more)
        kinds = [(row.code, choose(row, "label")) for row in identity.accepted(day) if row.photo]
        self.document.choices = [("", _("Choose a document")), *kinds]
        if Delivery.POST not in ways:
            del self.mail_number, self.posted_on
        if Delivery.OFFICE not in ways:
            del self.document, self.expires_on, self.same_person, self.signed
        elif not personal:
            del self.document, self.expires_on, self.same_person
        if not personal:
            del self.compared

    def handing(self) -> Handing:
        """What was entered of the handing over."""
        posted = "mail_number" in self
        shown = None
        if "document" in self and self.document.data:
            agrees = bool(self.same_person.data)
            shown = identity.Checked(self.document.data, self.expires_on.day, agrees, agrees)
        return Handing(
            (self.mail_number.data or "") if posted else "", self.posted_on.day if posted else None, shown,
            "signed" in self and bool(self.signed.data),
        )  # fmt: skip


class MethodForm(CaseForm, ResidentMethodForm):
    """How the requester wants the records, entered for them; late only with a good reason."""

    reason = TextAreaField(
        _l("Good reason for a late choice"), longest=1000, rows=3, required=False,
        hint=_l("Only after the time to choose has passed. It is kept encrypted."),
    )  # fmt: skip

    def wished(self) -> Wished:
        return replace(super().wished(), reason=self.reason.data or "")


class LateForm(MethodForm):
    """A choice that is accepted although the case had lapsed."""

    reason = TextAreaField(
        _l("Good reason for the delay"), longest=1000, rows=3,
        missing=_l("Say what the good reason for the delay was."),
        hint=_l("For example an illness or a disaster. It is kept encrypted, and the requester reads it."),
    )  # fmt: skip


class LapseForm(CaseForm):
    """Nobody ends a case by accident."""

    sure = CheckField(
        _l("I have looked for a good reason for the delay and found none."),
        required=True,
        missing=_l("Tick the box when you have looked."),
    )
