"""The commands ``kaiji discrepancy …``."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from content.rules.municipalities import all_places
from discrepancy.operations.folder import files_of
from discrepancy.operations.link_cases import Linked
from discrepancy.operations.load_bodies import load_bodies
from discrepancy.operations.take_in import examine_files, read_files, take_in, unpack
from discrepancy.rules.register import listed
from discrepancy.rules.report_sheet import SHEET
from portal.core import clock
from portal.core.actor import SYSTEM
from portal.core.db import Database
from portal.core.errors import Invalid
from portal.core.keyfiles import KeyFileError
from portal.core.settings import Settings, SettingsError
from portal.core.vault import load_office
from portal.web.commands import json_option, print_json


@click.group("discrepancy")
def discrepancy_cli() -> None:
    """Discrepancy reports between bodies."""


def load(database: Database) -> int:
    """Bring the register of bodies up to the lists, in one transaction; returns how many bodies were touched."""
    with database.session(write=True) as session:
        return load_bodies(session, listed(all_places()), by=SYSTEM, at=clock.now())


@discrepancy_cli.command("load-bodies")
@json_option
def load_bodies_command(as_json: bool) -> None:
    """Load the register of bodies; a second time changes nothing, and desks stay as they are."""
    try:
        database = Database(Settings.from_env().database_url)
    except SettingsError as error:
        click.echo(f"kaiji: {error}", err=True)
        sys.exit(2)
    touched = load(database)
    if as_json:
        print_json({"touched": touched})
    else:
        click.echo(f"{touched} bodies added or changed")


@discrepancy_cli.command("import")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--look", is_flag=True, help="Only say what is wrong where; take nothing in.")
@json_option
def import_command(folder: Path, look: bool, as_json: bool) -> None:
    """Take in the reports (.xlsx, .zip) of FOLDER: all of them, or none where anything is wrong with any."""
    settings = Settings.from_env()
    try:
        office = load_office(settings.keys)
        read = read_files(unpack(files_of(folder)))
    except (KeyFileError, OSError) as error:
        raise click.ClickException(str(error)) from None
    except Invalid as error:
        raise click.ClickException(_told(error.message, error.params)) from None
    database = Database(settings.database_url)
    with database.session(write=not look) as session:
        found = examine_files(session, read, by=SYSTEM, at=clock.now())
        faults = [fault for one in found for fault in one.faults]
        made = []
        if not faults and not look:
            made = take_in(session, read, vault=office, by=SYSTEM, at=clock.now())
    if as_json:
        rows = [
            {"file": one.file, "sheet": SHEET, "cell": one.cell, "said": _told(one.message, one.params)}
            for one in faults
        ]
        cases = [
            {"file": one.file, "cases": [case.number for case in one.linked.cases], "made": one.linked.made}
            for one in made
        ]
        print_json({"files": len(read), "taken_in": len(made), "faults": rows, "cases": cases})
    else:
        for one in faults:
            click.echo(f"{one.file}\t{SHEET}\t{one.cell or '-'}\t{_told(one.message, one.params)}")
        for taken in made:
            click.echo(f"{taken.file}\t{_cases(taken.linked)}")
        click.echo(f"{len(read)} files, {len(faults)} faults, {len(made)} taken in")
    sys.exit(1 if faults else 0)


def _cases(linked: Linked) -> str:
    """To which cases a report was put."""
    numbers = ", ".join(case.number for case in linked.cases)
    if not numbers:
        return f"no case: {_told(linked.why, linked.params)}"
    return f"cases made: {numbers}" if linked.made else f"cases: {numbers}"


def _told(message: str, params: Mapping[str, object]) -> str:
    return message % params if params else message
