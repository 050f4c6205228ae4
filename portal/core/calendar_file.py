"""Days and times for a reader's own calendar: iCalendar files (RFC 5545), without anything personal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from icalendar import Timezone

MEDIA_TYPE = "text/calendar"
_PRODUCT = "-//Kaiji//Days of a procedure//EN"


@dataclass(frozen=True)
class DayEntry:
    """One event. ``uid`` names it for ever: a newer file with the same one replaces it in a calendar.

    It takes the whole day, unless ``starts_at`` and ``ends_at`` (aware) say otherwise. ``sequence`` grows with each
    change of what is announced to everybody; ``cancelled`` takes it out of the calendars that had it; ``changed_at``:
    when it was said, where that is not when the file is made.
    """

    uid: str
    day: date
    title: str
    text: str
    url: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    place: str = ""
    public: bool = False
    sequence: int | None = None
    cancelled: bool = False
    changed_at: datetime | None = None


def uid(host: str, *parts: str) -> str:
    """The same name for the same parts: a digest, so that it says nothing, at the site's host."""
    return f"{sha256(chr(10).join(parts).encode()).hexdigest()[:32]}@{host}"


def calendar_file(
    entries: Sequence[DayEntry], *, title: str, language: str, at: datetime, refresh: timedelta | None = None
) -> bytes:
    """The file in UTF-8 with lines of at most 75 octets; ``at`` is the aware moment when it is made.

    ``refresh``: how often a calendar that subscribes should look again (RFC 7986).
    """
    from icalendar import Calendar, Event  # few processes need it

    file = Calendar()
    file.add("prodid", _PRODUCT)
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add("x-wr-calname", title)
    if refresh is not None:
        file.add("refresh-interval", refresh, parameters={"VALUE": "DURATION"})
    for entry in entries:
        event = Event()
        event.add("uid", entry.uid)
        event.add("dtstamp", entry.changed_at or at)
        if entry.changed_at is not None:
            event.add("last-modified", entry.changed_at)
        if entry.sequence is not None:
            event.add("sequence", entry.sequence)
            event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
        if entry.starts_at is not None and entry.ends_at is not None:
            event.add("dtstart", entry.starts_at.astimezone(UTC))
            event.add("dtend", entry.ends_at.astimezone(UTC))
        else:
            event.add("dtstart", entry.day)
            event.add("dtend", entry.day + timedelta(days=1))  # the end is the first day that is no more within it
        event.add("summary", entry.title, parameters={"LANGUAGE": language})
        event.add("description", entry.text, parameters={"LANGUAGE": language})
        if entry.place:
            event.add("location", entry.place, parameters={"LANGUAGE": "ja"})
        if entry.url:
            event.add("url", entry.url)
        event.add("class", "PUBLIC" if entry.public else "PRIVATE")
        busy = entry.starts_at is not None and not entry.public
        event.add("transp", "OPAQUE" if busy else "TRANSPARENT")
        file.add_component(event)
    if not entries:
        file.add_component(_japan())
    made: bytes = file.to_ical()
    return made


def _japan() -> Timezone:
    """Something to stand in a calendar without events: the format wants at least one part."""
    from icalendar import Timezone, TimezoneStandard

    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", "Asia/Tokyo")
    standard.add("dtstart", datetime(1951, 9, 9))  # noqa: DTZ001 - the format asks for local time here
    standard.add("tzoffsetfrom", timedelta(hours=9))
    standard.add("tzoffsetto", timedelta(hours=9))
    zone.add_component(standard)
    return zone
