"""The public calculator of periods, and days as calendar files."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from icalendar import Calendar

from disclosure.operations.correct import ask_correction
from disclosure.operations.extend import Wanted, draft_extension, issue_extension
from disclosure.operations.identity_check import confirm_identity, start_identity_check
from disclosure.rules.calculator import codes
from disclosure.rules.extensions import ExtensionGround, ExtensionKind
from portal.core import clock
from portal.core.vault import OfficeVault
from portal.services import Services
from tests.client import Browser, Page
from tests.disclosure.views.filed import Filed, open_case, work
from tests.factories.disclosure import APPROVER, LICENCE, OFFICER, RECEPTION


def ask(browser: Browser, prefix: str = "", **asked: str) -> Page:
    return browser.get(f"{prefix}/procedure/deadlines?{urlencode(asked)}")


def events(page: Page) -> list[Any]:
    return list(Calendar.from_ical(page.data).walk("VEVENT"))


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_page_answers_with_raw_day_rolled_day_and_articles(browser: Browser, prefix: str) -> None:
    page = ask(browser, prefix, clock="D1", day="令和８年４月３日")
    assert page.status == 200
    for part in ("2026-05-03", "2026-05-07", "2026-05-01", "民法第140条", "第83条第1項", "行政不服審査法第3条"):
        assert part in page.text, part
    assert "Set-Cookie" not in page.headers
    assert page.links("deadlines?clock=D1&day=2026-04-03") or page.links("deadlines?day=2026-04-03&clock=D1")


def test_without_questions_every_period_is_explained(browser: Browser) -> None:
    page = browser.get("/en/procedure/deadlines")
    assert page.status == 200
    assert not page.errors
    rows = [row.find("th").text_content() for row in page.tree.xpath("//main//tbody/tr")]
    assert rows == list(codes())
    assert "To be confirmed by the organisation" in page.text


WRONG: list[tuple[dict[str, str], str, str]] = [
    ({"clock": "D1"}, "day", "Enter the day"),
    ({"clock": "D1", "day": "2026-02-30"}, "day", "does not exist"),
    ({"clock": "D1", "day": "1999-01-01"}, "day", "does not reach"),
    ({"clock": "D99", "day": "2026-04-01"}, "clock", "choose from what is offered"),
    ({"clock": "D1", "day": "2026-04-01", "extended": "30"}, "extended", "ask for D2"),
    ({"clock": "D2", "day": "2026-04-01", "extended": "３１"}, "extended", "at most 30"),
    ({"clock": "D2", "day": "2026-04-01", "extended": "many"}, "extended", "from 1 to 999"),
    ({"clock": "D13", "day": "2026-04-01"}, "extended", "by how many days"),
    ({"clock": "D3", "day": "2026-04-01", "until": "2026-05-31"}, "until", "after 2026-05-31"),
    ({"clock": "D1", "day": "2026-04-01", "transit": "2"}, "transit", "are counted"),
    ({"clock": "D15", "day": "2026-04-01", "ordinance": "31"}, "ordinance", "from 1 to 30"),
    ({"clock": "D1", "day": "2026-04-01", "arrived_1": "2026-04-09"}, "sent_1", "was asked for"),
    (
        {"clock": "D1", "day": "2026-04-01", "sent_2": "2026-04-09", "arrived_2": "2026-04-08"},
        "arrived_2",
        "before",
    ),
    ({"clock": "D1", "day": "2026-04-01", "sent_1": "2026-04-09", "sent_2": "2026-03-09"}, "sent_2", "before the"),
    ({"clock": "D5", "day": "2026-04-01", "sent_1": "2026-04-09"}, "sent_1", "does not stop"),
    ({"clock": "D1", "day": "123456789018"}, "day", "12-digit"),
]


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(browser: Browser) -> None:
    for asked, field, said in WRONG:
        page = ask(browser, "/en", **asked)
        assert page.status == 422, asked
        assert said in page.tree.get_element_by_id(f"{field}-error").text_content(), asked
        assert page.headers["Cache-Control"] == "no-store"
        for name, value in asked.items():
            assert name == "clock" or page.tree.get_element_by_id(name).get("value") == value
        assert browser.get(f"/en/procedure/deadlines.ics?{urlencode(asked)}").status == 404


def test_corrections_extension_and_an_open_answer(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = {"clock": "D2", "day": "2026-04-01", "sent_1": "2026-04-08", "arrived_1": "2026-04-20", "extended": "15"}
    assert "2026-05-28" in ask(browser, **asked).text
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 4, 20, 3, tzinfo=UTC))
    page = ask(browser, "/en", clock="D1", day="2026-04-01", sent_1="2026-04-08")
    assert "stands still" in page.text
    assert "2026-05-13" in page.text
    assert not page.links(".ics")


def test_the_day_is_a_whole_day_in_the_calendar_and_its_name_never_changes(browser: Browser) -> None:
    page = ask(browser, "/en", clock="D3", day="2026-04-01", until="2026-09-30")
    (address,) = page.links("deadlines.ics")
    file = browser.get(address)
    assert file.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert file.headers["Cache-Control"] == "no-store"
    assert 'attachment; filename="kaiji-D3-2026-05-31.ics"' in file.headers["Content-Disposition"]
    assert all(len(line) <= 75 for line in file.data.split(b"\r\n"))
    found = events(file)
    assert [event.decoded("dtstart") for event in found] == [date(2026, 5, 31), date(2026, 5, 1), date(2026, 9, 30)]
    assert all(event.decoded("dtend") - event.decoded("dtstart") == timedelta(days=1) for event in found)
    assert "第84条後段" in str(found[0]["description"])
    again = [event["uid"] for event in events(browser.get(address))]
    assert again == [event["uid"] for event in found]
    assert len(set(again)) == 3
    japanese = events(browser.get(address.removeprefix("/en")))
    assert "相当の部分" in str(japanese[0]["summary"])
    assert [event["uid"] for event in japanese] == again


def test_a_resident_takes_the_days_of_the_case_along(browser: Browser, filed: Filed) -> None:
    page = open_case(browser, filed, "/en")
    (address,) = page.links("days.ics")
    file = browser.get(address)
    (event,) = events(file)
    assert event.decoded("dtstart") == date(2026, 5, 1)
    assert filed[0] in str(event["summary"])
    assert file.headers["Cache-Control"] == "no-store"
    assert f"filename*=UTF-8''{quote(filed[0])}.ics" in file.headers["Content-Disposition"]
    text = file.data.decode().replace("\r\n ", "")
    for secret in ("髙橋", "タカハシ", "見本町一丁目", "sample@kaiji.example", filed[1]):
        assert secret not in text
    looks = browser.get("/en/request/case")
    assert looks.text.count("This page") >= 2, "the download is a look as well"


def test_a_clock_that_stands_still_is_in_no_calendar(
    browser: Browser,
    building: Services,
    office: OfficeVault,
    filed: Filed,
) -> None:
    def step(session: Any, case: Any) -> None:
        start_identity_check(session, case, by=RECEPTION, at=clock.now())
        ask_correction(session, case, ["name"], vault=office, by=RECEPTION, at=clock.now(), note="")

    work(building, step)
    page = open_case(browser, filed)
    assert not page.links("days.ics")
    assert events(browser.get("/request/case/days.ics")) == []


def test_nobody_else_reads_the_days_of_a_case(browser: Browser) -> None:
    assert browser.get("/request/case/days.ics").path == "/request/status"


def test_a_late_decision_says_that_nothing_is_decided_and_what_can_be_done(
    browser: Browser,
    filed: Filed,
    time: Any,
) -> None:
    assert "against the inaction" not in open_case(browser, filed, "/en").text
    time(timedelta(days=31))
    page = open_case(browser, filed, "/en")
    assert "Late by 1 day" in page.text
    for part in ("nothing counts as decided", "against the inaction", "行政不服審査法第3条"):
        assert part in page.text


def test_a_file_taken_again_moves_the_day_of_the_decision(
    browser: Browser,
    building: Services,
    office: OfficeVault,
    filed: Filed,
) -> None:
    def tell(wanted: Wanted) -> Any:
        def step(session: Any, case: Any) -> None:
            at = clock.now()
            draft_extension(session, case, wanted, vault=office, by=OFFICER, at=at)
            issue_extension(session, case, settings=building.settings, vault=office, signer=None, by=APPROVER, at=at)

        return step

    def confirm(session: Any, case: Any) -> None:
        start_identity_check(session, case, by=RECEPTION, at=clock.now())
        confirm_identity(session, case, [LICENCE], by=RECEPTION, at=clock.now())

    work(building, confirm)
    open_case(browser, filed)
    (first,) = events(browser.get("/request/case/days.ics"))
    work(
        building,
        tell(Wanted(ExtensionKind.EXTENSION, "記録が3つのシステムに分かれています。", 30, ExtensionGround.BURDEN)),
    )
    (extended,) = events(browser.get("/request/case/days.ics"))
    assert [event.decoded("dtstart") for event in (first, extended)] == [date(2026, 5, 1), date(2026, 5, 31)]
    assert extended["uid"] == first["uid"]
    work(building, tell(Wanted(ExtensionKind.SPECIAL, "記録が約4,200件あります。", rest_on=date(2026, 9, 30))))
    part, rest = events(browser.get("/request/case/days.ics"))
    assert [event.decoded("dtstart") for event in (part, rest)] == [date(2026, 5, 31), date(2026, 9, 30)]
    assert part["uid"] == first["uid"] != rest["uid"]
