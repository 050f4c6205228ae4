"""Looking for cases on the desk, and saving a filter of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from disclosure.queries.duties import LABELS
from disclosure.queries.wording import STATES
from disclosure.rules.states import ENDED
from portal.web.fields import CodeField, DateField, NameField, SelectField, TextField
from portal.web.forms import Form
from portal.web.language import _, _l


class FilterForm(Form):
    """By state, next duty, person in charge, their department and receipt number; sent by GET, so without a token."""

    class Meta:
        csrf = False

    duty = SelectField(_l("Next step"), required=False)
    state = SelectField(_l("State"), required=False)
    person = SelectField(_l("In charge"), required=False)
    department = SelectField(_l("Department"), required=False)
    number = CodeField(_l("Receipt number"), required=False)

    def __init__(
        self,
        formdata: Any,
        people: Iterable[tuple[str, str]] = (),
        departments: Iterable[tuple[str, str]] = (),
        **more: Any,
    ) -> None:
        super().__init__(formdata, **more)
        states = [(state.value, _(text)) for state, text in STATES.items() if state not in ENDED]
        self.state.choices = [("", _("All states")), *states]
        self.duty.choices = [("", _("All steps")), *((duty.value, _(text)) for duty, text in LABELS.items())]
        self.person.choices = [("", _("Everybody")), *people]
        self.department.choices = [("", _("All departments")), *departments]


class FindForm(Form):
    """By name or reading and date of birth; sent by POST, because a name has no place in an address or a log."""

    name = NameField(_l("Name or reading"), autocomplete="off", hint=_l("Whole name, in any spelling."))
    birth = DateField(_l("Date of birth (optional)"), required=False)


class SaveFilterForm(Form):
    """The name under which the filter that is set is kept."""

    filter_name = TextField(_l("Save this filter as"), longest=40, autocomplete="off", missing=_l("Give it a name."))
