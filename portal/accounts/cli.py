"""``kaiji accounts``: the first administrator, and help for those who cannot sign in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from sqlalchemy.orm import Session

from portal.accounts import queries
from portal.accounts.models import Department, StaffAccount
from portal.accounts.operations.change_password import reset_password
from portal.accounts.operations.create_account import create_account
from portal.accounts.operations.departments import create_department
from portal.accounts.operations.disable import disable
from portal.accounts.operations.set_department import set_department
from portal.accounts.rules import normal_login
from portal.core import clock
from portal.core.actor import STAFF_ROLES, SYSTEM, Role
from portal.core.db import Database
from portal.core.errors import KaijiError
from portal.core.settings import Settings, SettingsError
from portal.web.commands import json_option, print_json

ONCE = "One-time password, shown only now: {}"


@click.group("accounts")
def accounts_cli() -> None:
    """Staff accounts."""


@contextmanager
def _database(*, write: bool) -> Iterator[Session]:
    """One transaction on the installation's database; what goes wrong ends the command in plain words."""
    try:
        with Database(Settings.from_env().database_url).session(write=write) as session:
            yield session
    except (SettingsError, KaijiError) as error:
        raise click.ClickException(str(error)) from None


def _account(session: Session, login: str) -> StaffAccount:
    account = queries.by_login(session, normal_login(login))
    if account is None:
        raise click.ClickException(f"There is no account {login!r}. See: kaiji accounts list")
    return account


def _department(session: Session, name: str) -> Department:
    """The department of this Japanese or English name."""
    for row in queries.departments(session):
        if name in (row.name_ja, row.name_en):
            return row
    raise click.ClickException(f"There is no department {name!r}. See: kaiji accounts departments")


def _shown(account: StaffAccount, **more: str) -> dict[str, Any]:
    return {
        "id": account.id,
        "login": account.login,
        "name": account.name,
        "roles": account.roles,
        "department_id": account.department_id,
        "enabled": account.enabled,
        "must_change_password": account.must_change_password,
        "signed_in_at": account.signed_in_at.isoformat() if account.signed_in_at else None,
        **more,
    }


def _say(account: StaffAccount, password: str, as_json: bool) -> None:
    if as_json:
        print_json(_shown(account, password=password))
    else:
        click.echo(f"{account.login} ({account.name}): {', '.join(account.roles) or 'no role'}")
        click.echo(ONCE.format(password))


@accounts_cli.command()
@click.argument("login")
@click.option("--name", required=True, help="The person's name as colleagues see it.")
@click.option(
    "--role",
    "roles",
    multiple=True,
    type=click.Choice([role.value for role in STAFF_ROLES]),
    help="Any number of times.",
)
@click.option("--department", help="Its Japanese or English name.")
@json_option
def create(login: str, name: str, roles: tuple[str, ...], department: str | None, as_json: bool) -> None:
    """Create an account and print its one-time password."""
    with _database(write=True) as session:
        account, password = create_account(
            session,
            login=login,
            name=name,
            roles=map(Role, roles),
            department=_department(session, department) if department else None,
            by=SYSTEM,
            at=clock.now(),
        )
    _say(account, password, as_json)


@accounts_cli.command("list")
@json_option
def list_accounts(as_json: bool) -> None:
    """List the accounts."""
    with _database(write=False) as session:
        found = queries.accounts(session, actor=SYSTEM)
    if as_json:
        print_json([_shown(account) for account in found])
        return
    for account in found:
        state = "open  " if account.enabled else "closed"
        click.echo(f"{state} {account.login:<20} {account.name}  {', '.join(account.roles) or 'no role'}")


@accounts_cli.command("disable")
@click.argument("login")
@json_option
def disable_account(login: str, as_json: bool) -> None:
    """Close the account LOGIN and end its sessions."""
    with _database(write=True) as session:
        account = _account(session, login)
        disable(session, account, by=SYSTEM, at=clock.now())
    if as_json:
        print_json(_shown(account))
    else:
        click.echo(f"{account.login} is closed")


@accounts_cli.command()
@click.argument("login")
@json_option
def password(login: str, as_json: bool) -> None:
    """Give the account LOGIN a new one-time password and end its sessions."""
    with _database(write=True) as session:
        account = _account(session, login)
        clear = reset_password(session, account, by=SYSTEM, at=clock.now())
    _say(account, clear, as_json)


@accounts_cli.command("department")
@click.argument("login")
@click.argument("name", required=False, default="")
@json_option
def move_account(login: str, name: str, as_json: bool) -> None:
    """Put the account LOGIN into the department NAME (Japanese or English); without NAME into none."""
    with _database(write=True) as session:
        account = _account(session, login)
        set_department(session, account, _department(session, name) if name else None, by=SYSTEM, at=clock.now())
    if as_json:
        print_json(_shown(account))
    else:
        click.echo(f"{account.login} belongs to {name or 'no department'}")


@accounts_cli.command("departments")
@click.option("--add", nargs=2, metavar="JAPANESE ENGLISH", help="Enter a department of these names first.")
@json_option
def list_departments(add: tuple[str, str] | None, as_json: bool) -> None:
    """List the departments with the number of their open accounts."""
    with _database(write=add is not None) as session:
        if add is not None:
            create_department(session, name_ja=add[0], name_en=add[1], by=SYSTEM, at=clock.now())
        rows, members = queries.departments(session), queries.members(session)
    if as_json:
        print_json([
            {"id": row.id, "name_ja": row.name_ja, "name_en": row.name_en, "email": row.email, "open": row.open,
             "accounts": members.get(row.id, 0)}
            for row in rows
        ])  # fmt: skip
        return
    for row in rows:
        click.echo(f"{'open  ' if row.open else 'closed'} {members.get(row.id, 0):>4}  {row.name_ja} ({row.name_en})")
