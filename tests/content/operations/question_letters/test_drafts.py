"""A letter that is being written loses nothing, is read by nobody else, and ends when its time is over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.models.letter_drafts import LetterDraft, LetterDraftFile, MailCode
from content.operations.question_letters import drafts
from content.operations.question_letters.confirm_mail import code_mail, forget_codes, send_code
from content.rules.question_letters import editing, mail_codes
from content.rules.question_letters.states import FileRole
from portal.core.errors import Invalid, TooMany
from portal.core.files import CleanFile
from portal.core.jobs import Job
from portal.core.settings import Settings
from portal.core.vault import OfficeVault, load_office, make_office_key
from tests.content.operations.question_letters.test_file_letter import AT, TEXT


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> OfficeVault:
    folder = tmp_path_factory.mktemp("keys")
    make_office_key(folder)
    return load_office(folder)


def begin(session: Session, office: OfficeVault, **more) -> drafts.Draft:
    return drafts.begin(session, **{"written": False, "staff_id": None, "days": 30, "vault": office, "at": AT, **more})


def again(session: Session, office: OfficeVault, draft: drafts.Draft, *, at=AT, staff_id=None) -> drafts.Draft | None:
    session.expire_all()
    return drafts.open_draft(session, draft.code.lower(), vault=office, at=at, staff_id=staff_id)


def test_what_is_typed_is_there_again_by_the_code_alone(session: Session, office: OfficeVault) -> None:
    draft = begin(session, office)
    kept = drafts.keep_form(draft, "text", {"text": [TEXT]}, version=0)
    assert kept == drafts.Kept(1)
    drafts.read_text(draft, TEXT)
    drafts.set_blocks(draft, editing.join(draft.blocks, 5))
    one = drafts.add_file(session, draft, FileRole.LETTER, "紙.pdf", CleanFile("application/pdf", b"%PDF", 1, "a" * 64))
    drafts.store(session, draft, days=30, at=AT)
    found = again(session, office, draft)
    assert found is not None
    assert (found.values, found.one("text", "text")) == (draft.values, TEXT)
    assert drafts.file_data(session, found, one.id) == b"%PDF"
    row = session.scalars(select(LetterDraft)).one()
    assert TEXT[:20].encode() not in row.sealed
    assert draft.code.encode() not in row.sealed + row.code_blind.encode()
    assert again(session, office, draft, staff_id="somebody") is None
    drafts.read_text(found, TEXT)
    assert found.blocks == draft.blocks
    drafts.read_text(found, TEXT + "\n")
    assert found.blocks != draft.blocks


def test_an_older_window_writes_nothing_over(session: Session, office: OfficeVault) -> None:
    draft = begin(session, office)
    drafts.keep_form(draft, "text", {"text": ["新しい"]}, version=0)
    assert drafts.keep_form(draft, "text", {"text": ["古い"]}, version=0) == drafts.Kept(1, apart=True)
    assert draft.one("text", "text") == "新しい"
    assert drafts.keep_form(draft, "sender", {"title": ["件"]}, version=0) == drafts.Kept(1)


def test_a_personal_number_is_kept_nowhere_and_takes_nothing_with_it(session: Session, office: OfficeVault) -> None:
    draft = begin(session, office)
    drafts.keep_form(draft, "text", {"text": ["一時間かけて書いた"]}, version=0)
    kept = drafts.keep_form(draft, "text", {"text": ["一時間かけて書いた 123456789018"]}, version=1)
    assert kept == drafts.Kept(2, ("text",))
    assert draft.one("text", "text") == "一時間かけて書いた"
    with pytest.raises(Invalid):
        drafts.keep_form(draft, "text", {"text": ["あ" * 400_001]}, version=2)


def test_a_draft_ends_with_its_files_some_days_after_its_last_change(session: Session, office: OfficeVault) -> None:
    draft, other = begin(session, office), begin(session, office)
    drafts.add_file(session, draft, FileRole.ENCLOSURE, "図.png", CleanFile("image/png", b"p", 1, "b" * 64))
    drafts.store(session, other, days=30, at=AT + timedelta(days=20))
    late = AT + timedelta(days=31)
    assert again(session, office, draft, at=late) is None
    drafts.forget_old(session, now=late)
    assert session.scalars(select(LetterDraft.id)).all() == [other.row.id]
    assert not session.scalars(select(LetterDraftFile)).all()
    found = again(session, office, other, at=late)
    assert found is not None
    drafts.throw_away(session, found)
    assert not session.scalars(select(LetterDraft)).all()


def test_a_letter_written_here_begins_with_one_question(session: Session, office: OfficeVault) -> None:
    draft = begin(session, office, written=True)
    assert [block.code for block in draft.blocks if block.code] == ["1"]


def test_a_code_goes_to_the_address_and_counts_for_a_while(session: Session, office: OfficeVault, tmp_path) -> None:
    sent = send_code(session, " Yomu@example.jp", language="ja", vault=office, at=AT)
    assert mail_codes.from_json(sent.as_json()) == sent
    row = session.scalars(select(MailCode)).one()
    assert sent.code.encode() not in row.sealed
    settings = Settings.from_env({"KAIJI_HOME": str(tmp_path)})
    mail = code_mail(session, row.id, settings=settings, vault=office, now=AT)
    assert mail is not None
    assert (mail.to, sent.code in mail.body, sent.code in mail.subject) == ("Yomu@example.jp", True, False)
    assert session.scalars(select(Job.payload)).one() == {"code": row.id}
    wide = " ".join(chr(ord(digit) + 0xFEE0) for digit in sent.code)
    assert sent.fits(wide, "Yomu@example.jp", at=AT)
    assert not sent.fits(sent.code, "other@example.jp", at=AT)
    assert not sent.fits(sent.code, "Yomu@example.jp", at=AT + timedelta(minutes=31))
    assert not sent.tried().tried().tried().tried().tried().fits(sent.code, "Yomu@example.jp", at=AT)
    with pytest.raises(TooMany):
        send_code(session, "yomu@example.jp", language="ja", vault=office, at=AT + timedelta(seconds=30))
    for minute in range(2, 6):
        send_code(session, "yomu@example.jp", language="ja", vault=office, at=AT + timedelta(minutes=minute))
    with pytest.raises(TooMany):
        send_code(session, "yomu@example.jp", language="ja", vault=office, at=AT + timedelta(minutes=9))
    assert code_mail(session, row.id, settings=settings, vault=office, now=AT + timedelta(hours=1)) is None
    forget_codes(session, now=AT + timedelta(hours=2))
    assert not session.scalars(select(MailCode)).all()
