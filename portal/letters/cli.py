"""``kaiji letters``: checking characters, letters and the public tree; making a letter again; keys."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any

import click
from sqlalchemy.orm import Session

from portal.core import clock, fonts, vault
from portal.core.actor import SYSTEM
from portal.core.db import Database
from portal.core.errors import KaijiError
from portal.core.names import graphemes
from portal.core.settings import Settings, SettingsError
from portal.letters import verification
from portal.letters.draft import TreeHead
from portal.letters.keys_cli import key_cli
from portal.letters.operations.remade import remake_letter
from portal.letters.queries import register, whole_tree
from portal.letters.queries.register import Registered
from portal.letters.verification import Outcome, Result
from portal.web.commands import json_option, print_json


@click.group("letters")
def letters_cli() -> None:
    """Letters: characters, verification, the public record, keys."""


letters_cli.add_command(key_cli)


@contextmanager
def _plainly(*, write: bool) -> Iterator[tuple[Settings, Session]]:
    """The settings and one transaction; what goes wrong ends the command in plain words."""
    try:
        settings = Settings.from_env()
        with Database(settings.database_url).session(write=write) as session:
            yield settings, session
    except (SettingsError, KaijiError) as error:
        raise click.ClickException(str(error)) from None


@letters_cli.command()
@click.argument("text")
@json_option
def check(text: str, as_json: bool) -> None:
    """Say which font draws which part of TEXT, and what no font has; ``-`` reads standard input."""
    if text == "-":
        text = sys.stdin.buffer.read().decode("utf-8", "replace").removesuffix("\n")
    names = {face.key: face.postscript for face in reversed(fonts.FACES)}
    missing = [
        {"cluster": p.cluster, "codepoints": list(p.codepoints), "reason": p.reason} for p in fonts.problems(text)
    ]
    lost = {problem["cluster"] for problem in missing}
    stretches = ("".join(part) for gone, part in groupby(graphemes(text), key=lost.__contains__) if not gone)
    runs = [{"text": run, "font": names[key]} for stretch in stretches for key, run in fonts.runs(stretch)]
    if as_json:
        print_json({"ok": not missing, "runs": runs, "missing": missing})
    else:
        for run in runs:
            click.echo(f"{run['font']:<24} {run['text']}")
        for problem in missing:
            click.echo(f"{' '.join(problem['codepoints'])}  {problem['reason']}")
    sys.exit(1 if missing else 0)


@letters_cli.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@json_option
def verify(file: Path, as_json: bool) -> None:
    """Say whether FILE is one of our letters, unchanged; ends with status 1 when it is not."""
    with _plainly(write=False) as (settings, session):
        with file.open("rb") as opened:
            data = opened.read(verification.MOST_BYTES + 1)
        result = verification.judge(session, verification.examine(data, settings=settings))
    if as_json:
        print_json(_shown(result))
    else:
        click.echo(result.outcome.value)
        if result.letter is not None:
            click.echo(f"  {result.letter.letter.number}, {result.letter.letter.issued_on}, {_standing(result.letter)}")
    sys.exit(0 if result.outcome is Outcome.GENUINE else 1)


@letters_cli.command()
@click.argument("number")
@click.option("--year", type=int, help="The fiscal year; by default the newest that has the number.")
@json_option
def remake(number: str, year: int | None, as_json: bool) -> None:
    """Make the letter NUMBER again from what is kept, and say whether the bytes are the same. Needs the office's keys.

    Ends with status 1 when they differ. The look is recorded in the journal.
    """
    with _plainly(write=True) as (settings, session):
        found = [row for row in register.by_number(session, number) if year in (None, row.fiscal_year)]
        if not found:
            raise click.ClickException(f"There is no letter {number}.")
        try:
            office = vault.load_office(settings.keys)
        except (OSError, ValueError) as error:
            raise click.ClickException(f"The office's keys do not open: {error}") from None
        made = remake_letter(session, found[0], vault=office, by=SYSTEM, at=clock.now())
    if as_json:
        print_json({"number": number, "fiscal_year": found[0].fiscal_year, **vars(made)})
    else:
        click.echo("same" if made.same else "different")
        click.echo(f"  made with  {made.engine_then}\n  today      {made.engine_now}")
        if not made.kept_is_registered:
            click.echo("  The file that is kept is not the one that was registered.")
    sys.exit(0 if made.same and made.kept_is_registered else 1)


@letters_cli.group("tree")
def tree_cli() -> None:
    """The public record of issued letters."""


@tree_cli.command("verify")
@click.option("--head", metavar="SIZE:ROOT", help="A head that was kept; the record must begin with it.")
@json_option
def verify_tree(head: str | None, as_json: bool) -> None:
    """Recompute the whole record; ends with status 1 when something does not fit."""
    kept = _kept(head) if head else None
    with _plainly(write=False) as (_settings, session):
        report = whole_tree.verify(session, kept)
    if as_json:
        print_json({"ok": report.ok, **vars(report)})
    else:
        click.echo(f"{report.size} entries, root {report.root}" if report.ok else f"Broken: {report.reason}")
    sys.exit(0 if report.ok else 1)


def _kept(text: str) -> TreeHead:
    size, _, root = text.partition(":")
    if not (size.isascii() and size.isdigit()) or len(root) != 64 or set(root.lower()) - set("0123456789abcdef"):
        raise click.BadParameter("Write it as SIZE:ROOT, as the page /transparency shows it.", param_hint="--head")
    return TreeHead(int(size), root.lower())


def _standing(found: Registered) -> str:
    if found.standing is None:
        return "in force"
    if found.successor is None:
        return f"withdrawn on {found.standing.since}"
    return f"replaced by {found.successor.number} on {found.standing.since}"


def _shown(result: Result) -> dict[str, Any]:
    verdict, letter, proof = result.findings.verdict, result.letter, result.proof
    return {
        "outcome": result.outcome.value,
        "sha256": result.findings.sha256,
        "bytes": result.findings.size,
        "letter": letter
        and {
            "number": letter.letter.number,
            "issued_on": letter.letter.issued_on,
            "kind": letter.letter.kind,
            "signed": letter.letter.signed,
            "standing": _standing(letter),
        },
        "numbers": [row.number for row in result.named],
        "signature": verdict
        and {
            "valid": verdict.valid,
            "sample": verdict.sample,
            "signed_at": verdict.signed_at,
            "subject": verdict.subject,
            "reason": verdict.reason,
        },
        "tree": proof and {"index": proof.index, "size": proof.size, "root": proof.root},
    }
