"""Sets an installation up, step by step; a step that is done is skipped, so that it can run at every start."""

from __future__ import annotations

from collections.abc import Callable

import content.jobs  # noqa: F401 - registers the records that are searched
from content.cli import load
from content.rules.archive.errors import ArchiveError
from discrepancy.cli import load as load_bodies
from portal import demo, schema, services
from portal.core import signing
from portal.core.db import Database
from portal.core.settings import Settings, Surface
from search import operations
from search.engines import engine
from search.sources import SOURCES

Say = Callable[[str], None]


def run(settings: Settings, say: Say) -> None:
    """Keys, schema, archive, index, samples; each says in one line what it did."""
    settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    say("Keys: made." if services.make_keys(settings) else "Keys: there.")
    _letters(settings, say)
    database = Database(settings.database_url)
    try:
        _schema(database, say)
        _archive(database, say)
        _bodies(database, say)
        _index(settings, database, say)
    finally:
        database.close()
    _people(settings, say)
    say(f"Ready: {settings.public_url}/ for everybody, {settings.public_url}/staff/sign-in for staff.")


def _letters(settings: Settings, say: Say) -> None:
    """With which key letters are signed; a key that does not open stops no other part of the site."""
    if settings.surface is Surface.PUBLIC:
        return
    try:
        found = signing.signer(settings)
    except signing.CannotSign as error:
        say(f"Letters: cannot be signed. {error.reason}")
        return
    if found is None:
        say("Letters: not signed (KAIJI_SIGNING=none).")
    elif found.sample:
        say("Letters: signed with a sample key.")
    else:
        say(f"Letters: signed by {found.certificate.subject}.")


def _schema(database: Database, say: Say) -> None:
    if schema.current(database) == schema.head():
        say("Database: up to date.")
        return
    schema.upgrade(database)
    say(f"Database: brought to {schema.current(database)}.")


def _archive(database: Database, say: Say) -> None:
    try:
        loaded = load(database)
    except ArchiveError as error:
        # A site that has published the archive before goes on with what it published.
        say(f"Archive: left as it is. {error}")
        return
    if loaded.anything:
        say(f"Archive: {loaded.added} rows added, {loaded.changed} changed, {loaded.dropped} dropped.")
    else:
        say("Archive: loaded before.")


def _bodies(database: Database, say: Say) -> None:
    touched = load_bodies(database)
    say(f"Bodies: {touched} added or changed." if touched else "Bodies: up to date.")


def _index(settings: Settings, database: Database, say: Say) -> None:
    backend = engine(settings)
    before = backend.stats()
    difference = operations.heal(database, SOURCES, backend)
    after = backend.stats()
    if not before.ready:
        say(f"Search: index built, {after.records} records.")
    elif difference or before.records != after.records:
        say(f"Search: index brought up to date, {after.records} records.")
    else:
        say("Search: index is up to date.")


def _people(settings: Settings, say: Say) -> None:
    """Samples on a first start; without samples the first administrator is made by a command."""
    if settings.surface is Surface.PUBLIC:
        return
    building = services.build(settings)
    try:
        with building.database.session(write=False) as session:
            there = demo.any_accounts(session)
        if there:
            say("Accounts: there.")
        elif settings.sample:
            demo.add(building, say)
        else:
            say("Accounts: none yet. Make the first one with `kaiji accounts create --help`.")
    finally:
        building.database.close()
