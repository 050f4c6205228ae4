"""Two bulletins of an incident side by side: what held after each, and what the later one corrected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from content.models.bulletins import Fact
from content.queries.bulletin_views import BulletinView, about, same
from content.queries.incident_page import IncidentPage
from content.queries.incident_parts import reading_of
from content.rules import facts as fact_rules
from content.rules.facts import Change
from content.rules.writing import WrittenIncident
from portal.core.errors import NotFound


class Became(StrEnum):
    """What became of a statement between two bulletins."""

    NEW = "new"
    CHANGED = "changed"
    CORRECTED = "corrected"
    GONE = "gone"


@dataclass(frozen=True)
class FactRow:
    """``by`` is the bulletin that corrected it, where one did."""

    became: Became
    old: tuple[Fact, ...]
    new: tuple[Fact, ...]
    by: BulletinView | None = None

    @property
    def fact(self) -> Fact:
        return (self.new or self.old)[0]


@dataclass(frozen=True)
class BulletinDiff:
    """``old`` is the earlier bulletin; ``unchanged`` counts the facts that held after both."""

    old: BulletinView
    new: BulletinView
    facts: tuple[FactRow, ...]
    unchanged: int
    old_reading: WrittenIncident | None
    new_reading: WrittenIncident | None


def bulletin_diff(page: IncidentPage, one: int, other: int) -> BulletinDiff:
    """Compare two bulletins, the earlier as the old one; raises NotFound."""
    if one == other:
        raise NotFound
    first, last = page.view(min(one, other)), page.view(max(one, other))
    before, after = page.bulletins[: first.bulletin.number], page.bulletins[: last.bulletin.number]
    old, new = _held(before), _held(after)
    changed = fact_rules.changes(old, new, about, same=same)
    touched = {fact.id for change in changed for fact in change.new}
    return BulletinDiff(
        old=first,
        new=last,
        facts=tuple(_rows(changed, after[len(before) :])),
        unchanged=sum(fact.id not in touched for fact in new),
        old_reading=reading_of(before),
        new_reading=reading_of(after),
    )


def _held(views: Sequence[BulletinView]) -> list[Fact]:
    return [fact for current in fact_rules.project([view.facts for view in views], about) for fact in current.facts]


def _rows(changed: Sequence[Change[Fact]], between: Sequence[BulletinView]) -> list[FactRow]:
    """One row a thing; a correction that is about another thing than what it corrects stands in one row with that."""
    corrections = {id_: (old, view) for view in between for id_, old in view.corrected.items()}
    taken: set[str] = set()
    rows: list[FactRow] = []
    for change in changed:
        hit = next((corrections[fact.id] for fact in change.new if fact.id in corrections), None)
        if hit is None:
            became = Became.CHANGED if change.old and change.new else Became.NEW if change.new else Became.GONE
            rows.append(FactRow(became, change.old, change.new))
        else:
            old, view = hit
            taken.add(old.id)
            rows.append(FactRow(Became.CORRECTED, change.old or (old,), change.new, view))
    return [row for row in rows if row.became is not Became.GONE or not {fact.id for fact in row.old} <= taken]
