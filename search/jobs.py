"""What the worker does for the index."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from portal.core import jobs
from search.engines import engine
from search.operations import SYNC, heal, sync
from search.sources import SOURCES

HEAL = "search.heal"


@jobs.handler(SYNC)
def write_marked(context: jobs.Context, _job: str, _payload: Mapping[str, Any]) -> None:
    """Write what was published since; builds the index when there is none."""
    sync(context.database, SOURCES, engine(context.services["settings"]))


@jobs.handler(HEAL)
def compare(context: jobs.Context, _job: str, _payload: Mapping[str, Any]) -> None:
    """Mend what differs between index and database for whatever reason."""
    heal(context.database, SOURCES, engine(context.services["settings"]))


jobs.every(SYNC, timedelta(minutes=1))
jobs.every(HEAL, timedelta(hours=6))
