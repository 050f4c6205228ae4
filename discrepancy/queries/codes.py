"""The rows of the tables of codes: the shipped ones with the desk's own."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from discrepancy.models.code_rows import CodeRow
from discrepancy.rules.codes import Code, CodeTable, shipped


def codes(session: Session) -> tuple[Code, ...]:
    """All rows in their order; a row of the desk takes the place of the shipped one of its table, key and day."""
    own = {
        (row.code_table, row.key, row.effective_from): Code(
            table=CodeTable(row.code_table),
            key=row.key,
            name_ja=row.name_ja,
            name_en=row.name_en,
            effective_from=row.effective_from,
            until=row.until,
            within=tuple(row.within),
            confirmed=True,
        )
        for row in session.scalars(select(CodeRow).order_by(CodeRow.code_table, CodeRow.key, CodeRow.effective_from))
    }
    found = [own.pop((row.table, row.key, row.effective_from), row) for row in shipped()]
    return (*found, *own.values())
