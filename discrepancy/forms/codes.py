"""The form of a row of a table of codes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from discrepancy.rules.codes import DEPENDS_ON, Code, CodeTable
from portal.web.fields import ChoicesField, DateField, TextField
from portal.web.forms import Form
from portal.web.language import _l, choose


class CodeForm(Form):
    """A row: a new code, or another name or last day of one that is there."""

    key = TextField(
        _l("Code"), longest=59, autocomplete="off", hint=_l("Small letters, digits and hyphens. It stays for ever.")
    )
    name_ja = TextField(_l("Name, Japanese"), longest=200, autocomplete="off", hint=_l("As it stands in the lists."))
    name_en = TextField(_l("Name, English"), longest=200, autocomplete="off")
    effective_from = DateField(_l("Offered from"))
    until = DateField(_l("Offered until"), required=False, hint=_l("The last day. Leave it empty for no end."))
    within = ChoicesField(
        _l("Offered only under"), required=False, hint=_l("Tick none to offer it whatever was chosen before.")
    )

    def offer(self, table: CodeTable, rows: Sequence[Code]) -> None:
        """Fill the list of the codes on which the table depends; without such a table there is no such field."""
        if above := DEPENDS_ON.get(table):
            choices = {row.key: choose(row, "name") for row in rows if row.table is above}
            self.within.choices = list(choices.items())
        else:
            del self.within

    def row(self, table: CodeTable) -> Code:
        """What was typed."""
        days: tuple[Any, Any] = (self.effective_from.day, self.until.day)
        return Code(
            table=table,
            key=(self.key.data or "").strip(),
            name_ja=(self.name_ja.data or "").strip(),
            name_en=(self.name_en.data or "").strip(),
            effective_from=days[0],
            until=days[1],
            within=tuple(self.within.data or ()) if self.within else (),
            confirmed=True,
        )
