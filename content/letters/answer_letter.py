"""The context of an answer letter (回答書): each question as quoted, and under it 【回答】, as plain values."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from content.rules.archive.kinds import AnswerType, GroupRole
from content.rules.archive.letters import Answer, Letter, LetterSection, Question
from portal.core.wareki import format_wareki
from portal.letters.engine import Context

KIND = "answer"

TYPES_JA = {
    AnswerType.A1: "内容を回答",
    AnswerType.A2: "公表資料を参照",
    AnswerType.A3: "お見込みのとおり",
    AnswerType.A4: "条件を付けて確認",
    AnswerType.A5: "差し控え（システムの詳細）",
    AnswerType.A6: "差し控え（点検中）",
    AnswerType.A7: "差し控え（設計情報）",
    AnswerType.A8: "当機構の行為ではない",
    AnswerType.A9: "他の団体が対応",
    AnswerType.A10: "委任者に説明済み",
    AnswerType.A11: "一般的な回答",
    AnswerType.A12: "前提の訂正",
}

_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def wide(number: int) -> str:
    """A number as labels write it: full-width when it is one digit, so that it stands in one square."""
    return str(number).translate(_WIDE) if number < 10 else str(number)


def context(
    letter: Letter,
    *,
    title: str,
    addressee: str,
    sender: str,
    contact: dict[str, str],
    number: str,
    issued_on: date,
    sender_title: str = "",
    sender_name: str = "",
    sample: bool = False,
    draft: bool = False,
) -> Context:
    """Everything that the letter prints: strings, numbers, lists, dicts and truth values.

    Sections are numbered ［１］ → （１） → １）. Questions that have one answer stand together before it. Where the
    quotation departs from what was asked, a second annex says so.
    """
    return {
        "title": title,
        "number": number,
        "date": format_wareki(issued_on),
        "date_iso": issued_on.isoformat(),
        "addressee": addressee,
        "honorific": "御中",
        "sender": sender,
        "sender_title": sender_title,
        "sender_name": sender_name,
        "seal": "（公印省略）",
        "seal_image": False,
        "verify_url": "",
        "asked": format_wareki(letter.sent_on),
        "sections": [_section(letter, section) for section in letter.sections],
        "rows": [_row(letter, answer) for answer in letter.answers],
        "departures": [
            {"place": place(letter, question), "text": question.quoted_ja}
            for question in letter.questions
            if question.quoted_ja
        ],
        "contact_title": "問合せ先",
        "contact": contact,
        "sample": sample,
        "draft": draft,
    }


def place(letter: Letter, question: Question) -> str:
    """Where a question stands: ［１］（２）３）."""
    section = f"［{wide(question.section)}］"
    part = f"（{wide(question.group)}）" if question.group else ""
    return section + part + _label(question)


def _label(question: Question) -> str:
    """（８） for a group that is itself the question, １） for all others."""
    number = wide(int(question.id.rpartition("-")[2]))
    return f"（{number}）" if question.label.startswith(("(", "（")) else f"{number}）"


def _section(letter: Letter, section: LetterSection) -> dict[str, Any]:
    inside = [question for question in letter.questions if question.section == section.number]
    parts: list[dict[str, Any]] = []
    for group in section.groups:
        if group.role is GroupRole.QUESTION:
            own = [question for question in inside if question.group == group.number]
            if own:
                label = f"（{wide(group.number)}）"
                parts.append({"label": label, "title": group.title_ja, "exchanges": _exchanges(letter, own)})
    loose = [question for question in inside if question.group is None]
    if loose:
        parts.append({"label": "", "title": "", "exchanges": _exchanges(letter, loose)})
    return {
        "label": f"［{wide(section.number)}］",
        "title": section.title_ja,
        "facts": [group.title_ja for group in section.groups if group.role is GroupRole.FACT],
        "parts": parts,
    }


def _exchanges(letter: Letter, questions: Sequence[Question]) -> list[dict[str, Any]]:
    """Neighbouring questions with the same answer together, then the answer; no answer leaves it empty."""
    found: list[dict[str, Any]] = []
    last: Answer | None = None
    for question in questions:
        answer = next((one for one in letter.answers if question.id in one.questions), None)
        row = {"label": _label(question), "text": question.text_ja}
        if found and answer is not None and answer is last:
            found[-1]["questions"].append(row)
        else:
            found.append({"questions": [row], "answer": answer.text_ja if answer else ""})
        last = answer
    return found


def _row(letter: Letter, answer: Answer) -> dict[str, Any]:
    asked = [question for question in letter.questions if question.id in answer.questions]
    return {
        "places": [place(letter, question) for question in asked],
        "questions": [question.text_ja for question in asked],
        "answer": answer.text_ja,
        "types": "、".join(TYPES_JA[kind] for kind in answer.types),
    }
