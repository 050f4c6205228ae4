"""The yearly table of requests, on the command line."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from disclosure.queries import statistics, statistics_data
from disclosure.queries.statistics_wording import LINE_NAMES
from disclosure.rules.statistics import fiscal_year
from portal.core import clock
from portal.web import building
from portal.web.commands import json_option, print_json


@click.command("statistics")
@click.option("--year", type=int, help="One fiscal year, by the calendar year in which it starts.")
@click.option("--unhidden", is_flag=True, help="Every number, for the report to the Commission. Never publish these.")
@json_option
@with_appcontext
def statistics_command(year: int | None, unhidden: bool, as_json: bool) -> None:
    """Show what is published of requests, or with --unhidden every number of a year."""
    today = clock.day_in_japan(clock.now())
    with building.database().session(write=False) as session:
        if unhidden:
            wanted = year or fiscal_year(today)
            lines: dict[str, int | None] = dict(statistics.report(session, wanted))
            if as_json:
                print_json({"fiscal_year": wanted, "requests": lines})
                return
            click.echo(f"Fiscal year {wanted}, nothing hidden: not to be published")
            _print(lines)
            return
        found = statistics.figures(session, profile=building.settings().organisation.profile, today=today)
    if as_json:
        shown = statistics_data.whole(found)
        if year is not None:
            shown["years"] = [one for one in shown["years"] if one["fiscal_year"] == year]
        print_json(shown)
        return
    for one in found.years:
        if year not in (None, one.year):
            continue
        state = "not published yet" if one.as_of is None else f"as of {one.as_of}" + (", final" if one.closed else "")
        click.echo(f"Fiscal year {one.year}, {state}")
        _print(one.lines)


def _print(lines: dict[str, int | None]) -> None:
    for line, number in lines.items():
        click.echo(f"  {LINE_NAMES[line]:<45}{'hidden' if number is None else number:>8}")
