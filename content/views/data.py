"""The public record as plain values, in the shape of the first addresses (``….json``), which stays as it is.

The API (:mod:`content.views.api`) has the fuller shape; docs/api.md says how the two relate.
"""

from __future__ import annotations

from typing import Any

from content.models.bulletins import Fact
from content.queries.bulletin_views import BulletinView
from content.queries.incident_page import IncidentPage
from content.queries.incidents import Line
from content.queries.names import Cited
from content.queries.open_shapes import day, number
from content.rules.reuse import COMPATIBLE_ID, LICENCE_URL

LICENCE = COMPATIBLE_ID


def both(thing: Any, name: str) -> dict[str, str | None]:
    """A text in both languages, each None where it is not told; the API says None for the whole then."""
    return {"ja": getattr(thing, f"{name}_ja"), "en": getattr(thing, f"{name}_en")}


def line(line: Line) -> dict[str, Any]:
    """An incident of a list."""
    incident = line.incident
    return {
        "key": incident.key,
        "title": both(incident, "title"),
        "occurred_on": day(incident.occurred_on),
        "occurred_until": day(incident.occurred_until),
        "state": incident.state,
        "severity": incident.severity,
        "cause": {"class": incident.cause_key, "status": incident.cause_status},
        "systems": [system.key for system in line.systems],
        "bulletins": incident.last_number,
        "exercise": incident.exercise,
    }


def _sources(cited: list[Cited]) -> list[dict[str, str]]:
    return [{"source": one.source.key, "place": one.place} for one in cited]


def _fact(page: IncidentPage, fact: Fact) -> dict[str, Any]:
    return {
        "id": fact.id,
        "field": fact.field,
        "value": number(fact.number),
        "unit": fact.unit,
        "day": day(fact.day),
        "text": both(fact, "text"),
        "certainty": fact.certainty,
        "area": fact.area,
        "corrects": fact.corrects,
        "sources": _sources(page.cited.of(fact.id)),
    }


def _bulletin(page: IncidentPage, view: BulletinView) -> dict[str, Any]:
    bulletin = view.bulletin
    if view.withdrawal:
        return {"number": bulletin.number, "withdrawn": True, "reason": both(view.withdrawal, "reason"), "facts": []}
    return {
        "number": bulletin.number,
        "day": day(bulletin.day),
        "period": bulletin.period,
        "final": bulletin.final,
        "correction": bulletin.correction,
        "reason": both(bulletin, "reason"),
        "reconstructed": bulletin.reconstructed,
        "publisher": bulletin.publisher_key,
        "title": both(bulletin, "title"),
        "body": both(bulletin, "body"),
        "sha256": bulletin.content_hash,
        "facts": [_fact(page, fact) for fact in view.facts],
        "sources": _sources(page.cited.of(bulletin.id)),
    }


def incident(page: IncidentPage) -> dict[str, Any]:
    """An incident with everything that its page shows."""
    one = page.incident
    return {
        "key": one.key,
        "title": both(one, "title"),
        "occurred_on": day(one.occurred_on),
        "occurred_until": day(one.occurred_until),
        "occurred_text": both(one, "occurred_text"),
        "state": one.state,
        "severity": one.severity,
        "exercise": one.exercise,
        "cause": {"class": one.cause_key, "name": both(page.cause, "name"), "status": one.cause_status},
        "areas": [area.code for area in page.areas],
        "systems": [{"key": system.key, "name": both(system, "name")} for system in page.systems],
        "today": [[fact.id for fact in current.facts] for current in page.today],
        "bulletins": [_bulletin(page, view) for view in page.bulletins],
        "statements": [
            {
                "by": said.by_key,
                "kind": said.kind,
                "day": day(said.day),
                "period": said.period,
                "text": both(said, "text"),
                "sources": _sources(page.cited.of(said.id)),
            }
            for said in page.statements
        ],
        "measures": [
            {
                "owner": measure.owner_key,
                "status": measure.status,
                "day": day(measure.day),
                "text": both(measure, "text"),
                "sources": _sources(page.cited.of(measure.id)),
            }
            for measure in page.measures
        ],
        "relations": [
            {
                "kind": related.relation.kind,
                "from": related.relation.from_key,
                "to": related.relation.to_key,
                "said_by": related.relation.said_by_key,
            }
            for related in page.relations
        ],
        "bodies": {key: both(body, "name") for key, body in page.bodies.items()},
        "sources": {source.key: both(source, "title") for source in page.cited.sources},
        "licence": LICENCE,
        "terms": LICENCE_URL,
    }
