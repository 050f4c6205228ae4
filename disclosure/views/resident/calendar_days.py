"""Due days as files for a reader's own calendar, with nothing personal in them but the receipt number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from urllib.parse import urlsplit

from flask import g, url_for
from werkzeug.wrappers import Response

from disclosure.operations import look
from disclosure.operations.look import What
from disclosure.queries.clock import RunningClock
from disclosure.queries.opening import OpenedCase
from disclosure.queries.status import status
from disclosure.rules.deadlines import Due
from disclosure.views.resident.explained import words
from disclosure.views.resident.opened import with_case
from portal.core import clock
from portal.core.calendar_file import MEDIA_TYPE, DayEntry, calendar_file, uid
from portal.web.building import settings
from portal.web.downloads import download
from portal.web.language import _, choose, current


def entries(due: Due, title: str, *key: str, url: str) -> list[DayEntry]:
    """The day itself, and the days that come with it: a notice, the rest, the first possible day."""
    days = [
        ("due", due.binding_on, title),
        ("notice", due.notice_on, _("Notice due: %(what)s", what=title)),
        ("rest", due.rest_on, _("The rest is due: %(what)s", what=title)),
        ("opens", due.opens_on, _("Possible from today: %(what)s", what=title)),
    ]
    return [_entry(due, said, day, (*key, kind), url) for kind, day, said in days if day is not None]


def file_of(days: list[DayEntry], *, title: str, name: str) -> Response:
    """The download; kept by nobody on the way."""
    data = calendar_file(days, title=title, language=current(), at=clock.now())
    answer = download(data, name=name, media_type=MEDIA_TYPE)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def outside(path: str) -> str:
    """The full address of a page of this site, in the reader's language."""
    return f"{settings().public_url}{path}"


def host() -> str:
    """The name of this site, for the names of events."""
    return urlsplit(settings().public_url).hostname or "localhost"


def _parts(clocks: Sequence[RunningClock]) -> Iterator[tuple[str, RunningClock]]:
    """Each clock with what it is to its case: an extension is another clock, and still the day of the decision."""
    for number, row in enumerate(clocks):
        yield ("decision" if number == 0 else "rest" if row.due.duty else row.due.code), row


def _entry(due: Due, title: str, day: date, key: Sequence[str], url: str) -> DayEntry:
    text = "\n".join(
        words(step.message, step.params) + (f" [{step.article}]" if step.article else "") for step in due.steps
    )
    return DayEntry(uid(host(), *key), day, title, text, url)


@with_case
def case_days(found: OpenedCase) -> Response:
    """The days that run in one's own case, by receipt number. A look at the case like its page."""
    now = clock.now()
    look.look(g.session, found.case, What.STATUS, by=found.actor, at=now)
    shown = status(g.session, found, today=clock.day_in_japan(now))
    url = outside(url_for("disclosure.status"))
    days = [
        _entry(row.due, f"{choose(row, 'label')} {shown.number}", row.due.binding_on, (shown.number, part), url)
        for part, row in _parts(shown.clocks)
        if row.running and not row.due.paused
    ]
    return file_of(days, title=_("Request %(number)s", number=shown.number), name=f"{shown.number}.ics")
