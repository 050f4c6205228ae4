"""The list of what is withheld as a PDF, to be laid beside what is sent to the review board."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from disclosure.letters.versions import LETTERS
from disclosure.queries.withheld_list import Withheld
from portal.core.settings import Organisation
from portal.core.wareki import format_wareki
from portal.letters.engine import Context

KIND = "withheld-list"
TITLE = "不開示とした部分の一覧"


def list_context(
    rows: Sequence[Withheld], *, case_number: str, day: date, organisation: Organisation, sample: bool
) -> Context:
    """Everything that the list prints, as plain values."""
    return {
        "title": TITLE,
        "case_number": case_number,
        "date": format_wareki(day),
        "date_iso": day.isoformat(),
        "organisation": organisation.name,
        "department": organisation.department,
        "rows": [
            {
                "part": row.part or "（記録上の覆い）",
                "article": row.article,
                "label": row.label,
                "nature": row.nature or "―",
                "harm": row.harm or "―",
                "places": list(row.places),
            }
            for row in rows
        ],
        "sample": sample,
    }


def list_pdf(
    rows: Sequence[Withheld], *, case_number: str, day: date, organisation: Organisation, sample: bool
) -> bytes:
    """The PDF. Invalid for a character that no font has."""
    context = list_context(rows, case_number=case_number, day=day, organisation=organisation, sample=sample)
    return LETTERS.render(LETTERS.current(KIND, day), context)
