"""Days for a reader's own calendar: iCalendar files (RFC 5545) of all-day events, without anything personal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from icalendar import Calendar, Event

MEDIA_TYPE = "text/calendar"
_PRODUCT = "-//Kaiji//Days of a procedure//EN"


@dataclass(frozen=True)
class DayEntry:
    """One all-day event. ``uid`` names it for ever: a newer file with the same one replaces it in a calendar."""

    uid: str
    day: date
    title: str
    text: str
    url: str = ""


def uid(host: str, *parts: str) -> str:
    """The same name for the same parts: a digest, so that it says nothing, at the site's host."""
    return f"{sha256(chr(10).join(parts).encode()).hexdigest()[:32]}@{host}"


def calendar_file(entries: Sequence[DayEntry], *, title: str, language: str, at: datetime) -> bytes:
    """The file in UTF-8 with lines of at most 75 octets; ``at`` is the aware moment when it is made."""
    file = Calendar()
    file.add("prodid", _PRODUCT)
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add("x-wr-calname", title)
    for entry in entries:
        event = Event()
        event.add("uid", entry.uid)
        event.add("dtstamp", at)
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + timedelta(days=1))  # the end is the first day that is no more within it
        event.add("summary", entry.title, parameters={"LANGUAGE": language})
        event.add("description", entry.text, parameters={"LANGUAGE": language})
        if entry.url:
            event.add("url", entry.url)
        event.add("class", "PRIVATE")
        event.add("transp", "TRANSPARENT")
        file.add_component(event)
    made: bytes = file.to_ical()
    return made
