"""What publishing one bulletin takes in a large record: the transaction itself, and finding what follows from it."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from bench.meter import Line, Meter, Took
from content import records
from content.operations.publish import publish
from content.operations.review import send_for_review
from content.operations.write_bulletin import write_bulletin
from content.queries.following import news
from content.rules.writing import WrittenStatus
from portal.core import clock
from portal.core.db import Database
from tests.factories.content import APPROVER, WRITER, a_writing

ROUNDS = 20


def publishing(app: Flask, meter: Meter) -> list[Line]:
    """Lines for a first bulletin and a further one, written, sent and published; then what the worker reads for it."""
    database: Database = app.extensions["kaiji"].database
    first, further = Line("publishing a first bulletin", []), Line("publishing a further bulletin", [])
    learns, tells = Line("reading what the search is to learn", []), Line("finding what followers are told", [])
    for number in range(ROUNDS):
        key = f"bench-{clock.now():%Y%m%d%H%M%S}-{number}"
        first.took.append(_publish(database, key, meter, new=True))
        further.took.append(_publish(database, key, meter, new=False))
        with database.session(write=False) as session:
            with meter.measure() as took:
                list(records.records(session, {f"incident/{key}", "system/jpki"}))
            learns.took.append(took)
            with meter.measure() as took:
                news(session, clock.now() - timedelta(hours=1))
            tells.took.append(took)
    return [first, further, learns, tells]


def _publish(database: Database, key: str, meter: Meter, *, new: bool) -> Took:
    now = clock.now()
    state = "open" if new else "closed"
    status = WrittenStatus(system="jpki", status="outage" if new else "operating", area="13")
    writing = a_writing(incident={"state": state, "occurred_on": clock.day_in_japan(now)}, statuses=(status,))
    with meter.measure() as took, database.session(write=True) as session:
        draft = write_bulletin(session, writing, incident_key=key, new=new, by=WRITER, at=now)
        send_for_review(session, draft, by=WRITER, at=now)
        publish(session, draft, by=APPROVER, at=now)
    return took
