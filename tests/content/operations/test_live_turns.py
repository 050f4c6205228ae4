"""Pages turn at the times that bulletins name."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.models.revisions import Revision
from content.operations.live_turns import TURN, turn
from content.rules.writing import WrittenStatus
from portal.core.jobs import Job
from tests.factories.content import NOW, a_published, a_writing

HOUR = timedelta(hours=1)


@pytest.mark.usefixtures("archive")
def test_a_window_and_an_announced_status_turn_the_pages_when_their_time_comes(session: Session) -> None:
    plan = {"kind": "maintenance", "state": "planned", "planned_from": NOW + HOUR, "planned_until": NOW + 3 * HOUR}
    status = WrittenStatus(system="jpki", status="degraded", area="JP", since_at=NOW + 2 * HOUR)
    past = WrittenStatus(system="jpki", status="operating", area="JP", since_at=NOW - HOUR)
    a_published(session, a_writing(incident=plan, statuses=(status, past)))
    jobs = session.scalars(select(Job).where(Job.kind == TURN).order_by(Job.due_at)).all()
    assert [job.due_at for job in jobs] == [NOW + HOUR, NOW + 2 * HOUR, NOW + 3 * HOUR]
    before = session.scalar(select(Revision.number)) or 0
    turn(session, "slow-2026", now=NOW + HOUR)
    assert session.scalar(select(Revision.number)) == before + 1
    turn(session, "not-there", now=NOW + HOUR)
    assert session.scalar(select(Revision.number)) == before + 1
