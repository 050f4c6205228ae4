"""Requests that are refused as a whole: forged, replayed, out of turn, by the wrong person, at the wrong address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from lxml.html import document_fromstring

from disclosure.rules.numbering import receipt_number
from tests.client import Browser, Page
from tests.disclosure.views.journey import ANSWERS, PERSON, fill_in
from tests.factories.accounts import PASSWORD
from tests.refusals.table import NUMBER, shorter
from tests.refusals.world import CODE, World

EXPIRED = "This form is no longer valid."
NOWHERE = "There is nothing at this address."
TOO_LARGE = "What you sent is too large"
DIFFERENT = "Receipt number and access code do not belong together."
WRONG_ROLE = "Your role does not allow this page."


@pytest.fixture(autouse=True)
def nothing_is_left_behind(world: World, capfd: pytest.CaptureFixture[str]) -> Iterator[None]:
    """The same rows before and after; no log line that quotes a number."""
    world.prepare()
    world.forget_tries()
    before = world.rows()
    capfd.readouterr()
    yield
    assert world.rows() == before
    assert NUMBER not in "".join(capfd.readouterr())
    assert NUMBER.encode() not in world.stored()


def raw(browser: Browser, method: str, path: str, **more: Any) -> Any:
    """One request as it is, without following redirects."""
    return browser.client.open(path, method=method, environ_base={"REMOTE_ADDR": browser.address}, **more)


def form_of(browser: Browser, path: str, form: str = "") -> tuple[str, dict[str, str]]:
    found = browser.get(path).form(form)
    return found.action, found.values


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


# -- what belongs to others ----------------------------------------------------------------------


def missing(page: Page) -> None:
    assert page.status == 404
    assert NOWHERE in page.text or "not found" in page.text.lower()


@pytest.mark.parametrize("what", ["files", "letters"])
@pytest.mark.parametrize("name", ["received", "notified", "nobody", "00000000-0000-7000-8000-000000000000", "../.."])
def test_what_belongs_to_another_case_is_not_there(world: World, what: str, name: str) -> None:
    other = world.file_of(name) if name in world.numbers else name
    missing(world.asked.get(f"/en/request/case/{what}/{other}"))
    staff = world.desk.of("officer")
    missing(staff.get(world.desk.path(world.numbers["identity"], f"/{what}/{other}")))


def test_nobody_without_an_opened_case_reads_anything(world: World) -> None:
    visitor = world.browser()
    for path in ("case", "case/correction", "case/withdraw", "case/method", f"case/files/{world.file_of('received')}"):
        assert visitor.get(f"/en/request/{path}").path == "/en/request/status"


GUESSES = ("開-R08-000001-A", "開-R08-999999-A", "R08000001", "000001", "' OR 1=1 --", "開-R08-000001-\x00", "𝟎𝟎𝟎𝟎𝟎𝟏")


@pytest.mark.parametrize("number", [*GUESSES, "next", "real"])
@pytest.mark.parametrize("code", ["AAAA-BBBB-CCCC-DDDD", "no code at all", "ABCD-EFGH-JKMN-PQR5"])
def test_a_guessed_number_and_a_wrong_code_get_the_same_answer(world: World, number: str, code: str) -> None:
    number = {"next": receipt_number("開", 2026, 900), "real": world.numbers["received"]}.get(number, number)
    visitor = world.browser()
    _action, values = form_of(visitor, "/en/request/status")
    page = visitor.post("/en/request/status", {**values, "number": number, "code": code})
    assert page.status == 422
    said = page.tree.xpath("//*[@id='number-error']")[0].text_content()
    assert DIFFERENT in said or "control character" in said
    assert code not in page.data.decode()


def test_too_many_guesses_must_wait(world: World) -> None:
    visitor = world.browser()
    for _ in range(6):
        _action, values = form_of(visitor, "/en/request/status")
        page = visitor.post("/en/request/status", {**values, "number": world.numbers["received"], "code": "x"})
    assert page.status == 429
    assert "Too many attempts." in page.text
    assert int(page.headers["Retry-After"]) > 0


@pytest.mark.parametrize("path", ["/en/request/status", "/en/request/case/correction"])
def test_numbers_that_are_personal_are_no_receipt_numbers(world: World, path: str) -> None:
    visitor = world.browser()
    _action, values = form_of(visitor, "/en/request/status")
    page = visitor.post("/en/request/status", {**values, "number": NUMBER, "code": CODE})
    assert page.status == 422
    assert "personal number" in page.text


# -- staff ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/en/staff", "/en/staff/", "/en/staff/accounts", "/en/staff/accounts/new", "/en/staff/jobs", "/en/staff/audit",
        "/en/staff/find", "/en/staff/sessions", "{received}", "{approval}/letter", "{identity}/identity",
        "{notified}/letter/draft.pdf",
    ],
)  # fmt: skip
def test_the_staffs_pages_ask_visitors_to_sign_in(world: World, path: str) -> None:
    name = re.match(r"\{(\w+)\}", path)
    address = world.desk.path(world.numbers[name[1]], path[name.end() :]) if name else path
    page = world.browser().get(address)
    assert page.path.startswith("/en/staff/sign-in")
    assert "見本" not in page.text.replace("見本情報", "")


@pytest.mark.parametrize(
    ("login", "path"),
    [
        ("reception", "/en/staff/accounts"), ("officer", "/en/staff/audit"), ("approver", "/en/staff/jobs"),
        ("auditor", "{received}"), ("publisher", "/en/staff"), ("publisher", "{approval}/letter"),
        ("administrator", "{received}"), ("administrator", "/en/staff/find"), ("reception", "{approval}/send-back"),
        ("approver", "{identity}/identity"), ("auditor", "/en/staff/accounts/new"),
    ],
)  # fmt: skip
def test_a_role_opens_its_own_pages_only(world: World, login: str, path: str) -> None:
    name = re.match(r"\{(\w+)\}", path)
    address = world.desk.path(world.numbers[name[1]], path[name.end() :]) if name else path
    page = world.desk.of(login).get(address)
    assert page.status == 403
    assert WRONG_ROLE in page.text


@pytest.mark.parametrize(
    ("login", "password", "message"),
    [
        ("nobody", PASSWORD, "The login or the password is not right."),
        ("officer", "wrong", "The login or the password is not right."),
        ("officer' --", PASSWORD, "The login or the password is not right."),
        (NUMBER, PASSWORD, "personal number"),
        ("１２３４-５６７８-９０１８", PASSWORD, "personal number"),
        ("off\x00icer", PASSWORD, "control character"),
        ("x" * 65, PASSWORD, shorter(64)),
        ("officer", "x" * 600, shorter(128)),
        ("", PASSWORD, "Please fill in this field."),
        ("officer", "", "Please fill in this field."),
    ],
)
def test_signing_in_is_refused_in_words(world: World, login: str, password: str, message: str) -> None:
    browser = world.browser()
    _action, values = form_of(browser, "/en/staff/sign-in")
    page = browser.post("/en/staff/sign-in", {**values, "login": login, "password": password})
    assert page.status in (200, 422)
    assert any(message in line for line in page.errors), page.errors
    assert password == "" or password not in page.data.decode()


@pytest.mark.parametrize(
    "next_page", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/nowhere"]
)
def test_signing_in_leads_nowhere_else(world: World, next_page: str) -> None:
    browser = world.browser()
    _action, values = form_of(browser, "/en/staff/sign-in")
    answer = raw(
        browser, "POST", "/en/staff/sign-in", query_string={"next": next_page},
        data={**values, "login": "officer", "password": PASSWORD},
    )  # fmt: skip
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/en/staff"


# -- addresses and methods -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "query", [NUMBER, "１２３４５６７８９０１８", "マイナンバー 1234 5678 9018", "住民票コード 12345678901"]
)
@pytest.mark.parametrize("path", ["/en/search", "/en/search.json"])
def test_a_personal_number_is_not_searched_for(world: World, query: str, path: str) -> None:
    answer = raw(world.browser(), "GET", path, query_string={"q": query})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    if path == "/en/search.json":
        assert query not in answer.text
    else:
        assert query not in document_fromstring(answer.text).text_content()
        assert "They were neither searched for nor kept." in answer.text


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("DELETE", "/en/request/person"), ("PUT", "/en/request/person"), ("PATCH", "/en/request/check"),
        ("POST", "/en/request"), ("POST", "/en/"), ("GET", "/en/request/stop"), ("GET", "/en/request/identity/done"),
        ("GET", "/en/request/case/leave"), ("GET", "/en/staff/sign-out"), ("DELETE", "/en/staff/accounts"),
        ("TRACE", "/en/"), ("POST", "/en/search"),
    ],
)  # fmt: skip
def test_a_method_that_a_page_does_not_know_is_refused(world: World, method: str, path: str) -> None:
    answer = raw(world.desk.of("administrator"), method, path)
    assert answer.status_code in (400, 405)  # 400: without a token a form is refused before anything else
    assert "<h1" in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/staff/../etc/passwd", "/static/../app.py", "/static/..%2f..%2fapp.py", "/static/%2e%2e/%2e%2e/app.py",
        "/static/....//app.py", "/%00", "/en/%00", "/request/elsewhere/%00", "/request/elsewhere/../../etc",
        "/request/case/files/%2e%2e%2f%2e%2e", "//evil.example/", "/en//evil.example/", "/.env", "/.git/config",
        "/keys/", "/kaiji.db", "/var/kaiji.db", "/incidents/%ff%fe", "/en/incidents/'%20OR%201=1",
        "/incidents/" + "a" * 3000,
    ],
)  # fmt: skip
def test_an_address_that_is_not_there_says_so(world: World, path: str) -> None:
    browser = world.browser()
    if path.startswith("//"):  # the test client itself would read this as another host
        answer = raw(browser, "GET", "/", environ_overrides={"PATH_INFO": path})
    else:
        answer = raw(browser, "GET", path)
    if answer.status_code in (301, 308, 302):
        assert answer.headers["Location"].startswith(("/", "http://localhost/"))
        assert not answer.headers["Location"].startswith("//")
        answer = raw(world.browser(), "GET", answer.headers["Location"])
    assert answer.status_code in (400, 404)
    assert "<h1" in answer.text
    assert "import " not in answer.text
    assert "Traceback" not in answer.text
