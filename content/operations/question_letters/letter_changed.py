"""What follows every public change of a question letter: its own pages, and those of what its questions refer to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.models.letter_work import QuestionLink
from content.models.letters import Group, GroupIncident, Letter
from content.models.questions import Question
from content.operations.public_change import public_changed, record_key
from content.rules.owners import Owner


def letter_changed(session: Session, letter: Letter, *, at: datetime) -> None:
    """Raise the revision for a letter alone: pages of incidents that no question of it names stay good."""
    links = select(QuestionLink.incident_key, QuestionLink.system_key)
    links = links.join(Question, Question.id == QuestionLink.question_id).where(Question.letter_key == letter.key)
    about = select(GroupIncident.incident_key).join(Group, Group.id == GroupIncident.group_id)
    incidents = set(session.scalars(about.where(Group.letter_key == letter.key)))
    keys = {record_key(Owner.LETTER, letter.key)}
    for incident, system in session.execute(links):
        incidents.update([incident] if incident else [])
        keys.update([record_key(Owner.SYSTEM, system)] if system else [])
    keys.update(record_key(Owner.INCIDENT, key) for key in incidents)
    public_changed(session, keys, at=at, alone=True)
