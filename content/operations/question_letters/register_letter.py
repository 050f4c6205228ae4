"""Reception opens a filed letter: its text becomes public as it was written, without what must not be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from content import policy
from content.models.intake import Intake
from content.models.letters import Group, Letter, LetterBlock, Section
from content.models.questions import Question
from content.operations.question_letters.file_letter import LETTER, TABLE
from content.operations.question_letters.letter_changed import letter_changed
from content.operations.question_letters.letter_steps import step
from content.operations.question_letters.tell_sender import Notice, tell_sender
from content.rules.archive.kinds import GroupRole
from content.rules.question_letters.blocks import PUBLIC, Block
from content.rules.question_letters.filing import letter_case
from content.rules.question_letters.masking import masks_only
from content.rules.question_letters.states import LetterAction, LetterState, StepKind, letter_after
from content.rules.question_letters.structure import from_json, says_the_same, structure
from portal.core import audit, screening
from portal.core.actor import Actor
from portal.core.clock import day_in_japan
from portal.core.errors import N_, Invalid
from portal.core.sealed import open_json, open_text
from portal.core.vault import OfficeVault

MASKS_ONLY = N_("What must not be public is masked with ■. Nothing else of a letter is changed.")


@dataclass(frozen=True, repr=False)
class Reading:
    """A letter as it came, for reception: its title, its text, and the parts that the text was read as."""

    title: str
    text: str
    blocks: tuple[Block, ...]


def register_letter(
    session: Session,
    letter: Letter,
    blocks: Sequence[Block],
    public: Sequence[str],
    *,
    title: str,
    vault: OfficeVault,
    by: Actor,
    at: datetime,
) -> None:
    """Open a letter to the public.

    ``blocks`` are its parts as reception read them, ``public`` the text of each and ``title`` its title as the public
    may read them: the same, or with parts masked. Invalid (``field``: ``title``, ``blocks``, ``block-N``), Forbidden,
    Conflict.
    """
    policy.check_receive(by)
    state = letter_after(LetterState(letter.state), LetterAction.REGISTER)
    intake = session.get_one(Intake, letter.key)
    key = vault.open_case(letter_case(letter.key), intake.office_wrap)
    _check(blocks, public, open_text(key, TABLE, "original", letter.key, intake.original))
    if not masks_only(open_json(key, TABLE, "reading", letter.key, intake.reading)["title"], title):
        raise Invalid(MASKS_ONLY, field="title")
    name = open_json(key, TABLE, "contact", letter.key, intake.contact)["name"] if intake.publish_name else None
    shown = [(block, text) for block, text in zip(blocks, public, strict=True) if block.kind in PUBLIC]
    for position, (block, text) in enumerate(shown, 1):
        session.add(
            LetterBlock(
                letter_key=letter.key,
                position=position,
                kind=block.kind,
                code=block.code,
                label=block.label,
                depth=block.depth,
                text=text,
                first_line=block.first_line,
                last_line=block.last_line,
            )
        )
    _parts(session, letter, [replace(block, text=text) for block, text in shown])
    letter.state, letter.title_ja, letter.sender_name = state, title, name
    if letter.acknowledged_on is None:
        letter.acknowledged_on = day_in_japan(at)
        tell_sender(session, letter, Notice.ACKNOWLEDGED, at=at)
    step(session, letter, StepKind.REGISTERED, at=at)
    letter_changed(session, letter, at=at)
    audit.record(session, at=at, actor=by, action="content.letter.register", subject=letter.key)


def reading(intake: Intake, vault: OfficeVault) -> Reading:
    """Open what is sealed of a letter's text."""
    key = vault.open_case(letter_case(intake.letter_key), intake.office_wrap)
    read = open_json(key, TABLE, "reading", intake.letter_key, intake.reading)
    text = open_text(key, TABLE, "original", intake.letter_key, intake.original)
    return Reading(read["title"], text, from_json(read["blocks"]))


def _check(blocks: Sequence[Block], public: Sequence[str], original: str) -> None:
    if len(blocks) != len(public) or not says_the_same(blocks, original):
        raise Invalid(N_("The parts do not say what the letter says. Read the letter again."), field="blocks")
    if not structure(blocks).questions:
        raise Invalid(N_("No question was found in the letter. Mark at least one."), field="blocks")
    for number, (block, text) in enumerate(zip(blocks, public, strict=True), 1):
        if block.kind in PUBLIC and not masks_only(block.text, text):
            raise Invalid(MASKS_ONLY, field=f"block-{number}")
        screening.lines(text, field=f"block-{number}", limits=LETTER)


def _parts(session: Session, letter: Letter, blocks: Sequence[Block]) -> None:
    found = structure(blocks)
    for section in found.sections:
        session.add(
            Section(
                id=f"{letter.key}/{section.number}",
                letter_key=letter.key,
                number=section.number,
                label=section.label,
                title_ja=section.title[:300],
                title_en="",
            )
        )
    session.flush()
    for group in found.groups:
        section_id = f"{letter.key}/{group.section}"
        session.add(
            Group(
                id=f"{section_id}/{group.role}/{group.number}",
                letter_key=letter.key,
                section_id=section_id,
                number=group.number,
                role=group.role,
                label=group.label,
                title_ja=group.title,
                title_en="",
            )
        )
    session.flush()
    for position, question in enumerate(found.questions, 1):
        section_id = f"{letter.key}/{question.section}"
        group_id = None if question.group is None else f"{section_id}/{GroupRole.QUESTION}/{question.group}"
        session.add(
            Question(
                id=f"{letter.key}/{question.code}",
                letter_key=letter.key,
                section_id=section_id,
                group_id=group_id,
                position=position,
                code=question.code,
                label=question.label,
                text_ja=question.text,
                text_en="",
                quoted_ja=None,
                quoted_en=None,
                unanswered=False,
            )
        )
    session.flush()
