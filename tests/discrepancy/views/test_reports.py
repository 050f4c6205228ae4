"""A report on the web: begun from its case, filled in, filed, returned, sent as a workbook, accepted."""

from __future__ import annotations

import io
from datetime import date

import pytest
from lxml import html

from discrepancy.models.cases import Discrepancy
from discrepancy.operations.ask import enquire
from discrepancy.operations.check_self import check_self
from discrepancy.operations.investigate import Found, find_cause, go_on, remedy
from discrepancy.operations.open_case import open_case
from discrepancy.rules.enquiry import EnquiryKind
from discrepancy.rules.states import CaseAction, CaseState
from portal.accounts.operations.create_account import create_account
from portal.core import workbook_forms
from portal.core.actor import SYSTEM
from tests.discrepancy import hostile_books as make
from tests.discrepancy.operations.conftest import AT, INQUIRER, PROVIDER
from tests.discrepancy.operations.test_cases import NOTHING_FOUND, new, to
from tests.discrepancy.rules.reports import PROVIDER_CAUSED
from tests.discrepancy.views.conftest import Room
from tests.factories.accounts import PASSWORD

REPORTS = "/en/bodies/reports"


@pytest.fixture(scope="module")
def due(room: Room) -> str:
    """A case of wrong data for which the provider owes a report; its number."""
    keep = {"vault": room.building.office, "at": AT}
    with room.building.database.session(write=True) as session:
        case = open_case(session, new(), by=INQUIRER, **keep)
        check_self(session, case, NOTHING_FOUND, by=INQUIRER, **keep)
        enquire(session, case, to(EnquiryKind.PROVIDER, "011011"), by=INQUIRER, **keep)
        go_on(session, case, CaseAction.TAKE_UP, by=PROVIDER, **keep)
        found = Found(date(2026, 10, 26), quick=True, title="副本の登録遅延（10月分）")
        find_cause(session, case, CaseAction.FIND_WRONG_DATA, found, by=PROVIDER, **keep)
        go_on(session, case, CaseAction.FIX_DUPLICATE, by=PROVIDER, **keep)
        remedy(session, case, done_on=date(2026, 10, 26), by=INQUIRER, **keep)
        return case.number


def state_of(room: Room, number: str) -> str:
    with room.building.database.session(write=False) as session:
        return session.get_one(Discrepancy, number).state


def typed(values: dict[str, str], **more: str) -> dict[str, str]:
    """What somebody fills in over what is known."""
    return {**values, **PROVIDER_CAUSED, "filed_on": "2026-10-26", "recovered_on": "令和８年１０月２６日", **more}


def test_a_report_goes_from_its_case_to_its_receipt_number(room: Room, due: str) -> None:
    provider, officer = room.browser("provider"), room.browser("officer")
    provider.get(REPORTS)
    page = provider.send("begin", cases=due)
    assert page.heading == "Fill in the report"
    form = page.form("/edit")
    others = [room.browser(who) for who in ("inquirer", "stranger", "prefecture")]
    assert [other.get(form.action).status for other in others] == [404, 404, 404], "it is not filed yet"
    known = {"body_code": "011011", "affair": "child-allowance", "causer": "provider", "duplicate_fixed": "yes"}
    assert {key: form.values[key] for key in known} == known

    page = provider.post(
        form.action, {**typed(form.values, person="", cause_detail="番号は１２３４５６７８９０１８です")}
    )
    assert [line.partition(":")[0] for line in page.errors] == ["The cause in detail"]
    assert page.form("/edit").values["department"] == "見本課", "what was typed is still there"
    page = provider.post(form.action, {**typed(form.values, person=""), "file": "1"})
    assert page.errors == ["Name: Fill this in."]
    stale = provider.post(form.action, typed(form.values, person="見本 花子"))
    assert "Two texts" in stale.text
    page = provider.post(form.action, {**typed(stale.form("/edit").values), "file": "1"})
    assert page.heading == "26102601101-01 北海道見本市【顛末報告書】"
    assert state_of(room, due) == CaseState.REPORTED

    address = page.path
    assert [other.get(address).status for other in others] == [200, 404, 404]
    book = provider.get(f"{address}/report.xlsx")
    assert "%E9%A1%9B%E6%9C%AB%E5%A0%B1%E5%91%8A%E6%9B%B8" in book.headers["Content-Disposition"]
    assert workbook_forms.read(book.data, "顛末報告書").cell("C8").text == "見本 太郎"
    officer.get("/en/staff/discrepancies")
    assert officer.page is not None
    assert officer.page.links(address.removeprefix("/en"))
    officer.get(address)
    refused = officer.send("/return", because="番号は123456789018です")
    assert [line.partition(":")[0] for line in refused.errors] == ["Why it goes back"]
    officer.send("/return", because="原因の詳細を補ってください。")
    assert state_of(room, due) == CaseState.REPORT_DUE

    page = provider.get(f"{address}/book")
    sent = (io.BytesIO(book.data), "別名.xlsx")
    page = provider.post(f"{address}/book", {**page.form().values, "book": sent})
    assert page.heading == "Fill in the report"
    assert page.form("/edit").values["person"] == "見本 太郎"
    page = provider.post(page.form("/edit").action, {**page.form("/edit").values, "file": "1"})
    officer.get(address)
    page = officer.send("/accept")
    assert "2026-000001" in page.text
    assert state_of(room, due) == CaseState.ACCEPTED
    assert provider.get(f"{address}/edit").status == 409


def test_what_is_wrong_with_sent_files_is_told_file_by_file_and_cell_by_cell(room: Room) -> None:
    provider, officer = room.browser("provider"), room.browser("officer")
    sound, wrong = (f"26110201101-{n} 北海道見本市【顛末報告書】.xlsx" for n in ("08", "09"))
    for who, page in ((provider, provider.get(f"{REPORTS}/files")), (officer, officer.get(f"{REPORTS}/files"))):
        token = page.tree.xpath("//input[@name='csrf_token']/@value")[0]
        files = [
            (io.BytesIO(make.sound()), sound),
            (io.BytesIO(make.text("C8", "")), wrong),
            (io.BytesIO(b"no workbook"), "報告.xlsx"),
        ]
        answer = who.client.post(f"{REPORTS}/files", data={"csrf_token": token, "books": files})
        assert answer.status_code == 200
        tree = html.fromstring(answer.data)
        told = {
            part.text_content().strip(): [
                " ".join(" ".join(one.text_content().split()) for one in row)
                for row in part.getnext().iterchildren("div")
            ]
            for part in tree.xpath("//h3")
        }
        assert told == {
            wrong: ["C8 Name Fill this in."],
            "報告.xlsx": [
                "The whole file The name must end in 【顛末報告書】.",
                "The whole file This is not an Excel workbook (.xlsx). Save the form as .xlsx and send it again.",
            ],
        }, told
        assert "Nothing was taken in. Things to put right: 3." in tree.text_content()
        assert tree.xpath("//input[@type='file']"), "the files can be sent again at once"
    assert sound not in officer.get("/en/staff/discrepancies").text


def test_reports_from_files_are_put_to_their_cases_and_say_so(room: Room) -> None:
    provider, officer = room.browser("provider"), room.browser("officer")
    token = provider.get(f"{REPORTS}/files").tree.xpath("//input[@name='csrf_token']/@value")[0]
    name = "26110201101-07 北海道見本市【顛末報告書】.xlsx"
    answer = provider.client.post(
        f"{REPORTS}/files", data={"csrf_token": token, "books": [(io.BytesIO(make.sound()), name)]}
    )
    assert answer.status_code == 303, "its other body is none of the register: taken in, and put to no case"
    page = provider.get(answer.location)
    assert "Its other body is none of the register" in page.text, page.text
    assert "belongs to no case yet" in page.text
    assert "belongs to no case yet" in officer.get(answer.location).text
    page = provider.send("/cases", numbers=room.case)
    assert [line.partition(":")[0] for line in page.errors] == ["Numbers of the cases"]
    assert page.form("/cases").values["numbers"] == room.case, "what was typed is still there"
    with room.building.database.session(write=True) as session:
        case = session.get_one(Discrepancy, room.case)
        before = case.state
        case.state, case.causer, case.causer_code = CaseState.REPORT_DUE, "provider", "011011"
        case.report_due_on = date(2026, 11, 9)
    page = provider.send("/cases", numbers=room.case)
    assert "Put to 1 cases." in page.text
    assert page.links(f"/cases/{room.case}")
    assert before != state_of(room, room.case) == CaseState.REPORTED
    assert "/reports/" in " ".join(provider.get(f"/en/bodies/cases/{room.case}").links("/reports/"))


def test_a_prefecture_reads_the_reports_of_its_municipalities_and_of_no_others(room: Room) -> None:
    with room.building.database.session(write=True) as session:
        of = {"body_code": "010006", "by": SYSTEM, "at": AT}
        create_account(session, login="hokkaido", name="見本 係", roles=(), password=PASSWORD, **of)
    prefecture, another = room.browser("hokkaido"), room.browser("prefecture")
    token = prefecture.get(f"{REPORTS}/files").tree.xpath("//input[@name='csrf_token']/@value")[0]
    book = (io.BytesIO(make.sound()), "26110201101-06 北海道見本市【顛末報告書】.xlsx")
    answer = prefecture.client.post(f"{REPORTS}/files", data={"csrf_token": token, "books": [book]})
    assert answer.status_code == 303
    page = prefecture.get(answer.location)
    assert "Taken in: 1 reports." in page.text
    assert page.heading == "26110201101-06 北海道見本市【顛末報告書】"
    assert not page.links("/edit")
    own = prefecture.get(REPORTS).links(answer.location.rpartition("/")[2])
    assert own
    assert prefecture.client.get(f"{answer.location}/edit").status_code in (403, 404, 409)
    assert another.get(answer.location).status == 404
    assert not another.get(REPORTS).links(answer.location.rpartition("/")[2])
