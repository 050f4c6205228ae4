"""The journey of a session on both databases: locks and returned rows differ between them."""

from __future__ import annotations

from portal.accounts.blueprint import staff_blueprint
from portal.accounts.signed_in import find_staff
from portal.core.actor import Role
from portal.core.db import Database
from portal.core.settings import Settings
from tests.factories.accounts import an_account, press, sign_in
from tests.factories.web import toolkit_app


def test_signing_in_elsewhere_and_ending_it(settings: Settings, any_database: Database) -> None:
    app = toolkit_app(settings, any_database, staff_blueprint, find_staff=find_staff)
    with any_database.session(write=True) as session:
        an_account(session, Role.AUDITOR)
    here, elsewhere = app.test_client(), app.test_client()
    assert sign_in(here, password="not the right words").status_code == 200
    assert sign_in(here).location == "/staff/audit"
    assert sign_in(elsewhere).status_code == 303
    assert press(here, "/staff/sessions/others/end", on="/staff/sessions").status_code == 303
    assert elsewhere.get("/staff/sessions").status_code == 302
    assert "accounts.session.refuse" in here.get("/staff/audit").text
    assert "The journal is whole" in here.get("/en/staff/audit/check").text
    assert press(here, "/staff/sign-out", on="/staff/sessions").status_code == 303
