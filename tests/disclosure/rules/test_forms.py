"""The table of forms: all 30, each with its law, and nothing on them that must never be asked."""

from __future__ import annotations

from datetime import date

import pytest

from disclosure.rules import forms
from disclosure.rules.forms import CODES, FORMS, PARTS, USES, Filler, form, sheet, sheets
from disclosure.rules.kinds import Field
from disclosure.rules.law import Part as LawPart
from disclosure.rules.law import law

DAY = date(2026, 4, 1)
PROFILES = ("public-body", "j-lis-like")


def test_there_are_all_30_forms_and_each_is_used_under_some_law() -> None:
    assert {row.code for row in FORMS} == set(CODES)
    assert len(CODES) == 30
    assert {row.form for row in USES} == set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_form_says_what_stands_in_it_and_what_is_to_be_confirmed(code: str) -> None:
    row = form(code, DAY)
    parts = [part for part in PARTS if part.form == code]
    assert parts
    if row.by is Filler.OFFICE:
        assert row.letter == code.lower()
        assert all(part.holds_ja and len(part.holds_ja) == len(part.holds_en) for part in parts)
    else:
        assert row.what_ja
        assert row.what_en
        assert row.sentence_ja
        assert all(part.fields for part in parts)
    assert {"number", "layout"} <= set(row.unconfirmed), "no law fixes numbers and layouts"


def test_each_profile_offers_what_its_regimes_know() -> None:
    found = {profile: [row.slug for row in sheets(profile, DAY)] for profile in PROFILES}
    assert found == {
        "public-body": [
            "f1", "f1-p5", "f2", "f12", "f12-p6", "f14", "f14-p5", "f15", "f16", "f23", "f26", "f26-p5", "f27", "f28",
            "f30",
        ],
        "j-lis-like": [
            "f1", "f2", "f15", "f15-p3", "f15-p4", "f16", "f23-p4", "f27", "f28", "f29-p3", "f29-p4", "f30",
        ],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("profile", "slug", "article", "title"),
    [
        ("public-body", "f1", "第77条第1項", "保有個人情報開示請求書"),
        ("j-lis-like", "f1", "第33条第1項", "保有個人データ開示請求書"),
        ("public-body", "f15", "第91条第1項", "保有個人情報訂正請求書"),
        ("public-body", "f14", "第87条第3項", "開示の実施方法等申出書"),
        ("j-lis-like", "f29-p3", "第30条の32第1項", "本人確認情報開示請求書"),
        ("public-body", "f30", "第4条第1項", "法人文書開示請求書"),
        ("j-lis-like", "f30", "", "文書開示請求書"),
        ("j-lis-like", "f29-p4", "第58条第1項", "認証業務情報開示請求書"),
    ],
)
def test_a_form_rests_on_the_law_of_its_regime(profile: str, slug: str, article: str, title: str) -> None:
    found = sheet(slug, profile, DAY)
    assert found is not None
    assert forms.place(found.use.citation, DAY)["article"] == article
    assert found.title_ja == title


@pytest.mark.parametrize("profile", PROFILES)
def test_no_form_asks_for_a_personal_number_or_why_somebody_wants_to_see(profile: str) -> None:
    for row in sheets(profile, DAY):
        asked = " ".join(field.label_ja for field in row.fields)
        assert "個人番号" not in asked
        assert "住民票コード" not in asked
        if row.form.code in ("F1", "F29"):
            assert "理由" not in asked
            assert {"name", "address", "record"} <= row.required, "第77条第1項"


def test_a_form_warns_of_the_fine_where_the_law_has_one() -> None:
    warned = {
        row.slug: fine.citation
        for profile in PROFILES
        for row in sheets(profile, DAY)
        if (fine := forms.penalty(row, DAY))
    }
    assert warned == {"f1": "form-penalty", "f1-p5": "form-penalty", "f29-p3": "form-register-penalty"}
    assert forms.penalty(sheets("j-lis-like", DAY)[0], DAY) is None, "the law for businesses has none"


def test_a_field_that_a_case_has_names_it() -> None:
    mapped = {field.maps for field in forms.FIELDS.values() if field.maps}
    assert mapped <= set(Field)
    assert {Field.NAME, Field.ADDRESS, Field.CLAIM, Field.CLAIM_REASON, Field.AGENT_NAME} <= mapped


def test_the_list_of_the_law_has_every_form_with_what_is_to_be_confirmed() -> None:
    rows = {row.code: row for row in law(DAY) if row.part is LawPart.FORM}
    assert set(rows) == set(CODES)
    assert all("layout" in " ".join(row.unconfirmed) for row in rows.values())
    assert "第77条第1項" in rows["F1"].article
    assert {"F1", "F15"} <= {row.code for row in law(DAY, regime="P1") if row.part is LawPart.FORM}
