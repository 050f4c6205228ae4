"""What of the public record a request for documents can be about: systems, and an incident."""

from __future__ import annotations

from sqlalchemy.orm import Session

from content.models.incidents import Incident
from content.models.systems import System
from content.queries.vocabulary import every


def system_names(session: Session, language: str) -> list[tuple[str, str]]:
    """Key and name of every system, in their published order."""
    return [(str(key), str(getattr(row, f"name_{language}"))) for key, row in every(session, System).items()]


def incident_title(session: Session, key: str, language: str) -> str:
    """The title of a published incident; empty where there is none of this key."""
    found = session.get(Incident, key)
    return str(getattr(found, f"title_{language}")) if found is not None and not found.withdrawn else ""
