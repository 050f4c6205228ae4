"""The search records of a question letter: the letter itself, and each question with its answers as a part of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.models.letter_work import SenderWord
from content.models.letters import Letter
from content.models.questions import Question
from content.queries.letters import AnswerView, Exchange, LetterPage, letter_page
from content.rules.owners import Owner
from content.rules.question_letters.blocks import BlockKind
from content.rules.question_letters.states import READABLE
from search.record import Body, Record, part_of

LANGUAGES = ("ja", "en")
# A letter says little beside its questions; an official answer stands before the reports that retell it.
LETTER, ANSWERED = 1.2, 1.3
_LONGEST_TITLE = 80


def letter_records(session: Session, key: str) -> Iterator[Record]:
    """The records of a letter that anybody may read."""
    letter = session.get_one(Letter, key)
    if letter.state not in READABLE:
        return
    page = letter_page(session, key, today=letter.answered_on or letter.sent_on)
    if letter.filed:
        yield from _filed(page, _said(session, key))
        return
    for language in LANGUAGES:
        yield _letter(page, language)
        for section in page.sections:
            for group in section.groups:
                for exchange in group.exchanges:
                    about = _in(group.group, "title", language) if group.group else ""
                    yield _exchange(letter, exchange, about, language)


def _in(thing: object, name: str, language: str) -> str:
    return getattr(thing, f"{name}_{language}") or ""


def _letter(page: LetterPage, language: str) -> Record:
    letter, body = page.line.letter, Body()
    body.add(_in(letter, "note", language), _in(page.line.sender, "name", language) if page.line.sender else "")
    for section in page.sections:
        body.begin("section", section.section.label, f"/letters/{letter.key}#s-{section.section.number}")
        body.add(_in(section.section, "title", language))
        body.add(*(_in(group.group, "title", language) for group in (*section.facts, *section.groups) if group.group))
    return Record(
        f"{Owner.LETTER}/{letter.key}",
        Owner.LETTER,
        _in(letter, "title", language),
        body.text,
        language,
        letter.sent_on,
        f"/letters/{letter.key}",
        _facets(letter),
        LETTER,
        body.spots,
    )


def _exchange(letter: Letter, exchange: Exchange, about: str, language: str) -> Record:
    asked = [(question.code, _in(question, "text", language)) for question in exchange.questions]
    given = [(view, _in(view.answer, "text", language)) for view in exchange.answers]
    return _part(letter, asked, given, (about,), language, _in(letter, "title", language))


def _filed(page: LetterPage, said: Mapping[str, Sequence[str]]) -> Iterator[Record]:
    """A filed letter is found in the language in which it was written; ``said``: what its sender says in public."""
    letter, body = page.line.letter, Body()
    body.add(letter.sender_name)
    for block in page.blocks:
        if block.kind != BlockKind.QUESTION:
            body.add(block.text)
    address, day = f"/letters/{letter.key}", letter.received_on
    name = f"{Owner.LETTER}/{letter.key}"
    yield Record(name, Owner.LETTER, letter.title_ja, body.text, letter.language, day, address, _facets(letter), LETTER)
    for block in page.blocks:
        if block.kind == BlockKind.QUESTION:
            given = [(view, view.answer.text_ja) for view in page.answers_to(block.code)]
            words = said.get(block.code, ())
            yield _part(letter, [(block.code, block.text)], given, words, letter.language, letter.title_ja)


def _part(
    letter: Letter,
    asked: Sequence[tuple[str, str]],
    given: Sequence[tuple[AnswerView, str]],
    more: Iterable[str],
    language: str,
    within: str,
) -> Record:
    """Questions that are answered together, with the answers; each is found at its own place of the page."""
    address, body = f"/letters/{letter.key}", Body()
    for code, text in asked:
        body.begin("question", code, f"{address}#q-{code}")
        body.add(text)
    body.add(*more)
    for view, text in given:
        body.begin("answer", str(view.answer.position), f"{address}#a-{view.answer.code}")
        body.add(text)
    code, question = asked[0]
    return Record(
        part_of(f"{Owner.LETTER}/{letter.key}", f"q-{code}"),
        "answer" if given else "question",
        _shortened(question),
        body.text,
        language,
        letter.answered_on if given and letter.answered_on else letter.received_on or letter.sent_on,
        f"{address}#q-{code}",
        _facets(letter),
        ANSWERED if given else 1.0,
        body.spots,
        within,
    )


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_TITLE else line[: _LONGEST_TITLE - 1] + "…"


def _facets(letter: Letter) -> dict[str, tuple[str, ...]]:
    return {"year": (str(letter.sent_on.year),)}


def _said(session: Session, key: str) -> Mapping[str, Sequence[str]]:
    """By the code of a question what the sender says of its answer in public."""
    query = select(Question.code, SenderWord.text).join(Question, Question.id == SenderWord.question_id)
    query = query.where(Question.letter_key == key, SenderWord.released_at.is_not(None)).order_by(SenderWord.said_at)
    found: dict[str, list[str]] = {}
    for code, text in session.execute(query):
        found.setdefault(code, []).append(text)
    return found
