"""Looking for cases on the desk."""

from __future__ import annotations

from typing import Any

from disclosure.queries.wording import STATES
from disclosure.rules.states import ENDED
from portal.web.fields import CodeField, NameField, SelectField
from portal.web.forms import Form
from portal.web.language import _, _l


class FilterForm(Form):
    """By state and receipt number; sent by GET, so without a token."""

    class Meta:
        csrf = False

    state = SelectField(_l("State"), required=False)
    number = CodeField(_l("Receipt number"), required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        states = [(state.value, _(text)) for state, text in STATES.items() if state not in ENDED]
        self.state.choices = [("", _("All states")), *states]


class FindForm(Form):
    """By name or reading; sent by POST, because a name has no place in an address or a log."""

    name = NameField(_l("Name or reading"), autocomplete="off", hint=_l("Whole name, in any spelling."))
