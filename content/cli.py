"""The commands ``kaiji archive …``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from content.operations.import_archive import Plan, import_archive, plan, table_of
from content.operations.load_archive import Loaded, load_archive
from content.operations.load_municipalities import load_municipalities
from content.rules.archive.errors import ArchiveError
from content.rules.archive.reading import read_archive
from content.rules.municipalities import all_places
from portal.core import clock
from portal.core.actor import SYSTEM
from portal.core.db import Database
from portal.core.errors import Invalid
from portal.core.settings import Settings, SettingsError
from portal.web.commands import json_option, print_json

FOLDER = Path(__file__).parent / "archive"


@click.group("archive")
def archive_cli() -> None:
    """The archive."""


def load(database: Database, folder: Path = FOLDER) -> Loaded:
    """Read the archive in ``folder`` and load it with the names of municipalities, in one transaction.

    Raises ArchiveError.
    """
    archive = read_archive(folder)
    with database.session(write=True) as session:
        at = clock.now()
        places = load_municipalities(session, all_places(), by=SYSTEM, at=at)
        loaded = load_archive(session, archive, by=SYSTEM, at=at)
        loaded.added += places
        return loaded


@archive_cli.command("load")
@click.option(
    "--folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=FOLDER, help="Its folder."
)
@json_option
def load_command(folder: Path, as_json: bool) -> None:
    """Load the archive; a second time changes nothing."""
    try:
        database = Database(Settings.from_env().database_url)
        loaded = load(database, folder)
    except SettingsError as error:
        click.echo(f"kaiji: {error}", err=True)
        sys.exit(2)
    except ArchiveError as error:
        if as_json:
            click.echo(json.dumps({"file": error.file, "key": error.key, "problem": error.problem}, ensure_ascii=False))
        else:
            click.echo(f"kaiji: {error}", err=True)
        sys.exit(1)
    if as_json:
        counts = {"added": loaded.added, "changed": loaded.changed, "dropped": loaded.dropped}
        print_json({**counts, "touched": sorted(loaded.touched)})
    elif loaded.anything:
        click.echo(f"archive: {loaded.added} rows added, {loaded.changed} changed, {loaded.dropped} dropped")
    else:
        click.echo("archive: nothing to change")


@archive_cli.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would change and what is refused; change nothing.")
@json_option
def import_command(file: Path, dry_run: bool, as_json: bool) -> None:
    """Take in another archive from FILE (CSV, XLSX or JSON): all of it, or nothing where a row is refused."""
    try:
        database = Database(Settings.from_env().database_url)
        table = table_of(file.read_bytes(), file.name)
        with database.session(write=False) as session:
            found = plan(session, table, at=clock.now())
        if not found.faults and not dry_run:
            with database.session(write=True) as session:
                found = import_archive(session, table, by=SYSTEM, at=clock.now())
    except SettingsError as error:
        click.echo(f"kaiji: {error}", err=True)
        sys.exit(2)
    except Invalid as error:
        click.echo(f"kaiji: {file.name}: {error}", err=True)
        sys.exit(1)
    if as_json:
        print_json(summary(found))
    else:
        for line in told(found, dry_run=dry_run):
            click.echo(line)
    if found.faults:
        sys.exit(1)


def summary(found: Plan) -> dict[str, object]:
    """What an import changes, for programs."""
    return {
        "new_incidents": [one.record.key for one in found.new],
        "grown_incidents": [one.record.key for one in found.grown],
        "unchanged_incidents": found.unchanged,
        "bulletins": found.bulletins,
        "facts": found.facts,
        "sources": list(found.sources),
        "refused": [
            {
                "row": fault.row,
                "cell": f"{fault.column}{fault.row}" if fault.column else None,
                "column": fault.heading or None,
                "message": fault.message % dict(fault.params) if fault.params else fault.message,
            }
            for fault in found.faults
        ],
    }


def told(found: Plan, *, dry_run: bool) -> Iterator[str]:
    """The same for people, a line each."""
    for fault in found.faults:
        place = f"row {fault.row}" + (f", {fault.column}" if fault.column else "")
        message = fault.message % dict(fault.params) if fault.params else fault.message
        yield f"{place}{f' ({fault.heading})' if fault.heading else ''}: {message}"
    for head, group in (("new", found.new), ("further bulletins", found.grown)):
        for one in group:
            yield f"{head}: {one.record.key} ({len(one.record.bulletins)} bulletins)"
    if found.faults:
        yield f"refused: {found.refused_rows} rows; nothing was taken in"
    counts = f"{len(found.new)} new incidents, {len(found.bulletins)} bulletins, {found.facts} facts"
    yield f"{'would take in' if dry_run or found.faults else 'taken in'}: {counts}; {len(found.unchanged)} unchanged"
