"""Forty requests whose yearly table was worked out by hand, counted by both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert
from sqlalchemy.orm import Session

from disclosure.models.correction import CorrectionRequest
from disclosure.models.decision import Decision
from disclosure.models.delivery import DeliveryEntry
from disclosure.models.extension import Extension, ExtensionState
from disclosure.models.letter import Letter
from disclosure.queries.statistics import figures, report
from disclosure.rules.arrival import Basis, Way
from disclosure.rules.arrival import Step as ArrivalStep
from disclosure.rules.decisions import DecisionType as T
from disclosure.rules.durations import Durations
from disclosure.rules.extensions import ExtensionGround, ExtensionKind
from disclosure.rules.kinds import Channel
from disclosure.rules.states import State
from portal.core.db import Database, new_id
from tests.factories.requests import a_row, store

DAY = date(2024, 5, 10)
TODAY = date(2025, 7, 1)


def forty() -> list[dict[str, Any]]:
    """18 in full, 7 in part, 9 refused, 5 withdrawn, 1 open; 24 on the site, 8 at the window, 6 by post, 2 by fax."""
    rows = [a_row(DAY, decided=T.FULL, days=20) for _ in range(10)]
    rows += [a_row(DAY, decided=T.FULL, days=30, channel=Channel.WINDOW) for _ in range(8)]
    rows += [a_row(DAY, decided=T.PARTIAL, days=28) for _ in range(5)]
    rows += [a_row(DAY, decided=T.PARTIAL, days=days) for days in (40, 61)]  # late: 30 days were due
    rows += [a_row(DAY, decided=T.NOT_HELD, days=days) for days in (10, 20, 25, 30, 35)]  # the last is late
    # Due within 28 days, as some ordinances have it: three that are late with 30.
    rows += [a_row(DAY, decided=T.NONE, days=30, due_days=28, channel=Channel.POST) for _ in range(3)]
    rows += [a_row(DAY, decided=T.FORM, days=12, channel=Channel.POST)]
    rows += [a_row(DAY, withdrawn_on=DAY + timedelta(days=10), channel=channel) for channel in [Channel.FAX] * 2]
    rows += [a_row(DAY, withdrawn_on=DAY + timedelta(days=10), channel=Channel.POST) for _ in range(2)]
    rows += [a_row(DAY, withdrawn_on=DAY + timedelta(days=10)), a_row(DAY)]
    return rows


def asked(case_id: str, on: date) -> dict[str, Any]:
    return {
        "id": new_id(), "case_id": case_id, "sent_on": on, "due_on": on, "defects": [], "note_sealed": b"-",
        "asked_by": "staff-officer", "asked_at": datetime(2024, 5, 20, tzinfo=UTC), "answered_on": on,
    }  # fmt: skip


def fill(session: Session) -> None:
    """The forty, seven of them asked for a correction (one twice), and three of a later year."""
    rows = forty()
    store(session, [*rows, *(a_row(date(2025, 6, 2), decided=T.FULL, days=3) for _ in range(3))])
    days = [asked(row["id"], DAY + timedelta(days=10)) for row in rows[:7]]
    session.execute(insert(CorrectionRequest), [*days, asked(rows[0]["id"], DAY + timedelta(days=12))])


def test_the_table_of_forty_requests_is_the_one_worked_out_by_hand(any_database: Database) -> None:
    with any_database.session(write=True) as session:
        fill(session)
    with any_database.session(write=False) as session:
        found = figures(session, profile="public-body", today=TODAY)
        whole = report(session, 2024)
    this, year = found.years
    assert (this.year, this.as_of, this.lines) == (2025, None, {})
    assert (year.year, year.as_of, year.closed) == (2024, date(2025, 6, 30), True)
    assert year.lines == {
        "received": 40, "decided": 34,
        # Two faxes are few; post goes with them.
        "channel-web": 24, "channel-window": 8, "channel-post": None, "channel-fax": None,
        "result-full": 18, "result-other": 16, "result-none": 6,
        "other-partial": 7, "other-refused": 9, "other-transferred": 0, "other-elsewhere": 0,
        # One for its form and three exempt are few each, and four together: enough to tell nobody which. A zero that
        # could be one goes with them.
        "refused-exempt": None, "refused-neither": None, "refused-not-held": 5, "refused-form": None,
        # One in progress; so neither is shown.
        "none-withdrawn": None, "none-in-progress": None,
        "time-within": 28, "time-extended": 0, "time-special": 0, "time-late": 6,
        "correction-asked": 7, "correction-not-asked": 33,
        "arrived-download": 0, "arrived-post": 0, "arrived-handed": 0, "arrived-not-yet": 34,
    }  # fmt: skip
    hidden = {line: whole[line] for line, number in year.lines.items() if number is None}
    assert hidden == {
        "channel-post": 6, "channel-fax": 2, "refused-exempt": 3, "refused-neither": 0, "refused-form": 1,
        "none-withdrawn": 5, "none-in-progress": 1,
    }  # fmt: skip
    assert whole == {**year.lines, **hidden}
    # In order: 10 12, 20 × 11, 25, 28 × 5, 30 × 12, 35 40 61; the 17th and 18th are 28, the 31st is 30.
    assert year.durations == {
        "decided": Durations(28, 30, 61),
        "result-full": Durations(20, 30, 30),
        "other-partial": Durations(28, 61, 61),
        # 10 12 20 25, 30 × 4, 35
        "other-refused": Durations(30, 35, 35),
        "refused-not-held": Durations(25, 35, 35),
    }
    assert (found.received, found.overdue) == (None, None)  # three this year, one of last year is overdue


def a_letter(session: Session, case_id: str, kind: str) -> str:
    """A letter of a case, sealed parts left empty; the decision's own when it is one."""
    at, decision_id, letter_id = datetime(2024, 6, 1, tzinfo=UTC), None, new_id()
    if kind == "f4":
        decision_id = new_id()
        values = {
            "id": decision_id, "case_id": case_id, "state": "issued", "type": T.FULL, "reasons_sealed": b"-",
            "drafted_by": "a", "drafted_name": "", "drafted_at": at, "sent_at": at, "approved_by": "b",
            "approved_name": "", "approved_at": at,
        }  # fmt: skip
        session.execute(insert(Decision), [values])
    values = {
        "id": letter_id, "case_id": case_id, "decision_id": decision_id, "kind": kind, "number": letter_id,
        "fiscal_year": 2024, "template": "", "sha256": "", "issued_on": DAY, "issued_at": at, "issued_by": "b",
        "context_sealed": b"-", "pdf_sealed": b"-",
    }  # fmt: skip
    session.execute(insert(Letter), [values])
    return letter_id


def more_time(session: Session, case_id: str, kind: ExtensionKind) -> None:
    """An extension that was told."""
    special, at = kind is ExtensionKind.SPECIAL, datetime(2024, 6, 1, tzinfo=UTC)
    values = {
        "id": new_id(), "case_id": case_id, "kind": kind, "state": ExtensionState.ISSUED,
        "days": None if special else 30, "ground": None if special else next(iter(ExtensionGround)),
        "rest_on": DAY if special else None, "facts_sealed": b"-", "letter_id": a_letter(session, case_id, "f6"),
        "drafted_by": "a", "drafted_name": "", "drafted_at": at, "issued_by": "b", "issued_name": "",
        "issued_at": at, "issued_on": DAY,
    }  # fmt: skip
    session.execute(insert(Extension), [values])


def arrived(case_id: str, letter_id: str, way: Way, day: date, **more: Any) -> dict[str, Any]:
    return {
        "id": new_id(), "case_id": case_id, "letter_id": letter_id, "step": ArrivalStep.ARRIVED, "way": way,
        "basis": Basis.ELECTRONIC if way is Way.DOWNLOAD else Basis.SIGNED, "day": day,
        "entered_at": datetime(2024, 7, 1, tzinfo=UTC), "entered_kind": "staff", "entered_by": "a",
        "entered_name": "", "corrects_id": None, **more,
    }  # fmt: skip


def test_longer_periods_and_first_arrivals_are_counted(session: Session) -> None:
    rows = [a_row(DAY, decided=T.FULL, days=50, due_days=60) for _ in range(13)]
    rows += [a_row(DAY, decided=T.FULL, days=61, due_days=60), a_row(DAY, decided=T.FULL, days=9)]
    store(session, rows)
    for row in rows[:7]:
        more_time(session, row["id"], ExtensionKind.EXTENSION)
    more_time(session, rows[13]["id"], ExtensionKind.EXTENSION)  # and late all the same
    for row in rows[5:11]:
        more_time(session, row["id"], ExtensionKind.SPECIAL)  # two of them were extended before
    letters = [a_letter(session, row["id"], "f4") for row in rows[:8]]
    entries = [arrived(row["id"], one, Way.DOWNLOAD, DAY) for row, one in zip(rows, letters, strict=False)]
    entries.append(arrived(rows[0]["id"], letters[0], Way.HANDED, DAY + timedelta(days=1)))  # a second time
    mended = arrived(rows[1]["id"], letters[1], Way.HANDED, DAY, corrects_id=entries[1]["id"])
    session.execute(insert(DeliveryEntry), entries)
    session.execute(insert(DeliveryEntry), [mended])
    session.execute(
        insert(DeliveryEntry), [arrived(rows[14]["id"], a_letter(session, rows[14]["id"], "f6"), Way.HANDED, DAY)]
    )
    whole = report(session, 2024)
    assert [whole[f"time-{one}"] for one in ("within", "extended", "special", "late")] == [3, 5, 6, 1]
    assert [whole[f"arrived-{one}"] for one in ("download", "post", "handed", "not-yet")] == [7, 0, 1, 7]


def test_overdue_are_those_without_a_decision_whose_day_has_passed_and_whose_clock_runs(session: Session) -> None:
    late, today = date(2026, 5, 1), date(2026, 6, 1)
    store(session, [a_row(late) for _ in range(6)])  # due on 31 May
    store(
        session, [a_row(late, state=State.CORRECTION), a_row(late + timedelta(days=1)), a_row(late, withdrawn_on=late)]
    )
    store(session, [a_row(late, decided=T.FULL, days=31)])  # notified today: overdue when yesterday ended
    found = figures(session, profile="public-body", today=today)
    assert (found.received, found.overdue) == (10, 7)
    assert figures(session, profile="public-body", today=today - timedelta(days=1)).overdue == 0


def test_an_empty_database_has_an_empty_year(session: Session) -> None:
    found = figures(session, profile="j-lis-like", today=date(2026, 4, 1))
    assert (found.year, found.received, found.overdue) == (2026, 0, 0)
    assert [(year.year, year.as_of) for year in found.years] == [(2026, None)]
    assert set(report(session, 2026).values()) == {0}


@pytest.mark.parametrize("profile", ["public-body", "j-lis-like"])
def test_no_case_is_opened_to_count_it(session: Session, profile: str) -> None:
    said: list[str] = []
    engine = session.get_bind()

    def listen(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        said.append(statement)

    fill(session)
    event.listen(engine, "before_cursor_execute", listen)
    try:
        figures(session, profile=profile, today=TODAY)
    finally:
        event.remove(engine, "before_cursor_execute", listen)
    assert said
    assert not [text for text in said if "sealed" in text or "disclosure_case_field" in text or "_index" in text]
