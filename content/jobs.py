"""What the worker does for this room: promised bulletins, pages that say how things are now, pages as
files, what published files say, old forms, stray files.

Importing this also tells the index where this room's records are.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import content.deliveries
import content.letter_jobs
import content.records  # noqa: F401 - registers itself
from content.operations.blobs import drop_stray
from content.operations.live_turns import TURN, turn
from content.operations.promises import PROMISE_DUE, look_at_promise
from content.operations.read_files import READ, first_unread, keep, read, read_later
from content.operations.typing import forget_old
from content.operations.write_pages import WRITE, Writer
from portal.core import clock, jobs, made_by
from portal.core.jobs import Context

TIDY = "content.tidy_desk"
jobs.every(TIDY, timedelta(days=1))
# Finds what a crash left, and turns the pages that say how things are today soon after midnight.
jobs.every(WRITE, timedelta(minutes=5))
jobs.every(READ, timedelta(hours=1))


@jobs.handler(PROMISE_DUE)
def promise_due(context: Context, _job: str, payload: Mapping[str, Any]) -> None:
    """The moment until which a further bulletin was promised has come."""
    with context.database.session(write=True) as session:
        look_at_promise(session, payload["incident"], now=context.now)


@jobs.handler(TURN)
def live_turn(context: Context, _job: str, payload: Mapping[str, Any]) -> None:
    """A time has come that a bulletin names: a window begins or ends, an announced status sets in."""
    with context.database.session(write=True) as session:
        turn(session, payload["incident"], now=context.now)


@jobs.handler(TIDY)
def tidy_desk(context: Context, _job: str, _payload: Mapping[str, Any]) -> None:
    """Once a day: forms that nobody came back to, files that no draft holds any more."""
    with context.database.session(write=True) as session:
        forget_old(session, now=context.now)
        drop_stray(session, now=context.now)


@jobs.handler(WRITE)
def write_pages(context: Context, _job: str, _payload: Mapping[str, Any]) -> None:
    """Something public changed, or may have. What does not fit into one job goes on in another one."""
    reader, settings = context.services.get("reader"), context.services.get("settings")
    if reader is None or settings is None:
        return
    site = reader()
    writer = Writer(context.database, settings.published_folder, site.ask, made_by.mark(site.settings))
    if writer.run(now=context.now).waiting:
        with context.database.session(write=True) as session:
            jobs.enqueue(session, WRITE, due_at=clock.now())  # whatever came meanwhile goes first


@jobs.handler(READ)
def read_file(context: Context, _job: str, _payload: Mapping[str, Any]) -> None:
    """A published file for the search; the next one in a job of its own, for a lease is short."""
    with context.database.session(write=False) as session:
        file = first_unread(session)
    if file is None:
        return
    state, parts = read(file)
    with context.database.session(write=True) as session:
        keep(session, file, state, parts, at=context.now)
        read_later(session, at=context.now)
