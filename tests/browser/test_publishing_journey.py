"""An incident report from its first words to its correction: two publishers, and a reader who finds it."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Open
from tests.browser.reader import Reader
from tests.browser.running import Site, wait_until
from tests.browser.staff import Colleague, Office

TITLE = {"ja": "見本窓口端末の停止", "en": "Sample counter terminals stopped"}
BODY = {"ja": "ヒヤシンス計画の端末が起動しませんでした。", "en": "Terminals of the Hyacinth plan did not start."}


def writes_a_first_report(publisher: Colleague, key: str) -> None:
    publisher.opens("/staff/publishing")
    publisher.follows("/staff/publishing/new")
    publisher.fills_in(
        key=key, bulletin_title_ja=TITLE["ja"], bulletin_title_en=TITLE["en"], body_ja=BODY["ja"], body_en=BODY["en"],
        title_ja=TITLE["ja"], title_en=TITLE["en"], occurred_on="2026-04-01",
    )  # fmt: skip
    publisher.chooses(severity="2", state="closed", systems="municipal-terminals", cause_status="presumed")
    publisher.chooses(facts__0__field="affected-municipalities", facts__0__unit="municipalities")
    publisher.fills_in(facts__0__number="１２")
    publisher.presses()
    assert not publisher.errors, publisher.errors


def corrects_the_number(publisher: Colleague, key: str) -> None:
    publisher.opens("/staff/publishing")
    publisher.follows(f"/staff/publishing/incidents/{key}/correction")
    publisher.fills_in(
        bulletin_title_ja="影響した市区町村数の訂正", bulletin_title_en="Number of municipalities corrected",
        body_ja="正しくは15市区町村でした。", body_en="It was 15 municipalities.",
        reason_ja="集計の誤り。", reason_en="An error of counting.", noticed_on="2026-04-03",
    )  # fmt: skip
    told = publisher.main.locator("[name='facts-0-corrects'] option").nth(1).get_attribute("value")
    publisher.chooses(
        facts__0__corrects=str(told), facts__0__field="affected-municipalities", facts__0__unit="municipalities"
    )
    publisher.fills_in(facts__0__number="15")
    publisher.presses()
    assert not publisher.errors, publisher.errors


def another_person_publishes_it(publisher: Colleague, second: Colleague) -> None:
    """The writer cannot; somebody else looks at it and can."""
    draft = publisher.path
    if publisher.main.locator("[name='seen']").count():
        publisher.ticks("seen")
    publisher.presses(to="/send")
    publisher.opens(draft)
    assert publisher.main.locator("form[action$='/publish']").count() == 0, "nobody approves their own words"
    second.opens(draft)
    second.presses(to="/publish")
    assert second.path == "/staff/publishing"


def test_a_report_is_written_approved_found_and_corrected(site: Site, open_browser: Open, scripts: bool) -> None:
    office = Office(open_browser, scripts=scripts)
    key = f"sample-terminals-{'with' if scripts else 'without'}-scripts"
    publisher, second = office.publisher, office.second_publisher
    reader = Reader(open_browser(scripts=scripts).new_page())

    writes_a_first_report(publisher, key)
    publisher.reads(BODY["ja"], BODY["en"], "12")
    answer = reader.page.goto(f"/incidents/{key}")
    assert answer is not None
    assert answer.status == 404, "nothing is public before it is approved"
    another_person_publishes_it(publisher, second)

    reader.opens(f"/incidents/{key}/bulletins/1")
    reader.reads(TITLE["ja"], BODY["ja"], "12")

    reader.searches_on_the_home_page("ヒヤシンス計画")

    def found() -> bool:
        reader.page.reload()  # a browser may keep the page for a minute otherwise
        return f"/incidents/{key}" in reader.hits

    wait_until(found, "the report in the search")

    corrects_the_number(publisher, key)
    another_person_publishes_it(publisher, second)
    reader = Reader(open_browser(scripts=scripts).new_page())  # browsers may keep a page for a minute
    reader.opens(f"/incidents/{key}")
    reader.reads("15", "集計の誤り。", "訂正")
    reader.opens(f"/incidents/{key}/bulletins/1")
    reader.reads(BODY["ja"], "12")
    assert reader.main.locator(f"a[href='/incidents/{key}']").count(), "the old bulletin names the page that holds now"
    reader.opens(f"/incidents/{key}/bulletins/2")
    reader.reads("12", "15")


@pytest.mark.parametrize("login", ["reception", "officer", "auditor"])
def test_others_have_no_publishing_desk(open_browser: Open, login: str) -> None:
    colleague = Office(open_browser).of(login)
    answer = colleague.page.goto("/staff/publishing/new")
    assert answer is not None
    assert answer.status == 403
