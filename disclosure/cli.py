"""Commands of the request room: lists without personal data, and the clock of the law."""

from __future__ import annotations

from datetime import date, timedelta

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select

from disclosure.models.case import Case
from disclosure.operations.erase import erase
from disclosure.rules import deadlines
from disclosure.rules.periods import Pause
from disclosure.rules.regimes import of_profile
from disclosure.rules.states import State
from portal.core import clock as time
from portal.core.actor import SYSTEM
from portal.core.errors import KaijiError
from portal.core.settings import Settings
from portal.core.wareki import format_wareki, parse_day
from portal.web.commands import json_option, print_json

disclosure_cli = AppGroup("disclosure", help="Requests for one's own records.")


@disclosure_cli.command("list")
@click.option("--state", type=click.Choice([state.value for state in State]), help="Only cases in this state.")
@click.option("--ended", is_flag=True, help="Also cases that have ended.")
@json_option
def list_cases(state: str | None, ended: bool, as_json: bool) -> None:
    """List cases by what is due next: numbers, states and days, no personal data."""
    query = select(Case.number, Case.state, Case.received_on, Case.due_on, Case.next_due_on, Case.ended_on)
    if state:
        query = query.where(Case.state == State(state))
    if not ended and state not in (State.WITHDRAWN, State.CLOSED):
        query = query.where(Case.ended_on.is_(None))
    with current_app.extensions["kaiji"].database.session(write=False) as session:
        rows = [row._asdict() for row in session.execute(query.order_by(Case.next_due_on, Case.number))]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        click.echo(
            f"{row['number']}  {row['state']:<14}  received {row['received_on']}  due {row['next_due_on'] or '-'}"
        )
    click.echo(f"{len(rows)} cases")


@disclosure_cli.command("erase")
@click.argument("number")
@click.option("--reason", required=True, help="Why, without personal data: for the journal.")
@click.confirmation_option(prompt="Nobody can ever read this case again. Erase it?")
def erase_case(number: str, reason: str) -> None:
    """Erase the ended case NUMBER for good by destroying its key."""
    database = current_app.extensions["kaiji"].database
    try:
        with database.session(write=True) as session:
            case = session.scalar(select(Case).where(Case.number == number))
            if case is None:
                raise click.ClickException(f"There is no case {number}.")
            erase(session, case, reason=reason, by=SYSTEM, at=time.now())
    except KaijiError as error:
        raise click.ClickException(str(error)) from None
    database.forget_deleted()
    click.echo(f"{number} is erased. Backups made before today still hold its key.")


@disclosure_cli.command("clock", with_appcontext=False)
@click.argument("received")
@click.option("--correction", nargs=2, multiple=True, metavar="SENT ARRIVED", help="Days of a correction; may repeat.")
@click.option("--code", default="", help="A clock of the law; by default the one of the decision.")
@json_option
def clock(received: str, correction: tuple[tuple[str, str], ...], code: str, as_json: bool) -> None:
    """Say when a decision is due on a request RECEIVED on a day (wareki or ISO), step by step."""
    try:
        start = _day(received)
        law = of_profile(Settings.from_env().organisation.profile, start)
        pauses = [Pause(_day(sent), _day(arrived)) for sent, arrived in correction]
        due = deadlines.compute(code or law.decision_clock, start, law_day=start, pauses=pauses)
    except KeyError as error:
        raise click.ClickException(f"There is no such clock or law on this day: {error.args[0]}") from None
    except (KaijiError, ValueError) as error:
        raise click.ClickException(str(error)) from None
    steps = [step.message % step.values(date.isoformat) if step.params else step.message for step in due.steps]
    if as_json:
        shown = {
            "clock": due.code, "received_on": due.start_on, "due_on": due.due_on, "rolled_on": due.rolled_on,
            "target_on": due.target_on, "excluded_days": due.excluded_days, "steps": steps,
        }  # fmt: skip
        print_json(shown)
        return
    for step in steps:
        click.echo(f"- {step}")
    days = (due.binding_on - time.day_in_japan(time.now())) // timedelta(days=1)
    click.echo(f"{due.code}: {due.binding_on} ({format_wareki(due.binding_on)}), days from today: {days}")


def _day(text: str) -> date:
    return parse_day(text)
