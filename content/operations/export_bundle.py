"""The whole public record as files that need no server: pages with links to one another, a search, a signed list.

Pages are what the application answers, as of the record's last change, so that the same record gives the same bytes.
They are written as they come, by several processes: memory does not grow with the record.
"""

from __future__ import annotations

import json
import multiprocessing
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

from content.operations import bundle_files, dumps
from content.operations.bundle_search import Finds
from content.queries import bundle_record, revision
from content.rules.bundle_links import Links, file_of
from content.rules.reuse import LICENCE_URL, SCHEMA_VERSION
from content.rules.written import LANGUAGES
from portal.core import clock, collector, press
from portal.core.db import Database
from portal.core.signing import Signer
from portal.web.reader import Reader

ABOUT, DATA, SEARCH = "bundle.json", "data", "search"
HEADER = '<header class="site-header">'
# What only staff and residents need.
OFFICE = ("staff.css", "desk.css", "letter.css", "redact.*", "autosave.js")
# A process takes so many addresses at a time: pages of one thing in all languages stay together.
AT_ONCE, FIRST = 16, "0"


class Changing(Exception):
    """The record was changed while it was exported: the files would not be of one piece. Try again."""


@dataclass(frozen=True)
class State:
    """Of which record the bundle is."""

    revision: int
    as_of: datetime
    origin: str


@dataclass(frozen=True)
class Dress:
    """What a bundle adds in one language: the note above each page, and the page of its search."""

    note: str
    search: str


@dataclass(frozen=True)
class Made:
    """What was written, and how many files it is."""

    state: State
    files: int


@dataclass(frozen=True)
class Wish:
    """``whole``: also each bulletin's own page, version and citation, incidents as JSON; ``papers``: each as PDF."""

    whole: bool = False
    papers: bool = False
    processes: int = 1


@dataclass(frozen=True)
class Exporter:
    """``dress`` makes what a bundle adds, by the language's prefix; ``static``: the site's style sheets and scripts."""

    database: Database
    site: Reader
    static: Path
    dress: Callable[[State, list[str]], dict[str, Dress]]

    def export(self, folder: Path, wish: Wish, *, signer: Signer | None) -> Made:
        """Write the bundle into a new folder. Changing, CannotSign."""
        with self.database.session(write=False) as session:
            current = revision.current(session)
            state = State(
                current.number if current else 0,
                current.changed_at if current else clock.now(),
                self.site.settings.public_url,
            )
            pages = bundle_record.in_all_languages(bundle_record.pages(session, whole=wish.whole))
            files = list(bundle_record.files(session, whole=wish.whole))
            if wish.papers:
                files += bundle_record.in_all_languages(bundle_record.papers(session))
            days = bundle_record.days(session)
        years = sorted({day[:4] for day in days.values()}, reverse=True)
        there = {*pages, *files, *(f"/{DATA}/{name}" for name in dumps.FILES)}
        there |= {f"{prefix}/search" for prefix in LANGUAGES}
        (folder / DATA).mkdir(parents=True)
        _put_static(self.static, folder)
        with clock.standing_at(state.as_of):
            dresses = self.dress(state, years)
            share = _Share(self, folder, Links(there, state.origin), dresses, days)
            _shared(share, [*pages, *files], wish.processes, self.database)
        for prefix in LANGUAGES:
            share.put(f"{prefix}/search", share.links.page(dresses[prefix].search, f"{prefix}/search"))
        Finds(folder / SEARCH).finish(years)
        self._check(state)
        about = {
            "site": state.origin, "revision": state.revision, "as_of": state.as_of.isoformat(),
            "schema_version": SCHEMA_VERSION, "licence": LICENCE_URL, "pages": len(pages),
        }  # fmt: skip
        (folder / ABOUT).write_text(json.dumps(about, indent=1) + "\n", "utf-8")
        return Made(state, bundle_files.seal(folder, signer=signer, at=clock.now()))

    def _check(self, state: State) -> None:
        with self.database.session(write=False) as session:
            if revision.number(session) != state.revision:
                raise Changing


def _put_static(static: Path, folder: Path) -> None:
    shutil.copytree(static, folder / "static", copy_function=shutil.copyfile, ignore=shutil.ignore_patterns(*OFFICE))


@dataclass(frozen=True)
class _Share:
    """The work of one process."""

    exporter: Exporter
    folder: Path
    links: Links
    dresses: dict[str, Dress]
    days: dict[str, str]

    def write(self, addresses: Iterable[str], name: str) -> None:
        finds = Finds(self.folder / SEARCH, name)
        with finds:
            for address in addresses:
                answer = self.exporter.site.ask(address)
                if answer.status != 200:
                    raise RuntimeError(f"{answer.status} at {address}")
                if answer.media_type != "text/html":
                    self._put(address, answer.body)
                    continue
                prefix, path = ("/en", address[3:] or "/") if address.startswith("/en/") else ("", address)
                html = answer.body.decode()
                if bundle_record.is_found(path):
                    finds.add(prefix, file_of(address), html, self.days.get(path, ""))
                noted = html.replace(HEADER, self.dresses[prefix].note + HEADER, 1)
                self.put(address, self.links.page(noted, address))

    def write_data(self) -> None:
        """The files of the whole record; they take one process some seconds, while others write pages."""
        with self.exporter.database.session(write=False) as session:
            dumps.write(session, self.folder / DATA, origin=self.links.origin)

    def put(self, address: str, html: str) -> None:
        """Put a page in its place."""
        self._put(address, html.encode())

    def _put(self, address: str, data: bytes) -> None:
        target = self.folder / file_of(address)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def _shared(share: _Share, addresses: Sequence[str], processes: int, database: Database) -> None:
    """Have processes write a part each, whoever is free the next; what one raises is raised here."""
    if processes < 2:
        share.write_data()
        share.write(addresses, FIRST)
        return
    for first in {address.strip("/").partition("/")[0]: address for address in addresses}.values():
        share.exporter.site.ask(first)  # what all of them need is read and compiled once
    database.engine.dispose()
    forking = multiprocessing.get_context("fork")
    taken = forking.Value("l", 0)
    children = [
        forking.Process(target=_child, args=(share, _taken(addresses, taken), str(n), database))
        for n in range(processes)
    ]
    for child in children:
        child.start()
    for child in children:
        child.join()
    if failed := [child.exitcode for child in children if child.exitcode]:
        raise RuntimeError(f"{len(failed)} processes of the export ended with an error")


def _taken(addresses: Sequence[str], taken: Synchronized[int]) -> Iterator[str]:
    """The addresses that one process takes; ``taken``: how many all of them took."""
    while True:
        with taken.get_lock():
            first = taken.value
            taken.value += AT_ONCE
        if first >= len(addresses):
            return
        yield from addresses[first : first + AT_ONCE]


def _child(share: _Share, addresses: Iterable[str], name: str, database: Database) -> None:
    database.engine.dispose(close=False)
    collector.serve()
    collector.keep()
    try:
        if name == FIRST:
            share.write_data()
        share.write(addresses, name)
    finally:
        press.close()  # the children that laid out papers would be waited for
