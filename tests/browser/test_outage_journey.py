"""An outage from its first words on a telephone to its end, and a reader who is told of each of them in three ways."""

from __future__ import annotations

from tests.browser.conftest import PHONE, Open
from tests.browser.follower import Follower
from tests.browser.reader import Reader
from tests.browser.running import Site, wait_until
from tests.browser.staff import Colleague, Office
from tests.browser.test_publishing_journey import another_person_publishes_it
from tests.factories.receiver import Receiver, receiver

DESK = "/staff/publishing"
SYSTEM = "mynaportal"
PLACES = {"facts__0__field": "affected-municipalities", "facts__0__unit": "municipalities"}


def announces_it_at_once(writer: Colleague) -> str:
    """Six fields and a reason; returns the incident's address."""
    writer.opens(DESK)
    writer.follows(f"{DESK}/quick")
    writer.chooses(template="slow", system=SYSTEM, next_minutes="30")
    writer.fills_in(area="北海道", since="9:05")
    writer.ticks("exercise")
    writer.presses()
    assert not writer.errors, writer.errors
    writer.reads("北海道", "つながりにくく")
    writer.main.locator("details.at-once summary").click()
    writer.fills_in(now__reason="夜間で一人のため。")
    writer.presses(to="/publish-now", kind="danger")
    link = writer.main.locator(f"a[href*='/incidents/{SYSTEM}-'][href*='/bulletins/1']").first
    return str(link.get_attribute("href")).removesuffix("/bulletins/1")


def approves_it_afterwards(second: Colleague) -> None:
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


def says_how_many_are_affected(writer: Colleague, further: str) -> None:
    begins_to_write_and_loses_the_page(writer, further, "12市区町村で")
    writes(
        writer, "12市区町村で遅れています", "Slow in 12 municipalities", chosen=PLACES, typed={"facts__0__number": "12"}
    )


def corrects_the_number_and_presumes_a_cause(writer: Colleague, correction: str) -> None:
    writer.opens(correction)
    wrong = writer.main.locator("[name='facts-0-corrects'] option", has_text="12").first.get_attribute("value")
    why = {"reason_ja": "重複して数えたため", "reason_en": "Counted twice", "noticed_on": "2026-04-02"}
    chosen = {**PLACES, "facts__0__corrects": str(wrong), "cause_status": "presumed", "cause_key": "capacity"}
    writes(writer, "正しくは11です", "It is 11", chosen=chosen, typed={**why, "facts__0__number": "11"})


def establishes_the_cause(writer: Colleague, further: str) -> None:
    writer.opens(further)
    chosen = {"cause_status": "established", "state": "recovered"}
    promised = {"next_on": "2026-04-03", "next_at": "12:00"}
    writes(writer, "原因は能力の不足です", "Too little capacity", chosen=chosen, typed=promised)


def closes_it(writer: Colleague, further: str) -> None:
    writer.opens(further)
    writer.ticks("final")
    over = {"facts__0__day": "2026-04-02", "facts__0__time": "10:15"}
    writes(writer, "終わりました", "It is over", chosen={"facts__0__field": "recovered", "state": "closed"}, typed=over)
    writer.reads("10:15")


def was_told_of_everything(follower: Follower, there: Receiver) -> None:
    """Five bulletins in their order: by mail, by call, by feed."""
    mails = follower.mails(5)
    for number, subject in enumerate(mails, 1):
        assert f"第{number}報" in subject, mails
        assert "訓練" in subject, mails
    wait_until(lambda: len(there.calls) == 6, "five calls after the challenge")
    assert [call.said["type"] for call in there.calls[1:]] == ["bulletin.published"] * 5
    newest, *earlier = follower.feed()[:5]
    assert "終わりました" in newest
    assert [f"第{number}報" in title for number, title in zip((4, 3, 2, 1), earlier, strict=True)] == [True] * 4


def reads_what_happened(reader: Reader, incident: str) -> None:
    """On the incident's page, and what the third bulletin changed of the second."""
    reader.opens(incident)
    reader.reads("終わりました", "11", "重複して数えたため", "夜間で一人のため。", "推定", "確定")
    reader.follows("/diff?from=2&to=3")
    changed = {tag: reader.main.locator(tag).all_inner_texts() for tag in ("del", "ins")}
    assert any("12" in text for text in changed["del"]), changed
    assert any("11" in text for text in changed["ins"]), changed
    reader.reads("重複して数えたため")
    wide = reader.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    assert not wide, "a page is wider than the telephone"


def test_an_outage_is_announced_carried_on_corrected_explained_and_closed_while_a_reader_follows(
    site: Site, open_browser: Open
) -> None:
    writer = Colleague(open_browser(viewport=PHONE, has_touch=True, is_mobile=True).new_page())
    writer.signs_in("publisher")
    second = Office(open_browser).second_publisher
    reader = Reader(open_browser(viewport=PHONE, has_touch=True, is_mobile=True, scripts=False).new_page())
    follower = Follower(reader, site, SYSTEM, "sample-follower@kaiji.example")

    with receiver() as there:
        follower.asks_for_mails()
        follower.sets_up_a_program(there)

        incident = announces_it_at_once(writer)
        approves_it_afterwards(second)
        further, correction = f"{DESK}{incident}/bulletin", f"{DESK}{incident}/correction"
        for step, place in (
            (says_how_many_are_affected, further),
            (corrects_the_number_and_presumes_a_cause, correction),
            (establishes_the_cause, further),
            (closes_it, further),
        ):
            step(writer, place)
            another_person_publishes_it(writer, second)

        was_told_of_everything(follower, there)
    reads_what_happened(reader, incident)
    follower.stops()
