"""The desk over ten thousand cases uses its indexes."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from sqlalchemy import insert, text

from disclosure.models.case import Case
from disclosure.queries.desk import Filter, Scope, counts, desk
from disclosure.rules.kinds import Channel, Delivery, Format, RecordKind
from disclosure.rules.states import State
from tests.factories.disclosure import NOON, OFFICER

TODAY = date(2026, 6, 1)


@pytest.fixture
def many(session):
    rows = []
    for n in range(10_000):
        ended = n % 3 == 0
        due = date(2026, 1, 1) + timedelta(days=n % 300)
        rows.append({
            "id": f"case-{n:06d}", "number": f"開-R08-{n:06d}-X", "submission_key": f"submission-{n:08d}", "version": 1,
            "regime": "P2", "law_day": date(2025, 12, 1), "state": State.WITHDRAWN if ended else State.SEARCH,
            "received_on": date(2025, 12, 1), "received_at": NOON, "channel": Channel.WEB, "language": "ja",
            "records": RecordKind.BOTH, "delivery": Delivery.POST, "format": Format.PDF, "wants_mail": False,
            "due_on": due, "target_on": due, "next_due_on": None if ended else due,
            "assignee_id": OFFICER.id if n % 5 == 0 else None, "assignee_name": "", "ended_on": due if ended else None,
        })  # fmt: skip
    session.execute(insert(Case), rows)


def test_a_page_of_the_desk_is_quick_and_its_order_comes_from_an_index(session, many):
    for scope in Scope:
        start = time.perf_counter()
        page = desk(session, Filter(scope=scope), actor=OFFICER, today=TODAY)
        assert time.perf_counter() - start < 0.5
        assert len(page.rows) == 50
    assert counts(session, actor=OFFICER, today=TODAY).open == 6666

    shown = "SELECT number FROM disclosure_case WHERE ended_on IS NULL ORDER BY next_due_on, number LIMIT 50"
    steps = " ".join(str(row) for row in session.execute(text(f"EXPLAIN QUERY PLAN {shown}")))
    assert "ix_disclosure_case_desk" in steps
    assert "TEMP B-TREE" not in steps
