"""The law as the tables have it, on the command line."""

from __future__ import annotations

from datetime import date

import click
from flask.cli import AppGroup

from disclosure.rules import law
from portal.core import clock
from portal.core.errors import KaijiError
from portal.core.law_tables import OWN
from portal.core.wareki import parse_day
from portal.web.commands import json_option, print_json

law_cli = AppGroup("law", help="Regimes, periods, grounds, remedies and fees, with their sources.")


@law_cli.command("list", with_appcontext=False)
@click.option("--regime", type=click.Choice(law.codes()), help="Only what belongs to this regime.")
@click.option("--day", default="", help="The law of this day (wareki or ISO); by default today's.")
@json_option
def list_law(regime: str | None, day: str, as_json: bool) -> None:
    """List what is in force and what is to come; what the organisation must confirm is marked."""
    rows = law.law(_day(day), regime=regime or "")
    if as_json:
        print_json([row.plain() for row in rows])
        return
    for row in rows:
        marks = " [to come]" * row.to_come + f" [to be confirmed: {', '.join(row.unconfirmed)}]" * bool(row.unconfirmed)
        value = row.value_en.splitlines()[0] if row.value_en else ""
        click.echo(f"{row.part:<7} {row.code:<18} {row.effective_from}  {row.name_en}: {value}  {row.article}{marks}")
    for own in OWN:
        click.echo(f"own row  {own.file} [[{own.array}]] {own.where or 'new'}: {', '.join(own.values)}")
    click.echo(f"{len(rows)} rows")


def _day(text: str) -> date:
    if not text:
        return clock.day_in_japan(clock.now())
    try:
        return parse_day(text)
    except (KaijiError, ValueError) as error:
        raise click.ClickException(str(error)) from None
