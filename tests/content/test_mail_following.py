"""Following by mail, from the form over a real mail server to the click that ends it."""

from __future__ import annotations

from datetime import timedelta

import pytest

import content.jobs  # noqa: F401 - registers the handlers
from content.models.letters import Letter
from content.operations import announce, follow_by_mail
from content.operations.question_letters.letter_changed import letter_changed
from content.operations.question_letters.letter_steps import step
from content.rules.question_letters.states import StepKind
from portal.core import clock
from tests.client import Browser
from tests.content.mail_office import READER, START, Office, token_in
from tests.factories.content import a_filed_letter, a_writing
from tests.factories.smtp import subject, words


def test_a_reader_follows_and_stops_with_one_click(office: Office) -> None:
    office.ask()
    office.publish()
    office.work()
    office.later(seconds=1)
    (question,) = office.box.received
    assert question["To"] == READER
    token = token_in(question)
    page = office.app.test_client().get(f"/follow/mail/{token}")
    assert page.status_code == 200
    assert READER.lower() not in page.text.lower()
    office.work()
    assert len(office.box.received) == 1, "looking at the link begins nothing"
    browser = Browser(office.app)
    browser.get(f"/follow/mail/{token}")
    browser.post(f"/follow/mail/{token}", {**browser.page.form().values, "step": "confirm"})  # type: ignore[union-attr]
    office.later(seconds=1)
    office.publish(a_writing(title_ja="復旧しました", what_changed_ja="使えます", what_changed_en="Back"), new=False)
    office.work()
    assert len(office.box.received) == 2
    news = office.box.received[1]
    assert "第2報 復旧しました" in subject(news)
    assert "/incidents/slow-2026/bulletins/2" in words(news)
    assert "変わったこと：使えます" in words(news)
    assert news["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = str(news["List-Unsubscribe"]).strip("<>").partition("127.0.0.1:8000")[2]
    assert address == f"/follow/mail/{token}/leave"
    client = office.app.test_client()
    assert client.get(address).status_code == 303
    assert office.followers() == 1
    assert client.post(address, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert office.followers() == 0
    assert client.get(f"/follow/mail/{token}").status_code == 404
    office.publish(new=False)
    office.work()
    assert len(office.box.received) == 2


def test_each_event_reaches_a_follower_once_and_a_withdrawal_too(office: Office) -> None:
    office.follow("/en")
    office.publish()
    office.work()
    with office.store.session(write=True) as session:
        for _ in range(2):
            assert announce.announce(session, START - timedelta(days=1), now=clock.now()) == 0
    office.later(minutes=5)
    office.withdraw(1)
    office.work()
    subjects = [subject(message) for message in office.box.received[1:]]
    assert subjects == [
        "Certificates delayed: Bulletin 1 Issuing is slow",
        "[Withdrawn] Certificates delayed Bulletin 1",
    ]
    assert "About another fault" in words(office.box.received[-1])


def test_only_what_was_asked_for_is_sent(office: Office) -> None:
    office.follow(system="jpki", severity="3")
    office.publish()
    office.work()
    assert len(office.box.received) == 1
    office.publish(a_writing(incident={"severity": 3}), new=False)
    office.work()
    assert len(office.box.received) == 2


def test_a_drill_says_so_first(office: Office) -> None:
    office.follow("/en")
    office.publish(a_writing(incident={"exercise": True}))
    office.work()
    assert subject(office.box.received[-1]).startswith("[Exercise] ")


def test_the_page_is_the_same_for_who_follows_and_who_does_not(office: Office) -> None:
    first = office.ask()
    office.work()
    office.follow()
    again = office.ask()
    assert again == first == office.ask(address="somebody.else@kaiji.example")
    for _ in range(5):
        office.ask()
    office.work()
    to_reader = [message for message in office.box.received if message["To"] == READER]
    assert len(to_reader) <= 2 + follow_by_mail.MOST_ASKED
    office.later(days=3)
    with office.store.session(write=True) as session:
        follow_by_mail.forget_unconfirmed(session, now=clock.now())
    assert office.followers() == 1


def test_following_twice_in_the_same_way_is_following_once(office: Office) -> None:
    office.follow()
    office.follow()
    assert office.followers() == 1


def test_no_address_and_no_token_is_stored_in_the_clear(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    token = office.follow()
    office.publish()
    office.work()
    office.store.forget_deleted()
    for path in office.building.settings.home.glob("kaiji.db*"):
        data = path.read_bytes()
        for secret in (READER, READER.lower(), token):
            assert secret.encode() not in data
    printed = capsys.readouterr()
    assert "kaiji.example" not in printed.out + printed.err
    assert token not in printed.out + printed.err


def test_a_follower_of_letters_hears_of_each_public_step_once_and_of_no_incident(office: Office) -> None:
    with office.store.session(write=True) as session:
        letter, *rest = a_filed_letter()
        session.add(letter)
        session.flush()
        session.add_all(rest)
    office.ask(topic="letters", letter="q-2026-0099")
    assert office.followers() == 0, "there is no such letter"
    office.later(seconds=1)
    office.follow("/en", topic="letters", letter="q-2026-0001", system="jpki")
    asked = len(office.box.received)
    office.publish()
    for kind in (StepKind.ASSIGNED, StepKind.ANSWERED):
        with office.store.session(write=True) as session:
            letter = session.get_one(Letter, "q-2026-0001")
            step(session, letter, kind, at=clock.now())
            letter_changed(session, letter, at=clock.now())
        office.work()
    with office.store.session(write=True) as session:
        assert announce.announce(session, START - timedelta(days=1), now=clock.now()) == 0
    assert len(office.box.received) == asked + 1
    news = office.box.received[-1]
    assert subject(news) == "質問書（見本）: The answer was sent"
    assert "/en/letters/q-2026-0001" in words(news)
    assert "question letter: q-2026-0001" in words(news)


def test_a_search_is_followed(office: Office) -> None:
    office.follow(topic="search", search="電子証明書 kind:incident")
    office.follow("/en", topic="search", search="q=%E7%81%AB%E6%98%9F")
    office.publish()
    office.work()
    news = [message for message in office.box.received if "List-Unsubscribe" in message]
    assert len(news) == 1
    assert "検索：電子証明書 kind:incident" in words(news[0])
