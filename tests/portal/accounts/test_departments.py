"""Departments in the hands of administrators."""

from __future__ import annotations

from flask import Flask

from portal.accounts import queries
from portal.accounts.models import StaffAccount
from portal.core.db import Database
from tests.client import Browser
from tests.factories.accounts import PASSWORD
from tests.portal.accounts.conftest import actions


def signed_in(app: Flask) -> Browser:
    browser = Browser(app)
    browser.get("/en/staff/sign-in")
    browser.send(login="sample-admin", password=PASSWORD)
    return browser


def test_a_department_is_entered_renamed_filled_and_closed_only_when_empty(
    app: Flask, administrator: StaffAccount, officer: StaffAccount, database: Database
) -> None:
    browser, other = signed_in(app), signed_in(app)
    browser.get("/en/staff/departments")
    page = browser.send(name_ja="見本課", name_en="")
    assert page.errors
    assert page.tree.get_element_by_id("name_ja").get("value") == "見本課"
    page = browser.send(name_ja="見本課", name_en="Sample Division")
    assert "Sample Division" in page.text
    page = browser.send(name_ja="見本課", name_en="Another Division")
    assert any("already a department of this name" in error for error in page.errors)
    with database.session(write=False) as session:
        [row] = queries.departments(session)

    browser.get(f"/en/staff/departments/{row.id}")
    other.get(f"/en/staff/departments/{row.id}")
    other.send(name_ja="見本開示課", name_en="Sample Division")
    page = browser.send(name_ja="見本第一課", name_en="Sample Division")
    assert any("Somebody else changed this department" in error for error in page.errors)
    assert page.tree.get_element_by_id("name_ja").get("value") == "見本第一課"
    assert "The department is changed." in browser.send(name_ja="見本第一課", name_en="Sample Division").text

    browser.get(f"/en/staff/accounts/{officer.id}")
    page = browser.send("/department", department=row.id)
    assert "The department is changed." in page.text
    assert "Sample Division" in browser.get("/en/staff/accounts").text
    browser.get(f"/en/staff/departments/{row.id}")
    assert browser.send("/close").status == 409
    browser.get(f"/en/staff/accounts/{officer.id}")
    browser.send("/department", department="")
    browser.get(f"/en/staff/departments/{row.id}")
    assert "is closed" in browser.send("/close").text
    assert row.id not in browser.get("/en/staff/accounts/new").text
    done = {action for action, _subject in actions(database)}
    assert {"accounts.department.create", "accounts.department.change", "accounts.department.close"} <= done
