"""What else can happen to a request, as prose: an agent asks, another body takes over, somebody objects, the way of
receiving changes, a claim follows, an appeal is decided. On the pages, without scripts.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from disclosure.rules.kinds import RecordKind
from portal.core import clock
from tests.browser import cases
from tests.browser.conftest import PHONE, Open
from tests.browser.papers import upload
from tests.browser.resident import Person, Resident
from tests.browser.running import Site
from tests.browser.staff import Colleague, Office

FORM = RecordKind.FORM
OPENED = "氏名は名札で公にされているものです。"


def day(days: int = 0) -> str:
    """A day counted from today, as a form takes it."""
    return (clock.day_in_japan(clock.now()) + timedelta(days=days)).isoformat()


@pytest.fixture
def resident(open_browser: Open) -> Resident:
    """Somebody with a telephone."""
    return Resident(open_browser(scripts=False, viewport=PHONE).new_page())


def issues_the_draft(approver: Colleague, path: str) -> None:
    """An approver reads a drafted letter and issues it."""
    approver.opens(path)
    approver.takes_the_next_step()
    assert not approver.errors, approver.errors


def decides_and_issues(office: Office, number: str, kind: str, **reason: str) -> None:
    """Drafted by one, approved and issued by another."""
    office.officer.opens_the_case(number, "/decision")
    office.officer.decides(kind, **reason)
    office.officer.takes_the_next_step()
    for _step in ("approve", "issue"):
        office.approver.opens_the_case(number, "/letter")
        office.approver.takes_the_next_step()


def test_a_parent_asks_for_a_child(site: Site, resident: Resident, quiet_office: Office) -> None:
    child = Person(name="髙橋　花", kana="タカハシ　ハナ", birth_date="平成29年5月5日")
    resident.person = child
    resident.opens("/request/procedure")
    resident.chooses(record="card-application")
    resident.presses()
    resident.chooses(whose="statutory", records="form")
    resident.presses()
    resident.says_who_they_are()
    resident.chooses(capacity="parent")
    resident.fills_in(
        agent_name="髙橋　親", agent_kana="タカハシ　オヤ", agent_postal_code="100-0001",
        agent_address="東京都千代田区見本町二丁目4番5号",
    )  # fmt: skip
    resident.presses()
    resident.says_how_to_reach_them()
    resident.wants_a_download_as_pdf()
    resident.shows_a_driving_licence()
    assert resident.path == "/request/agency", resident.errors
    resident.chooses(document="family-register")
    resident.fills_in(made_on=day(-40))
    resident.attaches(upload("戸籍.png"))
    resident.presses()
    assert resident.errors, "a proof of 40 days ago shows nothing any more"
    resident.fills_in(made_on=day(-3))
    resident.attaches(upload("戸籍.png"))
    resident.presses()
    resident.presses(to="/agency/done")
    resident.reads(child.name, "髙橋　親")
    resident.sends_the_request()
    resident.notes_number_and_code()

    reception = quiet_office.reception
    reception.opens_the_case(resident.number)
    reception.reads("髙橋　親", child.name)
    reception.takes_the_next_step()
    reception.chooses(document="driving-licence", proof="family-register")
    reception.fills_in(expires_on="2031-01-01", proof_issued_on=day(-3))
    reception.ticks("name_agrees", "address_agrees", "genuine", "only_front", "proof_agrees")
    reception.presses()
    assert not reception.errors, reception.errors
    decides_and_issues(
        quiet_office, resident.number, "E", part="交付申請書", ground="N9", nature="氏名と生年月日で探索しました",
        harm="申請を受け付けた記録がありません",
    )  # fmt: skip

    resident.opens_their_request()
    resident.reads_the_letter()
    resident.reads("髙橋　親", child.name, "申請を受け付けた記録がありません")


def test_another_body_takes_the_request_over(site: Site, resident: Resident, quiet_office: Office) -> None:
    resident.number, resident.code = cases.identified(site, records=FORM)
    officer, approver = quiet_office.officer, quiet_office.approver
    officer.opens_the_case(resident.number, "/transfer")
    officer.fills_in(
        body="見本市", head="見本市長", department="市民課", address="見本県見本市見本町1番1号",
        telephone="00-0000-0000", reason="交付の記録は、見本市が作成し、保有しています。", consulted_on=day(),
    )  # fmt: skip
    officer.chooses(extent="whole")
    officer.presses()
    officer.chooses(agreed="agreed")
    officer.fills_in(answered_on=day())
    officer.presses(to="/transfer/answer")
    officer.fills_in(enclosed="開示請求書の写し")
    officer.presses(to="/transfer/letters")
    assert not officer.errors, officer.errors
    approver.opens_the_case(resident.number)
    approver.follows("/notices/")
    approver.takes_the_next_step()

    resident.opens_their_request()
    resident.reads("見本市", "00-0000-0000")
    resident.reads_the_letter()
    resident.reads("移送", "市民課")


def test_somebody_objects_and_the_records_wait(site: Site, resident: Resident, quiet_office: Office) -> None:
    number, resident.code = cases.identified(site, records=FORM)
    resident.number = number
    officer, approver = quiet_office.officer, quiet_office.approver
    officer.opens_the_case(number, "/records")
    officer.attaches_the_record("form", "申請書.png")
    officer.opens_the_case(number, "/third-parties")
    officer.chooses(honorific="様", item="none")
    officer.fills_in(
        name="見本　三郎", address="東京都千代田区見本町二丁目3番4号", content="受付を担当した従業員の氏名"
    )
    officer.presses(to="/third-parties")
    party = officer.path
    officer.fills_in(due_on=day(14))
    officer.presses(to="/inquiry")
    officer.reads("意見書")
    assert resident.person.name not in officer.main.inner_text(), "the requester is not named"
    issues_the_draft(approver, officer.path)

    officer.opens(party)
    officer.chooses(answer="opposed")
    officer.fills_in(answered_on=day(), parts="氏名", reasons="不利益を受けるおそれがあります。")
    officer.presses(to="/answer")
    officer.fills_in(grounds="氏名は、職務に関して公にされています。")
    officer.presses(to="/objection")
    notice = officer.path
    decides_and_issues(quiet_office, number, "A")
    issues_the_draft(approver, notice)

    officer.opens_the_case(number, "/release")
    officer.reads("反対意見書")
    resident.opens_their_request()
    assert resident.main.locator("a[href*='/request/case/files/']").count() == 1, "only what they sent themselves"
    assert "見本　三郎" not in resident.page.content()


def test_the_way_of_receiving_is_chosen_after_the_decision(
    site: Site, resident: Resident, quiet_office: Office
) -> None:
    number, resident.code = cases.identified(site, records=FORM)
    resident.number = number
    quiet_office.officer.opens_the_case(number, "/records")
    quiet_office.officer.attaches_the_record("form", "申請書.png")
    decides_and_issues(quiet_office, number, "A")

    resident.opens_their_request()
    resident.reads_the_letter()  # the time to choose begins
    resident.opens("/request/case/method")
    resident.chooses(delivery="office", format="inspection")
    resident.presses()
    assert not resident.errors, resident.errors
    resident.opens("/request/case")
    resident.reads("閲覧")
    quiet_office.officer.opens_the_case(number)
    quiet_office.officer.reads("閲覧")


def test_a_correction_is_claimed_after_the_disclosure(site: Site, resident: Resident, quiet_office: Office) -> None:
    resident.number, resident.code = cases.decided_in_part(site, released=True)
    resident.opens_their_request()
    resident.follows("/claims/correction")
    resident.fills_in(claim="フリガナを「タカバシ」に訂正してください。", reason="旅券の記載のとおりです。")
    resident.chooses(proof="new", document="driving-licence")
    resident.attaches(upload("免許証.png"))
    resident.ticks("declared")
    resident.presses()
    assert resident.path == "/request/receipt", (resident.path, resident.errors)
    resident.notes_number_and_code()

    reception = quiet_office.reception
    reception.opens_the_case(resident.number)
    reception.takes_the_next_step()
    reception.confirms_identity()
    decides_and_issues(
        quiet_office, resident.number, "A", part="フリガナ", ground="K1", nature="「タカバシ」に訂正します。",
        harm="旅券で確かめました。",
    )  # fmt: skip
    officer = quiet_office.officer
    officer.opens_the_case(resident.number, "/carry-out")
    officer.fills_in(text="フリガナを「タカバシ」に直しました。", done_on=day())
    officer.presses()
    assert not officer.errors, officer.errors

    resident.opens_their_request()
    resident.reads("フリガナを「タカバシ」に直しました。")
    resident.reads_the_letter()
    resident.reads("訂正", "タカバシ")


def test_an_appeal_goes_over_the_board_to_its_ruling(site: Site, resident: Resident, quiet_office: Office) -> None:
    resident.number, resident.code = cases.decided_in_part(site, released=False)
    resident.opens_their_request()
    resident.reads_the_letter()
    resident.opens("/request/case/appeals")
    resident.fills_in(purport="不開示とした部分の開示を求めます。", reason=OPENED)
    resident.chooses(instructed="yes")
    resident.presses()
    assert not resident.errors, resident.errors
    resident.reads(OPENED)
    own = resident.path

    officer, approver = quiet_office.officer, quiet_office.approver
    officer.opens("/staff/appeals")
    officer.follows("/appeals/")
    appeal = officer.path
    officer.chooses(step="accept")
    officer.presses(to="/steps", kind="secondary")
    officer.opens(f"{appeal}/consultation")
    officer.fills_in(view="氏名は、法第78条第1項第2号に当たります。")
    officer.presses()
    issues_the_draft(approver, officer.path)
    officer.opens(appeal)
    officer.chooses(step="report")
    officer.fills_in(day=day(), number="令和8年度（独情）答申第1号", note="氏名は開示すべきです。")
    officer.presses(to="/steps", kind="secondary")
    assert not officer.errors, officer.errors
    officer.opens(f"{appeal}/ruling")
    officer.chooses(result="upheld")
    officer.fills_in(
        order="本件決定のうち、氏名を不開示とした部分を取り消す。", outline="一部を不開示とした決定です。",
        positions="審査請求人は、氏名は公にされていると主張します。", why="答申のとおりです。",
    )  # fmt: skip
    officer.presses()
    assert not officer.errors, officer.errors
    issues_the_draft(approver, officer.path)

    resident.opens(own)
    resident.reads("裁決")
    resident.opens("/request/case")
    resident.reads("裁決")
