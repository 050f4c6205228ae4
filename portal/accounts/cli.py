"""``kaiji accounts``: the first administrator, and help for those who cannot sign in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from sqlalchemy.orm import Session

from portal.accounts import queries
from portal.accounts.models import StaffAccount
from portal.accounts.operations.change_password import reset_password
from portal.accounts.operations.create_account import create_account
from portal.accounts.operations.disable import disable
from portal.accounts.rules import normal_login
from portal.core import clock
from portal.core.actor import SYSTEM, Role
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


def _shown(account: StaffAccount, **more: str) -> dict[str, Any]:
    return {
        "id": account.id,
        "login": account.login,
        "name": account.name,
        "roles": account.roles,
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
    type=click.Choice([role.value for role in Role]),
    help="Any number of times.",
)
@json_option
def create(login: str, name: str, roles: tuple[str, ...], as_json: bool) -> None:
    """Create an account and print its one-time password."""
    with _database(write=True) as session:
        account, password = create_account(
            session, login=login, name=name, roles=map(Role, roles), by=SYSTEM, at=clock.now()
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
