"""The bulletins of an incident as readers see them: with their facts, and what each changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy.orm import Session

from content.models.bulletins import Approval, Attachment, Bulletin, Fact, StatedStatus, Withdrawal
from content.queries.rows import Rows, among, given
from content.rules import facts as fact_rules
from content.rules.facts import About, Change

Said = TypeVar("Said", Fact, StatedStatus, Attachment)
BULLETINS = Rows(Bulletin, Bulletin.incident_key == given("key"), order=[Bulletin.number])
WITHDRAWALS = Rows(Withdrawal, Withdrawal.incident_key == given("key"))
APPROVALS = Rows(Approval, among(Approval.bulletin_id))
FACTS = Rows(Fact, among(Fact.bulletin_id), order=[Fact.position])
STATUSES = Rows(StatedStatus, StatedStatus.incident_key == given("key"), order=[StatedStatus.position])
ATTACHMENTS = Rows(Attachment, among(Attachment.bulletin_id), order=[Attachment.position])


@dataclass(frozen=True)
class BulletinView:
    """A bulletin with its facts, and what they changed since the one before.

    Of one that was withdrawn only its place, the reason and the day are shown: it has no facts here.
    """

    bulletin: Bulletin
    facts: tuple[Fact, ...]
    corrected: dict[str, Fact]
    changes: tuple[Change[Fact], ...]
    withdrawal: Withdrawal | None = None
    statuses: tuple[StatedStatus, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    approval: Approval | None = None


def about(fact: Fact) -> About:
    """What the rules of facts need to know."""
    return About(fact.id, fact.field, fact.area, fact.unit, fact.corrects)


def bulletin_views(session: Session, key: str) -> tuple[BulletinView, ...]:
    """Every bulletin of an incident, the first first."""
    bulletins = BULLETINS.of(session, key=key)
    ids = [bulletin.id for bulletin in bulletins]
    gone = {row.bulletin_id: row for row in WITHDRAWALS.of(session, key=key)}
    alone = [bulletin.id for bulletin in bulletins if bulletin.emergency_reason]
    approvals = {row.bulletin_id: row for row in APPROVALS.of(session, keys=alone)} if alone else {}
    facts = _by_bulletin(FACTS.of(session, keys=ids))
    statuses = _by_bulletin(STATUSES.of(session, key=key))
    files = _by_bulletin(ATTACHMENTS.of(session, keys=ids))
    by_id = {fact.id: fact for said in facts.values() for fact in said}
    views: list[BulletinView] = []
    known: list[Fact] = []
    for bulletin in bulletins:
        if bulletin.id in gone:
            views.append(BulletinView(bulletin, (), {}, (), withdrawal=gone[bulletin.id]))
            continue
        said = facts.get(bulletin.id, [])
        spoken = {about(fact).thing for fact in said}
        before = [fact for current in fact_rules.project([known], about) for fact in current.facts]
        compared = [fact for fact in before if about(fact).thing in spoken]
        changed = fact_rules.changes(compared, said, about, same=same) if views else []
        corrected = {fact.id: by_id[fact.corrects] for fact in said if fact.corrects}
        view = BulletinView(
            bulletin,
            tuple(said),
            corrected,
            tuple(changed),
            statuses=tuple(statuses.get(bulletin.id, ())),
            attachments=tuple(files.get(bulletin.id, ())),
            approval=approvals.get(bulletin.id),
        )
        views.append(view)
        replaced = {fact.corrects for fact in said}
        known = [fact for fact in known if about(fact).thing not in spoken and fact.id not in replaced] + said
    return tuple(views)


def _by_bulletin(rows: Iterable[Said]) -> dict[str, list[Said]]:
    found: dict[str, list[Said]] = {}
    for row in rows:
        found.setdefault(row.bulletin_id, []).append(row)
    return found


def same(one: Fact, other: Fact) -> bool:
    """Whether two facts say the same; their sources are not looked at."""
    names = ("number", "unit", "day", "at", "text_ja", "text_en", "certainty")
    return all(getattr(one, name) == getattr(other, name) for name in names)
