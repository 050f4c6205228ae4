"""Who is signed in: read fresh at each request, so that a removed role or a disabled account counts at once."""

from __future__ import annotations

from flask import g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.accounts import queries
from portal.accounts.models import StaffAccount
from portal.core.actor import Actor
from portal.web import sessions

OPEN_WITH_A_ONE_TIME_PASSWORD = frozenset({"accounts.password", "accounts.sign_out", "static"})


def find_staff() -> Actor | None:
    """The signed-in member of staff, or None; remembers the account for this request."""
    staff_id = sessions.current().staff_id
    account = queries.find(g.session, staff_id) if staff_id else None
    if account is None or not account.enabled:
        return None
    g.staff_account = account
    return account.as_actor()


def own_account() -> StaffAccount:
    """The account of whoever is signed in; only on pages marked ``@requires``."""
    account: StaffAccount = g.staff_account
    return account


def ask_for_own_password() -> Response | None:
    """Lead whoever has a one-time password to choose their own before anything else."""
    account: StaffAccount | None = g.get("staff_account")
    if account is None or not account.must_change_password or request.endpoint in OPEN_WITH_A_ONE_TIME_PASSWORD:
        return None
    return redirect(url_for("accounts.password"))
