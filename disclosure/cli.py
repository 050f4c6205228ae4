"""Commands of the request room: lists without personal data, and erasing for good."""

from __future__ import annotations

import click
from flask.cli import AppGroup
from sqlalchemy import select

from disclosure.models.case import Case
from disclosure.operations.complaints import erase_expired
from disclosure.operations.erase import erase
from disclosure.rules.states import ENDED, State
from disclosure.statistics_cli import statistics_command
from portal.core import clock as time
from portal.core.actor import SYSTEM
from portal.core.errors import KaijiError
from portal.web import building
from portal.web.commands import json_option, print_json

disclosure_cli = AppGroup("disclosure", help="Requests for one's own records.")
disclosure_cli.add_command(statistics_command)


@disclosure_cli.command("list")
@click.option("--state", type=click.Choice([state.value for state in State]), help="Only cases in this state.")
@click.option("--ended", is_flag=True, help="Also cases that have ended.")
@json_option
def list_cases(state: str | None, ended: bool, as_json: bool) -> None:
    """List cases by what is due next: numbers, states and days, no personal data."""
    query = select(Case.number, Case.state, Case.received_on, Case.due_on, Case.next_due_on, Case.ended_on)
    if state:
        query = query.where(Case.state == State(state))
    if not ended and state not in {one.value for one in ENDED}:
        query = query.where(Case.ended_on.is_(None))
    with building.database().session(write=False) as session:
        rows = [row._asdict() for row in session.execute(query.order_by(Case.next_due_on, Case.number))]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        click.echo(
            f"{row['number']}  {row['state']:<14}  received {row['received_on']}  due {row['next_due_on'] or '-'}"
        )
    click.echo(f"{len(rows)} cases")


@disclosure_cli.command("erase-complaints")
@click.confirmation_option(prompt="Nobody can ever read these complaints again. Erase them?")
def erase_complaints() -> None:
    """Erase the answered complaints about no case that need not be kept any longer, by destroying their keys."""
    database = building.database()
    with database.session(write=True) as session:
        done = erase_expired(session, by=SYSTEM, at=time.now())
    database.forget_deleted()
    for number in done:
        click.echo(f"{number} is erased.")
    click.echo(f"{len(done)} complaints")


@disclosure_cli.command("erase")
@click.argument("number")
@click.option("--reason", required=True, help="Why, without personal data: for the journal.")
@click.confirmation_option(prompt="Nobody can ever read this case again. Erase it?")
def erase_case(number: str, reason: str) -> None:
    """Erase the ended case NUMBER for good by destroying its key."""
    database = building.database()
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
