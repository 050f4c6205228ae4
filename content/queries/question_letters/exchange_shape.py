"""A filed letter with all that followed as plain values of JSON. Every key is named here."""

from __future__ import annotations

from typing import Any

from content.models.figures import Figure
from content.models.incidents import Incident
from content.models.letter_work import SenderWord
from content.models.letters import Letter
from content.models.systems import System
from content.queries.open_shapes import Shape, day, instant
from content.queries.question_letters.exchange import Exchange, GivenAnswer, IssuedReply, Part
from content.rules.question_letters.blocks import BlockKind
from content.rules.question_letters.promises import Promise


def exchange_shape(found: Exchange, origin: str) -> Shape:
    """The letter; ``origin`` is the address of the site."""
    letter = found.letter
    address = f"{origin}/letters/{letter.key}"
    return {
        "key": letter.key,
        "url": address,
        "text_url": f"{address}.txt",
        "fiscal_year": letter.fiscal_year,
        "sequence": letter.sequence,
        "title": letter.title_ja or None,
        "language": letter.language,
        "state": letter.state,
        "channel": letter.channel,
        "sender": {"kind": letter.sender_kind, "name": letter.sender_name},
        "sent_on": day(letter.sent_on),
        "received_on": day(letter.received_on),
        "acknowledged_on": day(letter.acknowledged_on),
        "asked_due_on": day(letter.asked_due_on),
        "wishes": list(letter.wishes),
        "answer_due_on": day(letter.answer_due_on),
        "answered_on": day(letter.answered_on),
        "overdue_days": found.overdue,
        "original_sha256": letter.original_sha256,
        "parts": [_part(part) for part in found.parts],
        "questions": [_question(part, found) for part in found.parts if part.block.kind == BlockKind.QUESTION],
        "answers": [_answer(one) for one in found.answers],
        "replies": [_reply(one, address, origin) for one in found.replies],
        "history": [
            {
                "at": instant(step.at),
                "kind": step.kind,
                "reply": step.reply_number,
                "day": day(step.day),
                "note": step.note or None,
            }
            for step in found.page.steps
        ],
    }


def _part(part: Part) -> Shape:
    block = part.block
    return {
        "position": block.position,
        "kind": block.kind,
        "code": block.code or None,
        "label": block.label or None,
        "depth": block.depth,
        "text": block.text,
    }


def _question(part: Part, found: Exchange) -> Shape:
    code = part.block.code
    return {
        "code": code,
        "place": part.place,
        "text": part.block.text,
        "quoted": part.quoted,
        "answers": [one.answer.code for one in found.answers if code in [q.code for q in one.view.questions]],
        "left": [{"reply": reply.number, "why": why} for reply, why in part.left],
        "promised": [_promise(one) for one in part.promised],
        "said": [_said(word) for word in part.words],
        "refers_to": [_target(target) for target in part.linked],
    }


def _promise(one: Promise) -> Shape:
    return {
        "answer": one.answer.rpartition("/")[2],
        "due_on": day(one.due),
        "state": one.state,
        "late_days": one.late_days,
        "settled_by": one.settled_by.rpartition("/")[2] if one.settled_by else None,
        "settled_on": day(one.settled_on),
    }


def _said(word: SenderWord) -> Shape:
    return {"kind": word.kind, "at": instant(word.said_at), "text": word.text if word.released_at else None}


def _answer(one: GivenAnswer) -> Shape:
    return {
        "code": one.answer.code,
        "reply": one.reply.number,
        "follows": one.follows,
        "questions": [question.code for question in one.view.questions],
        "text": one.answer.text_ja,
        "types": list(one.view.types),
        "withheld_ground": one.answer.withheld_ground,
        "re_answer_due": day(one.answer.re_answer_due),
        "links": [_target(target) for target in one.view.links],
    }


def _target(target: Any) -> Shape:
    if isinstance(target, str):
        return {"kind": "url", "key": target}
    kinds = {Incident: "incident", System: "system", Figure: "figure", Letter: "letter"}
    kind = next((name for model, name in kinds.items() if isinstance(target, model)), "question")
    return {"kind": kind, "key": target.id if kind == "question" else target.key}


def _reply(one: IssuedReply, address: str, origin: str) -> Shape:
    return {
        "number": one.number,
        "kind": one.kind,
        "letter_number": one.letter_number,
        "issued_on": day(one.issued_on),
        "promised_on": day(one.promised_on),
        "preface": one.preface or None,
        "unanswered": {question.rpartition("/")[2]: why for question, why in one.unanswered.items()},
        "pdf": f"{address}/replies/{one.number}.pdf",
        "sha256": one.sha256,
        "verify": f"{origin}/verify/{one.token}",
    }
