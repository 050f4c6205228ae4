"""Who holds which record, and so who must be asked (教示); wrong tracks are rows too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from disclosure.rules.kinds import RecordKind
from disclosure.rules.offers import OFFERS, Way, offered
from disclosure.rules.records import law_of
from disclosure.rules.regimes import Regime
from disclosure.rules.tables import read
from portal.core.law_tables import TableError, in_force
from portal.core.names import search_key


class Holder(StrEnum):
    """Where to ask; ``nobody`` where there is no right to ask."""

    HERE = "here"
    MUNICIPALITY = "municipality"
    PREFECTURE = "prefecture"
    OTHER = "other"
    NOBODY = "nobody"


class Group(StrEnum):
    """Under which heading a record is listed."""

    CARD = "card"
    EXCHANGE = "exchange"
    OTHER = "other"
    NOT_MINE = "not-mine"


@dataclass(frozen=True)
class Route:
    """One sort of record: its holder and what to tell somebody who asks here.

    ``profiles`` are those for which the row is right (empty: all). ``way`` (``web``, ``paper``) and ``regimes`` belong
    to records that are asked for here, ``records`` to those that a request on these pages can name. ``take`` lists what
    to bring, ``more`` explains, ``instead`` is the record to look at rather. ``uniform`` marks requests that get one
    answer whether or not anything exists. ``words`` are what people call it. ``source`` is ``law`` or ``practice``.
    """

    record: str
    group: Group
    label_ja: str
    label_en: str
    holder: Holder
    where_ja: str
    where_en: str
    tell_ja: str
    tell_en: str
    take_ja: tuple[str, ...]
    take_en: tuple[str, ...]
    words: tuple[str, ...]
    source_ja: str
    source: str
    effective_from: date
    profiles: tuple[str, ...] = ()
    way: str = ""
    regimes: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    instead: str = ""
    uniform: bool = False
    more_ja: tuple[str, ...] = ()
    more_en: tuple[str, ...] = ()

    @property
    def on_web(self) -> bool:
        """Whether a request for it begins on these pages."""
        return self.way == Way.WEB


ROUTES = read("routing.toml", "route", Route)
PROFILES = frozenset(row.profile for row in OFFERS)


def routes(profile: str, day: date) -> tuple[Route, ...]:
    """The routing table of an organisation on ``day``: one row for each record, in the table's order."""
    rows = [row for row in ROUTES if not row.profiles or profile in row.profiles]
    found = (
        in_force((row for row in rows if row.record == record), day)
        for record in dict.fromkeys(row.record for row in rows)
    )
    return tuple(row for row in found if row is not None)


def route(record: str, profile: str, day: date) -> Route | None:
    """The row of one record; None when there is none."""
    return next((row for row in routes(profile, day) if row.record == record), None)


def regime_of(row: Route, profile: str, day: date) -> Regime | None:
    """The regime under which this organisation answers for the record; None where it is not asked for here."""
    return next((law for offer, law in offered(profile, day) if offer.regime in row.regimes), None)


def find(rows: Iterable[Route], text: str) -> tuple[Route, ...]:
    """The rows that fit what somebody typed, best first; kana, width, case and kanji forms make no difference.

    A sentence finds the rows whose words it holds; a part of a word finds the rows that hold it.
    """
    wanted = search_key(text)
    terms = wanted.split()
    if not terms:
        return ()
    scored = []
    for row in rows:
        words = [search_key(word) for word in row.words]
        known = search_key(" ".join((row.label_ja, row.label_en, *row.words)))
        score = sum(len(word) for word in words if word in wanted) + sum(len(term) for term in terms if term in known)
        if score:
            scored.append((score, row))
    return tuple(row for _score, row in sorted(scored, key=lambda pair: -pair[0]))


def _check() -> None:
    for row in ROUTES:
        here = row.holder is Holder.HERE
        if here != (row.way in set(Way)) or here != bool(row.regimes):
            raise TableError(f"routing.toml: {row.record} needs way and regimes exactly if it is asked for here.")
        if unknown := set(row.profiles) - PROFILES:
            raise TableError(f"routing.toml: {row.record} names the unknown profile {min(unknown)}.")
        for profile in sorted(row.profiles or PROFILES) if here else ():
            if not any(offer.profile == profile and offer.regime in row.regimes for offer in OFFERS):
                raise TableError(f"routing.toml: {profile} offers no regime for {row.record}.")
        if row.on_web != bool(row.records) or set(row.records) - set(RecordKind):
            raise TableError(f"routing.toml: {row.record} names records exactly if it is asked for on the web.")
        for profile in sorted(row.profiles or PROFILES) if row.on_web else ():
            for record in row.records:
                law = law_of(RecordKind(record), profile, date.max)
                if law is None or law.code not in row.regimes:
                    raise TableError(f"routing.toml: {profile} does not answer {record} as {row.record}.")
        if row.instead and row.instead not in {other.record for other in ROUTES}:
            raise TableError(f"routing.toml: {row.record} points to the unknown record {row.instead}.")


_check()
