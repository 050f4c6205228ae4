"""Who may ask for whom: the person concerned, a statutory representative or a mandated agent, and how that is shown.

個人情報の保護に関する法律 第76条・第37条第3項, 同法施行令 第13条・第22条. Only living persons have the right: for the
dead and for corporations there is no row, and ``data/routing.toml`` says where they may turn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from disclosure.rules.defects import Problem
from disclosure.rules.kinds import Requester
from disclosure.rules.tables import read
from portal.core.errors import N_
from portal.core.law_tables import TableError, in_force


@dataclass(frozen=True)
class Entitlement:
    """Whether a sort of representative may ask under a regime, from a day on. The person concerned always may."""

    regime: str
    requester: Requester
    allowed: bool
    article_ja: str
    note_ja: str
    note_en: str
    effective_from: date
    source: str


@dataclass(frozen=True)
class Terms:
    """Ages in years and the age of a proof in days; ``unconfirmed`` names what comes from practice."""

    age_of_majority: int
    minor_alone_from: int
    proof_days: int
    unconfirmed: tuple[str, ...]
    effective_from: date


@dataclass(frozen=True)
class Capacity:
    """As what a representative acts. ``minor``: only for somebody under age. ``regimes``: empty for all."""

    code: str
    requester: Requester
    label_ja: str
    label_en: str
    minor: bool
    regimes: tuple[str, ...]
    effective_from: date
    source: str


@dataclass(frozen=True)
class Proof:
    """A paper that shows a capacity, or only supports one that does. ``original``: a copy is not enough."""

    code: str
    capacities: tuple[str, ...]
    label_ja: str
    label_en: str
    support: bool
    dated: bool
    original: bool
    note_ja: str
    note_en: str
    unconfirmed: tuple[str, ...]
    effective_from: date
    source: str


@dataclass(frozen=True)
class Seen:
    """A paper as an officer saw it: its kind, the day on which it was made, whether it was the paper itself.

    ``names_agree``: it names the person concerned and the representative as the request does.
    """

    proof: str
    issued_on: date | None
    original: bool
    names_agree: bool = True


@dataclass(frozen=True)
class Refusal:
    """Why somebody cannot ask: the part of the request that says so, and a message id with its parameters."""

    part: str
    message: str
    params: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Shown:
    """The capacity in which a representative acts, and the papers that were seen for it."""

    capacity: str
    papers: tuple[Seen, ...]


ENTITLEMENTS = read("agents.toml", "entitlement", Entitlement)
TERMS = read("agents.toml", "terms", Terms)
CAPACITIES = {row.code: row for row in read("agents.toml", "capacity", Capacity)}
PROOFS = {row.code: row for row in read("agents.toml", "proof", Proof)}

NOT_UNDER_REGIME = N_("Under this law a representative of this kind cannot ask for these records.")
TOO_YOUNG = N_("Whoever is under %(age)s cannot ask alone: a parent or guardian asks for them.")
OF_AGE = N_("This person is of age, so a parent or the guardian of a minor cannot ask for them any more.")
NO_AGENT = N_("Nobody asks for another person here.")
NO_CAPACITY = N_("Say in what capacity the representative acts.")

MISSING = Problem(N_("Nothing shows that the representative may act. Ask for a correction."), "agency-missing")
DIFFERS = Problem(N_("The proof names other persons than the request. Ask for a correction."), "agency-differs")
UNFIT = Problem(N_("This paper does not show this capacity. Ask for a correction."), "agency-missing")
NO_DAY = N_("Enter the day on which the paper was made.")
STALE = Problem(
    N_("The proof of the capacity is too old, or was made after the request arrived. Ask for a correction."),
    "agency-stale",
)
COPY = Problem(N_("Of this paper a copy does not count. Ask for the paper itself by a correction."), "agency-copy")
NO_SUPPORT = Problem(
    N_("A mandate also needs a seal certificate or a copy of the person's identity document. Ask for a correction."),
    "agency-support",
)


def terms(day: date) -> Terms:
    """The ages and days in force; LookupError before the first row."""
    found = in_force(TERMS, day)
    if found is None:
        raise LookupError(day)
    return found


def age(birth_date: date, day: date) -> int:
    """The age in full years; whoever was born on 29 February grows older on 1 March (年齢計算ニ関する法律)."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def is_minor(birth_date: date, day: date) -> bool:
    """Whether somebody is under age (未成年者: 民法 第4条)."""
    return age(birth_date, day) < terms(day).age_of_majority


def entitlement(regime: str, requester: Requester, day: date) -> Entitlement | None:
    """The row for a representative under a regime; None where there is none."""
    return in_force((row for row in ENTITLEMENTS if (row.regime, row.requester) == (regime, requester)), day)


def may_ask(regime: str, requester: Requester, day: date) -> bool:
    """Whether this sort of requester has the right under a regime."""
    row = entitlement(regime, requester, day)
    return requester is Requester.PERSON or (row is not None and row.allowed)


def capacities(requester: Requester, day: date, *, regime: str = "") -> tuple[Capacity, ...]:
    """The capacities in which such a representative may act, in the table's order; all regimes when none is named."""
    return tuple(
        row
        for row in CAPACITIES.values()
        if row.requester is requester
        and row.effective_from <= day
        and (not regime or not row.regimes or regime in row.regimes)
    )


def proofs(capacity: str, day: date) -> tuple[Proof, ...]:
    """The papers that show or support a capacity."""
    return tuple(row for row in PROOFS.values() if capacity in row.capacities and row.effective_from <= day)


def alone_problem(birth_date: date, day: date) -> Refusal | None:
    """Why the person concerned cannot ask alone; None when they can."""
    least = terms(day).minor_alone_from
    return Refusal("birth-date", TOO_YOUNG, {"age": least}) if age(birth_date, day) < least else None


def age_problem(requester: Requester, capacity: str, birth_date: date, day: date) -> Refusal | None:
    """Why the age of the person concerned forbids the request, whatever the law; None when it does not."""
    if requester is Requester.PERSON:
        return alone_problem(birth_date, day)
    found = CAPACITIES.get(capacity)
    return Refusal("agent-capacity", OF_AGE) if found and found.minor and not is_minor(birth_date, day) else None


def standing_problem(
    requester: Requester, capacity: str, birth_date: date, day: date, *, regime: str
) -> Refusal | None:
    """Why this requester has no standing (part ``whose``, ``birth-date`` or ``agent-capacity``); None when they do.

    ``birth_date`` is that of the person concerned, ``day`` that of the request.
    """
    if requester is Requester.PERSON:
        return age_problem(requester, capacity, birth_date, day)
    if not may_ask(regime, requester, day):
        return Refusal("whose", NOT_UNDER_REGIME)
    if capacity not in {row.code for row in capacities(requester, day, regime=regime)}:
        return Refusal("agent-capacity", NO_CAPACITY)
    return age_problem(requester, capacity, birth_date, day)


def is_fresh(issued_on: date, asked_on: date, days: int) -> bool:
    """Whether a paper was made within ``days`` before the request: asked_on − days ≤ issued_on ≤ asked_on."""
    return asked_on - timedelta(days=days) <= issued_on <= asked_on


def fresh_for_any(issued_on: date, days_asked: Sequence[date], law_day: date) -> bool:
    """Whether a paper is fresh for the request, or for the answer to a request for correction that brought it.

    A newer paper than the request cannot have been made before it; without this nobody could mend a stale one.
    """
    return any(is_fresh(issued_on, day, terms(law_day).proof_days) for day in days_asked)


def sent_enough(capacity: str, codes: Sequence[str]) -> bool:
    """Whether the papers sent could show the capacity, by their kinds alone."""
    kinds = [PROOFS[code] for code in codes if code in PROOFS and capacity in PROOFS[code].capacities]
    needs_support = any(row.support and capacity in row.capacities for row in PROOFS.values())
    return any(not row.support for row in kinds) and (not needs_support or any(row.support for row in kinds))


def problems(seen: Sequence[Seen], capacity: str, *, days_asked: Sequence[date], law_day: date) -> tuple[Problem, ...]:
    """Everything that keeps these papers from showing the capacity; empty when they do.

    ``days_asked``: the day of the request and the days on which answers to corrections arrived.
    """
    found: list[Problem] = []
    known = [(row, PROOFS[row.proof]) for row in seen if row.proof in PROOFS]
    fitting = [(row, kind) for row, kind in known if capacity in kind.capacities]
    if not any(not kind.support for _row, kind in fitting):
        return (UNFIT if seen else MISSING,)
    for row, kind in fitting:
        if kind.dated and row.issued_on is None:
            found.append(Problem(NO_DAY, "agency-stale"))
        elif kind.dated and row.issued_on is not None and not fresh_for_any(row.issued_on, days_asked, law_day):
            found.append(STALE)
        if kind.original and not row.original:
            found.append(COPY)
        if not row.names_agree:
            found.append(DIFFERS)
    if not sent_enough(capacity, [row.proof for row, _kind in fitting]):
        found.append(NO_SUPPORT)
    return tuple(dict.fromkeys(found))


def _check() -> None:
    for row in PROOFS.values():
        if unknown := set(row.capacities) - CAPACITIES.keys():
            raise TableError(f"agents.toml: the proof {row.code} names the unknown capacity {min(unknown)}.")
    for code in CAPACITIES:
        if not any(code in row.capacities and not row.support for row in PROOFS.values()):
            raise TableError(f"agents.toml: nothing proves the capacity {code}.")


_check()
