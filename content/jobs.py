"""What the worker does for this room: promised bulletins, pages that say how things are now, old forms, stray files.

Importing this also tells the index where this room's records are.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import content.deliveries
import content.records  # noqa: F401 - registers itself
from content.operations.blobs import drop_stray
from content.operations.live_turns import TURN, turn
from content.operations.promises import PROMISE_DUE, look_at_promise
from content.operations.typing import forget_old
from portal.core import jobs
from portal.core.jobs import Context

TIDY = "content.tidy_desk"
jobs.every(TIDY, timedelta(days=1))


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
