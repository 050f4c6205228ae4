"""Planned maintenance: the list, and the same for calendars."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

from flask import Response, g, render_template, url_for

from content.queries import maintenance
from content.queries.maintenance import Planned
from content.rules.archive.kinds import IncidentState
from portal.core import clock
from portal.core.calendar_file import MEDIA_TYPE, DayEntry, calendar_file, uid
from portal.core.clock import day_in_japan
from portal.web.access import public
from portal.web.building import settings
from portal.web.downloads import download
from portal.web.language import _, choose, current

LOOK_AGAIN = timedelta(hours=1)


@public
def list_all() -> str:
    """What is announced and what goes on."""
    return render_template("content/maintenance.html", planned=maintenance.planned(g.session, at=clock.now()))


@public
def calendar() -> Response:
    """All of it as a calendar to subscribe to."""
    found = maintenance.for_calendars(g.session, at=clock.now())
    return _file(found, name="maintenance.ics")


@public
def file(key: str) -> Response:
    """One maintenance for a calendar; of one that was withdrawn, that it is off."""
    return _file([maintenance.one(g.session, key)], name=f"{key}.ics")


def _file(found: list[Planned], *, name: str) -> Response:
    entries = [_entry(one) for one in found]
    data = calendar_file(
        entries,
        title=_("Planned maintenance"),
        language=current(),
        at=max((one.changed_at for one in found), default=clock.now()),
        refresh=LOOK_AGAIN,
    )
    return download(data, name=name, media_type=MEDIA_TYPE)


def _entry(one: Planned) -> DayEntry:
    incident = one.incident
    starts, ends = incident.planned_from, incident.planned_until
    if starts is None or ends is None:
        raise ValueError(incident.key)
    systems = _(", ").join(choose(system, "name") for system in one.systems)
    text = _("Systems: %(names)s", names=systems)
    title = choose(incident, "title")
    if incident.withdrawn:
        title, text = _("Withdrawn"), _("This announcement was withdrawn.")
    elif incident.state == IncidentState.CLOSED:
        text = f"{text}\n{_('It is over.')}"
    return DayEntry(
        uid=uid(_host(), "maintenance", incident.key),
        day=day_in_japan(starts),
        title=title,
        text=text,
        url=settings().public_url + url_for("content.incident", key=incident.key),
        starts_at=starts,
        ends_at=ends,
        place="" if incident.withdrawn else _(", ").join(choose(area, "name") for area in one.areas),
        public=True,
        sequence=one.sequence,
        cancelled=incident.withdrawn,
        changed_at=one.changed_at,
    )


def _host() -> str:
    return urlsplit(settings().public_url).hostname or "localhost"
