"""Each way in which a request can end, from the officer's desk to what its requester reads."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from disclosure.rules.kinds import RecordKind
from tests.browser import cases
from tests.browser.conftest import PHONE, Open
from tests.browser.resident import Resident
from tests.browser.running import Site
from tests.browser.staff import Office


@dataclass(frozen=True)
class Ending:
    """A decision as an officer writes it, and what its letter says."""

    kind: str
    reason: dict[str, str]
    reads: tuple[str, ...]
    with_record: bool = False


ENDINGS = {
    "everything": Ending("A", {}, ("開示をする旨の決定について（通知）", "全部", "利用目的"), with_record=True),
    "nothing": Ending(
        "C",
        {
            "part": "交付申請書の全部", "ground": "N7-b", "nature": "不正な取得の調査に関する情報",
            "harm": "調査の手法が明らかになり、その後の調査に支障が生じるおそれ",
        },
        ("開示をしない旨の決定について（通知）", "調査の手法が明らかになり", "審査請求"),
        with_record=True,
    ),
    "neither-confirmed-nor-denied": Ending(
        "D",
        {
            "part": "請求に係る情報", "ground": "N8", "nature": "その存否を答えることで、申請の有無が明らかになります",
            "harm": "第78条第1項第2号の情報を開示することになります",
        },
        ("開示をしない旨の決定について（通知）", "第81条", "審査請求"),
    ),
    "not-held": Ending(
        "E",
        {
            "part": "交付申請書", "ground": "N9",
            "nature": "平成27年10月以降の申請の記録を、氏名と生年月日で探索しました",
            "harm": "申請を受け付けた記録がありません",
        },
        ("開示をしない旨の決定について（通知）", "申請を受け付けた記録がありません", "審査請求"),
    ),
    "defect-of-form": Ending(
        "F",
        {
            "part": "請求書", "ground": "N10", "nature": "請求する記録を特定する記載がありません",
            "harm": "期限までに補正がありませんでした",
        },
        ("開示をしない旨の決定について（通知）", "期限までに補正がありませんでした", "審査請求"),
    ),
    "outside-the-law": Ending(
        "I",
        {
            "part": "請求に係る情報", "ground": "N11", "nature": "刑事事件に係る裁判に関する情報",
            "harm": "法第124条第1項により、開示の規定は適用されません",
        },
        ("開示をしない旨の決定について（通知）", "第124条第1項", "審査請求"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_request_ends_with_a_letter_that_says_why(
    site: Site, open_browser: Open, quiet_office: Office, ending: str
) -> None:
    wanted, office = ENDINGS[ending], quiet_office
    resident = Resident(open_browser(scripts=False, viewport=PHONE).new_page())
    resident.number, resident.code = cases.identified(site, records=RecordKind.FORM)

    officer, approver = office.officer, office.approver
    if wanted.with_record:
        officer.opens_the_case(resident.number, "/records")
        officer.attaches_the_record("form", "申請書.png")
    officer.opens_the_case(resident.number, "/decision")
    officer.decides(wanted.kind, **wanted.reason)
    officer.takes_the_next_step()

    approver.opens_the_case(resident.number, "/letter")
    approver.reads(*(text for name, text in wanted.reason.items() if name != "ground"))
    approver.takes_the_next_step()
    approver.opens_the_case(resident.number, "/letter")
    approver.takes_the_next_step()

    resident.opens_their_request()
    resident.reads_the_letter()
    resident.reads(*wanted.reads)
    resident.opens("/request/case")
    if wanted.kind == "A":
        officer.opens_the_case(resident.number, "/release")
        officer.compares_and_discloses()
        resident.opens("/request/case")
        assert resident.downloads_a_record().read_bytes()[:4] == b"\x89PNG"
    else:
        assert resident.main.locator("a[href*='/request/case/files/']").count() == 1, "only what was sent by themselves"


def test_a_request_is_withdrawn_and_nothing_more_is_done(site: Site, open_browser: Open, quiet_office: Office) -> None:
    office = quiet_office
    resident = Resident(open_browser(scripts=False, viewport=PHONE).new_page())
    resident.number, resident.code = cases.identified(site)

    resident.opens_their_request()
    resident.follows("/request/case/withdraw")
    resident.ticks("sure")
    resident.presses(kind="danger")
    assert resident.path == "/request/case", resident.errors
    resident.reads("取り下げ")

    office.officer.opens_the_case(resident.number)
    assert office.officer.main.locator(".next-step a.button, .next-step button").count() == 0
    office.officer.page.goto(f"/staff/cases/{resident.number}/decision")
    assert office.officer.page.locator("form[method=post] [name=kind]").count() == 0
