"""Says on public pages that a promised bulletin did not come."""

from __future__ import annotations

from typing import Any

from flask import g
from flask.blueprints import BlueprintSetupState

from content.models.incidents import Incident
from content.queries import promises


def missed(incident: Incident) -> bool:
    """Whether the record says that the incident's promise was missed."""
    return promises.missed(g.session, incident)


def install(state: BlueprintSetupState) -> None:
    """Make it known to the templates of the application."""
    found: dict[str, Any] = state.app.jinja_env.globals
    found["promise_missed"] = missed
