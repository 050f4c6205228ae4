"""The command ``kaiji clock``: when something is due by law, step by step."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from disclosure.rules.calculator import Question, answer
from disclosure.rules.deadlines import Due, Step
from portal.core import clock as time
from portal.core.errors import KaijiError
from portal.core.wareki import format_wareki, parse_day
from portal.web.commands import json_option, print_json


class DayType(click.ParamType[date]):
    """A day in wareki or western style, in any width."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        return value if isinstance(value, date) else _day(str(value))


class CorrectionType(click.ParamType[tuple[date, date | None]]):
    """``SENT:ARRIVED``; ``SENT:`` while the answer is awaited."""

    name = "sent:arrived"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[date, date | None]:
        sent, colon, arrived = str(value).replace("\uff1a", ":").partition(":")
        if not colon:
            raise click.ClickException(
                f"Write a correction as SENT:ARRIVED, like 2026-04-08:2026-04-20, not {value!r}."
            )
        return _day(sent), _day(arrived) if arrived.strip() else None


DAY, CORRECTION = DayType(), CorrectionType()


@click.command("clock")
@click.argument("code")
@click.option("--received", type=DAY, required=True, help="The day that begins it: 2026-04-01 or 令和8年4月1日.")
@click.option(
    "--correction", type=CORRECTION, multiple=True, metavar="SENT:ARRIVED", help="May repeat; `SENT:` is open."
)
@click.option("--extended", type=int, metavar="DAYS", help="Days of an extension.")
@click.option("--until", type=DAY, help="Instead of days: the last day that the notice names (D3: for the rest).")
@click.option("--mail", type=int, metavar="DAYS", help="Days that an appeal spent in the mail (D9).")
@click.option("--ordinance", type=int, metavar="DAYS", help="The days of a municipal ordinance (D15).")
@json_option
def clock(
    code: str,
    received: date,
    correction: tuple[tuple[date, date | None], ...],
    extended: int | None,
    until: date | None,
    mail: int | None,
    ordinance: int | None,
    as_json: bool,
) -> None:
    """Say when the period CODE (D1, D2, …) ends, and how that day is counted."""
    numbers = {"--extended": extended, "--mail": mail, "--ordinance": ordinance}
    for option, number in numbers.items():
        if number is not None and number < 1:
            raise click.ClickException(
                f"{option} needs a number of days of 1 or more; leave it out when there are none."
            )
    question = Question(code.upper(), received, correction, extended or 0, until, mail or 0, ordinance or 0)
    today = time.day_in_japan(time.now())
    try:
        due = answer(question, today=today)
    except KaijiError as error:
        raise click.ClickException(str(error)) from None
    if as_json:
        print_json(_data(due))
        return
    for step in due.steps:
        click.echo(f"- {_said(step)}" + (f" [{step.article}]" if step.article else ""))
    for step in due.afterwards:
        click.echo(f"  {_said(step)} [{step.article}]")
    click.echo(f"{due.code}: {due.binding_on} ({format_wareki(due.binding_on)})")
    click.echo(f"days from today: {(due.binding_on - today).days}")


def _data(due: Due) -> dict[str, Any]:
    return {
        "code": due.code,
        "received_on": due.start_on,
        "due_on": due.due_on,
        "rolled_on": due.rolled_on,
        "target_on": due.target_on,
        "binding_on": due.binding_on,
        "excluded_days": due.excluded_days,
        "paused": due.paused,
        "notice_on": due.notice_on,
        "rest_on": due.rest_on,
        "opens_on": due.opens_on,
        "steps": [_step(step) for step in due.steps],
        "afterwards": [_step(step) for step in due.afterwards],
    }


def _step(step: Step) -> dict[str, Any]:
    return {"text": _said(step), "article": step.article, "day": step.day}


def _said(step: Step) -> str:
    return step.message % step.values(date.isoformat) if step.params else step.message


def _day(text: str) -> date:
    try:
        return parse_day(text)
    except ValueError as error:
        raise click.ClickException(f"{text!r}: {error}") from None
