"""A resident follows their own case."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.models.handout import Handout, Handover
from disclosure.operations.compare import compare
from disclosure.operations.correct import ask_correction
from disclosure.operations.decide import approve, draft, send_for_approval
from disclosure.operations.identity_check import confirm_identity, start_identity_check
from disclosure.operations.issue import issue
from disclosure.operations.records import attach_record
from disclosure.operations.release import release
from disclosure.queries.keys import case_key, fields
from disclosure.rules.decisions import DISCLOSES, DecisionType
from disclosure.rules.kinds import Field
from disclosure.rules.states import State
from portal.core import clock
from portal.core.audit import Entry
from portal.core.vault import OfficeVault
from portal.services import Services
from tests.client import Browser, Page
from tests.disclosure.views.conftest import picture
from tests.disclosure.views.journey import file_request, fill_in, receipt
from tests.factories.disclosure import (
    APPROVER,
    LICENCE,
    NOT_HELD,
    OFFICER,
    REASON,
    RECEPTION,
    an_upload,
    covered,
    submitted,
)

NOW = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """The clock stands at noon of 1 April 2026 in Japan; calling moves it on."""
    at = [NOW]
    monkeypatch.setattr(clock, "now", lambda: at[0])

    def later(by: timedelta) -> None:
        at[0] += by

    return later


Filed = tuple[str, str]


@pytest.fixture
def filed(building: Services, office: OfficeVault, time: Any) -> Filed:
    """Number and code of a request that arrived today."""
    with building.database.session(write=True) as session:
        made = submitted(session, building.settings, office, at=NOW)
        return made.case_number, made.access_code


def open_case(browser: Browser, filed: Filed, prefix: str = "") -> Page:
    browser.get(f"{prefix}/request/status")
    return browser.send(number=filed[0], code=filed[1])


def work(building: Services, step: Callable[[Session, Case], object]) -> None:
    """Something that staff do meanwhile."""
    with building.database.session(write=True) as session:
        step(session, session.scalars(select(Case)).one())


def ask(building: Services, office: OfficeVault, *defects: str, note: str = "") -> None:
    def step(session: Session, case: Case) -> None:
        start_identity_check(session, case, by=RECEPTION, at=clock.now())
        ask_correction(session, case, defects, vault=office, by=RECEPTION, at=clock.now(), note=note)

    work(building, step)


def decide(building: Services, office: OfficeVault, kind: DecisionType, *, released: bool = False) -> None:
    def step(session: Session, case: Case) -> None:
        at = clock.now()
        start_identity_check(session, case, by=RECEPTION, at=at)
        confirm_identity(session, case, [LICENCE], by=RECEPTION, at=at)
        if kind is not DecisionType.NOT_HELD:
            attach_record(session, case, an_upload("交付申請書.png"), vault=office, by=OFFICER, at=at)
        reasons = {DecisionType.FULL: [], DecisionType.NOT_HELD: [NOT_HELD]}.get(kind, [REASON])
        draft(session, case, kind, reasons, vault=office, by=OFFICER, at=at)
        if kind is DecisionType.PARTIAL:
            covered(session, case, office, at=at)
        send_for_approval(session, case, vault=office, by=OFFICER, at=at)
        approve(session, case, by=APPROVER, at=at)
        issue(session, case, settings=building.settings, vault=office, signer=None, by=OFFICER, at=at)
        if kind in DISCLOSES:
            compare(session, case, name_agrees=True, birth_agrees=True, by=APPROVER, at=at)
        if released:
            release(session, case, compared=True, by=OFFICER, at=at)

    work(building, step)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_number_and_code_open_the_case(browser: Browser, filed: Filed, prefix: str) -> None:
    page = open_case(browser, filed, prefix)
    assert page.path == f"{prefix}/request/case"
    assert filed[0] in page.heading
    assert "2026-05-01" in page.text, "the clock's last day"
    assert page.headers["Cache-Control"] == "no-store"
    assert filed[1] not in page.data.decode()


def test_a_case_filed_here_opens_with_what_the_receipt_says(browser: Browser) -> None:
    number, code = receipt(file_request(browser))
    page = open_case(browser, (number, code))
    assert page.path == "/request/case"
    assert "免許証.png" in page.text


@pytest.mark.parametrize("typed", [str.lower, lambda text: text.replace("-", " "), lambda text: text.replace("-", "")])
def test_the_code_is_read_however_it_is_typed(browser: Browser, filed: Filed, typed: Callable[[str], str]) -> None:
    number = filed[0].translate(str.maketrans("0123456789-", "０１２３４５６７８９－"))
    assert open_case(browser, (number, typed(filed[1]))).path == "/request/case"


def test_an_unknown_number_and_a_wrong_code_get_the_same_answer(browser: Browser, filed: Filed) -> None:
    def told(number: str, code: str) -> str:
        page = open_case(browser, (number, code))
        assert page.status == 422
        hidden = re.sub(r'value="[^"]*"', "", page.data.decode())
        return re.sub(r"[0-9A-F]{8}", "", hidden)

    other = "開-R08-000999-" + next(c for c in "ABCDEFGHJKMNPQRSTUVWXYZ" if _is_number(f"開-R08-000999-{c}"))
    wrong = told(filed[0], "0000-0000-0000-0000")
    assert wrong == told(other, "0000-0000-0000-0000")
    assert wrong == told("nonsense", filed[1])


def _is_number(text: str) -> bool:
    from disclosure.rules.numbering import read_receipt_number

    return read_receipt_number(text, mark="開") is not None


def test_trying_codes_is_slowed_down(browser: Browser, filed: Filed) -> None:
    for _ in range(5):
        assert open_case(browser, (filed[0], "0000-0000-0000-0000")).status == 422
    refused = open_case(browser, filed)
    assert refused.status == 429
    assert int(refused.headers["Retry-After"]) > 0


def test_a_page_of_a_case_asks_for_number_and_code_first(browser: Browser, filed: Filed) -> None:
    for path in ("case", "case/correction", "case/withdraw", "case/method", "case/letters/x", "case/files/x"):
        assert browser.get(f"/request/{path}").path == "/request/status"


def test_an_opened_case_closes_after_a_quarter_of_an_hour(browser: Browser, filed: Filed, time: Any) -> None:
    open_case(browser, filed)
    time(timedelta(minutes=14))
    assert browser.get("/request/case").path == "/request/case"
    time(timedelta(minutes=16))
    page = browser.get("/request/case")
    assert page.path == "/request/status"
    assert page.find(css="notice--info", inside="messages")


def test_an_opened_case_closes_after_an_hour_at_most(browser: Browser, filed: Filed, time: Any) -> None:
    open_case(browser, filed)
    for _ in range(5):
        time(timedelta(minutes=11))
        assert browser.get("/request/case").path == "/request/case"
    time(timedelta(minutes=6))
    assert browser.get("/request/case").path == "/request/status"


def test_leaving_ends_the_session(browser: Browser, filed: Filed) -> None:
    open_case(browser, filed)
    assert browser.send("leave").path == "/request/status"
    assert browser.get("/request/case").path == "/request/status"


def test_a_draft_survives_the_opening_of_a_case(browser: Browser, filed: Filed) -> None:
    fill_in(browser)
    open_case(browser, filed)
    page = browser.get("/request/check")
    assert page.path == "/request/check"
    assert browser.send(declared="y").path == "/request/receipt"


def test_another_browser_sees_nothing(browser: Browser, another: Callable[[], Browser], filed: Filed) -> None:
    open_case(browser, filed)
    assert another().get("/request/case").path == "/request/status"


def test_each_look_is_recorded_and_shown(browser: Browser, building: Services, filed: Filed) -> None:
    open_case(browser, filed)
    page = browser.get("/en/request/case")
    with building.database.session(write=False) as session:
        looks = session.scalars(select(Entry).where(Entry.action == "disclosure.case.look")).all()
    assert [look.actor_kind for look in looks] == ["resident", "resident"]
    assert page.text.count("This page") >= 2


def test_a_correction_is_answered_once(browser: Browser, building: Services, office: OfficeVault, filed: Filed) -> None:
    ask(building, office, "address", "identity-unreadable", "other", note="番地をご確認ください。")
    page = open_case(browser, filed)
    assert page.links("/request/case/correction")
    page = browser.get("/request/case/correction")
    assert "番地をご確認ください。" in page.text
    form = page.form()
    assert form.values["address"] == "東京都千代田区見本町一丁目2番3号"
    assert "name" not in form.values
    values = {**form.values, "address": "東京都千代田区見本町一丁目2番4号", "answer": "転居しました。"}
    page = browser.post(form.action, {**values, "file": (picture(), "新しい免許証.png")})
    assert page.path == "/request/case"
    assert page.find(css="notice--success", inside="messages")
    assert "新しい免許証.png" in page.text
    again = browser.post(form.action, values)
    assert again.path == "/request/case"
    with building.database.session(write=False) as session:
        case = session.scalars(select(Case)).one()
        assert case.state is State.IDENTITY_CHECK
        assert fields(case_key(office, case), case)[Field.ADDRESS] == values["address"]


def test_an_empty_or_wrong_answer_is_told(
    browser: Browser, building: Services, office: OfficeVault, filed: Filed
) -> None:
    ask(building, office, "record")
    open_case(browser, filed)
    browser.get("/request/case/correction")
    page = browser.send()
    assert page.status == 422
    assert page.errors
    page = browser.send(answer="番号は123456789018です", details="平成28年の春ごろ")
    assert page.status == 422
    assert page.form().values["details"] == "平成28年の春ごろ"
    assert browser.send(answer="", details="平成28年の春ごろ").path == "/request/case"


def test_a_request_is_withdrawn_after_one_more_question(browser: Browser, building: Services, filed: Filed) -> None:
    open_case(browser, filed)
    page = browser.get("/request/case/withdraw")
    form = page.form()
    assert browser.send().status == 422
    done = browser.post(form.action, {**form.values, "sure": "y"})
    assert done.path == "/request/case"
    assert browser.post(form.action, {**form.values, "sure": "y"}).path == "/request/case"
    with building.database.session(write=False) as session:
        assert session.scalars(select(Case)).one().state is State.WITHDRAWN


@pytest.mark.parametrize("kind", [DecisionType.FULL, DecisionType.PARTIAL, DecisionType.NONE, DecisionType.NOT_HELD])
def test_the_letter_is_read_as_a_page_and_as_pdf(
    browser: Browser, building: Services, office: OfficeVault, filed: Filed, kind: DecisionType
) -> None:
    decide(building, office, kind)
    page = open_case(browser, filed)
    (link,) = [link for link in page.links("/letters/") if not link.endswith(".pdf")]
    page = browser.get(link)
    assert "髙橋　見本　様" in page.text
    assert page.find("h2", inside="letter")
    if kind is not DecisionType.FULL:
        assert (NOT_HELD if kind is DecisionType.NOT_HELD else REASON).part in page.text
    pdf = browser.get(f"{link}/letter.pdf")
    assert pdf.data.startswith(b"%PDF")
    assert pdf.headers["Content-Disposition"].startswith("attachment")
    assert pdf.headers["Cache-Control"] == "no-store"


def test_records_are_downloaded_after_their_release_only(
    browser: Browser, building: Services, office: OfficeVault, filed: Filed
) -> None:
    decide(building, office, DecisionType.FULL)
    page = open_case(browser, filed)
    assert not page.links("/records/")
    with building.database.session(write=True) as session:
        case = session.scalars(select(Case)).one()
        release(session, case, compared=True, by=OFFICER, at=clock.now())
    page = browser.get("/request/case")
    assert not page.links("/records/1"), "first the one-time code"
    page = browser.get(page.links("/records/code")[0])
    page = browser.send("code/send")
    assert (
        browser.send("records/code", code="000 000" if sent_code(building, office) != "000000" else "1").status == 422
    )
    code = sent_code(building, office)
    page = browser.send("records/code", code=f"{code[:3]} {code[3:]}")
    assert page.path == "/request/case", page.errors
    links = {href.rpartition("/")[2]: href for href in page.links("/records/")}
    assert set(links) == {"image", "pdf", "large-print"}
    picture, document = browser.get(links["image"]), browser.get(links["large-print"])
    assert (picture.status, document.status) == (200, 200)
    assert picture.headers["Content-Disposition"].startswith("attachment")
    assert document.data.startswith(b"%PDF")
    page = browser.get("/request/case")
    assert [row.step for row in ledger(building)] == ["arrived"], "the first download proves that they were received"


def sent_code(building: Services, office: OfficeVault) -> str:
    with building.database.session(write=False) as session:
        case, offer = session.scalars(select(Case)).one(), session.scalars(select(Handout)).one()
        assert offer.code_sealed is not None
        return case_key(office, case).open(Handout.__tablename__, "code", offer.id, offer.code_sealed).decode()


def ledger(building: Services) -> list[Handover]:
    with building.database.session(write=False) as session:
        return list(session.scalars(select(Handover)))


def test_the_way_of_disclosure_can_be_changed(
    browser: Browser, building: Services, office: OfficeVault, filed: Filed
) -> None:
    decide(building, office, DecisionType.FULL)
    open_case(browser, filed)
    browser.get("/request/case/method")
    assert browser.send(delivery="post", format="pdf").status == 422
    assert browser.send(delivery="post", format="paper").path == "/request/case"


def test_another_cases_letter_and_file_do_not_exist(
    browser: Browser, building: Services, office: OfficeVault, filed: Filed
) -> None:
    decide(building, office, DecisionType.FULL)
    page = open_case(browser, filed)
    theirs = [*page.links("/letters/"), *page.links("/files/")]
    with building.database.session(write=True) as session:
        other = submitted(session, building.settings, office, at=NOW)
        mine = (other.case_number, other.access_code)
    open_case(browser, mine)
    assert theirs
    for link in theirs:
        assert browser.get(link).status == 404
