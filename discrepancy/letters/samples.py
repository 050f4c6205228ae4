"""The four forms, each field filled in with a sample of its kind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from discrepancy.letters.sheet_paper import KIND, PAPERS, SHEET, paper_context
from discrepancy.rules.codes import offered, shipped
from discrepancy.rules.fields import FieldKind, FormField, FormKind, form
from portal.letters.samples import Sample

DAY = date(2026, 11, 2)
_TEXTS: dict[FieldKind, str] = {
    FieldKind.DAY: DAY.isoformat(),
    FieldKind.COMING_DAY: "2026-11-09",
    FieldKind.TIME: "09:05",
    FieldKind.LINE: "見本",
    FieldKind.TEXT: "副本の登録が一日遅れ、古い値が提供されました。（見本）\n登録の手順を改めました。（見本）",
    FieldKind.TELEPHONE: "03-0000-0000",
    FieldKind.MAIL: "sample@kaiji.example",
    FieldKind.BODY: "202053",
    FieldKind.SERIAL: "20261026-SAMPLE-000001",
    FieldKind.YES_NO: "yes",
    FieldKind.OPERATOR: "見本",
}


def samples() -> Iterator[Sample]:
    """Everything that the room prints."""
    for kind in FormKind:
        of = form(kind)
        values = {one.key: _value(one) for one in of.fields}
        context = paper_context(of, values, shipped(), title=f"{of.name_ja}（見本）", day=DAY, sample=True)
        template = PAPERS.current(KIND, DAY).name
        yield Sample(f"discrepancy-{kind}", f"{of.name_ja}（記入の見本）", PAPERS, template, context, sheet=SHEET)


def _value(field: FormField) -> str:
    if field.table is not None:
        return next((row.key for row in offered(shipped(), field.table, DAY)), "")
    return _TEXTS[field.kind]
