"""A resident asks for their records."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from disclosure.models.case import Case
from disclosure.queries.keys import case_key, fields
from disclosure.rules.kinds import Field
from portal.core.vault import OfficeVault
from portal.services import Services
from portal.web.sessions import StoredFile, StoredSession
from tests.client import Browser, Page
from tests.disclosure.views.journey import ANSWERS, NAME, file_request, fill_in, receipt


def cases(building: Services) -> int:
    with building.database.session(write=False) as session:
        return session.scalar(select(func.count()).select_from(Case)) or 0


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_request_is_filed_from_the_first_page_to_the_receipt(
    browser: Browser, building: Services, prefix: str
) -> None:
    start = browser.get(f"{prefix}/request")
    assert start.links(f"{prefix}/request/procedure")
    page = file_request(browser, prefix=prefix)
    number, code = receipt(page)
    assert re.fullmatch(r"開-[A-Z]\d\d-\d{6}-[A-Z]", number)
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}", code)
    assert page.headers["Cache-Control"] == "no-store"
    assert cases(building) == 1


def test_values_are_stored_as_they_were_typed(browser: Browser, building: Services, office: OfficeVault) -> None:
    odd = {"name": " 神\ufa19  葛󠄀城 ", "address": "１丁目－２　①号", "postal_code": "１００－００００"}
    file_request(browser, person=odd)
    with building.database.session(write=False) as session:
        case = session.scalars(select(Case)).one()
        values = fields(case_key(office, case), case)
    assert values[Field.NAME] == odd["name"]
    assert values[Field.ADDRESS] == odd["address"]
    assert values[Field.BIRTH_DATE] == "1980-02-29"


def test_sending_twice_files_one_request(browser: Browser, building: Services) -> None:
    page = fill_in(browser)
    form = page.form()
    values = {**form.values, "declared": "y"}
    first = browser.post(form.action, values)
    second = browser.post(form.action, values)
    assert second.path == "/request/receipt"
    assert receipt(first) == receipt(second)
    assert cases(building) == 1


def test_the_back_button_leads_to_the_receipt(browser: Browser, building: Services) -> None:
    file_request(browser)
    for page in ("check", "person", "identity"):
        assert browser.get(f"/request/{page}").path == "/request/receipt"
    assert cases(building) == 1


def test_a_check_page_of_an_earlier_state_is_shown_again_before_it_is_sent(
    browser: Browser, building: Services
) -> None:
    page = fill_in(browser)
    old = page.form()
    browser.get("/request/person?back=check")
    changed = browser.send(name="鈴木　見本")
    assert changed.path == "/request/check"
    again = browser.post(old.action, {**old.values, "declared": "y"})
    assert again.path == "/request/check"
    assert "鈴木　見本" in again.text
    assert cases(building) == 0
    assert browser.send(declared="y").path == "/request/receipt"


def test_a_second_request_can_be_filed_after_the_first(browser: Browser, building: Services) -> None:
    first = receipt(file_request(browser))
    second = receipt(file_request(browser))
    assert first != second
    assert cases(building) == 2


def test_change_links_come_back_to_the_check_page(browser: Browser) -> None:
    page = fill_in(browser)
    links = page.links("back=check")
    assert [link.partition("?")[0] for link in links] == [
        f"/request/{name}" for name in ("records", "person", "contact", "delivery", "identity")
    ]
    for link in links[:-1]:
        browser.get(link)
        assert browser.send().path == "/request/check"
    browser.get(links[-1])
    assert browser.send("identity/done").path == "/request/check"


def test_a_skipped_page_leads_to_the_first_open_one(browser: Browser) -> None:
    begin = browser.get("/request/delivery")
    assert begin.path == "/request/procedure"
    assert begin.find(css="notice--warning", inside="messages")
    fill_in(browser, until="contact")
    page = browser.get("/request/check")
    assert page.path == "/request/contact"
    assert page.find(css="notice--warning", inside="messages")


@pytest.mark.parametrize("record", ["municipal-issue", "intermediate-server", "certificate-data", "register-data"])
def test_records_held_elsewhere_lead_to_a_page_that_says_where(browser: Browser, record: str) -> None:
    browser.get("/en/request/procedure")
    page = browser.send(record=record)
    assert page.path == f"/en/request/where/{record}"
    assert page.status == 200


@pytest.mark.parametrize(("whose", "told"), [("deceased", "deceased"), ("company", "company")])
def test_who_has_no_right_to_ask_is_told_so(browser: Browser, whose: str, told: str) -> None:
    fill_in(browser, until="records")
    page = browser.send(whose=whose, records="form")
    assert page.path == f"/request/where/{told}"
    assert browser.get("/request/where/unknown").status == 404


@pytest.mark.parametrize(
    ("page", "wrong"),
    [
        ("procedure", {"record": None}),
        ("procedure", {"record": "nonsense"}),
        ("records", {"whose": None}),
        ("records", {"details": "123456789018"}),
        ("records", {"details": "１２３４ ５６７８ ９０１８"}),
        ("records", {"details": "あ" * 1001}),
        ("person", {"name": ""}),
        ("person", {"name": "   "}),
        ("person", {"name": "山田\u202e太郎"}),
        ("person", {"name": "山田\ue000太郎"}),
        ("person", {"name": "山田\n太郎"}),
        ("person", {"kana": "yamada"}),
        ("person", {"address": "123456789018"}),
        ("person", {"birth_date": "昭和64年2月30日"}),
        ("person", {"birth_date": "2999-01-01"}),
        ("person", {"birth_date": "1800-01-01"}),
        ("contact", {"email": "nobody"}),
        ("contact", {"telephone": "123456789018"}),
        ("contact", {"language": "fr"}),
        ("delivery", {"delivery": "download", "format": "paper"}),
        ("delivery", {"delivery": "post", "format": "pdf"}),
        ("delivery", {"delivery": "pigeon"}),
    ],
)
def test_a_wrong_answer_is_told_and_what_was_typed_stays(
    browser: Browser, page: str, wrong: dict[str, str | None]
) -> None:
    fill_in(browser, until=page)
    sent = {**ANSWERS[page], **wrong}
    shown = browser.send(**sent)
    assert shown.status == 422
    assert shown.path == f"/request/{page}"
    assert shown.errors
    typed = shown.form().values
    for name, value in sent.items():
        if isinstance(value, str) and value not in ("nonsense", "fr", "pigeon") and "\n" not in value:
            assert typed[name] == value
    assert browser.get(f"/request/{page}").form().values.get(next(iter(wrong))) in ("", None, "ja")


def test_a_refused_personal_number_is_stored_nowhere(browser: Browser, building: Services) -> None:
    fill_in(browser, until="records")
    browser.send(whose="mine", records="both", details="番号は123456789018です")
    page = browser.get("/request/records")
    assert "123456789018" not in page.data.decode()


def test_nothing_is_sent_without_the_declaration(browser: Browser, building: Services) -> None:
    fill_in(browser)
    page = browser.send()
    assert page.status == 422
    assert page.errors
    assert cases(building) == 0


def test_a_draft_can_be_deleted(browser: Browser, building: Services) -> None:
    fill_in(browser)
    assert browser.send("stop").path == "/request"
    assert browser.get("/request/check").path == "/request/procedure"
    with building.database.session(write=False) as session:
        assert session.scalar(select(func.count()).select_from(StoredFile)) == 0


def test_the_code_is_forgotten_when_it_is_noted(browser: Browser) -> None:
    page = file_request(browser)
    _number, code = receipt(page)
    assert code in browser.get("/request/receipt").text
    slip = browser.get("/request/receipt/slip.pdf")
    assert slip.headers["Content-Type"].startswith("application/pdf")
    assert slip.data.startswith(b"%PDF")
    browser.get("/request/receipt")
    page = browser.send("noted")
    assert code not in page.text
    assert browser.get("/request/receipt/slip.pdf").path == "/request/receipt"


def test_the_code_stands_in_no_address_and_no_cookie(browser: Browser) -> None:
    page: Page = file_request(browser)
    _number, code = receipt(page)
    assert code not in page.path
    assert not [a for a in page.tree.xpath("//*[@href or @action]") if code in (a.get("href") or a.get("action"))]


def test_no_draft_can_be_read_in_the_database(browser: Browser, building: Services) -> None:
    fill_in(browser)
    with building.database.session(write=False) as session:
        sealed = b"".join(session.scalars(select(StoredSession.sealed)))
    assert NAME.encode() not in sealed


def test_a_form_of_another_session_is_refused(browser: Browser, another: Callable[[], Browser]) -> None:
    page = fill_in(browser, until="person")
    values = {**page.form().values, **ANSWERS["person"]}
    other = another()
    fill_in(other, until="person")
    refused = other.post("/request/person", values)
    assert refused.status == 400


def test_old_browsers_titles_say_error_first(browser: Browser) -> None:
    browser.get("/en/request/procedure")
    assert browser.send(record=None).title.startswith("Error: ")
