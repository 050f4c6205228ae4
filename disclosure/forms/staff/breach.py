"""The notice of a leak to the person concerned: to whom it goes and what it tells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wtforms.validators import DataRequired

from disclosure.forms.staff.case import CaseForm
from disclosure.operations.breach_notice import Letter
from disclosure.rules.leaks import ITEMS, NoticeRule
from portal.web.fields import NameField, TextAreaField, TextField
from portal.web.language import _l, choose


class BreachForm(CaseForm):
    """The address, and the items that the law names, as they stand in the report."""

    name = NameField(_l("Name"), autocomplete="off", hint=_l("Whose record it was."))
    postal_code = TextField(_l("Postal code"), longest=12, required=False, autocomplete="off")
    address = TextField(_l("Address"), autocomplete="off")

    def __init__(self, rule: NoticeRule, said: Mapping[str, str], *args: Any, **more: Any) -> None:
        super().__init__(*args, data={f"item_{key}": said.get(key, "") for key in rule.items}, **more)
        self.told = rule.items
        for item in ITEMS:
            if item.key not in rule.items:
                del self[f"item_{item.key}"]
                continue
            field = self[f"item_{item.key}"]
            field.label.text = choose(item, "label")
            if item.key in rule.needed:
                field.required, field.validators = True, [DataRequired(_l("Please fill in this field."))]

    def letter(self) -> Letter:
        """What was typed."""
        return Letter(
            name=self.name.data or "",
            postal_code=self.postal_code.data or "",
            address=self.address.data or "",
            items={key: self[f"item_{key}"].data or "" for key in self.told},
        )


for _item in ITEMS:
    setattr(BreachForm, f"item_{_item.key}", TextAreaField(_item.label_en, longest=2000, rows=3, required=False))
