"""Which revision of the public record the database holds."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.models.revisions import Revision


def revision(session: Session) -> int:
    """The number of the last change of what is public; 0 before the first."""
    return session.scalar(select(Revision.number).where(Revision.id == 1)) or 0
