"""The forms that residents and third parties fill in, as PDF: blank with fields, or filled in to print and sign."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from disclosure.letters.readings import article_english
from disclosure.letters.versions import LETTERS
from disclosure.rules import forms
from disclosure.rules.forms import Addressee, FieldKind, FormField, Part, Sheet
from disclosure.rules.statutes import STATUTES, cite
from portal.core.settings import Organisation
from portal.letters.contact import contact
from portal.letters.engine import Context

KIND = "form"
SHEET = "form.css"
Values = Mapping[str, str | Sequence[str]]


@lru_cache(maxsize=32)
def blank(sheet: Sheet, *, day: date, organisation: Organisation, sample: bool) -> bytes:
    """The form with fields to fill in on a screen or by hand; laid out once a day, whoever asks."""
    context = form_context(sheet, {}, day=day, organisation=organisation, sample=sample, fillable=True)
    return LETTERS.render(LETTERS.current(KIND, day), context, sheet=SHEET, fillable=True)


def filled(
    sheet: Sheet,
    values: Values,
    *,
    day: date,
    organisation: Organisation,
    sample: bool,
    received: str = "",
    number: str = "",
) -> bytes:
    """The form with what was written: never stored. Invalid with ``field`` for a character that no font has.

    ``received`` (a day as papers write it) and ``number`` go into the block for the office, when it has come in.
    """
    for key, value in values.items():
        LETTERS.check_characters({key: value if isinstance(value, str) else list(value)})
    context = form_context(sheet, values, day=day, organisation=organisation, sample=sample)
    entered = {"received": received, "case_number": number}
    return LETTERS.render(LETTERS.current(KIND, day), {**context, **entered}, sheet=SHEET)


def form_context(
    sheet: Sheet, values: Values, *, day: date, organisation: Organisation, sample: bool, fillable: bool = False
) -> Context:
    """Everything that a form prints. ``values``: texts by the keys of fields, or lists of the values chosen."""
    head = f"{organisation.name}　{organisation.head_title}"
    ja, en = _sentences(sheet, day)
    penalty_ja, penalty_en = _penalty(sheet, day)
    parts = [_part(part, values, day, fillable) for part in sheet.parts]
    return {
        "title": sheet.title_ja,
        "title_en": sheet.title_en,
        "code": sheet.form.code,
        "date_iso": day.isoformat(),
        "addressee": organisation.appeal_to if sheet.form.addressee is Addressee.APPEAL else head,
        "sentence": ja,
        "sentence_en": en,
        "heads": [part for part, row in zip(parts, sheet.parts, strict=True) if row.head],
        "parts": [part for part, row in zip(parts, sheet.parts, strict=True) if not row.head],
        "penalty": penalty_ja,
        "penalty_en": penalty_en,
        "official": sheet.form.official,
        "received": "",
        "case_number": "",
        "fillable": fillable,
        "sample": sample,
        "contact": contact(organisation),
    }


def enclosed(code: str, known: Collection[str], *, day: date) -> list[dict[str, Any]]:
    """The rows of a form that goes with a letter, to be written on by hand; ``known`` are fields that the letter fills.

    KeyError when there is no such form on ``day``.
    """
    found = forms.parts(forms.form(code, day))
    rows = [row for part in found for row in _part(part, {}, day, fillable=False)["rows"]]
    return [row for row in rows if row["key"] not in known]


def _part(part: Part, values: Values, day: date, fillable: bool) -> dict[str, Any]:
    rows = [
        _row(forms.FIELDS[key], values.get(key, ""), day, required=key in part.required, fillable=fillable)
        for key in part.fields
    ]
    return {"heading": part.heading_ja, "heading_en": part.heading_en, "rows": rows}


def _row(field: FormField, value: str | Sequence[str], day: date, *, required: bool, fillable: bool) -> dict[str, Any]:
    written = value if isinstance(value, str) else ""
    return {
        "key": field.key,
        "label": field.label_ja,
        "label_en": field.label_en,
        "kind": "box" if field.kind is FieldKind.BOX else "choices" if forms.choices(field, day) else field.kind.value,
        "required": required,
        "rows": field.rows,
        "longest": field.longest,
        "hint": field.hint_ja if fillable else "",
        "lines": written.splitlines(),
        "choices": [
            {"value": row.value, "label": row.ja, "label_en": row.en, "ticked": row.value in (value or ())}
            for row in forms.choices(field, day)
        ],
    }


def _sentences(sheet: Sheet, day: date) -> tuple[str, str]:
    ja = sheet.form.sentence_ja.format(**forms.place(sheet.use.citation, day), information=sheet.law.information_ja)
    en = sheet.form.sentence_en.format(**_english(sheet.use.citation, day), information=sheet.law.information_en)
    return ja, en


def _penalty(sheet: Sheet, day: date) -> tuple[str, str]:
    fine = forms.penalty(sheet, day)
    if fine is None:
        return "", ""
    return fine.ja.format(**forms.place(fine.citation, day)), fine.en.format(**_english(fine.citation, day))


def _english(key: str, day: date) -> dict[str, str]:
    """Statute and article of a citation in English."""
    if not key:
        return {"law": "", "article": ""}
    found = cite(key, day)
    return {"law": STATUTES[found.statute].name_en, "article": article_english(found.ja)}
