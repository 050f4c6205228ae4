"""A feed as Atom (RFC 4287) with archive pages (RFC 5005) and tombstones (RFC 6721), and as JSON Feed 1.1."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from content.queries.feeds import Entry, Feed, Paged
from content.rules import markup, tags
from content.views.words import bulletin_name
from content.views.xml_text import Element, put, root, written
from portal.web.language import _, choose, current

ATOM = "http://www.w3.org/2005/Atom"
HISTORY = "http://purl.org/syndication/history/1.0"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
NEVER = datetime(2014, 4, 1, tzinfo=UTC)
TYPE = "application/atom+xml"


@dataclass(frozen=True)
class Place:
    """Where a feed stands. ``absolute`` makes a path of this site and language a whole address.

    ``page`` gives the path of the newest part (None) or of an archive page in a form; ``authority`` is that of tags.
    """

    authority: str
    organisation: str
    absolute: Callable[[str], str]
    page: Callable[[int | None, str], str]

    def address(self, archive: int | None, form: str) -> str:
        return self.absolute(self.page(archive, form))


def title(feed: Feed) -> str:
    """What a reader's list of feeds shows."""
    if feed.names is None:
        return _("Incidents: all bulletins")
    return _("Incidents: %(name)s", name=feed.names[0 if current() == "ja" else 1])


def entry_title(entry: Entry) -> str:
    """Which incident, which bulletin, and its headline; a drill says so first."""
    drill = f"{_('[Exercise]')} " if entry.incident.exercise else ""
    bulletin = entry.bulletin
    return (
        f"{drill}{choose(entry.incident, 'title')}{_(': ')}{bulletin_name(bulletin.number)} {choose(bulletin, 'title')}"
    )


def body(entry: Entry) -> str:
    """The text as HTML: what changed, the bulletin, and why where it is a correction."""
    bulletin = entry.bulletin
    parts = []
    if changed := choose(bulletin, "what_changed"):
        parts.append(markup.html(f"{_('What changed:')} {changed}", "plain"))
    parts.append(markup.html(choose(bulletin, "body"), bulletin.markup, level=3))
    if bulletin.correction and (reason := choose(bulletin, "reason")):
        parts.append(markup.html(f"{_('What was corrected and why')}{_(': ')}{reason}", "plain"))
    if bulletin.reconstructed:
        parts.append(markup.html(_("Put together from sources afterwards."), "plain"))
    return "\n".join(parts)


def stamp(at: datetime) -> str:
    """An instant as feeds write it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def atom(feed: Feed, place: Place) -> bytes:
    """The feed as Atom."""
    top = begun(feed, place, title=title(feed), page="/incidents", changed_at=feed.changed_at)
    for entry in feed.entries:
        (_tombstone if entry.withdrawal else _entry)(top, entry, place)
    return written(top)


def begun(feed: Paged, place: Place, *, title: str, page: str, changed_at: datetime | None) -> Element:
    """A feed's own part; ``page`` is the path of the page that it follows."""
    top = root("feed", xmlns=ATOM, xmlns__fh=HISTORY, xmlns__at=TOMBSTONES, xml__lang=current())
    put(top, "id", tags.feed_tag(place.authority, place.page(None, "").rstrip("."), current()))
    put(top, "title", title)
    put(top, "updated", stamp(changed_at or NEVER))
    put(put(top, "author"), "name", place.organisation)
    put(top, "rights", _("Reuse under the terms for public data (PDL 1.0), compatible with CC BY 4.0."))
    put(top, "link", rel="license", href=LICENCE)
    put(top, "link", rel="self", type=TYPE, href=place.address(feed.archive, "atom"))
    put(top, "link", rel="alternate", type="text/html", href=place.absolute(page))
    if feed.archive is not None:
        put(top, "fh:archive")
        put(top, "link", rel="current", type=TYPE, href=place.address(None, "atom"))
        if feed.newer:
            put(top, "link", rel="next-archive", type=TYPE, href=place.address(feed.newer, "atom"))
    if feed.older:
        put(top, "link", rel="prev-archive", type=TYPE, href=place.address(feed.older, "atom"))
    return top


def _entry(top: Element, entry: Entry, place: Place) -> None:
    bulletin = entry.bulletin
    path = f"/incidents/{bulletin.incident_key}/bulletins/{bulletin.number}"
    made = put(top, "entry")
    put(made, "id", tags.bulletin_tag(place.authority, bulletin.id, current()))
    put(made, "title", entry_title(entry))
    put(made, "updated", stamp(bulletin.published_at))
    put(made, "published", stamp(_said_at(entry)))
    put(made, "link", rel="alternate", type="text/html", hreflang=current(), href=place.absolute(path))
    put(made, "link", rel="related", type="text/html", href=place.absolute(f"/incidents/{bulletin.incident_key}"))
    for system in entry.systems:
        put(made, "category", term=system, scheme=place.absolute("/systems"))
    if changed := choose(bulletin, "what_changed"):
        put(made, "summary", changed)
    put(made, "content", body(entry), type="html")


def _tombstone(top: Element, entry: Entry, place: Place) -> None:
    if entry.withdrawal is None:
        return
    ref = tags.bulletin_tag(place.authority, entry.bulletin.id, current())
    gone = put(top, "at:deleted-entry", ref=ref, when=stamp(entry.withdrawal.withdrawn_at))
    put(gone, "at:comment", choose(entry.withdrawal, "reason"))


def _said_at(entry: Entry) -> datetime:
    bulletin = entry.bulletin
    return tags.said_at(bulletin.published_at, bulletin.day, reconstructed=bulletin.reconstructed)


def json_feed(feed: Feed, place: Place) -> dict[str, Any]:
    """The feed as JSON Feed; what was withdrawn stands in an extension of its own, for the format has no tombstones."""
    items = [_item(entry, place) for entry in feed.entries if not entry.withdrawal]
    gone = {
        "about": place.absolute("/feeds"),
        "items": [
            {
                "id": tags.bulletin_tag(place.authority, entry.bulletin.id, current()),
                "date": stamp(entry.withdrawal.withdrawn_at),
                "reason": choose(entry.withdrawal, "reason"),
            }
            for entry in feed.entries
            if entry.withdrawal
        ],
    }
    return json_begun(feed, place, title=title(feed), page="/incidents", items=items, _withdrawn=gone)


def json_begun(
    feed: Paged, place: Place, *, title: str, page: str, items: list[dict[str, Any]], **more: Any
) -> dict[str, Any]:
    """A JSON Feed of these items; ``more`` are extensions of its own."""
    made: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": place.absolute(page),
        "feed_url": place.address(feed.archive, "json"),
        "language": current(),
        "authors": [{"name": place.organisation}],
        "items": items,
        **more,
    }
    if feed.older:
        made["next_url"] = place.address(feed.older, "json")
    return made


def _item(entry: Entry, place: Place) -> dict[str, Any]:
    bulletin = entry.bulletin
    item = {
        "id": tags.bulletin_tag(place.authority, bulletin.id, current()),
        "url": place.absolute(f"/incidents/{bulletin.incident_key}/bulletins/{bulletin.number}"),
        "title": entry_title(entry),
        "content_html": body(entry),
        "date_published": stamp(_said_at(entry)),
        "date_modified": stamp(bulletin.published_at),
        "language": current(),
        "tags": list(entry.systems),
    }
    if changed := choose(bulletin, "what_changed"):
        item["summary"] = changed
    return item
