"""What is wrong with an installation, and how to mend it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

import portal.tables  # noqa: F401 - the rooms' models say which tables are append-only
from portal import schema, services
from portal.core import audit, calendar, clock, fonts, jobs, made_by, signing, triggers, wareki
from portal.core.db import Database, sqlite_module, wal_is_safe
from portal.core.settings import Settings, SettingsError, Surface
from portal.core.signing_keys import SAMPLE_ROOT
from portal.letters.queries import whole_tree
from portal.web.language import TRANSLATIONS

ENOUGH_BYTES = 500_000_000
LATE = timedelta(minutes=10)
CALENDAR_AHEAD = timedelta(days=calendar.AHEAD_DAYS)


@dataclass(frozen=True)
class Finding:
    """One thing looked at; ``mend`` says what to do when it is not well."""

    ok: bool
    what: str
    mend: str = ""


Check = Callable[[Settings], Iterator[Finding]]


def examine(settings: Settings) -> list[Finding]:
    """Look at everything; a check that cannot run is a finding itself."""
    findings: list[Finding] = []
    for check in _CHECKS:
        try:
            findings.extend(check(settings))
        except (OSError, SQLAlchemyError, ValueError, RuntimeError, LookupError) as error:
            findings.append(Finding(False, f"{check.__name__[1:]}: {type(error).__name__}", "Run `kaiji setup`."))
    return findings


def _sqlite(settings: Settings) -> Iterator[Finding]:
    if not settings.database_url.startswith("sqlite"):
        return
    version = sqlite_module().sqlite_version
    yield Finding(
        wal_is_safe(),
        f"SQLite {version}" + ("" if wal_is_safe() else " has the WAL-reset bug; the slower rollback journal is used"),
        "Install the wheel `pysqlite3` for this platform, or a system SQLite of 3.51.3 or newer.",
    )


def _keys(settings: Settings) -> Iterator[Finding]:
    folder = settings.keys
    yield Finding((folder / services.WEB_KEY).is_file(), "web key", "Run `kaiji keys init`.")
    loose = [path.name for path in folder.glob("*") if path.is_file() and path.stat().st_mode & 0o077]
    private = [name for name in loose if not name.endswith(".pub") and name != SAMPLE_ROOT]
    yield Finding(not private, f"key files are readable by their owner alone{_list(private)}", f"chmod 400 {folder}/*")
    try:
        services.build(settings)
        yield Finding(True, "keys open")
    except (OSError, ValueError, RuntimeError) as error:
        yield Finding(False, f"keys do not open: {type(error).__name__}", "Restore the keys from their backup.")


def _signing(settings: Settings) -> Iterator[Finding]:
    """Nothing is asked over the network: `kaiji letters key show --ask` asks the time-stamp service."""
    mend = "See docs/signing.md"
    try:
        anchors, seal = signing.anchors(settings), signing.seal(settings)
        yield Finding(True, f"letters show {'a seal' if seal else '（公印省略）'}")
        found = None if settings.surface is Surface.PUBLIC else signing.signer(settings)
    except (signing.CannotSign, SettingsError) as error:
        yield Finding(
            False,
            f"signing of letters: {getattr(error, 'reason', '') or error}",
            "Run `kaiji setup`, or see docs/signing.md.",
        )
        return
    if found is None:
        yield Finding(True, "letters are not signed here")
        return
    left = found.certificate.days_left(clock.day_in_japan(clock.now()))
    yield Finding(
        left > signing.WARN_DAYS,
        f"letters are signed with {'a sample key' if found.sample else found.certificate.subject}, {left} days left",
        f"Order a new certificate. {mend}.",
    )
    yield Finding(
        found.leads_to(anchors, at=clock.now()),
        "the certificate leads to a trusted root",
        f"KAIJI_SIGNING_ANCHORS must hold its root, and the key file the certificates between. {mend}.",
    )


def _database(settings: Settings) -> Iterator[Finding]:
    database = Database(settings.database_url)
    found, needed = schema.current(database), schema.head()
    yield Finding(found == needed, f"schema {found or 'missing'} (needed: {needed})", "Run `kaiji db upgrade`.")
    if found != needed:
        return
    with database.session(write=False) as session:
        lost = triggers.missing(session)
        yield Finding(
            not lost,
            f"append-only triggers are in place{_list(lost)}",
            "Restore the database, or re-create the triggers.",
        )
        report = audit.verify(session)
        yield Finding(report.ok, f"audit chain, {report.entries} entries {report.reason}", "Restore the database.")
        record = whole_tree.verify(session)
        yield Finding(
            record.ok, f"record of issued letters, {record.size} entries {record.reason}", "Restore the database."
        )
        counts = jobs.counts(session)
        dead = counts.get("dead", 0)
        yield Finding(dead == 0, f"{dead} dead jobs", "Look at them under /staff/jobs and try them again.")
        limit = clock.now() - LATE
        oldest = session.scalar(
            select(jobs.Job.due_at).where(jobs.Job.state == "queued").order_by(jobs.Job.due_at).limit(1)
        )
        late = oldest is not None and oldest < limit
        yield Finding(not late, "jobs are done in time", "Start a worker: `kaiji worker`.")


def _fonts(_settings: Settings) -> Iterator[Finding]:
    missing = fonts.missing()
    yield Finding(
        not missing,
        f"fonts for letters{_list(missing)}",
        "apt-get install fonts-morisawa-bizud-mincho fonts-morisawa-bizud-gothic fonts-ipamj-mincho fonts-noto-cjk",
    )


def _catalogues(_settings: Settings) -> Iterator[Finding]:
    for source in sorted(TRANSLATIONS.glob("*/LC_MESSAGES/messages.po")):
        made = source.with_suffix(".mo")
        fresh = made.exists() and made.stat().st_mtime >= source.stat().st_mtime
        yield Finding(fresh, f"texts of language {source.parts[-3]}", "Run `make run` once: it compiles them.")


def _disk(settings: Settings) -> Iterator[Finding]:
    settings.home.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(settings.home).free
    yield Finding(free > ENOUGH_BYTES, f"{free // 1_000_000} MB free on the disk", "Make room on the disk.")


def _address(settings: Settings) -> Iterator[Finding]:
    local = urlsplit(settings.public_url).hostname in ("127.0.0.1", "localhost", "::1")
    yield Finding(
        settings.secure or local,
        f"public address {settings.public_url}",
        "Put the site behind TLS and set KAIJI_PUBLIC_URL to https://…",
    )


def _calendar(_settings: Settings) -> Iterator[Finding]:
    until = clock.day_in_japan(clock.now()) + CALENDAR_AHEAD
    yield Finding(calendar.covers(until), f"holidays are known until {until}", f"Extend {calendar.TABLE}.")
    era = wareki.eras()[-1]
    yield Finding(era.last >= until, f"the era {era.name} is known until {until}", f"Add an era to {wareki.TABLE}.")


def _index(settings: Settings) -> Iterator[Finding]:
    from search.operations import health, outgrown  # the index is looked at only here

    problem = health(settings)
    yield Finding(not problem, f"search index {problem}".strip(), "Run `kaiji search rebuild`.")
    if many := outgrown(settings):
        remedy = "Set KAIJI_SEARCH_ENGINE=tantivy or move to PostgreSQL, then run `kaiji search rebuild`."
        yield Finding(False, f"search index has outgrown Whoosh: {many}", remedy)


def _pages(settings: Settings) -> Iterator[Finding]:
    """Of an installation that has written pages: whether they are of this version, and of what is published."""
    from content.operations import page_book  # the pages are looked at only here
    from content.queries import revision

    if not (settings.published_folder / page_book.NAME).is_file():
        return
    with page_book.opened(settings.published_folder) as book:
        made, noted, waiting = book.said("made_by"), int(book.said("revision") or 0), book.waiting()
    yield Finding(
        made == made_by.mark(settings),
        "written pages are of this version and these settings",
        "Run `kaiji pages write --all`, or let the worker do so.",
    )
    with Database(settings.database_url).session(write=False) as session:
        current = revision.current(session)
    late = current is not None and (noted < current.number or waiting > 0) and current.changed_at < clock.now() - LATE
    behind = f"{noted} of {current.number if current else 0}, {waiting} things waiting"
    yield Finding(
        not late, f"written pages: revision {behind}", "Start a worker: `kaiji worker`, or run `kaiji pages write`."
    )


def _files(settings: Settings) -> Iterator[Finding]:
    """Whether a file that anybody can download looks as if it held a personal number."""
    from content.queries import stored_files  # published files are looked at only here

    with Database(settings.database_url).session(write=False) as session:
        shown = stored_files.refused(session)
    if shown:
        remedy = f"Look at the files of these bulletins and withdraw them: {', '.join(shown)}."
        yield Finding(False, f"published files that look as if they held a personal number: {len(shown)}", remedy)


_CHECKS: tuple[Check, ...] = (
    _sqlite, _keys, _signing, _database, _fonts, _catalogues, _disk, _address, _calendar, _index, _pages, _files,
)  # fmt: skip


def _list(names: list[str]) -> str:
    return f": missing or wrong {', '.join(names)}" if names else ""
