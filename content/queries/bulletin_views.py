"""The bulletins of an incident as readers see them: with their facts, and what each changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.models.bulletins import Approval, Attachment, Bulletin, Fact, StatedStatus, Withdrawal
from content.rules import facts as fact_rules
from content.rules.facts import About, Change


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
    bulletins = session.scalars(select(Bulletin).where(Bulletin.incident_key == key).order_by(Bulletin.number)).all()
    ids = [bulletin.id for bulletin in bulletins]
    gone = {row.bulletin_id: row for row in session.scalars(select(Withdrawal).where(Withdrawal.incident_key == key))}
    approvals = {row.bulletin_id: row for row in session.scalars(select(Approval).where(Approval.bulletin_id.in_(ids)))}
    facts, statuses, files = (_of_bulletins(session, model, ids) for model in (Fact, StatedStatus, Attachment))
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


def _of_bulletins(session: Session, model: Any, ids: Sequence[str]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in session.scalars(select(model).where(model.bulletin_id.in_(ids)).order_by(model.position)):
        found.setdefault(row.bulletin_id, []).append(row)
    return found


def same(one: Fact, other: Fact) -> bool:
    """Whether two facts say the same; their sources are not looked at."""
    names = ("number", "unit", "day", "at", "text_ja", "text_en", "certainty")
    return all(getattr(one, name) == getattr(other, name) for name in names)
