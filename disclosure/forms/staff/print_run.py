"""A whole run on one form: its registered-mail numbers, and later what became of each letter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from disclosure.forms.staff.delivery import CAME_BACK, DELIVERED, MAIL_NUMBER_HINT, RETURNS
from disclosure.queries.print_queue import RunLetter
from disclosure.rules.arrival import Returned
from portal.core.errors import N_
from portal.web.fields import DateField, SelectField, TextField
from portal.web.forms import Form
from portal.web.language import _, _l


class RunForm(Form):
    """A form with fields for each letter of a run, named by its position."""

    def each(self, name: str) -> dict[int, Any]:
        """The fields of one kind by position."""
        prefix = f"{name}_"
        return {int(field.name.removeprefix(prefix)): field for field in self if field.name.startswith(prefix)}


class NumbersForm(RunForm):
    """The registered-mail numbers. What is left empty can be entered later."""

    posted_on = DateField(_l("Posted on"))

    def typed(self) -> dict[int, str]:
        """What was typed, by position."""
        return {position: field.data or "" for position, field in self.each("number").items()}

    def mark(self, problems: dict[int, str]) -> None:
        """Say next to each number why it cannot be taken."""
        for position, message in problems.items():
            self.refuse(f"number_{position}", message)


class OutcomesForm(RunForm):
    """What the post told about each letter. What is left empty stays open."""

    def told(self) -> dict[int, tuple[str, date]]:
        """Outcome (delivered, or why it came back) and day by position; refuses an outcome without its day."""
        found: dict[int, tuple[str, date]] = {}
        days = self.each("day")
        for position, field in self.each("outcome").items():
            if not field.data:
                continue
            day = days[position].day
            if day is None:
                self.refuse(f"day_{position}", N_("Please fill in this field."))
            else:
                found[position] = (field.data, day)
        return found


def numbers_form(letters: Iterable[RunLetter]) -> NumbersForm:
    """A form for the letters that are not posted yet."""
    fields = {
        f"number_{row.position}": TextField(
            _l("No. %(n)s: %(letter)s", n=row.position, letter=row.letter_number),
            longest=60,
            required=False,
            hint=MAIL_NUMBER_HINT if first == 0 else "",
            autocomplete="off",
        )
        for first, row in enumerate(letters)
    }
    made: NumbersForm = type("NumbersOfRun", (NumbersForm,), fields)()
    return made


def outcomes_form(letters: Sequence[RunLetter]) -> OutcomesForm:
    """A form for the letters that are posted and of which nothing is known yet."""
    choices = [
        ("", _("Not known yet")),
        (DELIVERED, _("Delivered, by the post's record")),
        *((f"{CAME_BACK}:{key.value}", _("Returned: %(why)s", why=text)) for key, text in RETURNS.items()),
    ]
    fields: dict[str, Any] = {}
    for row in letters:
        label = {"n": row.position, "letter": row.letter_number}
        fields[f"outcome_{row.position}"] = SelectField(
            _l("No. %(n)s: %(letter)s", **label), choices=choices, required=False
        )
        fields[f"day_{row.position}"] = DateField(_l("Day for no. %(n)s", n=row.position), required=False, hint="")
    made: OutcomesForm = type("OutcomesOfRun", (OutcomesForm,), fields)()
    return made


def why(outcome: str) -> Returned | None:
    """Why a letter came back; None when it was delivered."""
    return Returned(outcome.partition(":")[2]) if outcome.startswith(f"{CAME_BACK}:") else None
