"""Systems, causes and letters as plain values."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from content.queries.causes import CauseLine
from content.queries.letters import LetterLine, LetterPage
from content.queries.open_shapes import Shape, both, day, instant
from content.queries.question_letters.lists import LetterLine as RegisterLine
from content.queries.systems import SystemState, states
from content.queries.vocabulary import needs


def systems(session: Session, origin: str, *, at: datetime) -> list[Shape]:
    """All systems with how they work at an instant."""
    needed = needs(session)
    found = states(session, at=at)
    return [_system(state, list(needed.get(state.system.key, ())), origin) for state in found.systems]


def _system(state: SystemState, needs: list[str], origin: str) -> Shape:
    one, live = state.system, state.live
    return {
        "key": one.key,
        "url": f"{origin}/systems/{one.key}",
        "name": both(one, "name"),
        "summary": both(one, "summary"),
        "operator": {"key": state.operator.key, "name": both(state.operator, "name")},
        "aliases": {"ja": one.aliases_ja, "en": one.aliases_en},
        "needs": needs,
        "status": live.status,
        "components": [{"key": part.key, "name": both(part, "name"), "status": said} for part, said in live.components],
        "stated": [
            {
                "incident": row.incident,
                "component": row.component,
                "area": row.area,
                "status": row.status,
                "since": instant(row.since),
            }
            for row in live.rows
        ],
        "affected_through": [{"system": system.key, "status": said} for system, said in live.needing],
        "open_incidents": [incident.key for incident in state.open],
        "incidents": state.incidents,
    }


def cause(line: CauseLine) -> Shape:
    """A class of causes with how many incidents it has."""
    one = line.cause
    return {
        "key": one.key,
        "name": both(one, "name"),
        "national": one.national or None,
        "veris": one.veris or None,
        "incidents": line.total,
        "by_status": line.by_status,
    }


def letter(line: LetterLine | RegisterLine, origin: str) -> Shape:
    """A letter in a list."""
    one = line.letter
    return {
        "key": one.key,
        "url": f"{origin}/letters/{one.key}",
        "title": both(one, "title"),
        "sender": one.sender_key,
        "sender_kind": one.sender_kind,
        "sender_name": one.sender_name,
        "addressee": one.addressee_key,
        "state": one.state,
        "received_on": day(one.received_on),
        "answer_due_on": day(one.answer_due_on),
        "sent_on": day(one.sent_on),
        "asked_due_on": day(one.asked_due_on),
        "answered_on": day(one.answered_on),
        "channel": one.channel,
        "questions": line.questions,
        "answers": line.answers,
    }


def whole_letter(page: LetterPage, origin: str) -> Shape:
    """A letter with its questions and answers, each by its code."""
    questions: list[Shape] = []
    for section in page.sections:
        for group in section.groups:
            about = [incident.key for incident in group.incidents if not incident.withdrawn]
            questions += [_question(one, about) for exchange in group.exchanges for one in exchange.questions]
    answers = [
        {
            "code": view.answer.code,
            "types": list(view.types),
            "questions": [one.code for one in view.questions],
            "text": both(view.answer, "text"),
            "withheld_ground": view.answer.withheld_ground,
        }
        for view in page.answers
    ]
    return {**letter(page.line, origin), "question_list": questions, "answer_list": answers}


def _question(one: Any, about: list[str]) -> Shape:
    return {
        "code": one.code,
        "label": one.label,
        "text": both(one, "text"),
        "incidents": about,
        "unanswered": one.unanswered,
    }
