"""Which addresses of the record are written as files, and where: pure names, languages and file names.

A *thing* is what changes together: ``incident/<key>``, ``system/<key>``, ``month/2016-03``, or one of the
GROUPS. Addresses with a query are not written: lists page by page or with filters would all shift with every
new incident. What stays in its place is the list of a month.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from content.rules.areas import COUNTRY, PREFECTURES

# What shows the latest of everything, and so changes with every publication; what counts incidents, and changes when
# one counts otherwise than before; what tells of question letters alone; what changes with each document that is put
# into the reading room or taken back; what changes with the installation alone.
# Long tables that few ask for in a spike (measures, uptime, the clocks compared) are left to the application.
FRONT, COUNTED, LETTERS, ROOM, STANDING = "front", "counted", "letters", "reading-room", "standing"
GROUPS: dict[str, tuple[str, ...]] = {
    FRONT: (
        "/", "/incidents", "/incidents.json", "/systems", "/maintenance", "/data", "/about",
        "/feeds/incidents.atom", "/feeds/incidents.json", "/feeds/alerts.atom",
    ),
    COUNTED: (
        "/causes", "/places", "/archive", "/figures", "/figures/incidents-by-year", "/figures/incidents-by-month",
        "/figures/incidents-by-cause", "/figures/incidents-by-severity",
    ),
    LETTERS: (
        "/letters", "/letters.json", "/letters/items", "/letters/items.json", "/figures/letters",
        "/feeds/letters.atom", "/feeds/letters.json",
    ),
    ROOM: ("/documents", "/documents.json", "/documents.atom"),
    STANDING: ("/follow", "/developers", "/procedure", "/accessibility", "/privacy"),
}  # fmt: skip

LANGUAGES = ("", "/en")
FILES = (".json", ".atom", ".xml", ".txt", ".pdf")
# Pages of a bulletin that say nothing of what comes before or after it.
ALONE = (".cap.xml", "/cite")
_NUMBER = re.compile(r"/(?:bulletins|versions)/(\d+)")
_SAFE = re.compile(r"(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*/?\Z")


def in_all_languages(addresses: Iterable[str]) -> Iterator[str]:
    """Each address in each language of the site."""
    for address in addresses:
        for prefix in LANGUAGES:
            yield prefix + address if address != "/" or not prefix else f"{prefix}/"


def file_of(address: str) -> str | None:
    """The file of an address, relative to the folder: ``incidents/x/index.html``. None: such a one is not written."""
    if not _SAFE.match(address):
        return None
    path = address.strip("/")
    if path.endswith(FILES):
        return path
    return f"{path}/index.html" if path else "index.html"


def number_of(address: str) -> int | None:
    """The number of the bulletin that an address is about; None for what is about more than one."""
    found = _NUMBER.search(address)
    return int(found[1]) if found else None


def of_incident(key: str, numbers: Iterable[int]) -> Iterator[str]:
    """The addresses of an incident; ``numbers`` are those of its bulletins that are shown, the latest first."""
    yield f"/incidents/{key}"
    yield f"/incidents/{key}.json"
    yield from (f"/feeds/incidents/{key}.{form}" for form in ("atom", "json"))
    for number in numbers:
        yield f"/incidents/{key}/bulletins/{number}"
        yield f"/incidents/{key}/bulletins/{number}.cap.xml"
        yield f"/incidents/{key}/bulletins/{number}/cite"
        yield f"/incidents/{key}/versions/{number}"


def of_letter(key: str, *, filed: bool, replies: Iterable[int] = ()) -> Iterator[str]:
    """A question letter, also as data and as text, and the files of what answered it, by their numbers.

    What happened to one that was sent here has a feed.
    """
    yield from (f"/letters/{key}", f"/letters/{key}.json", f"/letters/{key}.txt")
    yield from (f"/letters/{key}/replies/{number}.pdf" for number in replies)
    if filed:
        yield _feed("letters", key)


def of_document(key: str) -> Iterator[str]:
    """A document of the reading room. Its file is the application's, which knows at once what was taken back."""
    yield from (f"/documents/{key}", f"/documents/{key}.json")


def of_system(key: str) -> Iterator[str]:
    """A system's page and its feed."""
    yield from (f"/systems/{key}", _feed("systems", key))


def of_cause(key: str) -> Iterator[str]:
    """A class of causes."""
    yield from (f"/causes/{key}", _feed("causes", key))


def of_place(code: str) -> Iterator[str]:
    """A place."""
    yield from (f"/places/{code}", _feed("places", code))


def _feed(scope: str, key: str) -> str:
    """As Atom; the few who read it as JSON are answered by the application."""
    return f"/feeds/{scope}/{key}.atom"


def wider(codes: Iterable[str]) -> list[str]:
    """Places and the prefectures that they are in, the widest first: a prefecture's page counts its municipalities."""
    found = {code for given in codes for code in (given, given[:2])}
    return sorted(found & {COUNTRY, *PREFECTURES}) + sorted(found - {COUNTRY, *PREFECTURES})
