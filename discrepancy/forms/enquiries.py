"""Forms of enquiries: the six items, the way they go, the answer; emergencies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from discrepancy.forms.cases import NO_NUMBER, Subject, today
from discrepancy.forms.values import TimeField, moment
from discrepancy.models.bodies import Body
from discrepancy.rules.emergency import EmergencyKind
from discrepancy.rules.enquiry import FormKind
from portal.core.calendar import JAPAN
from portal.web.fields import CheckField, ChoiceField, ChoicesField, DateField, SelectField, TextAreaField, TextField
from portal.web.forms import Form
from portal.web.language import _l, choose

FORMS: dict[str, Any] = {
    FormKind.ENQUIRY: _l("Enquiry form (様02-04)"),
    FormKind.WORK: _l("Request for work (様03-03)"),
    FormKind.OCCURRENCE: _l("Report of an occurrence (様03-13)"),
}


class SixItems(Subject):
    """What the provider needs to find the section in charge. No item is a personal number."""

    occurred_on = DateField(_l("Day of the event"), latest=today)
    occurred_at = TimeField(_l("Time of the event"), required=False)
    summary = TextAreaField(_l("Outline of the event"), longest=2000, hint=NO_NUMBER)
    serial_number = TextField(
        _l("Message serial number (処理通番)"),
        longest=40,
        autocomplete="off",
        hint=_l("It stands in the place of a personal number."),
    )
    request = TextAreaField(_l("Request to the other side"), longest=2000, hint=NO_NUMBER)

    def said(self) -> dict[str, str]:
        """The items by their names; days as 2026-11-02, times as 09:05, codes by their keys."""
        day, at = self.occurred_on.day, self.occurred_at.time
        return {
            "occurred_on": day.isoformat() if day else "",
            "occurred_at": at.strftime("%H:%M") if at else "",
            "summary": (self.summary.data or "").replace("\r\n", "\n"),
            "affair": self.affair.data or "",
            "information": self.information.data or "",
            "serial_number": (self.serial_number.data or "").strip(),
            "request": (self.request.data or "").replace("\r\n", "\n"),
        }


class EnquiryForm(SixItems):
    """An enquiry; ``to`` is typed for a provider (:meth:`type_body`), chosen where few can be asked."""

    carrier = SelectField(_l("Form that carries it"), required=False)
    frequent_searched = CheckField(
        _l("We looked for this among the frequent questions first"),
        required=True,
        hint=_l("Sharing site, “02. FAQ and enquiries”, “01. FAQ”."),
        missing=_l("Say that you looked for the question among the frequent ones first."),
    )

    def offer_forms(self, forms: Iterable[FormKind]) -> None:
        """The forms that may carry an enquiry of the kind."""
        self.carrier.choices = [("", _l("No form")), *((form.value, FORMS[form]) for form in forms)]


class ProviderForm(EnquiryForm):
    """To a body of any kind, by its name or code."""

    to = TextField(
        _l("Provider"),
        longest=60,
        autocomplete="off",
        hint=_l("Its name, such as 北海道札幌市, or its code. The register has the desk of each."),
    )


class OthersAskedForm(EnquiryForm):
    """To one of the few bodies of a kind."""

    to = SelectField(_l("To"))

    def offer_bodies(self, bodies: Iterable[Body]) -> None:
        """The bodies that can be asked."""
        self.to.choices = [(body.code, choose(body, "name")) for body in bodies]


class EmergencyForm(SixItems):
    """After the telephone call: what was called in, when, and who else was told."""

    kind = ChoiceField(_l("Kind of emergency"))
    called_on = DateField(_l("Day of the call to the service desk"), latest=today)
    called_at = TimeField(_l("Time of the call"))
    told = ChoicesField(_l("Told as well"), required=False)

    def offer_kinds(self, kinds: Mapping[str, Any], authorities: Mapping[str, Any]) -> None:
        """Fill the lists."""
        self.kind.choices = list(kinds.items())
        self.told.choices = list(authorities.items())

    @property
    def emergency(self) -> EmergencyKind | None:
        """The kind that was chosen."""
        return EmergencyKind(self.kind.data) if self.kind.data in list(EmergencyKind) else None

    @property
    def called(self) -> Any:
        """The moment of the call."""
        return moment(self.called_on.day, self.called_at.time)


class AnswerForm(Form):
    """What the body that was asked says."""

    answer = TextAreaField(_l("Answer"), longest=4000, rows=6, hint=NO_NUMBER)


def six_of(case: Any, summary: str, serial: str) -> dict[str, Any]:
    """What the items of an enquiry begin as, from its case."""
    at = case.occurred_at.astimezone(JAPAN)
    return {
        "occurred_on": at.date().isoformat(),
        "occurred_at": at.strftime("%H:%M"),
        "affair": case.affair,
        "information": case.information,
        "summary": summary,
        "serial_number": serial,
    }
