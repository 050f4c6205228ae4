"""The commands ``kaiji archive …``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from content.operations.load_archive import Loaded, load_archive
from content.operations.load_municipalities import load_municipalities
from content.rules.archive.errors import ArchiveError
from content.rules.archive.reading import read_archive
from content.rules.municipalities import all_places
from portal.core import clock
from portal.core.actor import SYSTEM
from portal.core.db import Database
from portal.core.settings import Settings, SettingsError
from portal.web.commands import json_option, print_json

FOLDER = Path(__file__).parent / "archive"


@click.group("archive")
def archive_cli() -> None:
    """The archive of 2015-2017."""


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
