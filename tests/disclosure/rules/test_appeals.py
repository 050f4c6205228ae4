"""Appeals: the table of states cell by cell, who decides, what a ruling needs, the periods, the indicators."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

from disclosure.rules.appeal_periods import judge, suit_until
from disclosure.rules.appeals import (
    ENDED,
    AppealAction,
    AppealState,
    Result,
    Way,
    after,
    board,
    exception,
    indicator,
    possible,
    results,
    route,
    terms,
)
from disclosure.rules.regimes import REGIMES
from portal.core.errors import Conflict

S, A, R = AppealState, AppealAction, Result
DAY = date(2026, 4, 1)
MOVES = {
    (S.FILED, A.ASK_CORRECTION): S.CORRECTING,
    (S.FILED, A.ACCEPT): S.ACCEPTED,
    (S.FILED, A.RULE): S.RULED,
    (S.FILED, A.WITHDRAW): S.WITHDRAWN,
    (S.CORRECTING, A.ANSWER_CORRECTION): S.FILED,
    (S.CORRECTING, A.RULE): S.RULED,
    (S.CORRECTING, A.WITHDRAW): S.WITHDRAWN,
    (S.ACCEPTED, A.CONSULT): S.CONSULTED,
    (S.ACCEPTED, A.RULE): S.RULED,
    (S.ACCEPTED, A.WITHDRAW): S.WITHDRAWN,
    (S.CONSULTED, A.REPORT): S.REPORTED,
    (S.CONSULTED, A.WITHDRAW): S.WITHDRAWN,
    (S.REPORTED, A.RULE): S.RULED,
    (S.REPORTED, A.WITHDRAW): S.WITHDRAWN,
}
ALONE = {cell: state for cell, state in MOVES.items() if cell[1] not in (A.CONSULT, A.REPORT)}
FORWARDED = {(S.FILED, A.FORWARD): S.FORWARDED} | {
    cell: state for cell, state in MOVES.items() if cell[1] is A.WITHDRAW
}


@pytest.mark.parametrize("way", Way)
@pytest.mark.parametrize(("state", "action"), list(itertools.product(S, A)))
def test_every_cell_of_the_table(way: Way, state: AppealState, action: AppealAction) -> None:
    wanted = {Way.REVIEW: MOVES, Way.INTERNAL: ALONE, Way.FORWARDED: FORWARDED, Way.NONE: {}}[way].get((state, action))
    if wanted is None:
        with pytest.raises(Conflict):
            after(state, action, way)
    else:
        assert after(state, action, way) is wanted


def test_an_appeal_that_ended_cannot_move() -> None:
    assert all(not possible(state, way) for state in ENDED for way in Way)


@pytest.mark.parametrize(
    ("regime", "way", "has_board", "periods"),
    [
        ("P1", Way.INTERNAL, False, ("", "")),
        ("P2", Way.REVIEW, True, ("D9", "D9L")),
        ("P3", Way.NONE, False, ("", "")),
        ("P4", Way.FORWARDED, False, ("D9", "D9L")),
        ("P5", Way.REVIEW, True, ("D9", "D9L")),
        ("P6", Way.REVIEW, True, ("D9", "D9L")),
        ("P6-own", Way.INTERNAL, False, ("", "")),
    ],
)
def test_who_decides_is_data(regime: str, way: Way, has_board: bool, periods: tuple[str, str]) -> None:
    row = route(regime, DAY)
    assert (row.way, bool(row.board), (row.known_clock, row.limit_clock)) == (way, has_board, periods)
    assert row.offered is (way is not Way.NONE)
    assert (row.decider_ja == "総務大臣") is (regime == "P4")


def test_every_regime_has_its_route() -> None:
    assert {route(law.code, DAY).regime for law in REGIMES} == {law.code for law in REGIMES}
    with pytest.raises(KeyError):
        route("none", DAY)


def test_the_board_has_fifteen_members_and_sits_in_threes() -> None:
    row = board("review-board", DAY)
    assert (row.members, row.panel, row.index_ja[-6:]) == (15, 3, "第9条第3項")


@pytest.mark.parametrize(
    ("state", "way", "opposed", "wanted"),
    [
        (S.FILED, Way.REVIEW, False, (R.REJECTED,)),
        (S.CORRECTING, Way.INTERNAL, False, (R.REJECTED,)),
        (S.ACCEPTED, Way.REVIEW, False, (R.UPHELD, R.REJECTED)),
        (S.ACCEPTED, Way.REVIEW, True, (R.REJECTED,)),
        (S.ACCEPTED, Way.INTERNAL, True, tuple(R)),
        (S.CONSULTED, Way.REVIEW, False, ()),
        (S.REPORTED, Way.REVIEW, True, tuple(R)),
        (S.RULED, Way.REVIEW, False, ()),
        (S.FILED, Way.FORWARDED, False, ()),
    ],
)
def test_without_the_board_only_what_the_law_excepts(
    state: AppealState, way: Way, opposed: bool, wanted: tuple[Result, ...]
) -> None:
    assert results(state, way, DAY, opposed=opposed) == wanted


def test_an_exception_names_its_article() -> None:
    found = exception(R.REJECTED, DAY, opposed=True)
    assert found is not None
    assert found.article_ja.endswith("第105条第1項第1号")
    assert exception(R.DISMISSED, DAY, opposed=False) is None


# Three months from the day after knowing, a year from the day after the decision; days in the mail are left out.
@pytest.mark.parametrize(
    ("known", "decided", "filed", "posted", "in_time", "last"),
    [
        (date(2026, 11, 30), date(2026, 11, 27), date(2027, 3, 1), None, True, date(2027, 3, 1)),
        (date(2026, 11, 30), date(2026, 11, 27), date(2027, 3, 2), None, False, date(2027, 3, 1)),
        (date(2026, 11, 30), date(2026, 11, 27), date(2027, 3, 4), date(2027, 3, 1), True, date(2027, 3, 1)),
        (date(2026, 11, 30), date(2026, 11, 27), date(2027, 3, 4), date(2027, 3, 2), False, date(2027, 3, 1)),
        (date(2026, 4, 28), date(2026, 4, 28), date(2026, 7, 28), None, True, date(2026, 7, 28)),
        (date(2026, 4, 28), date(2026, 4, 28), date(2026, 7, 29), None, False, date(2026, 7, 28)),
        # Known late: the year from the decision is over first.
        (date(2027, 4, 20), date(2026, 4, 28), date(2027, 4, 28), None, True, date(2027, 4, 28)),
        (date(2027, 4, 20), date(2026, 4, 28), date(2027, 4, 30), None, False, date(2027, 4, 28)),
    ],
)
def test_whether_an_appeal_came_in_time(
    known: date, decided: date, filed: date, posted: date | None, in_time: bool, last: date
) -> None:
    found = judge(
        route("P2", DAY), known_on=known, decided_on=decided, filed_on=filed, posted_on=posted, law_day=DAY
    )  # fmt: skip
    assert (found.in_time, found.last_on) == (in_time, last)
    assert found.steps[-1].message == ("So it came in time." if in_time else "So it came too late.")
    assert [due.code for due in found.dues] == ["D9", "D9L"]


def test_the_own_rule_sets_no_period() -> None:
    found = judge(
        route("P1", DAY), known_on=DAY, decided_on=DAY, filed_on=date(2030, 1, 1), posted_on=None, law_day=DAY
    )
    assert found.in_time
    assert found.last_on is None


def test_a_suit_is_possible_half_a_year_from_the_ruling() -> None:
    first, last = suit_until(route("P2", DAY), known_on=date(2026, 8, 31), ruled_on=date(2026, 8, 28), law_day=DAY)
    assert (first.binding_on, last.due_on) == (date(2027, 3, 1), date(2027, 8, 28))
    assert suit_until(route("P1", DAY), known_on=DAY, ruled_on=DAY, law_day=DAY) == ()


@pytest.mark.parametrize(
    ("start", "end", "ended", "today", "days", "late"),
    [
        (date(2026, 4, 1), date(2026, 6, 30), None, DAY, 90, False),
        (date(2026, 4, 1), date(2026, 7, 1), None, DAY, 91, True),
        (date(2026, 4, 1), None, None, date(2026, 7, 1), 91, True),
    ],
)
def test_an_indicator_is_late_on_the_ninety_first_day(
    start: date, end: date | None, ended: date | None, today: date, days: int, late: bool
) -> None:
    found = indicator(start, end, terms(DAY).consult_days, ended_on=ended, today=today)
    assert found is not None
    assert (found.days, found.late, found.running) == (days, late, end is None)


def test_there_is_no_indicator_before_its_start_nor_when_the_appeal_ended_without_it() -> None:
    assert indicator(None, None, 60, ended_on=None, today=DAY) is None
    assert indicator(DAY, None, 60, ended_on=DAY, today=DAY) is None
