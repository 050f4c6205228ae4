"""The command line ``kaiji``: each room brings its own group; here are the building's commands."""

from __future__ import annotations

import sys
from typing import NoReturn

import click
from flask import Flask
from flask.cli import FlaskGroup

from portal.core.keyfiles import KeyFileError
from portal.core.settings import Settings, SettingsError
from portal.web.commands import json_option, print_json

MARKS = {True: "ok  ", False: "BAD "}


def _create() -> Flask:
    chosen = Settings.from_env()  # a wrong setting is said at once
    from portal.app import create_app  # the application is loaded only by commands that need it

    return create_app(chosen)


class Kaiji(FlaskGroup):
    """The root command; it loads a room's group when that is asked for. So the words about it stand here too."""

    ROOMS: dict[str, tuple[str, str, str]] = {  # noqa: RUF012 - a constant
        "archive": ("content.cli", "archive_cli", "The archive."),
        "accounts": ("portal.accounts.cli", "accounts_cli", "Staff accounts."),
        "bundle": ("content.bundle_cli", "bundle_cli", "The whole record as files that need no server."),
        "calendar": ("portal.web.calendar_cli", "calendar_cli", "The tables of holidays and eras."),
        "clock": (
            "disclosure.clock_cli",
            "clock",
            "Say when the period CODE (D1, D2, …) ends, and how that day is counted.",
        ),
        "discrepancy": ("discrepancy.cli", "discrepancy_cli", "Discrepancy reports between bodies."),
        "disclosure": ("disclosure.cli", "disclosure_cli", "Requests for one's own records."),
        "law": ("disclosure.law_cli", "law_cli", "Regimes, periods, grounds, remedies and fees, with their sources."),
        "letters": ("portal.letters.cli", "letters_cli", "Letters: characters, verification, the public record, keys."),
        "pages": ("content.pages_cli", "pages_cli", "The public pages as files, for a web server in front."),
        "search": ("search.cli", "search_cli", "Find published things; build and check the index."),
    }
    # Rooms say by themselves which issued letters they keep.
    KEEPERS = ("content.letters.kept", "disclosure.letters.kept")

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*self.commands, *self.ROOMS})

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name in self.ROOMS:
            from importlib import import_module

            for keeper in self.KEEPERS if name == "letters" else ():
                import_module(keeper)
            module, attribute, _words = self.ROOMS[name]
            group: click.Command = getattr(import_module(module), attribute)
            return group
        return self.commands.get(name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        words = {name: row[2] for name, row in self.ROOMS.items()}
        room = formatter.width - 6 - max(map(len, self.list_commands(ctx)))
        words |= {name: command.get_short_help_str(room) for name, command in self.commands.items()}
        with formatter.section("Commands"):
            formatter.write_dl(sorted(words.items()))


cli = Kaiji(
    name="kaiji",
    create_app=_create,
    add_default_commands=False,
    add_version_option=False,
    set_debug_flag=False,
    help="Kaiji 開示: transparency portal and disclosure requests.",
)
cli.params = [option for option in cli.params if option.name == "env_file_never"]


def settings() -> Settings:
    """The environment's settings; ends the command with plain words when they are wrong."""
    try:
        return Settings.from_env()
    except SettingsError as error:
        fail(str(error))


def fail(message: str) -> NoReturn:
    """End with a message on standard error and status 2."""
    click.echo(f"kaiji: {message}", err=True)
    sys.exit(2)


@cli.command(with_appcontext=False)
@click.option("--worker/--no-worker", default=True, help="Also run the background worker (default).")
def serve(worker: bool) -> None:
    """Serve the site, with its worker."""
    from portal import serve as server

    chosen = settings()
    if server.port_is_taken(chosen):
        fail(f"Port {chosen.port} is in use. Stop what listens there, or choose another: make run PORT=8001")
    sys.exit(server.serve(chosen, worker=worker))


@cli.command(with_appcontext=False)
@click.option("--once", is_flag=True, help="Do what is due now, then end.")
def worker(once: bool) -> None:
    """Run the background worker alone."""
    # The rooms' handlers register themselves.
    import content.jobs  # noqa: F401 - registers its handlers
    import disclosure.jobs  # noqa: F401 - the same
    import discrepancy.jobs  # noqa: F401
    import search.jobs  # noqa: F401
    from portal import services
    from portal.core import log
    from portal.worker import Worker

    chosen = settings()
    log.configure(chosen.log_level)
    runner = Worker(services.build(chosen))
    if once:
        click.echo(f"{runner.drain()} jobs done")
    else:
        runner.run()


@cli.command(with_appcontext=False)
def setup() -> None:
    """Make keys, bring the database up to date, load the archive, build the index, add samples. Skips what is done."""
    from portal.setup import run

    run(settings(), say=click.echo)


@cli.command(with_appcontext=False)
@json_option
def doctor(as_json: bool) -> None:
    """Say what is wrong with this installation and how to mend it."""
    chosen = settings()
    from portal.doctor import examine

    findings = examine(chosen)
    if as_json:
        print_json([vars(finding) for finding in findings])
    else:
        for finding in findings:
            click.echo(f"{MARKS[finding.ok]} {finding.what}" + ("" if finding.ok else f"\n     → {finding.mend}"))
    sys.exit(0 if all(finding.ok for finding in findings) else 1)


@cli.command(with_appcontext=False)
def demo() -> None:
    """Add sample staff and sample cases, marked as samples; prints the sample passwords once."""
    from portal.demo import add
    from portal.services import build

    add(build(settings()), say=click.echo)


@cli.group(cls=click.Group)
def db() -> None:
    """The database's schema."""


@db.command()
def upgrade() -> None:
    """Bring the schema to this version."""
    from portal import schema
    from portal.core.db import Database

    database = Database(settings().database_url)
    schema.upgrade(database)
    click.echo(f"schema {schema.current(database)}")


@db.command()
@json_option
def status(as_json: bool) -> None:
    """Show the schema's revision and the one that this version needs."""
    chosen = settings()
    from portal import schema
    from portal.core.db import Database

    found = {"current": schema.current(Database(chosen.database_url)), "head": schema.head()}
    if as_json:
        print_json(found)
    else:
        click.echo(f"current {found['current'] or 'none'}, needed {found['head']}")
    sys.exit(0 if found["current"] == found["head"] else 1)


@cli.group(cls=click.Group)
def numbers() -> None:
    """Numbers that must not be written down."""


@numbers.command()
@click.argument("text")
@json_option
def scan(text: str, as_json: bool) -> None:
    """Look for personal numbers in TEXT, or in standard input when TEXT is ``-``."""
    from portal.core import detectors

    if text == "-":
        text = sys.stdin.buffer.read().decode("utf-8", "replace")
    found = detectors.scan(text)
    findings = [
        {"rule": f.rule, "start": f.start, "length": f.length, "severity": str(f.severity)} for f in found.findings
    ]
    if as_json:
        print_json({"verdict": str(found.verdict), "findings": findings})
    else:
        click.echo(str(found.verdict))
        for finding in findings:
            click.echo("  {severity} {rule} at {start}, {length} characters".format(**finding))
    sys.exit(1 if found.verdict == "block" else 0)


@cli.group(cls=click.Group)
def audit() -> None:
    """The record of who did what."""


@audit.command()
@json_option
def verify(as_json: bool) -> None:
    """Recompute the whole chain; ends with status 1 when it is broken."""
    from portal.core import audit as chain
    from portal.core.db import Database

    with Database(settings().database_url).session(write=False) as session:
        report = chain.verify(session)
    if as_json:
        print_json({"ok": report.ok, **vars(report)})
    else:
        click.echo(
            f"{report.entries} entries, head {report.head}"
            if report.ok
            else f"Broken at entry {report.broken_at}: {report.reason}"
        )
    sys.exit(0 if report.ok else 1)


@cli.group(cls=click.Group)
def keys() -> None:
    """The back office's keys."""


@keys.command("init")
def keys_init() -> None:
    """Make the keys that are missing."""
    from portal.services import make_keys

    click.echo("keys made" if make_keys(settings()) else "keys are there")


@keys.command("rotate")
def keys_rotate() -> None:
    """Make a new office key and wrap every case's key for it."""
    from disclosure.operations.rotate_keys import rotate
    from discrepancy.operations.rotate_keys import rewrap
    from portal.core import clock, vault
    from portal.core.actor import SYSTEM
    from portal.services import build

    chosen = settings()
    vault.add_office_key(chosen.keys)
    building = build(chosen)
    with building.database.session(write=True) as session:
        count = rotate(session, vault=building.office, by=SYSTEM, at=clock.now()) + rewrap(session, building.office)
    click.echo(f"{count} case keys wrapped for the new key")


@keys.command("list")
@json_option
def keys_list(as_json: bool) -> None:
    """List the office's keys: id, whether it is the newest."""
    from portal.core import vault

    found = vault.list_office_keys(settings().keys)
    if as_json:
        print_json(found)
    else:
        for key in found:
            click.echo(f"{key['id']} {'newest' if key['newest'] else 'old'}")


def main() -> None:
    """The console script; what a person can mend is said in a line, not in a traceback."""
    try:
        cli.main(prog_name="kaiji")
    except (SettingsError, KeyFileError) as error:
        fail(str(error))


if __name__ == "__main__":
    main()
