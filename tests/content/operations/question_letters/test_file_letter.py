"""A question letter is filed once, sealed, and opened to the public as it was written."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.models.intake import Intake
from content.models.letter_work import LetterStep
from content.models.letters import Group, LetterBlock, Section
from content.models.questions import Question
from content.operations.question_letters.file_letter import Filed, file_letter
from content.operations.question_letters.register_letter import reading, register_letter
from content.rules.archive.kinds import Channel
from content.rules.question_letters.filing import Contact, Filing
from content.rules.question_letters.head import Wish
from content.rules.question_letters.parsing import parse
from content.rules.question_letters.senders import SenderKind
from portal.core.access_code import new_access_code
from portal.core.actor import PUBLIC, Actor, ActorKind, Role
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.core.vault import OfficeVault, load_office, make_office_key

LETTERS = Path(__file__).parents[2] / "rules" / "question_letters" / "letters"
TEXT = (LETTERS / "four_sections.txt").read_text(encoding="utf-8")
TITLE = "カードの発行と記録の公開についての質問書"
AT = datetime(2026, 11, 4, 3, 0, tzinfo=UTC)
RECEPTION = Actor(ActorKind.STAFF, "r", frozenset({Role.RECEPTION}), "受付")
CODE = new_access_code()


def filing(**changes) -> Filing:
    read = parse(TEXT)
    made = Filing(
        title=TITLE,
        text=TEXT,
        blocks=read.blocks,
        sent_on=date(2026, 11, 2),
        language="ja",
        sender_kind=SenderKind.GROUP,
        contact=Contact("カードの記録を読む会（見本）", person="見本 花子", mail="yomu@example.jp"),
        publish_name=True,
        wished_on=date(2026, 12, 15),
        wishes=(Wish.MAIL, Wish.POST),
    )
    return replace(made, **changes)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> OfficeVault:
    folder = tmp_path_factory.mktemp("keys")
    make_office_key(folder)
    return load_office(folder)


@pytest.fixture
def filed(session: Session, office: OfficeVault) -> Filed:
    return file_letter(session, filing(), submission_key="k" * 32, access_code=CODE, vault=office, by=PUBLIC, at=AT)


def test_a_letter_is_filed_once_with_its_days(session: Session, office: OfficeVault, filed: Filed) -> None:
    letter = filed.letter
    assert (letter.key, letter.state, letter.received_on) == ("q-2026-0001", "received", date(2026, 11, 4))
    assert (letter.answer_due_on, letter.asked_due_on) == (date(2026, 12, 4), date(2026, 12, 15))
    again = file_letter(session, filing(), submission_key="k" * 32, access_code=CODE, vault=office, by=PUBLIC, at=AT)
    assert again == Filed(letter, CODE, repeated=True)
    other = file_letter(session, filing(), submission_key="n" * 32, access_code=CODE, vault=office, by=PUBLIC, at=AT)
    assert other.letter.key == "q-2026-0002"


def test_what_is_personal_is_sealed_and_the_text_is_kept_to_the_character(
    session: Session, office: OfficeVault, filed: Filed
) -> None:
    intake = session.get_one(Intake, filed.letter.key)
    stored = b"".join((intake.original, intake.contact, intake.reading))
    for word in (TITLE, "見本 花子", "yomu@example.jp", "窓口の画面", "読む会"):
        assert word.encode() not in stored
    read = reading(intake, office)
    assert (read.title, read.text, read.blocks) == (TITLE, TEXT, parse(TEXT).blocks)
    assert filed.letter.title_ja == ""
    assert not session.scalars(select(LetterBlock)).all()


def test_reception_opens_it_as_it_was_written(session: Session, office: OfficeVault, filed: Filed) -> None:
    parts = reading(session.get_one(Intake, filed.letter.key), office).blocks
    shown = [part.text.replace("3,000世帯", "■世帯") for part in parts]
    register_letter(session, filed.letter, parts, shown, title=TITLE, vault=office, by=RECEPTION, at=AT)
    assert (filed.letter.state, filed.letter.sender_name) == ("open", "カードの記録を読む会（見本）")
    blocks = session.scalars(select(LetterBlock).order_by(LetterBlock.position)).all()
    assert "約■世帯" in next(block.text for block in blocks if block.code == "1-f1")
    assert not {"sender", "contact", "addressee"} & {block.kind for block in blocks}
    assert len(session.scalars(select(Question)).all()) == 36
    assert [row.title_ja for row in session.scalars(select(Section).order_by(Section.number))][1].startswith("同じ番号")
    facts = session.scalars(select(Group.id).where(Group.role == "fact")).all()
    assert sorted(facts)[0] == "q-2026-0001/1/fact/1"
    asked = session.get_one(Question, "q-2026-0001/1-8")
    assert (asked.group_id, asked.label, asked.section_id) == (None, "(８）", "q-2026-0001/1")
    steps = [row.kind for row in session.scalars(select(LetterStep).order_by(LetterStep.position))]
    assert steps == ["filed", "registered"]
    with pytest.raises(Conflict):
        register_letter(session, filed.letter, parts, shown, title=TITLE, vault=office, by=RECEPTION, at=AT)


def test_a_sender_who_wants_no_name_shown_has_none(session: Session, office: OfficeVault) -> None:
    letter = file_letter(
        session, filing(publish_name=False), submission_key="k" * 32, access_code=CODE, vault=office, by=PUBLIC, at=AT
    ).letter
    parts = reading(session.get_one(Intake, letter.key), office).blocks
    register_letter(
        session, letter, parts, [part.text for part in parts], title=TITLE, vault=office, by=RECEPTION, at=AT
    )
    assert letter.sender_name is None


@pytest.mark.parametrize(
    ("old", "new"),
    [("いつ、どのような", "どのような"), ("ＩＣチップについて", "■なし"), ("教えてください", "知らせて■")],
)
def test_nothing_but_masks_may_change_a_letter(
    session: Session, office: OfficeVault, filed: Filed, old: str, new: str
) -> None:
    parts = reading(session.get_one(Intake, filed.letter.key), office).blocks
    shown = [part.text.replace(old, new) for part in parts]
    with pytest.raises(Invalid, match="masked"):
        register_letter(session, filed.letter, parts, shown, title=TITLE, vault=office, by=RECEPTION, at=AT)


def test_a_part_left_out_or_moved_is_refused(session: Session, office: OfficeVault, filed: Filed) -> None:
    parts = reading(session.get_one(Intake, filed.letter.key), office).blocks
    for wrong in (parts[1:], (*parts[:10], parts[11], parts[10], *parts[12:])):
        with pytest.raises(Invalid):
            register_letter(
                session,
                filed.letter,
                wrong,
                [part.text for part in wrong],
                title=TITLE,
                vault=office,
                by=RECEPTION,
                at=AT,
            )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"contact": Contact("")}, "name"),
        ({"text": TEXT + "\n123456789018", "blocks": parse(TEXT + "\n123456789018").blocks}, "text"),
        ({"blocks": parse(TEXT).blocks[:20]}, "text"),
        ({"sent_on": date(2026, 11, 5)}, "sent_on"),
        ({"wished_on": date(2026, 11, 1)}, "wished_on"),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_field(
    session: Session, office: OfficeVault, changes: dict, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        file_letter(
            session, filing(**changes), submission_key="k" * 32, access_code=CODE, vault=office, by=PUBLIC, at=AT
        )
    assert refused.value.params["field"] == field


def test_only_reception_enters_paper_and_opens_letters(session: Session, office: OfficeVault, filed: Filed) -> None:
    paper = filing(channel=Channel.FAX, received_on=date(2026, 11, 3))
    with pytest.raises(Forbidden):
        file_letter(session, paper, submission_key="p" * 32, access_code=CODE, vault=office, by=PUBLIC, at=AT)
    letter = file_letter(
        session, paper, submission_key="p" * 32, access_code=CODE, vault=office, by=RECEPTION, at=AT
    ).letter
    assert (letter.channel, letter.answer_due_on) == ("fax", date(2026, 12, 3))
    parts = reading(session.get_one(Intake, letter.key), office).blocks
    with pytest.raises(Forbidden):
        register_letter(
            session, letter, parts, [part.text for part in parts], title=TITLE, vault=office, by=PUBLIC, at=AT
        )
