"""What is done on the page of a case: every form carries the version of the case that its page showed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wtforms import HiddenField

from portal.web.fields import CheckField, ChoiceField, ChoicesField, SelectField, TextAreaField
from portal.web.forms import Form
from portal.web.language import _, _l


class HintedChoice(ChoiceField):
    """One of several, each with a hint by its value."""

    option_hints: dict[str, Any]


class HintedChoices(ChoicesField):
    """Any of several, each with a hint by its value."""

    option_hints: dict[str, Any]


class CaseForm(Form):
    """A form about one case."""

    version = HiddenField()


class NoteForm(CaseForm):
    """A note that only staff read."""

    text = TextAreaField(_l("Note for colleagues"), longest=2000, rows=3, hint=_l("The requester does not see it."))


class AssignForm(CaseForm):
    """Who is in charge; empty for nobody."""

    assignee = SelectField(_l("In charge"), required=False)

    def __init__(self, colleagues: Iterable[tuple[str, str]], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.assignee.choices = [("", _("Nobody")), *colleagues]


class WithdrawForm(CaseForm):
    """A request is withdrawn by its sender; the desk only enters it."""

    sure = CheckField(
        _l("The requester has said in writing that the request is withdrawn."),
        required=True,
        missing=_l("Tick the box only when you have it in writing."),
    )
