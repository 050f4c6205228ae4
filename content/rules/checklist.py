"""What a writer asks of a bulletin before it is published. Nothing here keeps it back; it is shown and asked."""

from __future__ import annotations

from dataclasses import dataclass

from content.rules.archive.kinds import CauseStatus, FactField, IncidentKind, IncidentState
from content.rules.writing import Writing
from portal.core.errors import N_

AFFECTED = frozenset(
    {
        FactField.AFFECTED_CARDS,
        FactField.AFFECTED_HOUSEHOLDS,
        FactField.AFFECTED_ITEMS,
        FactField.AFFECTED_MUNICIPALITIES,
        FactField.AFFECTED_PERSONS,
        FactField.EFFECT,
        FactField.INQUIRIES,
        FactField.REPORTED_CASES,
    }
)
OVER = frozenset({IncidentState.CLOSED, IncidentState.RECOVERED})


@dataclass(frozen=True)
class Asked:
    """One question; ``missing`` is empty where the text answers it, else what to do."""

    question: str
    missing: str = ""


def checklist(writing: Writing, *, first: bool) -> list[Asked]:
    """The questions in the order of the work; ``first``: nothing about the incident is published yet."""
    incident, bulletin = writing.incident, writing.bulletin
    said = {fact.field for fact in bulletin.facts}
    asked = []
    if first:
        told = bool(said & AFFECTED or bulletin.statuses)
        asked.append(_asked(N_("Who is affected?"), told, N_("Give a number, words or a status.")))
    if incident.kind != IncidentKind.MAINTENANCE:
        if first:
            began = FactField.OCCURRED in said
            asked.append(_asked(N_("When did it begin?"), began, N_("Give the time as a fact: Occurred.")))
        if incident.state in OVER:
            over = not first or FactField.RECOVERED in said
            asked.append(_asked(N_("When was it over?"), over, N_("Give the time as a fact: Recovered.")))
        cause = incident.cause_status != CauseStatus.UNKNOWN
        how = N_("Say whether it is looked into, presumed or established.")
        asked.append(_asked(N_("What is the state of the cause?"), cause, how))
    promised = bulletin.final or bulletin.next_update_at is not None or incident.state == IncidentState.CLOSED
    asked.append(_asked(N_("When do we speak next?"), promised, N_("Promise a time, or mark it as final.")))
    if not first:
        changed = bool(bulletin.what_changed_ja and bulletin.what_changed_en)
        asked.append(_asked(N_("What changed since the last bulletin?"), changed, N_("Say it in one sentence.")))
    return asked


def _asked(question: str, answered: bool, otherwise: str) -> Asked:
    return Asked(question, "" if answered else otherwise)


def missing(asked: list[Asked]) -> list[Asked]:
    """The questions without an answer."""
    return [one for one in asked if one.missing]
