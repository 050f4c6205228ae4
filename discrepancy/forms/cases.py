"""Forms by which bodies open a case and take its steps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import wtforms

from discrepancy.forms.values import TimeField
from discrepancy.models.cases import Cause
from discrepancy.rules.checking import Check
from discrepancy.rules.codes import Code, CodeTable, offered
from discrepancy.rules.states import CaseKind
from portal.core.clock import day_in_japan, now
from portal.web.fields import CheckField, ChoiceField, ChoicesField, DateField, SelectField, TextAreaField, TextField
from portal.web.forms import Form
from portal.web.language import _, _l, choose

NOT_YET = _l("not looked at yet")
FOUND, FINE = "found", "fine"
NO_NUMBER = _l("Never a personal number. Write the message serial number (処理通番) of the query instead.")


def today() -> date:
    """The day in Japan."""
    return day_in_japan(now())


class Subject(Form):
    """The affair and the information, the second offered under the first; what both the case and enquiries say."""

    affair = SelectField(_l("Affair and procedure of the query"))
    information = SelectField(_l("Specific personal information"))

    def offer(self, rows: Sequence[Code], day: date) -> None:
        """Fill the lists with what may be chosen on a day."""
        affair = self.affair.data or ""
        self.affair.choices = _choices(offered(rows, CodeTable.AFFAIR, day))
        self.information.choices = _choices(offered(rows, CodeTable.INFORMATION, day, under=affair))


def _choices(rows: Iterable[Code]) -> list[tuple[str, str]]:
    return [("", "–"), *((row.key, choose(row, "name")) for row in rows)]


class NewCaseForm(Subject):
    """What was noticed, when, and in which query."""

    kind = ChoiceField(
        _l("Kind of event"),
        choices=[
            (CaseKind.DIFFERENT.value, _l("What was delivered and the applicant’s papers differ")),
            (CaseKind.UNDELIVERED.value, _l("Nothing was delivered, or an error came")),
        ],
    )
    occurred_on = DateField(_l("Day of the event"), latest=today)
    occurred_at = TimeField(_l("Time of the event"))
    serial = TextField(
        _l("Message serial number (処理通番)"),
        longest=40,
        required=False,
        autocomplete="off",
        hint=_l("As the terminal shows it. Leave it empty where no query was sent."),
    )
    summary = TextAreaField(_l("What was noticed"), longest=2000, hint=NO_NUMBER)


class CheckForm(Form):
    """What was looked at in the inquirer's own house; a field an item."""

    note = TextAreaField(_l("Note"), longest=2000, required=False, rows=3, hint=NO_NUMBER)

    def chosen(self) -> dict[Check, bool]:
        """Of each item that was looked at, whether the fault was there."""
        return {Check(f.name): f.data == FOUND for f in self if f.name in set(Check) and f.data in (FOUND, FINE)}


def check_form(items: Sequence[Check], labels: dict[str, Any], before: dict[str, bool]) -> CheckForm:
    """The form for these items, with what was said before."""
    choices = [(FINE, _l("Looked at: nothing wrong")), (FOUND, _l("Looked at: the fault is here"))]
    fields = {str(item): ChoiceField(labels[item], choices=choices, required=False) for item in items}
    whole = type("CheckForm", (CheckForm,), fields)
    said: CheckForm = whole(data={str(item): FOUND if fault else FINE for item, fault in before.items()})
    return said


class OutageForm(Form):
    """Where was looked for a wide outage, and which one was found."""

    looked = ChoicesField(_l("Looked at"), required=False)
    incident = SelectField(
        _l("Published outage"),
        required=False,
        hint=_l("Of those that this site publishes. Leave it empty where none is published."),
    )


class NoteForm(Form):
    """A step with a word about it."""

    note = TextAreaField(_l("Note for the other side"), longest=2000, required=False, rows=4, hint=NO_NUMBER)


class SlowForm(Form):
    """The provider says that it will take long, why, and until when."""

    note = TextAreaField(_l("Why it takes long, and until when"), longest=2000, rows=4, hint=NO_NUMBER)


class CauseForm(Form):
    """Whose the cause is is in the address; what it is, since when it is known, whether the remedy is quick."""

    known_on = DateField(_l("The cause is known since"), latest=today)
    quick = ChoiceField(
        _l("When will it be put right?"),
        choices=[
            ("yes", _l("Within about a week: the report follows the remedy")),
            ("no", _l("Later: the report is due now")),
        ],
    )
    cause = SelectField(
        _l("A cause that is known already"),
        required=False,
        hint=_l("Cases of one cause are reported in one report."),
    )
    title = TextField(_l("The cause in a line"), longest=200, required=False, hint=NO_NUMBER)
    note = TextAreaField(_l("Note for the other side"), longest=2000, required=False, rows=4, hint=NO_NUMBER)

    def offer(self, causes: Iterable[Cause]) -> None:
        """Fill the list of causes."""
        rows = [(row.id, f"{row.title} ({row.found_on.isoformat()})") for row in causes]
        self.cause.choices = [("", _("Another one")), *rows]


class RemedyForm(Form):
    """When everything was put right."""

    done_on = DateField(_l("Put right on"), latest=today)
    note = TextAreaField(_l("Note for the other side"), longest=2000, required=False, rows=4, hint=NO_NUMBER)


class PapersForm(Form):
    """When the case was decided on the papers."""

    used_on = DateField(_l("Decided on the papers on"), latest=today)
    note = TextAreaField(
        _l("Why it could not wait"),
        longest=2000,
        required=False,
        rows=4,
        hint=_l("For instance: to keep the standard processing period, or because it is decided on the spot."),
    )


class OthersForm(Form):
    """To whom else the same wrong data went."""

    checked = CheckField(
        _l("We checked to whom else we provided the same wrong data"),
        required=True,
        missing=_l("Check this first."),
    )
    others = TextAreaField(
        _l("Bodies that received it"),
        longest=4000,
        required=False,
        rows=4,
        hint=_l("A body a line: its name or code, then a comma and the message serial number where it is known."),
    )
    text = TextAreaField(_l("What to tell them"), longest=2000, required=False, rows=5, hint=NO_NUMBER)


class ConfirmForm(Form):
    """A button: nothing but its token."""

    chosen = wtforms.HiddenField()
