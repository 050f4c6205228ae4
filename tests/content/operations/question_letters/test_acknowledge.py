"""The arrival of a letter is confirmed once; who confirmed an address gets a mail that says nothing of the matter."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.models.intake import Intake
from content.models.letter_work import LetterStep
from content.operations.question_letters.acknowledge import acknowledge
from content.operations.question_letters.file_letter import file_letter
from content.operations.question_letters.letter_keys import rewrap
from content.operations.question_letters.register_letter import reading
from content.operations.question_letters.return_letter import return_letter
from content.operations.question_letters.sender_mail import mail_to_sender
from content.operations.question_letters.tell_sender import TELL, Notice
from content.queries.question_letters.acknowledging import unacknowledged
from portal.core.access_code import new_access_code
from portal.core.actor import PUBLIC
from portal.core.errors import Conflict, Forbidden
from portal.core.jobs import Job
from portal.core.settings import Settings
from portal.core.vault import OfficeVault, add_office_key, load_office, make_office_key
from tests.content.operations.question_letters.test_file_letter import AT, RECEPTION, TEXT, filing


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> OfficeVault:
    folder = tmp_path_factory.mktemp("keys")
    make_office_key(folder)
    return load_office(folder)


def file(session: Session, office: OfficeVault, **changes):
    return file_letter(
        session,
        filing(**changes),
        submission_key="k" * 32,
        access_code=new_access_code(),
        vault=office,
        by=PUBLIC,
        at=AT,
    ).letter


def test_a_letter_waits_for_three_business_days_and_is_acknowledged_once(session: Session, office: OfficeVault) -> None:
    letter = file(session, office)
    (one,) = unacknowledged(session, today=date(2026, 11, 12))
    # 2026-11-04 is a Wednesday; three business days later is Monday the 9th.
    assert (one.letter, one.due_on, one.overdue_days) == (letter, date(2026, 11, 9), 3)
    with pytest.raises(Forbidden):
        acknowledge(session, letter, by=PUBLIC, at=AT)
    assert acknowledge(session, letter, by=RECEPTION, at=datetime(2026, 11, 5, tzinfo=UTC)) is False
    assert letter.acknowledged_on == date(2026, 11, 5)
    assert not unacknowledged(session, today=date(2026, 11, 12))
    assert [step.kind for step in session.scalars(select(LetterStep).order_by(LetterStep.position))][-1] == (
        "acknowledged"
    )
    with pytest.raises(Conflict):
        acknowledge(session, letter, by=RECEPTION, at=AT)


def test_mails_go_to_a_confirmed_address_and_say_only_where_to_look(
    session: Session, office: OfficeVault, tmp_path: Path
) -> None:
    letter = file(session, office, mail_confirmed=True)
    assert acknowledge(session, letter, by=RECEPTION, at=AT) is True
    return_letter(session, letter, reason="開示請求の手続きをご利用ください。", by=RECEPTION, at=AT)
    queued = session.scalars(select(Job).where(Job.kind == TELL).order_by(Job.id)).all()
    assert [job.payload["notice"] for job in queued] == ["filed", "acknowledged", "returned"]
    assert "yomu@" not in str([job.payload for job in queued])
    settings = Settings.from_env({"KAIJI_HOME": str(tmp_path)})
    for notice in Notice:
        mail = mail_to_sender(session, letter.key, notice, job_id="j", settings=settings, vault=office)
        assert mail is not None
        assert mail.to == "yomu@example.jp"
        assert f"/letters/{letter.key}\n" in mail.body
        assert not [word for word in ("質問", "カード", letter.key) if word in mail.subject]


def test_a_new_key_of_the_office_opens_letters_that_are_there(session: Session, tmp_path: Path) -> None:
    make_office_key(tmp_path)
    letter = file(session, load_office(tmp_path))
    add_office_key(tmp_path)
    newest = load_office(tmp_path)
    intake = session.get_one(Intake, letter.key)
    assert not newest.is_newest(intake.office_wrap)
    assert rewrap(session, newest) == 1
    assert newest.is_newest(intake.office_wrap)
    assert reading(intake, newest).text == TEXT
