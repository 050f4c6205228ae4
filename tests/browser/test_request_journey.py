"""The main job: from the first question of a resident to the letter in their hands, with the staff between."""

from __future__ import annotations

from email.message import Message

import pytest

from portal.core import clock
from portal.core.wareki import format_wareki
from tests.browser.conftest import PHONE, Open
from tests.browser.papers import words_of
from tests.browser.resident import Person, Resident
from tests.browser.running import Site
from tests.browser.staff import Office
from tests.factories.smtp import subject, words

REASON = {
    "part": "受付担当者の氏名",
    "ground": "N2",
    "nature": "職員以外の個人に関する情報",
    "harm": "特定の個人が識別されるおそれ",
}
BETTER_HARM = "氏名により特定の個人が識別され、その私生活の平穏が害されるおそれ"


@pytest.mark.parametrize(
    ("scripts", "language"), [(True, "ja"), (False, "ja"), (True, "en")], ids=["scripts", "no-scripts", "english"]
)
def test_a_resident_asks_and_receives_a_signed_off_letter(
    site: Site, open_browser: Open, scripts: bool, language: str
) -> None:
    context = open_browser(scripts=scripts, viewport=PHONE)
    resident = Resident(context.new_page(), language=language)
    resident.person = Person(email=f"sample-{language}-{scripts}@kaiji.example".lower())
    office = Office(open_browser, scripts=scripts, language=language)
    before = site.requests()

    resident.reads_what_it_is_about()
    resident.finds_the_right_procedure()
    resident.asks_for_the_photo_and_the_form()
    resident.says_who_they_are()
    resident.says_how_to_reach_them()
    resident.wants_a_download_as_pdf()
    resident.shows_a_driving_licence()
    resident.checks_the_answers()
    resident.sends_the_request()
    resident.notes_number_and_code()
    slip = words_of(resident.saves_the_slip())
    assert resident.number in slip
    assert resident.code in slip
    resident.says_that_the_code_is_noted()
    assert site.requests() == before + 1

    reception = office.reception
    reception.finds_the_case_on_the_desk(resident.number)
    reception.takes_the_next_step()
    reception.reads(resident.person.name)
    reception.asks_for_a_better_picture("四隅が写るように撮ってください。")
    assert reception.main.locator(".clock").first.is_visible()

    resident.opens_their_request()
    assert resident.main.locator(".clock--warning").is_visible(), "the clock stands still"
    resident.answers_the_correction("撮り直しました。")
    assert resident.main.locator(".clock--warning").count() == 0, "the clock runs again"

    reception.opens_the_case(resident.number)
    reception.reads("撮り直しました。")
    reception.takes_the_next_step()
    reception.confirms_identity()

    officer = office.officer
    officer.opens_the_case(resident.number)
    officer.takes_the_next_step()
    officer.attaches_the_record("form", "申請書.png")
    officer.opens_the_case(resident.number, "/records")
    officer.attaches_the_record("photo", "顔写真.png")
    officer.opens_the_case(resident.number)
    officer.covers_a_part(REASON["ground"])
    officer.opens_the_case(resident.number, "/decision")
    officer.decides_to_withhold(**REASON)
    officer.reads(resident.person.name, REASON["part"])
    officer.takes_the_next_step()

    approver = office.approver
    approver.opens_the_case(resident.number)
    approver.takes_the_next_step()
    approver.sends_back("おそれを具体的に書いてください。")

    officer.opens_the_case(resident.number)
    officer.reads("おそれを具体的に書いてください。")
    officer.opens_the_case(resident.number, "/decision")
    officer.gives_the_reason(harm=BETTER_HARM)
    officer.takes_the_next_step()

    approver.opens_the_case(resident.number, "/letter")
    approver.reads(BETTER_HARM)
    approver.takes_the_next_step()
    approver.opens_the_case(resident.number, "/letter")
    approver.takes_the_next_step()
    issued = words_of(approver.downloads_the_issued_letter())

    approver.opens_the_case(resident.number, "/compare")
    approver.compares_as_the_first_person()
    officer.opens_the_case(resident.number, "/release")
    officer.compares_and_discloses()

    resident.opens_their_request()
    letter = resident.downloads_the_letter()
    assert words_of(letter) == issued, "both read the same letter"
    the_letter_is_right(issued, resident)
    record = resident.downloads_a_record()
    assert record.read_bytes()[:4] in (b"%PDF", b"\x89PNG")
    resident.reads_the_letter()
    resident.reads(REASON["part"], BETTER_HARM, resident.person.name)
    resident.closes_the_request()
    resident.page.goto(resident.address("/request/case"))
    assert resident.path == "/request/status", "a closed request asks for number and code again"

    for mail in site.mails_to(resident.person.email, count=3):
        the_mail_says_only_that_something_is_new(mail, resident, site)


def the_letter_is_right(words: str, resident: Resident) -> None:
    """Number, day, addressee, sender, title, 記 … 以上, reasons and remedies stand in it, in this order."""
    today = format_wareki(clock.day_in_japan(clock.now()))
    parts = [
        "号", today, resident.person.address, resident.person.name.replace("　", "") + "様",
        "開示をする旨の決定について（通知）", resident.number, "記",
        REASON["part"], REASON["nature"], BETTER_HARM, "審査請求", "以上", "【担当】",
    ]  # fmt: skip
    place = 0
    for part in parts:
        found = words.find(part, place)
        assert found >= 0, f"{part!r} is missing or stands elsewhere in {words}"
        place = found


def the_mail_says_only_that_something_is_new(mail: Message, resident: Resident, site: Site) -> None:
    text = f"{subject(mail)}\n{words(mail)}"
    assert site.url in text
    for secret in (resident.number, resident.code, resident.person.name, "髙橋", REASON["part"], "補正", "決定"):
        assert secret not in text
