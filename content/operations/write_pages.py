"""Write the public pages that a change touched as files, so that a web server can hand them out by itself.

The book of the folder (:mod:`content.operations.page_book`) remembers up to which revision it knows what changed. Each
run first notes what changed since, then writes what waits, for some seconds at most: it may run late, twice, or after a
crash. A page is what the application answers at its address; what it answers no more (404, 410) is taken away, so that
the application itself says so.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from content.operations import page_files
from content.operations.page_book import Book, Written, opened
from content.operations.public_change import Changed, follow, record_key
from content.queries import revision, written_things
from content.queries.incident_frame import frame
from content.queries.written_things import CAUSE, MONTH, PLACE, addresses, shown
from content.rules import written
from content.rules.areas import PREFECTURES
from content.rules.owners import Owner
from portal.core import clock, jobs
from portal.core.clock import day_in_japan
from portal.core.db import Database
from portal.web.reader import Answer

WRITE = "content.write_pages"
SECONDS = 1  # so long may the search and mails wait for a job that writes pages
# The pages and feeds of so many places are written with one incident; those of others are left to the application.
MOST_PLACES = 12
CHANGED, LATEST, AROUND, LATER = range(4)
GONE = (404, 410)
FRAME, COUNTS = "frame", "counts"

Ask = Callable[[str], Answer]


class CannotRead(Exception):
    """The application answers an address with an error: nothing is written, and the job is tried again."""


@dataclass
class Done:
    """What a run did: pages written, found as they were, taken away; ``waiting``: things still to be written."""

    written: int = 0
    same: int = 0
    removed: int = 0
    waiting: int = 0


@follow
def write_later(session: Session, changed: Changed) -> None:
    """Have the worker look for what changed."""
    jobs.enqueue(session, WRITE, due_at=changed.at)


@dataclass(frozen=True)
class Writer:
    """Writes into ``folder``; ``made_by`` marks what makes the pages: with another mark all are written anew."""

    database: Database
    folder: Path
    ask: Ask
    made_by: str

    def run(self, *, now: datetime, seconds: float = SECONDS, everything: bool = False) -> Done:
        """Note what changed, and write for ``seconds`` at most. ``everything``: the whole record, not what changed."""
        ends = clock.monotonic() + seconds
        done = Done()
        with opened(self.folder) as book:
            with self.database.session(write=False) as session, book.change():
                self._note(session, book, now, done)
                if everything:
                    book.ask(written_things.everything(session), LATER)
            while (thing := book.next()) is not None and clock.monotonic() < ends:
                self._write(book, thing, now, done)
                with self.database.session(write=False) as session:  # what is published meanwhile comes first
                    if revision.number(session) != int(book.said("revision") or 0):
                        with book.change():
                            self._note(session, book, now, done)
            done.waiting = book.waiting()
        return done

    def _note(self, session: Session, book: Book, now: datetime, done: Done) -> None:
        """What has to be written since the book was looked at last."""
        seen, day = int(book.said("revision") or 0), day_in_japan(now).isoformat()
        number, keys = revision.changes(session, seen)
        if book.said("made_by") != self.made_by or keys is None:
            book.ask(written.GROUPS, LATEST)
            book.ask(book.things(), LATER)
            book.forget(f"{FRAME}/*")
        if touched := keys if keys is not None else written_things.touched(session, seen):
            self._note_changed(session, book, touched, done)
        live = written_things.statuses(session, at=now)
        known = json.loads(book.said("live") or "{}")
        turned = [key for key, status in live.items() if known.get(key, status) != status]
        needing = {record_key(Owner.SYSTEM, key) for key in written_things.needing(session, turned)}
        book.ask(needing & book.things(f"{Owner.SYSTEM}/*"), AROUND)
        if book.said("day") != day:
            _note_day(session, book)
        if book.said("nationwide") != str(count := written_things.nationwide(session)):
            self._drop(book, book.things(f"{PLACE}/*"), done)
        said: dict[str, str | int] = {"revision": number, "day": day, "made_by": self.made_by, "nationwide": count}
        book.say({**said, "live": json.dumps(live), "months": len(written_things.all_months(session))})

    def _note_changed(self, session: Session, book: Book, keys: set[str], done: Done) -> None:
        start = record_key(Owner.INCIDENT, "")
        incidents = {key.removeprefix(start) for key in keys if key.startswith(start)}
        around = shown(session, incidents)
        book.ask((record_key(Owner.INCIDENT, key) for key in incidents), CHANGED)
        counts = {f"{COUNTS}/{key}": mark for key, mark in written_things.counted(session, incidents).items()}
        things = {key for key in keys if not key.startswith((start, Owner.PAGE))}
        others = {key for key in things if not key.startswith((f"{Owner.SYSTEM}/", f"{Owner.DOCUMENT}/"))}
        book.ask([written.FRONT], LATEST)
        if others or any(book.said(name) != mark for name, mark in counts.items()):
            book.ask([written.COUNTED], LATEST)
        if others or around.letters:
            book.ask([written.LETTERS], LATEST)
        book.say(counts)
        book.ask(things, AROUND)
        if any(key.startswith(record_key(Owner.DOCUMENT, "")) for key in things):
            book.ask([written.ROOM], AROUND)
        book.ask((record_key(Owner.SYSTEM, key) for key in around.systems), AROUND)
        book.ask((record_key(Owner.LETTER, key) for key in around.letters), AROUND)
        book.ask((f"{CAUSE}/{key}" for key in around.causes), AROUND)
        months = set(around.months)
        if book.said("months") != str(len(written_things.all_months(session))):
            months |= written_things.beside(session, months)
        book.ask((f"{MONTH}/{month}" for month in months), AROUND)
        places = written.wider(around.places)
        book.ask((f"{PLACE}/{code}" for code in places[:MOST_PLACES]), AROUND)
        # A municipality's page lists what was stated for its whole prefecture.
        within = [book.things(f"{PLACE}/{code}????") for code in places if code in PREFECTURES]
        left = {f"{PLACE}/{code}" for code in places[MOST_PLACES:]}.union(*within)
        self._drop(book, left - {f"{PLACE}/{code}" for code in places[:MOST_PLACES]}, done)

    def _write(self, book: Book, thing: str, now: datetime, done: Done) -> None:
        """Write the pages of a thing, and take away those that it has no more."""
        with self.database.session(write=False) as session:
            number = revision.number(session)
            wanted = list(written.in_all_languages(addresses(session, thing)))
            mark = _frame(session, thing) if wanted else ""
        before, pages = book.of(thing), {}
        good = _good(before, book.said(f"{FRAME}/{thing}") == mark)
        for address in wanted:
            kept = before.get(address)
            page = kept if address in good else self._page(thing, address, kept, number, now, done)
            if page is not None:
                pages[address] = page
        for address in before.keys() - pages.keys():
            page_files.remove(self.folder, before[address].file)
            done.removed += 1
        with book.change():
            for address in before.keys() - pages.keys():
                book.drop(address)
            for address, page in pages.items():
                if page != before.get(address):
                    book.put(page)
            book.say({f"{FRAME}/{thing}": mark} if mark else {})
            book.done(thing)

    def _page(
        self, thing: str, address: str, before: Written | None, number: int, now: datetime, done: Done
    ) -> Written | None:
        file = written.file_of(address)
        if file is None:
            return None
        answer = self.ask(address)
        if answer.status in GONE:
            return None
        if answer.status != 200:
            raise CannotRead(f"{answer.status} at {address}")
        sha256 = hashlib.sha256(answer.body).hexdigest()
        if before is not None and before.sha256 == sha256 and (self.folder / file).is_file():
            done.same += 1
            return before
        page_files.put(self.folder, file, answer.body)
        done.written += 1
        return Written(address, thing, file, sha256, len(answer.body), number, now.isoformat(timespec="seconds"))

    def _drop(self, book: Book, things: Iterable[str], done: Done) -> None:
        """Take the pages of things away, which the application answers from now on."""
        for thing in things:
            for address, page in book.of(thing).items():
                page_files.remove(self.folder, page.file)
                book.drop(address)
                done.removed += 1

    def check(self) -> list[tuple[str, str]]:
        """The addresses whose files are not what the application answers now, and what is wrong. It changes nothing."""
        found = []
        with opened(self.folder) as book:
            pages = book.pages()
            for page in pages:
                answer = self.ask(page.address)
                wrong = page_files.problem(self.folder, page.file, answer.body) if answer.status == 200 else "gone"
                if wrong:
                    found.append((page.address, wrong))
            known = {self.folder / page.file for page in pages}
            found += [(str(path.relative_to(self.folder)), "not in the book") for path in self._strays(known)]
        return found

    def _strays(self, known: set[Path]) -> list[Path]:
        packed = (page_files.GZIP, page_files.BROTLI)
        files = (path for path in self.folder.rglob("*") if path.is_file() and path.parent != self.folder)
        return sorted(p for p in files if (p.with_suffix("") if p.suffix in packed else p) not in known)


def _frame(session: Session, thing: str) -> str:
    kind, _, key = thing.partition("/")
    return frame(session, key) if kind == Owner.INCIDENT else ""


def _good(before: dict[str, Written], framed: bool) -> set[str]:
    """The written pages of an incident that a newer bulletin leaves as they are: all before its last one.

    Of the last one too its alert and its citation, which lead to no other.
    """
    numbers = {address: written.number_of(address) or 0 for address in before}
    last = max(numbers.values(), default=0)
    return {
        address
        for address, number in numbers.items()
        if framed and number and (number < last or address.endswith(written.ALONE))
    }


def _note_day(session: Session, book: Book) -> None:
    """What says how things are today, of what is written."""
    there = book.things()
    counting = written_things.going_on(session) | written_things.asked_about(session)
    going_on = {record_key(Owner.INCIDENT, key) for key in counting}
    daily = {thing for thing in there if thing.startswith((f"{Owner.SYSTEM}/", f"{Owner.LETTER}/"))}
    book.ask([written.FRONT, written.LETTERS], LATEST)
    book.ask(daily | (going_on & there), AROUND)
