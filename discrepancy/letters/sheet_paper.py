"""A form of the room, filled in, as PDF: laid out by the letters' engine in the style of the forms to fill in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from discrepancy.rules.codes import Code
from discrepancy.rules.fields import DAYS, FieldForm, FieldKind, FormField
from discrepancy.rules.report_checks import as_day
from discrepancy.rules.report_sheet import mark, shown
from portal.core.errors import N_
from portal.core.wareki import format_wareki
from portal.letters.engine import Context, Templates

KIND, SHEET = "sheet", "form.css"
PAPERS = Templates(Path(__file__).parent / "templates", places={"lines": N_("What was written")})


def paper(
    of: FieldForm, values: Mapping[str, str], rows: Sequence[Code], *, title: str, day: date, sample: bool
) -> bytes:
    """The form with ``values``; ``title`` stands above it, ``day`` chooses the template.

    Invalid for a character that no font has; PressFailed.
    """
    context = paper_context(of, values, rows, title=title, day=day, sample=sample)
    return PAPERS.render(PAPERS.current(KIND, day), context, sheet=SHEET)


def paper_context(
    of: FieldForm, values: Mapping[str, str], rows: Sequence[Code], *, title: str, day: date, sample: bool
) -> Context:
    """Strings, lists and dicts only."""
    return {
        "title": title,
        "form": of.name_ja,
        "code": of.code,
        "date_iso": day.isoformat(),
        "sample": sample,
        "parts": [
            {"heading": group.name_ja, "rows": [_row(one, values.get(one.key, ""), rows) for one in of.of(group)]}
            for group in of.groups
        ],
    }


def _row(one: FormField, value: str, rows: Sequence[Code]) -> dict[str, Any]:
    day = as_day(value) if one.kind in DAYS else None
    text = f"{format_wareki(day)}（{value}）" if day else shown(one, value, rows)
    return {
        "label": one.name_ja,
        "need": mark(one),
        "lines": text.splitlines(),
        "long": one.kind is FieldKind.TEXT,
    }
