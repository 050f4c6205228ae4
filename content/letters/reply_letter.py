"""The context of a letter that answers a question letter (回答書), as plain values.

The question letter is quoted part by part as it was written, each answer behind its questions. Nothing in it is
personal, so that the same file is sent and published.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from content.letters.answer_letter import TYPES_JA
from content.rules.archive.kinds import AnswerType, WithheldGround
from content.rules.question_letters import exchanges, quoting
from content.rules.question_letters.blocks import BlockKind
from content.rules.question_letters.exchanges import Answering
from content.rules.question_letters.senders import SenderKind, honorific
from content.rules.question_letters.states import ReplyKind
from content.rules.text_diff import Mark, Piece
from portal.core.settings import Organisation
from portal.core.wareki import era_year, format_wareki
from portal.letters.contact import contact
from portal.letters.draft import Draft
from portal.letters.engine import Context

KIND = "reply"

GROUNDS_JA = {
    WithheldGround.SYSTEM_DETAIL: "システムの詳細に関わるため",
    WithheldGround.UNDER_REVIEW: "点検、検討などの途中であるため",
    WithheldGround.CONFIDENTIAL_DESIGN: "設計情報が機密であるため",
    WithheldGround.INDIVIDUAL: "個人に関する情報であるため",
    WithheldGround.CORPORATE: "法人等の正当な利益に関わるため",
    WithheldGround.OPERATIONS: "事務の適正な遂行に支障があるため",
}
TITLES = {ReplyKind.ANSWER: "回答", ReplyKind.INTERIM: "中間回答", ReplyKind.LATER: "追加回答"}
# What an answer quotes of the letter; who wrote it, to whom and when stands in the head.
_QUOTED = (BlockKind.SECTION, BlockKind.GROUP, BlockKind.FACT, BlockKind.PASSAGE, BlockKind.QUESTION)
_DEEPEST = 2
# Behind a label that ends so the text follows at once: （１）案内について.
_CLOSED = ("）", ")", "］", "]", "】", "〕")


@dataclass(frozen=True)
class Asked:
    """A part of the question letter as it was written."""

    kind: str
    code: str
    label: str
    depth: int
    text: str


@dataclass(frozen=True)
class Pointed:
    """What an answer points at: its name and its address."""

    name: str
    url: str


@dataclass(frozen=True)
class Answered:
    """An answer to questions (their codes). ``follows``: number and day of the letter that it goes on with."""

    questions: tuple[str, ...]
    text: str
    types: tuple[str, ...]
    ground: str | None = None
    due: date | None = None
    links: tuple[Pointed, ...] = ()
    follows: tuple[str, date] | None = None


@dataclass(frozen=True)
class ReplyText:
    """What the letter is about and what it says. ``quoted`` and ``unanswered``: by the code of the question."""

    kind: ReplyKind
    key: str
    fiscal_year: int
    sequence: int
    title: str
    sent_on: date
    sender_kind: SenderKind
    sender_name: str | None
    language: str
    url: str
    parts: tuple[Asked, ...]
    answers: tuple[Answered, ...] = ()
    quoted: Mapping[str, str] = field(default_factory=dict)
    unanswered: Mapping[str, str] = field(default_factory=dict)
    preface: str = ""
    promised_on: date | None = None


def context(
    text: ReplyText, *, numbered: Draft, organisation: Organisation, sample: bool, draft: bool = False
) -> Context:
    """Everything that the letter prints: strings, numbers, lists, dicts and truth values."""
    questions = [part for part in text.parts if part.kind == BlockKind.QUESTION]
    labels = exchanges.names((part.kind, part.code, part.label) for part in text.parts)
    notes: list[dict[str, Any]] = []
    said = [_answer(answer, labels, notes) for answer in text.answers]
    return {
        **numbered.shared,
        "title": f"「{text.title}」について（{TITLES[text.kind]}）",
        "kind": str(text.kind),
        **_addressee(text),
        "sender": organisation.name,
        "sender_title": organisation.head_title,
        "sender_name": organisation.head_name,
        "asked": format_wareki(text.sent_on),
        "asked_iso": text.sent_on.isoformat(),
        "key": text.key,
        "page": text.url,
        "language": text.language,
        "question_count": len(questions),
        "preface": _paragraphs(text.preface),
        "promised": format_wareki(text.promised_on) if text.promised_on else "",
        "promised_iso": text.promised_on.isoformat() if text.promised_on else "",
        "earlier": _earlier(text),
        "items": _items(text, said),
        "answers": said,
        "deferred": [
            {"places": row["places"], "day": row["due"], "day_iso": row["due_iso"]} for row in said if row["due"]
        ],
        "unanswered": [
            {"place": labels[part.code], "question": part.code, "why": text.unanswered[part.code]}
            for part in questions
            if part.code in text.unanswered
        ],
        "notes": notes,
        "departures": [
            _departure(labels[part.code], part, text.quoted[part.code])
            for part in questions
            if part.code in text.quoted and quoting.departs(part.text, text.quoted[part.code])
        ],
        "contact_title": "問合せ先",
        "contact": contact(organisation),
        "sample": sample,
        "draft": draft,
    }


def _addressee(text: ReplyText) -> Context:
    if text.sender_name:
        return {"addressee": text.sender_name, "honorific": honorific(text.sender_kind)}
    era, year = era_year(date(text.fiscal_year, 4, 1))
    told = "元" if year == 1 else str(year)
    return {"addressee": f"{era.name}{told}年度質問第{text.sequence}号の差出人", "honorific": "様"}


def _earlier(text: ReplyText) -> list[dict[str, str]]:
    """The letters that this one goes on with, each once."""
    found = dict.fromkeys(answer.follows for answer in text.answers if answer.follows)
    return [{"number": number, "date": format_wareki(day)} for number, day in found]


def _answer(answer: Answered, labels: Mapping[str, str], notes: list[dict[str, Any]]) -> dict[str, Any]:
    marks = []
    for link in answer.links:
        known = next((row for row in notes if row["url"] == link.url), None)
        if known is None:
            known = {"number": len(notes) + 1, "name": link.name, "url": link.url}
            notes.append(known)
        marks.append(known["number"])
    return {
        "questions": list(answer.questions),
        "places": [labels[code] for code in answer.questions],
        "paragraphs": _paragraphs(answer.text),
        "types": list(answer.types),
        "type_names": [TYPES_JA[AnswerType(kind)] for kind in answer.types],
        "ground": GROUNDS_JA[WithheldGround(answer.ground)] if answer.ground else "",
        "ground_code": answer.ground or "",
        "due": format_wareki(answer.due) if answer.due else "",
        "due_iso": answer.due.isoformat() if answer.due else "",
        "notes": marks,
        "follows": {"number": answer.follows[0], "date": format_wareki(answer.follows[1])} if answer.follows else None,
    }


def _items(text: ReplyText, said: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The question letter's parts in their order, answers behind their questions; an interim letter quotes nothing."""
    if text.kind is ReplyKind.INTERIM:
        return []
    order = [part.code for part in text.parts if part.kind == BlockKind.QUESTION]
    behind = exchanges.places(order, [Answering(answer.questions) for answer in text.answers])
    concerned = {code for answer in text.answers for code in answer.questions} | set(text.unanswered)
    found: list[dict[str, Any]] = []
    for part in text.parts:
        if part.kind not in _QUOTED or (text.kind is ReplyKind.LATER and not _leads_to(part, concerned)):
            continue
        if part.kind != BlockKind.QUESTION:
            found.append(_quoted(part, part.text))
            continue
        found.append(_quoted(part, text.quoted.get(part.code, part.text)))
        for place in behind[part.code].elsewhere:
            found.append({"what": "see", "depth": part.depth, "place": said[place]["places"][0]})
        if part.code in text.unanswered:
            found.append({"what": "unanswered", "depth": part.depth, "why": text.unanswered[part.code]})
        for place in behind[part.code].answers:
            found.append({"what": "answer", "depth": part.depth, **said[place]})
    return found


def _leads_to(part: Asked, concerned: set[str]) -> bool:
    """Whether a later letter quotes it: the questions that it answers, and the headings that these stand under."""
    if part.kind == BlockKind.QUESTION:
        return part.code in concerned
    if part.kind not in (BlockKind.SECTION, BlockKind.GROUP):
        return False
    return any(code.startswith(f"{part.code}-") for code in concerned)


def _quoted(part: Asked, text: str) -> dict[str, Any]:
    return {
        "what": str(part.kind),
        "code": part.code,
        "label": part.label,
        "gap": "" if not part.label or part.label.endswith(_CLOSED) else "　",
        "depth": min(part.depth, _DEEPEST),
        "paragraphs": _paragraphs(text) or [""],
    }


def _departure(place: str, part: Asked, quoted: str) -> dict[str, Any]:
    rows = quoting.rows(part.text, quoted)
    return {
        "place": place,
        "question": part.code,
        "asked": [_piece(piece) for row in rows for piece in row.old],
        "quoted": [_piece(piece) for row in rows for piece in row.new],
    }


def _piece(piece: Piece) -> dict[str, Any]:
    return {"text": piece.text, "same": piece.mark is Mark.SAME}


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]
