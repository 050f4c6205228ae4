"""A resident follows their own case."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from disclosure.models.case import Case
from disclosure.models.handout import Handout, Handover
from disclosure.operations.release import release
from disclosure.queries.keys import case_key, fields
from disclosure.rules.decisions import DecisionType
from disclosure.rules.kinds import Field
from disclosure.rules.states import State
from portal.core import clock
from portal.core.audit import Entry
from portal.core.vault import OfficeVault
from portal.services import Services
from tests.client import Browser
from tests.disclosure.views.conftest import picture
from tests.disclosure.views.filed import NOW, Filed, ask, decide, open_case
from tests.factories.disclosure import (
    NOT_HELD,
    OFFICER,
    REASON,
    submitted,
)


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
