"""The read API: one view a kind of thing, all through one door that checks what is asked and marks what is answered."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any, cast
from urllib.parse import urlencode

from flask import Response, g, request
from sqlalchemy.orm import Session

from content.queries import open_lists, open_record, open_things, revision
from content.queries.causes import causes
from content.queries.incident_page import find_incident, incident_page
from content.queries.open_lists import Part
from content.queries.open_shapes import Shape, both, instant
from content.rules import api
from content.rules.filters import Filters, Sort
from content.rules.measures import Standing
from content.rules.reuse import API, LICENCE_URL, SCHEMA_VERSION, licence
from content.views.kept import answered
from portal.core import clock
from portal.core.clock import day_in_japan
from portal.core.errors import N_, NotFound
from portal.web import errors, freshness
from portal.web.access import public
from portal.web.building import settings
from portal.web.language import _

NOT_UNDERSTOOD = N_("Something in this address cannot be understood.")
WITHDRAWN = N_("This was withdrawn.")


@dataclass(frozen=True)
class Listed:
    """A list, or a part of one."""

    items: Sequence[Shape]
    after: str | None = None
    total: int | None = None


Asked = Mapping[str, Any]
Found = Shape | Listed | Response


def origin() -> str:
    """The address of the site, without a slash at its end."""
    return settings().public_url


def door(operation_id: str, *, of_now: bool = False) -> Callable[[Callable[..., Found]], Callable[..., Response]]:
    """A view of the API. It is given what was asked, checked, and gives an item, a list or an answer of its own.

    What an address answers depends on the revision and the day, so that an unchanged one is told before anything is
    read; ``of_now``: on the time as well, and its mark is of its content.
    """

    def mark(view: Callable[..., Found]) -> Callable[..., Response]:
        @public
        @wraps(view)
        def answer(**values: Any) -> Response:
            operation = api.operations()[operation_id]
            asked, faults = api.check(operation, request.args.to_dict(flat=False))
            if faults:
                named = [{"parameter": one.parameter, "message": _(one.message, **dict(one.params))} for one in faults]
                return errors.problem(400, _(NOT_UNDERSTOOD), errors=named)
            number = revision.number(g.session)

            def make() -> Response:
                found = view(asked, **values)
                if isinstance(found, Response):
                    return found
                response = Response(_body(found, number), mimetype="application/json")
                if isinstance(found, Listed) and found.after:
                    response.headers.add("Link", f'<{_next(found.after)}>; rel="next"')
                return response

            if of_now:
                return _linked(make())
            return _linked(answered(freshness.mark(f"r{number}", day_in_japan(clock.now()).isoformat()), make))

        return cast(Callable[..., Response], answer)

    return mark


def _linked(response: Response) -> Response:
    response.headers.add("Link", f'<{LICENCE_URL}>; rel="license"')
    response.headers.add("Link", f'<{origin()}{API}/openapi.json>; rel="service-desc"')
    return response


def _body(found: Shape | Listed, number: int) -> bytes:
    head: Shape = {"schema_version": SCHEMA_VERSION, "revision": number, "licence": licence()}
    if isinstance(found, Listed):
        if found.total is not None:
            head["total"] = found.total
        whole = {**head, "items": found.items, "next": _next(found.after) if found.after else None}
    else:
        whole = {**head, "item": found}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _next(after: str) -> str:
    query = urlencode({**request.args.to_dict(), "cursor": after})
    return f"{origin()}{request.script_root}{request.path}?{query}"


@door("listIncidents")
def list_incidents(asked: Asked) -> Listed:
    """Incidents by filters."""
    exercise = asked.get("exercise")
    filters = Filters(
        system=asked.get("system"),
        first=asked.get("from"),
        last=asked.get("to"),
        cause=asked.get("cause"),
        cause_status=asked.get("cause_status"),
        severity=asked.get("severity"),
        area=asked.get("area"),
        wide="wide" in asked,
        state=asked.get("state"),
        kind=asked.get("kind"),
        exercise=None if exercise is None else exercise == "yes",
    )
    part = open_lists.incident_part(
        g.session, filters, Sort(asked["sort"]), after=asked.get("cursor", ""), limit=asked["limit"]
    )
    items = open_record.incidents(g.session, part.items, origin())
    if "fields" in asked:
        wanted = {"key", *asked["fields"].split(",")}
        items = [{name: value for name, value in item.items() if name in wanted} for item in items]
    return Listed(items, part.after, part.total)


def gone(key: str, row: Any = None) -> Response:
    """What is told of a bulletin, or of a whole incident, that was withdrawn."""
    told: Shape = {} if row is None else {"at": instant(row.withdrawn_at), "reason": both(row, "reason")}
    return errors.problem(410, _(WITHDRAWN), **({"withdrawn": told} if told else {}))


@door("getIncident")
def incident(_asked: Asked, key: str) -> Shape | Response:
    """One incident with all that belongs to it."""
    found = open_record.incidents(g.session, [key], origin())
    if not found:
        return gone(key, incident_page(g.session, key).bulletins[-1].withdrawal)
    said = open_record.bulletins_of(g.session, [key], origin())
    return {
        **found[0],
        "today": open_record.today(said),
        "record": said,
        **open_record.around(g.session, key, today=_today()),
    }


@door("listIncidentBulletins")
def incident_bulletins(_asked: Asked, key: str) -> Listed:
    """All bulletins of an incident; those withdrawn without their text."""
    find_incident(g.session, key)
    return Listed(open_record.bulletins_of(g.session, [key], origin()))


@door("getBulletin")
def bulletin(_asked: Asked, key: str, number: int) -> Shape | Response:
    """One bulletin as it was published."""
    view = incident_page(g.session, key).view(number)
    if view.withdrawal:
        return gone(key, view.withdrawal)
    (item,) = open_record.bulletin_shapes(g.session, [view.bulletin], origin())
    return item


@door("listBulletins")
def bulletins(asked: Asked) -> Listed:
    """Bulletins of all incidents."""
    part = open_lists.bulletin_part(
        g.session,
        incident=asked.get("incident"),
        first=asked.get("from"),
        last=asked.get("to"),
        oldest=asked["sort"] == "oldest",
        after=asked.get("cursor", ""),
        limit=asked["limit"],
    )
    return _listed(part, open_record.bulletin_shapes(g.session, part.items, origin()))


@door("listFacts")
def facts(asked: Asked) -> Listed:
    """Facts of all bulletins."""
    part = open_lists.fact_part(
        g.session,
        incident=asked.get("incident"),
        field=asked.get("field"),
        area=asked.get("area"),
        certainty=asked.get("certainty"),
        after=asked.get("cursor", ""),
        limit=asked["limit"],
    )
    return _listed(part, open_record.fact_shapes(g.session, part.items))


def _systems(session: Session) -> list[Shape]:
    return open_things.systems(session, origin(), at=clock.now())


@door("listSystems", of_now=True)
def systems(_asked: Asked) -> Listed:
    """All systems with how they work now."""
    return Listed(_systems(g.session))


@door("getSystem", of_now=True)
def system(_asked: Asked, key: str) -> Shape:
    """One system with how it works now."""
    return _one(_systems(g.session), key)


@door("listAreas")
def areas(asked: Asked) -> Listed:
    """Areas with their codes."""
    part = open_lists.area_part(
        g.session, prefecture=asked.get("prefecture"), after=asked.get("cursor", ""), limit=asked["limit"]
    )
    return _listed(part, part.items)


@door("listCauses")
def list_causes(_asked: Asked) -> Listed:
    """Classes of causes."""
    return Listed([open_things.cause(line) for line in causes(g.session)])


@door("listMeasures")
def measures(asked: Asked) -> Listed:
    """Measures and promises."""
    standing = asked.get("standing")
    part = open_lists.measure_part(
        g.session,
        incident=asked.get("incident"),
        owner=asked.get("owner"),
        standing=Standing(standing) if standing else None,
        today=_today(),
        after=asked.get("cursor", ""),
        limit=asked["limit"],
    )
    return _listed(part, open_record.measure_shapes(g.session, part.items, today=_today()))


def _listed(part: Part, items: Sequence[Shape]) -> Listed:
    return Listed(items, part.after, part.total)


def _one(items: Sequence[Shape], key: str) -> Shape:
    found = next((item for item in items if item["key"] == key), None)
    if found is None:
        raise NotFound
    return found


def _today() -> date:
    return day_in_japan(clock.now())
