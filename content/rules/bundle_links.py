"""A page of the site as a page of a bundle: its links lead to files beside it, or are marked as leading to the site.

Pages are our own templates: attributes stand in double quotes. A link of the site is an absolute path.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import parse_qs, quote, unquote

SEARCH, ARCHIVE = "/search", "/archive"
ONLINE = "data-online"
MOST_KNOWN = 5_000
# What does not change comes first, for it is looked for by far the fastest.
_LINK = re.compile(r'="(?:(?<=\bhref=")|(?<=\bsrc=")|(?<=\baction="))(?P<to>/(?!/)[^"]*)"')
_MODULE, _SCRIPT = '<script type="module" ', "<script defer "  # browsers load modules from no file
_BULLETIN = re.compile(r"(?P<incident>/incidents/[^/]+)/bulletins/(?P<number>\d+)\Z")
_PERIOD = re.compile(r"\d{4}(?:-\d\d)?\Z")
_LANGUAGE = re.compile(r"(/en)?(/.*)?\Z", re.S)


def file_of(address: str) -> str:
    """The file of an address in a bundle, its name as it is shown: ``incidents/x/index.html``, ``measures.csv``."""
    path = unquote(address).strip("/")
    if "." in path.rpartition("/")[2]:
        return path
    return f"{path}/index.html" if path else "index.html"


@dataclass(frozen=True)
class Links:
    """``there``: the addresses that the bundle holds, with the languages' prefixes; ``origin``: the site's address."""

    there: Collection[str]
    origin: str
    # Most links of a page are those of every page.
    _known: dict[str, str | None] = field(default_factory=dict, compare=False, repr=False)

    def page(self, html: str, address: str) -> str:
        """The page of ``address`` with its links turned."""
        up = "../" * file_of(address).count("/")
        return _LINK.sub(lambda found: self._turned(found["to"], up), html.replace(_MODULE, _SCRIPT))

    def _turned(self, to: str, up: str) -> str:
        if to not in self._known:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            self._known[to] = self.target(unescape(to))
        target = self._known[to]
        return f'="{self.origin}{to}" {ONLINE}' if target is None else f'="{up}{target}"'

    def target(self, link: str) -> str | None:
        """The file, with its place in it, that a link of the site leads to in the bundle; None: to the site alone."""
        whole, _, fragment = link.partition("#")
        whole, _, query = whole.partition("?")
        prefix, path = _LANGUAGE.fullmatch(whole).groups(default="")  # type: ignore[union-attr]
        if path.startswith("/static/"):
            return path[1:]
        place = f"#{fragment}" if fragment else ""
        if path == "/incidents":
            path, query, place = _months(query, place)
        if not query and prefix + (path or "/") not in self.there and (one := _BULLETIN.match(path)):
            path, place = one["incident"], f"#bulletin-{one['number']}"
        address = prefix + path if path != "/" or not prefix else f"{prefix}/"
        if address not in self.there and "." in path:  # files stand once for all languages
            address = path
        if query or address not in self.there:
            return None
        return quote(file_of(address)) + place


def _months(query: str, place: str) -> tuple[str, str, str]:
    """Path, query and place for a list of incidents: by month where it is one of a month or a year, or of all."""
    asked = parse_qs(query)
    first = asked.get("from", [""])[0]
    if not query:
        return ARCHIVE, "", place
    if asked.keys() == {"from", "to"} and asked["to"] == [first] and _PERIOD.match(first):
        return (ARCHIVE, "", f"#year-{first}") if len(first) == 4 else (f"{ARCHIVE}/{first}", "", "")
    return "/incidents", query, place


_MAIN = re.compile(r"<main\b.*</main>", re.S)
_LEFT_OUT = re.compile(r"<(script|svg|nav|form|aside)\b.*?</\1>", re.S)
_TAG = re.compile(r"<[^>]*>")
_HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.S)


def words_of(html: str) -> tuple[str, str]:
    """The heading of a page, and the text of its main part."""
    main = _LEFT_OUT.sub(" ", found[0]) if (found := _MAIN.search(html)) else ""
    heading = _HEADING.search(main)
    return _text(heading[1]) if heading else "", _text(main)


def _text(html: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", html)).split())
