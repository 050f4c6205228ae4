"""The command ``kaiji calendar``: how far the tables of holidays and eras reach."""

from __future__ import annotations

import sys

import click

from portal.core import calendar, clock, wareki
from portal.web.commands import json_option, print_json


@click.group("calendar")
def calendar_cli() -> None:
    """The tables of holidays and eras."""


@calendar_cli.command("check")
@click.option("--days", default=calendar.AHEAD_DAYS, show_default=True, help="How many days ahead must be covered.")
@json_option
def check(days: int, as_json: bool) -> None:
    """Say until when holidays and eras are known; ends with status 1 when that is too soon."""
    today = clock.day_in_japan(clock.now())
    era = wareki.eras()[-1]
    known = {"holidays": calendar.last_day(), "eras": era.last}
    left = {name: (day - today).days for name, day in known.items()}
    ok = all(number >= days for number in left.values())
    if as_json:
        shown = {
            "ok": ok, "today": today, "needed_days": days,
            "holidays": {"known_until": known["holidays"], "days_left": left["holidays"]},
            "eras": {"newest": era.name, "known_until": None if era.is_open else era.last,
                     "days_left": None if era.is_open else left["eras"]},
        }  # fmt: skip
        print_json(shown)
    else:
        enough = left["holidays"] >= days
        said = f"holidays are known until {known['holidays']}, {left['holidays']} days from today"
        click.echo(said + ("" if enough else f"; extend {calendar.TABLE}"))
        if era.is_open:
            click.echo(f"eras: {era.name} is open")
        else:
            said = f"eras: {era.name} ends on {era.last}, {left['eras']} days from today"
            click.echo(said + ("" if left["eras"] >= days else f"; add the next era to {wareki.TABLE}"))
    sys.exit(0 if ok else 1)
