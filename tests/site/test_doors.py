"""Every address × every role: nobody gets in where they should not, and every door is locked by its mark."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from flask import Flask
from werkzeug.routing import Rule

from portal.core.actor import Role
from portal.web.access import access_of
from tests.factories.accounts import sign_in
from tests.site.conftest import Site

# Staff pages that any signed-in person may open.
ANY_STAFF = frozenset({"accounts.sessions", "accounts.password", "accounts.start"})


def rules(app: Flask, *, method: str = "GET") -> list[Rule]:
    """All addresses that answer to a method."""
    return [rule for rule in app.url_map.iter_rules() if method in (rule.methods or ())]


def address(app: Flask, rule: Rule, site: Site) -> str:
    """An address of the rule: of the one case where it asks for one, else of something that is not there."""
    values: dict[str, object] = {}
    for name in rule.arguments:
        is_case = name == "number" and rule.endpoint.startswith("disclosure_staff")
        values[name] = site.case_number if is_case else 1 if "int:" in str(rule) else "nothing-here"
    with app.test_request_context():
        return str(app.url_map.bind("localhost").build(rule.endpoint, values))


def test_every_view_is_marked(site: Site) -> None:
    for endpoint in site.app.view_functions:
        assert access_of(site.app, endpoint) is not None, endpoint


def test_every_staff_address_is_locked_and_no_public_one_is(site: Site) -> None:
    for rule in site.app.url_map.iter_rules():
        mark = access_of(site.app, rule.endpoint)
        assert mark is not None
        staff = str(rule).startswith(("/staff", "/bodies")) and rule.endpoint != "accounts.sign_in"
        assert mark.everyone is not staff, rule


def test_a_visitor_is_led_to_the_sign_in_page(site: Site) -> None:
    client = site.app.test_client()
    for rule in rules(site.app):
        mark = access_of(site.app, rule.endpoint)
        if mark is None or mark.everyone:
            continue
        answer = client.get(address(site.app, rule, site))
        assert answer.status_code == 302, rule
        assert "/staff/sign-in" in answer.headers["Location"], rule


@pytest.mark.parametrize("role", list(Role))
def test_a_role_opens_its_pages_and_no_others(site: Site, role: Role) -> None:
    client = site.app.test_client()
    assert sign_in(client, role.value).status_code in (302, 303)
    for rule in rules(site.app):
        mark = access_of(site.app, rule.endpoint)
        if mark is None or mark.everyone:
            continue
        status = client.get(address(site.app, rule, site)).status_code
        if mark.roles and role not in mark.roles:
            assert status == 403, f"{role} {rule}: {status}"
        else:
            assert status in (200, 302, 303, 403, 404, 409, 422), f"{role} {rule}: {status}"
            if not mark.roles:
                assert rule.endpoint in ANY_STAFF or status in (200, 302, 303, 404), rule


def test_an_unknown_case_is_not_found(site: Site) -> None:
    client = site.app.test_client()
    sign_in(client, Role.OFFICER.value)
    for rule in rules(site.app):
        if rule.endpoint.startswith("disclosure_staff") and "number" in rule.arguments:
            path = address(site.app, rule, site).replace(quote(site.case_number), "x")
            assert "/x" in path
            assert client.get(path).status_code in (403, 404), rule


def test_a_post_without_a_token_is_refused_everywhere(site: Site) -> None:
    client = site.app.test_client()
    for rule in rules(site.app, method="POST"):
        answer = client.post(address(site.app, rule, site))
        assert answer.status_code in (302, 400, 403, 404), f"{rule}: {answer.status_code}"
        if answer.status_code == 302:
            assert "/staff/sign-in" in answer.headers["Location"]


def test_unknown_methods_are_refused(site: Site) -> None:
    client = site.app.test_client()
    for method in ("PUT", "DELETE", "PATCH", "TRACE"):
        assert client.open("/", method=method).status_code == 405
