"""Entering an absence: who, from when until when, and who stands in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from portal.web.fields import DateField, SelectField
from portal.web.forms import Form
from portal.web.language import _, _l


class AbsenceForm(Form):
    """Both are colleagues at the desk."""

    account = SelectField(_l("Who is away"))
    from_on = DateField(_l("First day away"))
    until_on = DateField(_l("Last day away"))
    deputy = SelectField(
        _l("Who stands in"), hint=_l("Their desk shows the cases too. They act in their own name and roles.")
    )

    def __init__(self, people: Sequence[tuple[str, str]], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.account.choices = [("", _("Choose a colleague")), *people]
        self.deputy.choices = [("", _("Choose a colleague")), *people]
