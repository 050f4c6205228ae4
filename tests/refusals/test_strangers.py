"""What belongs to others, what a role does not open, and addresses that are not there."""

from __future__ import annotations

import re

import pytest
from lxml.html import document_fromstring

from disclosure.rules.numbering import receipt_number
from tests.client import Page
from tests.factories.accounts import PASSWORD
from tests.refusals.table import NUMBER, shorter
from tests.refusals.world import CODE, World, form_of, raw

pytestmark = pytest.mark.usefixtures("nothing_is_left_behind")
NOWHERE = "There is nothing at this address."
DIFFERENT = "Receipt number and access code do not belong together."
WRONG_ROLE = "Your role does not allow this page."


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
        "/static/....//app.py", "/%00", "/en/%00", "/request/where/%00", "/request/where/../../etc",
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
