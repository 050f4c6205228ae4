"""Short forms of the desk of question letters: open, return, assign, link, release."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from portal.accounts.models import Department
from portal.web.fields import ChoicesField, DateField, SelectField, TextAreaField, TextField
from portal.web.forms import Form
from portal.web.language import _l, choose

ABOUT = {
    "incident": _l("An incident"),
    "system": _l("A system"),
    "earlier": _l("An earlier question"),
}


class OpenForm(Form):
    """A letter before it is opened: its title as the public will read it; its parts stand beside the form.

    ``words``: what is masked wherever it stands, one a line.
    """

    words = TextAreaField(
        _l("Words to mask"),
        longest=2_000,
        rows=4,
        required=False,
        hint=_l("One a line. Each is masked with ■ wherever it stands when you press the button below."),
    )
    title = TextField(_l("Title"), longest=200)


class ReturnForm(Form):
    """Why a letter goes back."""

    reason = TextAreaField(
        _l("Why it is no question letter, and where to turn instead"),
        longest=500,
        rows=3,
        hint=_l("The reason is published. Name nobody in it."),
    )


class AssignForm(Form):
    """Which questions are whose work, until when. A section stands for all its questions."""

    sections = ChoicesField(_l("Whole sections"), required=False)
    questions = ChoicesField(_l("Single questions"), required=False)
    department = SelectField(_l("Department"), choices=[])
    due_on = DateField(_l("Drafts are due on"), required=False)

    def offer(
        self,
        sections: Iterable[tuple[str, str]],
        questions: Iterable[tuple[str, str]],
        departments: Sequence[Department],
    ) -> None:
        """Fill the lists."""
        self.sections.choices, self.questions.choices = list(sections), list(questions)
        names: list[tuple[str, Any]] = [(one.id, choose(one, "name")) for one in departments if one.open]
        self.department.choices = [("", "–"), *names]


class TakeBackForm(Form):
    """Which questions are taken back from their departments."""

    questions = ChoicesField(_l("Questions"), missing=_l("Choose at least one question."))


class LinkForm(Form):
    """What a question refers to."""

    about = SelectField(_l("It refers to"), choices=list(ABOUT.items()))
    key = TextField(
        _l("Its address here"),
        longest=300,
        hint=_l("The last part of its address. Of a question: the numbers of the letter and in it, q-2026-0001/1-2."),
    )


class WordForm(Form):
    """What a sender said, as the public will read it."""

    text = TextAreaField(
        _l("What the public reads"),
        longest=4_000,
        rows=6,
        hint=_l("Put ■ in place of what must not be public. Nothing else is changed."),
    )
