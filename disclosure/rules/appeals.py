"""Appeals against a decision, or against none: who decides, the table of states, what a ruling needs, the indicators.

審査請求: 行政不服審査法 第2条・第3条; 審査会への諮問: 個人情報の保護に関する法律 第105条.
Which body decides, and whether a board is asked, is data (``data/appeals.toml``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from disclosure.rules.regimes import REGIMES
from disclosure.rules.tables import read
from portal.core.errors import N_, Conflict
from portal.core.law_tables import TableError, in_force


class Way(StrEnum):
    """Who decides: the organisation after asking a board, another body, the organisation alone, nobody."""

    REVIEW = "review"
    FORWARDED = "forwarded"
    INTERNAL = "internal"
    NONE = "none"


class Against(StrEnum):
    """What an appeal is about: a letter that decides, or that the day passed without one (不作為)."""

    DECISION = "decision"
    INACTION = "inaction"


class AppealState(StrEnum):
    """Where an appeal stands."""

    FILED = "filed"
    CORRECTING = "correcting"
    ACCEPTED = "accepted"
    CONSULTED = "consulted"
    REPORTED = "reported"
    RULED = "ruled"
    WITHDRAWN = "withdrawn"
    FORWARDED = "forwarded"


class AppealAction(StrEnum):
    """What moves an appeal."""

    ASK_CORRECTION = "ask-correction"
    ANSWER_CORRECTION = "answer-correction"
    ACCEPT = "accept"
    CONSULT = "consult"
    REPORT = "report"
    RULE = "rule"
    WITHDRAW = "withdraw"
    FORWARD = "forward"


class Result(StrEnum):
    """How a ruling ends (認容, 一部認容, 棄却, 却下)."""

    UPHELD = "upheld"
    PARTLY = "partly"
    DISMISSED = "dismissed"
    REJECTED = "rejected"


S, A = AppealState, AppealAction

TABLE: dict[AppealState, dict[AppealAction, AppealState]] = {
    S.FILED: {A.ASK_CORRECTION: S.CORRECTING, A.ACCEPT: S.ACCEPTED, A.FORWARD: S.FORWARDED, A.RULE: S.RULED},
    S.CORRECTING: {A.ANSWER_CORRECTION: S.FILED, A.RULE: S.RULED},
    S.ACCEPTED: {A.CONSULT: S.CONSULTED, A.RULE: S.RULED},
    S.CONSULTED: {A.REPORT: S.REPORTED},
    S.REPORTED: {A.RULE: S.RULED},
    S.RULED: {},
    S.WITHDRAWN: {},
    S.FORWARDED: {},
}
# An appeal can be withdrawn until the ruling (行政不服審査法 第27条).
for _row in TABLE.values():
    if _row:
        _row[A.WITHDRAW] = S.WITHDRAWN

ENDED = frozenset({S.RULED, S.WITHDRAWN, S.FORWARDED})
# What each way leaves out of the table.
WITHOUT: dict[Way, frozenset[AppealAction]] = {
    Way.REVIEW: frozenset({A.FORWARD}),
    Way.INTERNAL: frozenset({A.FORWARD, A.CONSULT, A.REPORT}),
    Way.FORWARDED: frozenset(A) - {A.FORWARD, A.WITHDRAW},
    Way.NONE: frozenset(A),
}
# A ruling after which the organisation must decide anew.
DECIDES_ANEW = frozenset({Result.UPHELD, Result.PARTLY})
RESULTS_JA = {
    Result.UPHELD: "認容", Result.PARTLY: "一部認容", Result.DISMISSED: "棄却", Result.REJECTED: "却下",
}  # fmt: skip


@dataclass(frozen=True)
class Route:
    """What can be done under one regime, from a day on. ``…_ja`` citations are printed as they stand."""

    regime: str
    way: Way
    name_ja: str
    name_en: str
    basis_ja: str
    inaction_ja: str
    consult_ja: str
    notify_ja: str
    ruling_ja: str
    anew_ja: str
    decider_ja: str
    decider_en: str
    board: str
    known_clock: str
    limit_clock: str
    suit_clock: str
    suit_limit_clock: str
    effective_from: date
    source: str
    unconfirmed: tuple[str, ...]

    @property
    def offered(self) -> bool:
        """Whether there is anything but a complaint."""
        return self.way is not Way.NONE


@dataclass(frozen=True)
class Board:
    """The review board (審査会), its members and those of a panel, and where its powers stand."""

    key: str
    name_ja: str
    name_en: str
    postal_code: str
    address_ja: str
    members: int
    panel: int
    panel_ja: str
    inspect_ja: str
    index_ja: str
    oral_ja: str
    written_ja: str
    effective_from: date
    source: str
    unconfirmed: tuple[str, ...]


@dataclass(frozen=True)
class BoardException:
    """When the board need not be asked; ``results`` are the rulings for which that holds."""

    key: str
    label_ja: str
    label_en: str
    article_ja: str
    results: tuple[str, ...]
    unless_opposed: bool
    effective_from: date
    source: str


@dataclass(frozen=True)
class Terms:
    """Numbers of practice: indicators, days to mend and to answer, months to keep."""

    consult_days: int
    ruling_days: int
    anew_days: int
    correction_days: int
    complaint_days: int
    complaint_months: int
    hold_months: int
    effective_from: date
    source: str
    unconfirmed: tuple[str, ...]


ROUTES = read("appeals.toml", "route", Route)
BOARDS = read("appeals.toml", "board", Board)
EXCEPTIONS = read("appeals.toml", "exception", BoardException)
TERMS = read("appeals.toml", "terms", Terms)

for _route in ROUTES:
    if _route.regime not in {row.code for row in REGIMES}:
        raise TableError(f"appeals.toml: {_route.regime} is no regime.")
    if (_route.way is Way.REVIEW) != bool(_route.board):
        raise TableError(f"appeals.toml: {_route.regime}: a review and only a review has a board.")
    if _route.board and _route.board not in {row.key for row in BOARDS}:
        raise TableError(f"appeals.toml: {_route.regime} names an unknown board.")


def route(regime: str, day: date) -> Route:
    """What can be done under a regime on ``day``; KeyError when the table does not know the regime."""
    mine = [row for row in ROUTES if row.regime == regime]
    if not mine:
        raise KeyError(f"No remedies for the regime {regime}")
    return in_force(mine, day) or mine[0]


def board(key: str, day: date) -> Board:
    """The board as it stands on ``day``; KeyError for an unknown one."""
    mine = [row for row in BOARDS if row.key == key]
    if not mine:
        raise KeyError(f"No board {key}")
    return in_force(mine, day) or mine[0]


def terms(day: date) -> Terms:
    """The terms in force on ``day``, or the first there are."""
    return in_force(TERMS, day) or TERMS[0]


def possible(state: AppealState, way: Way) -> tuple[AppealAction, ...]:
    """What can be done now, in the order of the table."""
    return tuple(action for action in TABLE[state] if action not in WITHOUT[way])


def after(state: AppealState, action: AppealAction, way: Way) -> AppealState:
    """The state that an action leads to; Conflict when it is not possible in ``state`` or on this way."""
    if action not in possible(state, way):
        raise Conflict(N_("This step of the appeal is not possible now. Look at it again: it may have moved on."))
    return TABLE[state][action]


def exception(result: Result, day: date, *, opposed: bool) -> BoardException | None:
    """Why the board need not be asked for a ruling, or None when it must be. ``opposed``: a third party objects."""
    for row in EXCEPTIONS:
        if result.value in row.results and row.effective_from <= day and not (row.unless_opposed and opposed):
            return row
    return None


def results(state: AppealState, way: Way, day: date, *, opposed: bool) -> tuple[Result, ...]:
    """The rulings that are possible now. Before an appeal is accepted, and without the board, not all are."""
    if A.RULE not in possible(state, way):
        return ()
    if state in (S.FILED, S.CORRECTING):
        return (Result.REJECTED,)
    if way is Way.REVIEW and state is S.ACCEPTED:
        return tuple(result for result in Result if exception(result, day, opposed=opposed))
    return tuple(Result)


@dataclass(frozen=True)
class Indicator:
    """How many days something took, or takes so far; ``late`` when it is more than ``limit``."""

    days: int
    limit: int
    running: bool

    @property
    def late(self) -> bool:
        """Whether it takes longer than the limit."""
        return self.days > self.limit


def indicator(start_on: date | None, end_on: date | None, limit: int, *, ended_on: date | None, today: date) -> (
    Indicator | None
):  # fmt: skip
    """Days from ``start_on`` to ``end_on``, or to today while it runs. None before it starts, and when the appeal ended
    without it.
    """
    if start_on is None or (end_on is None and ended_on is not None):
        return None
    return Indicator(((end_on or today) - start_on).days, limit, end_on is None)
