"""Sample forms for the gallery and the tests: each form blank once, and one that is filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from disclosure.letters.form_sheet import KIND, SHEET, Values, form_context
from disclosure.letters.versions import LETTERS
from disclosure.rules import forms
from disclosure.rules.kinds import Field
from portal.core.settings import Organisation
from portal.letters.samples import Sample

WRITTEN: Values = {
    "date": "令和8年4月1日",
    "kana": "かつらぎ　よしのすけ",
    "telephone": "03-0000-0000",
    "record": "マイナンバーカードの交付申請書と、その申請に使った顔写真\n（平成28年1月ごろ、郵送で申請しました。）",
    "method": ["post"],
    "requester": ["person"],
    "documents": ["driving-licence"],
    "by-mail": ["resident-record"],
}


def blank_and_filled(
    organisation: Organisation, business: Organisation, person: Mapping[Field, str], *, day: date
) -> Iterator[Sample]:
    """Every form that the one or the other profile offers, blank; F1 also as filled in by a sample person."""
    shown: set[str] = set()
    for body in (organisation, business):
        for sheet in forms.sheets(body.profile, day):
            name = sheet.slug if sheet.form.code == "F29" else sheet.form.code.lower()
            if name in shown:
                continue
            shown.add(name)
            context = form_context(sheet, {}, day=day, organisation=body, sample=True, fillable=True)
            yield _sample(f"form-{name}", sheet.title_ja, context, fillable=True)
            if name == "f1":
                said = {
                    field.key: person[Field(field.maps)]
                    for field in sheet.fields
                    if field.maps and Field(field.maps) in person
                }
                context = form_context(sheet, {**said, **WRITTEN}, day=day, organisation=body, sample=True)
                yield _sample("form-f1-filled", f"{sheet.title_ja}（記入済み）", context)


def _sample(name: str, title: str, context: dict[str, object], *, fillable: bool = False) -> Sample:
    template = LETTERS.current(KIND, date.fromisoformat(str(context["date_iso"]))).name
    return Sample(name, title, LETTERS, template, context, SHEET, fillable)
