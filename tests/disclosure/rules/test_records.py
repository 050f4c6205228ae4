"""Which record is asked for under which law, at which body."""

from __future__ import annotations

from datetime import date

import pytest

from disclosure.rules.kinds import RECORDS, RecordKind, purpose
from disclosure.rules.records import answered, is_described, law_of, widest
from disclosure.rules.regimes import of_profile

DAY = date(2026, 4, 1)


@pytest.mark.parametrize(
    ("record", "public_body", "j_lis_like"),
    [
        ("form", "P2", "P1"),
        ("photo", "P2", "P1"),
        ("both", "P2", "P1"),
        ("identity-data", "", "P3"),
        ("certificates", "", "P4"),
        ("exchange-log", "P5", ""),
        ("inquiry", "P2", "P1"),
        ("other", "P2", "P1"),
    ],
)
def test_the_law_of_a_record_follows_from_record_and_profile(record, public_body, j_lis_like):
    for profile, code in (("public-body", public_body), ("j-lis-like", j_lis_like)):
        law = law_of(RecordKind(record), profile, DAY)
        assert (law.code if law else "") == code
        assert (RecordKind(record) in answered(profile, DAY)) == bool(code)


def test_documents_are_asked_for_by_anybody_and_are_no_records_about_oneself():
    for profile, code in (("public-body", "P6"), ("j-lis-like", "P6-own")):
        law = law_of(RecordKind.DOCUMENTS, profile, DAY)
        assert law is not None
        assert law.code == code
        assert RecordKind.DOCUMENTS not in answered(profile, DAY)
    assert [kind for kind in RecordKind if not kind.personal] == [RecordKind.DOCUMENTS]


def test_nobody_else_answers_for_anything():
    assert answered("nobody", DAY) == ()


def test_every_record_has_names_and_only_what_is_told_in_words_needs_words():
    assert {part for kind in RecordKind for part in kind.parts} == set(RECORDS)
    for row in RECORDS.values():
        assert all((row.ja, row.en, row.easy))
    assert [kind for kind in RecordKind if is_described(kind)] == [RecordKind.OTHER, RecordKind.DOCUMENTS]


def test_every_record_that_can_be_handed_out_has_a_purpose():
    for part in set(RECORDS) - {RecordKind.INQUIRY, RecordKind.DOCUMENTS}:
        assert purpose(part, DAY).ja
        assert purpose(part, DAY).en


def test_what_is_said_of_all_requests_counts_every_law_of_the_house():
    business = widest("j-lis-like", DAY)
    assert (business.code, business.extension_clock) == ("P1", "D13"), "register data may take longer"
    assert set(business.decision_types) == set("ABCDEFHJ")
    assert set(widest("public-body", DAY).decision_types) - set(of_profile("public-body", DAY).decision_types) == {"J"}
