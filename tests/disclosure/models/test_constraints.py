"""What the database itself refuses, whatever the code above it does."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from disclosure.models.case import CaseField
from disclosure.queries.keys import case_key
from disclosure.rules.kinds import Field
from disclosure.rules.states import State
from portal.core.sealed import open_json, open_text, seal_json, seal_text
from portal.core.vault import CannotOpen
from tests.factories.disclosure import a_case


@pytest.mark.parametrize(
    "change",
    [
        "state = 'nonsense'",
        "state = 'withdrawn'",
        "ended_on = '2026-04-02'",
        "state = 'notified'",
        "state = 'notified', notified_on = '2026-04-02'",
        "notified_on = '2026-04-02', decision_type = 'A'",
        "state = 'implemented', notified_on = '2026-04-02', decision_type = 'A'",
        "released_at = '2026-04-02 00:00:00'",
        "next_due_on = NULL",
        "law_day = '2026-04-02'",
        "delivery = 'pigeon'",
        "language = 'xx'",
    ],
)
def test_an_impossible_case_cannot_be_stored(any_database, settings, office, change):
    with any_database.session(write=True) as session:
        a_case(session, settings, office)
    with any_database.open(write=True) as session, pytest.raises(IntegrityError):
        session.execute(text(f"UPDATE disclosure_case SET {change}"))


def test_two_open_corrections_cannot_be_stored(session, settings, office):
    a_case(session, settings, office, state=State.CORRECTION)
    columns = "case_id, sent_on, due_on, defects, note_sealed, asked_by, asked_at"
    with pytest.raises(IntegrityError):
        session.execute(
            text(f"INSERT INTO disclosure_correction (id, {columns}) SELECT 'x', {columns} FROM disclosure_correction")
        )


def test_a_sealed_value_opens_only_in_its_own_place(session, settings, office):
    case = a_case(session, settings, office)
    key = case_key(office, case)
    name, kana = (next(row for row in case.fields if row.name is field) for field in (Field.NAME, Field.KANA))
    table = CaseField.__tablename__
    assert open_text(key, table, "name", name.id, name.sealed) == "髙橋　見本"
    for column, row in (("kana", name), ("name", kana)):
        with pytest.raises(CannotOpen):
            open_text(key, table, column, name.id, row.sealed)
    other = a_case(session, settings, office)
    with pytest.raises(CannotOpen):
        open_text(case_key(office, other), table, "name", name.id, name.sealed)


def test_text_and_plain_values_come_back_unchanged(session, settings, office):
    key = case_key(office, a_case(session, settings, office))
    hard = "葛󠄂\ufa19𠮷\u3000 e\u0301"
    assert open_text(key, "t", "c", "r", seal_text(key, "t", "c", "r", hard)) == hard
    value = [{"part": hard, "n": 1, "yes": True, "none": None, "day": date(2026, 4, 1).isoformat()}]
    assert open_json(key, "t", "c", "r", seal_json(key, "t", "c", "r", value)) == value
