"""An outage from its first words on a telephone to its end: said at once, carried on, corrected, explained, closed."""

from __future__ import annotations

from tests.browser.conftest import PHONE, Open
from tests.browser.reader import Reader
from tests.browser.running import Site
from tests.browser.staff import Colleague, Office
from tests.browser.test_publishing_journey import another_person_publishes_it

DESK = "/staff/publishing"


def announces_it_at_once(writer: Colleague) -> str:
    """Six fields and a reason; returns the incident's address."""
    writer.opens(DESK)
    writer.follows(f"{DESK}/quick")
    writer.chooses(template="slow", system="mynaportal", next_minutes="30")
    writer.fills_in(area="北海道", since="9:05")
    writer.ticks("exercise")
    writer.presses()
    assert not writer.errors, writer.errors
    writer.reads("北海道", "つながりにくく")
    writer.main.locator("details.at-once summary").click()
    writer.fills_in(now__reason="夜間で一人のため。")
    writer.presses(to="/publish-now", kind="danger")
    link = writer.main.locator("a[href*='/incidents/mynaportal-'][href*='/bulletins/1']").first
    return str(link.get_attribute("href")).removesuffix("/bulletins/1")


def another_person_approves_it_afterwards(second: Colleague) -> None:
    second.opens(DESK)
    second.reads("夜間で一人のため。")
    second.presses(to="/approve", kind="secondary")
    second.does_not_read("夜間で一人のため。")


def begins_to_write_and_loses_the_page(writer: Colleague, place: str, words: str) -> None:
    """Types without sending; the window closes. What was typed is there in the next one."""
    writer.opens(place)
    writer.main.locator("[name='body_ja']").press_sequentially(words)
    writer.main.locator("[data-autosave-state][data-state='kept']").wait_for()
    window = writer.page.context.new_page()
    writer.page.close()
    writer.page = window
    writer.opens(place)
    writer.follows("?typing=")
    assert writer.main.locator("[name='body_ja']").input_value() == words


def writes(writer: Colleague, ja: str, en: str, *, chosen: dict[str, str], typed: dict[str, str]) -> None:
    """Fill in a further bulletin and save it."""
    writer.fills_in(bulletin_title_ja=ja, bulletin_title_en=en, body_ja=ja, body_en=en, **typed)
    writer.fills_in(what_changed_ja=ja, what_changed_en=en)
    writer.chooses(**chosen)
    writer.presses()
    assert not writer.errors, writer.errors


def test_an_outage_is_announced_carried_on_corrected_explained_and_closed_by_two(
    site: Site, open_browser: Open
) -> None:
    writer = Colleague(open_browser(viewport=PHONE, has_touch=True, is_mobile=True).new_page())
    writer.signs_in("publisher")
    second = Office(open_browser).second_publisher
    incident = announces_it_at_once(writer)
    another_person_approves_it_afterwards(second)
    further = f"{DESK}{incident}/bulletin"
    number = {"facts__0__field": "affected-municipalities", "facts__0__unit": "municipalities"}

    begins_to_write_and_loses_the_page(writer, further, "12市区町村で")
    writes(
        writer, "12市区町村で遅れています", "Slow in 12 municipalities", chosen=number, typed={"facts__0__number": "12"}
    )
    another_person_publishes_it(writer, second)

    writer.opens(f"{DESK}{incident}/correction")
    told = writer.main.locator("[name='facts-0-corrects'] option", has_text="12").first.get_attribute("value")
    why = {"reason_ja": "重複して数えたため", "reason_en": "Counted twice", "noticed_on": "2026-04-02"}
    correction = {**number, "facts__0__corrects": str(told), "cause_status": "presumed"}
    writes(writer, "正しくは11です", "It is 11", chosen=correction, typed={**why, "facts__0__number": "11"})
    another_person_publishes_it(writer, second)

    writer.opens(further)
    writes(writer, "原因は能力の不足です", "Too little capacity", typed={"next_on": "2026-04-03", "next_at": "12:00"},
           chosen={"cause_status": "established", "cause_key": "capacity", "state": "recovered"})  # fmt: skip
    another_person_publishes_it(writer, second)

    writer.opens(further)
    writer.ticks("final")
    recovered = {"facts__0__field": "recovered", "state": "closed"}
    writes(
        writer,
        "終わりました",
        "It is over",
        chosen=recovered,
        typed={"facts__0__day": "2026-04-02", "facts__0__time": "10:15"},
    )
    writer.reads("10:15")
    another_person_publishes_it(writer, second)

    reader = Reader(open_browser(viewport=PHONE).new_page())
    reader.opens(incident)
    reader.reads("終わりました", "11", "重複して数えたため", "夜間で一人のため。")
    reader.opens(f"{incident}/bulletins/3")
    reader.reads("12", "11")
    wide = reader.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    assert not wide, "a page is wider than the telephone"
