"""Requests that are refused as a whole: forged, replayed, out of turn, too large, broken."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.disclosure.views.journey import ANSWERS, PERSON, fill_in
from tests.factories.accounts import PASSWORD
from tests.refusals.table import NUMBER
from tests.refusals.world import CODE, World, form_of, raw

pytestmark = pytest.mark.usefixtures("nothing_is_left_behind")
EXPIRED = "This form is no longer valid."
TOO_LARGE = "What you sent is too large"


# -- tokens --------------------------------------------------------------------------------------


@pytest.mark.parametrize("token", [None, "", "forged", "ImFiYyI.aaaa.bbbb", "\x00", NUMBER])
@pytest.mark.parametrize("path", ["/en/request/person", "/en/request/check", "/en/request/stop", "/en/request/status"])
def test_a_form_without_its_token_is_refused(world: World, path: str, token: str | None) -> None:
    values = {**PERSON, "declared": "y", "number": "開", "code": CODE}
    page = world.resident.post(path, values if token is None else {**values, "csrf_token": token})
    assert page.status == 400
    assert EXPIRED in page.text


def test_a_token_of_another_session_is_refused(world: World) -> None:
    other = world.browser()
    fill_in(other, prefix="/en", until="person")
    _action, theirs = form_of(other, "/en/request/person")
    page = world.resident.post("/en/request/person", {**PERSON, "csrf_token": theirs["csrf_token"]})
    assert page.status == 400
    assert EXPIRED in page.text
    staff = world.desk.of("officer")
    page = staff.post(world.desk.path(world.numbers["received"], "/notes"), {**theirs, "text": "見本", "version": "1"})
    assert page.status == 400


def test_a_form_from_another_site_is_refused(world: World) -> None:
    action, values = form_of(world.resident, "/en/request/person")
    answer = raw(world.resident, "POST", action, data={**values, **PERSON}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert "This form was sent from another site." in answer.text


# -- replays and wrong turns ---------------------------------------------------------------------


def test_a_form_after_signing_out_leads_to_signing_in(world: World) -> None:
    browser = world.browser()
    browser.get("/en/staff/sign-in")
    browser.send(login="reception", password=PASSWORD)
    action, values = form_of(browser, world.desk.path(world.numbers["received"]), "/notes")
    cookie = browser.client.get_cookie("kaiji")
    page = browser.page
    assert page is not None
    token = page.form("/notes").values["csrf_token"]
    browser.post("/en/staff/sign-out", {"csrf_token": token})
    assert cookie is not None
    browser.client.set_cookie("kaiji", cookie.value)
    answer = raw(browser, "POST", action, data={**values, "text": "見本"})
    assert answer.status_code in (302, 400)
    assert "見本" not in answer.text


@pytest.mark.parametrize("page", ["records", "person", "contact", "delivery", "identity", "check"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_whoever_begins_in_the_middle_is_led_to_the_beginning(world: World, page: str, method: str) -> None:
    browser = world.browser()
    values: dict[str, Any] = {**ANSWERS.get(page, {}), "declared": "y"}
    if method == "POST":
        browser.get("/en/request/procedure")
        values |= form_of(browser, "/en/request/procedure")[1]
    shown = browser.post(f"/en/request/{page}", values) if method == "POST" else browser.get(f"/en/request/{page}")
    assert shown.path == "/en/request/procedure"
    assert "There is no request in progress in this browser." in shown.text


def test_a_skipped_question_is_asked_first(world: World) -> None:
    browser = world.browser()
    fill_in(browser, prefix="/en", until="person")
    _action, values = form_of(browser, "/en/request/person")
    shown = browser.post("/en/request/check", {**values, "declared": "y"})
    assert shown.path == "/en/request/person"
    assert "Please answer this question first." in shown.text


def test_a_check_page_of_other_answers_is_shown_again(world: World) -> None:
    _action, values = form_of(world.resident, "/en/request/check")
    for wrong in ({"seen": "0" * 16}, {"key": "k" * 32}, {"seen": ""}, {"key": NUMBER}):
        page = world.resident.post("/en/request/check", {**values, **wrong, "declared": "y"})
        assert page.path == "/en/request/check"
        assert "Your answers were changed in another window." in page.text


def test_a_form_made_from_an_older_version_of_the_case_is_refused(world: World) -> None:
    for version in ("0", "", "99", "1 OR 1=1"):
        path = world.desk.path(world.numbers["received"])
        action, values = form_of(world.desk.of("officer"), path, "/notes")
        page = world.desk.of("officer").post(action, {**values, "text": "見本", "version": version})
        assert page.status in (200, 409, 422)
        assert "Somebody else worked on this case" in page.text


@pytest.mark.parametrize(
    ("step", "login", "name"),
    [
        ("/issue", "officer", "drafting"), ("/approve", "approver", "drafting"), ("/close", "officer", "received"),
        ("/approval", "officer", "search"), ("/correction/give-up", "officer", "correction"),
        ("/identity/start", "reception", "search"),
    ],
)  # fmt: skip
def test_a_step_out_of_turn_is_refused(world: World, step: str, login: str, name: str) -> None:
    browser, number = world.desk.of(login), world.numbers[name]
    page = browser.get(world.desk.path(number))
    tokens = page.tree.xpath("//form[@method='post']//input[@name='csrf_token']/@value")
    versions = page.tree.xpath("//input[@name='version']/@value")
    values = {"csrf_token": tokens[0], "version": versions[0] if versions else "1"}
    page = browser.post(world.desk.path(number, step), values)
    assert page.status == 409 or page.errors, page.text[:300]
    assert re.search("not possible now|still time|no draft|cannot|not complete", page.text), page.text[:500]


# -- bodies --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        b"name=%FF%FE%80", b"name=%ED%A0%80", b"name=%C0%AF", b"name=\xff\xfe", b"name=%F4%90%80%80", b"name=%E3%81",
    ],
)  # fmt: skip
def test_broken_text_is_named_and_not_kept(world: World, body: bytes) -> None:
    action, values = form_of(world.resident, "/en/request/person")
    rest = {**values, **PERSON, "csrf_token": values["csrf_token"]}
    rest.pop("name")
    answer = raw(
        world.resident,
        "POST",
        action,
        data=body + b"&" + _encoded(rest),
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code == 422
    assert "A character was damaged on the way. Type it again." in answer.text


def _encoded(values: dict[str, str]) -> bytes:
    return urlencode(values).encode()


@pytest.mark.parametrize(
    ("path", "size"),
    [
        ("/en/request/records", 5_000_000), ("/en/request/person", 1_000_001), ("/en/request/status", 5_000_000),
        ("/en/staff/sign-in", 5_000_000), ("/en/request/identity", 17_000_000),
    ],
)  # fmt: skip
def test_a_body_that_is_too_large_is_refused(world: World, path: str, size: int) -> None:
    _action, values = form_of(world.resident, "/en/request/status")
    page = world.resident.post(path, {**values, "details": "x" * size, "name": "見本"})
    assert page.status == 413
    assert TOO_LARGE in page.text


def test_a_text_field_of_5_megabytes_beside_a_file_is_refused(world: World) -> None:
    page = world.resident.post("/en/request/identity", {"csrf_token": "x", "document": "x" * 5_000_000})
    assert page.status == 413
    assert TOO_LARGE in page.text


def test_a_form_of_very_many_parts_is_refused(world: World) -> None:
    page = world.resident.post("/en/request/person", {f"n{number}": "" for number in range(500)})
    assert page.status == 413


def test_a_body_of_another_kind_is_refused(world: World) -> None:
    for kind, body in (("application/json", b'{"name": "x"}'), ("text/xml", b"<name/>"), ("multipart/form-data", b"x")):
        answer = raw(world.resident, "POST", "/en/request/person", data=body, content_type=kind)
        assert answer.status_code == 400
        assert EXPIRED in answer.text
