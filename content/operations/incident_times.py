"""Keep the disclosure clocks of incidents as rows, so that figures over many incidents need not read every bulletin."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from content.models.bulletins import Bulletin, Fact, Withdrawal
from content.models.incidents import Incident, IncidentTimes
from content.rules.disclosure_clock import Moment, Notice, Said, Times, times

AT_ONCE = 500
MOMENTS = ("occurred", "detected", "first_notice", "recovered", "cause", "final")


def renew_times(session: Session, keys: Sequence[str]) -> None:
    """Compute the clocks of these incidents anew from their bulletins; withdrawn ones do not count."""
    for first in range(0, len(keys), AT_ONCE):
        part = keys[first : first + AT_ONCE]
        session.execute(delete(IncidentTimes).where(IncidentTimes.incident_key.in_(part)))
        days = _days(session, part)
        for key, notices in _notices(session, part).items():
            session.add(IncidentTimes(incident_key=key, **_columns(times(notices, occurred_on=days.get(key)))))
        session.flush()


def _days(session: Session, keys: Sequence[str]) -> dict[str, date]:
    """The days on which the record says that they happened, where it does not explain them in words."""
    query = select(Incident.key, Incident.occurred_on).where(Incident.key.in_(keys))
    query = query.where(Incident.occurred_on.is_not(None), Incident.occurred_text_ja.is_(None))
    return {key: day for key, day in session.execute(query) if day}


def _notices(session: Session, keys: Sequence[str]) -> dict[str, list[Notice]]:
    gone = set(session.scalars(select(Withdrawal.bulletin_id).where(Withdrawal.incident_key.in_(keys))))
    said: dict[str, list[Said]] = {}
    query = select(Fact).join(Bulletin, Bulletin.id == Fact.bulletin_id).where(Bulletin.incident_key.in_(keys))
    facts = session.scalars(query.order_by(Fact.position)).all()
    wrong = {fact.corrects for fact in facts if fact.bulletin_id not in gone}
    for fact in facts:
        if fact.id in wrong:
            continue
        said.setdefault(fact.bulletin_id, []).append(Said(fact.field, fact.certainty, fact.day, fact.at))
    found: dict[str, list[Notice]] = {key: [] for key in keys}
    rows = select(Bulletin).where(Bulletin.incident_key.in_(keys)).order_by(Bulletin.incident_key, Bulletin.number)
    for one in session.scalars(rows):
        if one.id in gone:
            continue
        sent = one.published_at if one.written_by else None
        notice = Notice(sent, one.day, one.final, one.cause_status, tuple(said.get(one.id, ())))
        found[one.incident_key].append(notice)
    return found


def _columns(known: Times) -> dict[str, object]:
    columns: dict[str, object] = {}
    for name in MOMENTS:
        moment: Moment | None = getattr(known, name)
        columns[f"{name}_at"] = moment.at if moment else None
        columns[f"{name}_exact"] = bool(moment and moment.exact)
    silence = known.longest_silence
    columns["longest_silence_minutes"] = None if silence is None else silence // timedelta(minutes=1)
    return columns
