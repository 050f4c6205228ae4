"""The operator's figures over reports, and what the public learns of them."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from content.models.bodies import Body as PublicBody
from content.models.drafts import Draft
from content.models.scales import Cause, Severity
from content.models.systems import System
from content.operations.publish import publish
from content.operations.review import send_for_review
from discrepancy.models.reports import Report
from discrepancy.operations.tally import count_anew
from discrepancy.operations.write_lesson import NAMED, NewLesson, write_lesson
from discrepancy.queries.codes import codes
from discrepancy.queries.reports import Wanted, reports
from discrepancy.queries.trends import By, cluster, clusters, trends
from discrepancy.rules.lessons import Words, count_words
from portal.core.actor import Actor, ActorKind, Role
from portal.core.errors import Forbidden, Invalid
from tests.discrepancy.operations.conftest import AT, INQUIRER, OPERATOR

FROM, UNTIL = date(2026, 9, 1), date(2026, 10, 31)
WRITER, SECOND = (
    Actor(ActorKind.STAFF, f"staff-{name}", frozenset({Role.PUBLISHER, Role.OFFICER, Role.APPROVER}), "見本 公子")
    for name in ("one", "two")
)
NEW = NewLesson(
    Words(ja="更正のあとの副本の登録が遅れた。", en="Duplicates were registered late."),
    Words(ja="更正の日に登録する。", en="Register them on the same day."),
    "information-network",
)


def a_report(number: int, body: str, day: date, **changes: str) -> Report:
    """A filed report with what is counted; nobody reads what it says."""
    counted = {"cause_table": "human-cause", "cause": "duplicate-late", "information": "local-tax", **changes}
    return Report(
        id=f"report-{number}",
        state="filed",
        body_code=body,
        filed_on=day,
        nth=number,
        affair="child-allowance",
        content=b"x",
        office_wrap=b"x",
        created_at=AT,
        changed_at=AT,
        changed_by="x",
        **counted,
    )


@pytest.fixture
def filed(bodies: Session) -> Session:
    """Six reports of one cause by two bodies, one of another."""
    for number in range(1, 7):
        day = date(2026, 9 + number % 2, 1 + number)
        bodies.add(a_report(number, "011011" if number < 5 else "022012", day))
    bodies.add(a_report(7, "022012", date(2026, 9, 20), cause_table="system-cause", cause="line"))
    bodies.add(PublicBody(key="operator", kind="operator", name_ja="運営主体", name_en="Operator"))
    bodies.flush()
    words = {"summary_ja": "", "summary_en": "", "aliases_ja": [], "aliases_en": [], "position": 1}
    bodies.add(System(key="information-network", name_ja="網", name_en="Net", operator_key="operator", **words))
    bodies.add(Cause(key="operation-procedure", name_ja="手順", name_en="Procedure", position=1))
    bodies.add(Severity(level=1, name_ja="軽微", name_en="Slight", rule_ja="", rule_en=""))
    bodies.flush()
    count_anew(bodies)
    return bodies


@pytest.mark.parametrize(
    ("by", "lines"),
    [
        (By.CAUSE, {"human-cause/duplicate-late": {"2026-09": 3, "2026-10": 3}, "system-cause/line": {"2026-09": 1}}),
        (By.SYSTEM, {"line": {"2026-09": 1}}),
        (By.BODY, {"011011": {"2026-09": 2, "2026-10": 2}, "022012": {"2026-09": 2, "2026-10": 1}}),
        (By.AFFAIR, {"child-allowance": {"2026-09": 4, "2026-10": 3}}),
    ],
)
def test_reports_are_counted_by_month(filed: Session, by: By, lines: dict[str, dict[str, int]]) -> None:
    found = trends(filed, by, FROM, UNTIL, codes(filed), actor=OPERATOR)
    assert found.months == ["2026-09", "2026-10"]
    assert {line.key: line.months for line in found.lines} == lines
    assert all(line.name_ja for line in found.lines)
    with pytest.raises(Forbidden):
        trends(filed, by, FROM, UNTIL, codes(filed), actor=INQUIRER)


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (Wanted(), 7),
        (Wanted(text="青森県見本町"), 3),
        (Wanted(text="011011"), 4),
        (Wanted(cause="system-cause/line"), 1),
        (Wanted(affair="child-allowance", first_on=date(2026, 10, 1)), 3),
        (Wanted(state="accepted"), 0),
    ],
)
def test_reports_are_found(filed: Session, wanted: Wanted, count: int) -> None:
    assert reports(filed, wanted, actor=OPERATOR).total == count


def test_a_lesson_names_nobody_and_is_published_by_another_person(filed: Session) -> None:
    (one,) = clusters(filed, FROM, UNTIL, actor=OPERATOR)
    assert (one.reports, one.bodies) == (6, 2)
    with pytest.raises(Invalid, match=NAMED.partition("%")[0]):
        write_lesson(
            filed,
            one,
            NewLesson(Words(ja="北海道見本市で遅れた。", en="Late."), NEW.prevent, NEW.system),
            by=WRITER,
            at=AT,
        )
    with pytest.raises(Forbidden):
        write_lesson(filed, one, NEW, by=OPERATOR, at=AT)
    lesson = write_lesson(filed, one, NEW, by=WRITER, at=AT)
    draft = filed.get_one(Draft, lesson.draft_id)
    told = draft.payload["bulletin"]
    assert "6件（5機関未満）" in told["body_ja"]
    assert "reports of the same cause" in told["body_en"]
    send_for_review(filed, draft, by=WRITER, at=AT)
    with pytest.raises(Forbidden):
        publish(filed, draft, by=WRITER, at=AT)
    assert publish(filed, draft, by=SECOND, at=AT).incident_key == lesson.incident_key
    assert clusters(filed, FROM, UNTIL, actor=OPERATOR)[0].lessons == [lesson]


def test_small_counts_are_not_told(filed: Session) -> None:
    one = cluster(filed, "system-cause", "line", "local-tax", FROM, UNTIL, actor=OPERATOR)
    assert one is not None
    lesson = write_lesson(filed, one, NEW, by=WRITER, at=AT)
    body = filed.get_one(Draft, lesson.draft_id).payload["bulletin"]["body_ja"]
    assert "5件未満（5機関未満）" in body
    assert [count_words(number, 5, "件").ja for number in (1, 4, 5)] == ["5件未満", "5件未満", "5件"]
