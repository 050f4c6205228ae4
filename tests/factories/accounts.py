"""Sample accounts of staff, and signing in with them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal.accounts.models import StaffAccount
from portal.accounts.operations.create_account import create_account
from portal.core.actor import SYSTEM, Role
from tests.factories.web import token_in

PASSWORD = "four sample words of tests"
LONG_AGO = datetime(2026, 4, 1, tzinfo=UTC)


def an_account(
    session: Session,
    *roles: Role,
    login: str = "sample-officer",
    name: str = "見本　花子",
    password: str | None = PASSWORD,
) -> StaffAccount:
    """An account of a sample person, written to the session's transaction."""
    account, _clear = create_account(
        session, login=login, name=name, roles=roles, by=SYSTEM, at=LONG_AGO, password=password
    )
    return account


def sign_in(client: FlaskClient, login: str = "sample-officer", password: str = PASSWORD, **query: Any) -> Any:
    """Fill in the sign-in page; returns the answer to it."""
    page = client.get("/staff/sign-in", query_string=query)
    data = {"login": login, "password": password, "csrf_token": token_in(page.text)}
    return client.post("/staff/sign-in", query_string=query, data=data)


def press(client: FlaskClient, address: str, *, on: str, values: Iterable[tuple[str, str]] = ()) -> Any:
    """Send the form behind ``address`` with the token found on the page ``on``."""
    token = token_in(client.get(on).text)
    data: dict[str, Any] = {"csrf_token": token}
    for name, value in values:
        data.setdefault(name, []).append(value)
    return client.post(address, data=data)
