"""What followers are told of a step of a question letter: by mail in the reader's language, and as data."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.models.letter_work import LetterStep
from content.models.letters import Letter
from content.models.replies import Reply
from content.rules.question_letters.states import READABLE, WAITING, StepKind

WORDS: dict[str, dict[str, str]] = {
    "ja": {
        "letter": "質問書 {key}", "colon": "：", "promised": "約束した日：{day}", "due": "回答の期限：{day}",
        StepKind.FILED: "質問書が届きました", StepKind.REGISTERED: "質問書を公開しました",
        StepKind.RETURNED: "質問書を差出人に返しました", StepKind.WITHDRAWN: "差出人が質問書を取り下げました",
        StepKind.INTERIM: "回答の時期をお知らせしました", StepKind.ANSWERED: "回答しました",
        StepKind.ANSWERED_LATER: "先送りしたものに回答しました", StepKind.ASKED_BACK: "差出人が問い返しました",
        StepKind.NOT_ANSWERED: "差出人が、回答になっていないと述べました",
        StepKind.OVERDUE: "期限を過ぎました", "passed": "過ぎた期限：{day}",
    },
    "en": {
        "letter": "Question letter {key}", "colon": ": ", "promised": "Promised by: {day}",
        "due": "Answer due by: {day}",
        StepKind.FILED: "The letter arrived", StepKind.REGISTERED: "The letter was opened to the public",
        StepKind.RETURNED: "The letter was returned to its sender",
        StepKind.WITHDRAWN: "The sender withdrew the letter",
        StepKind.INTERIM: "An interim reply said when the answer comes", StepKind.ANSWERED: "The answer was sent",
        StepKind.ANSWERED_LATER: "What was put off was answered", StepKind.ASKED_BACK: "The sender asked back",
        StepKind.NOT_ANSWERED: "The sender said that an answer does not answer",
        StepKind.OVERDUE: "A day has passed without an answer", "passed": "Was due by: {day}",
    },
}  # fmt: skip


def step_text(session: Session, step_id: str, language: str) -> tuple[str, str, str]:
    """Headline, text and path; the title stands in it when the public may read it."""
    step = session.get_one(LetterStep, step_id)
    letter, words = session.get_one(Letter, step.letter_key), WORDS[language]
    title = getattr(letter, f"title_{language}") or letter.title_ja
    named = title if title and letter.state in READABLE else words["letter"].format(key=letter.key)
    told = words[step.kind]
    parts = [f"{words['letter'].format(key=letter.key)}{words['colon']}{told}"]
    if step.day:
        name_of_day = "passed" if step.kind == StepKind.OVERDUE else "promised"
        parts.append(words[name_of_day].format(day=step.day.isoformat()))
    if letter.state in WAITING and letter.answer_due_on and letter.answer_due_on != step.day:
        parts.append(words["due"].format(day=letter.answer_due_on.isoformat()))
    parts += [step.note] if step.note else []
    return f"{named}{words['colon']}{told}", "\n".join(parts), f"/letters/{letter.key}"


def step_message(session: Session, step_id: str, url: str) -> dict[str, Any]:
    """The same for a program: ``letter.<kind>``, its time, and what is public of the step and the letter as it stands.

    ``url``: the address of this site.
    """
    step = session.get_one(LetterStep, step_id)
    letter, page = session.get_one(Letter, step.letter_key), f"{url}/letters/{step.letter_key}"
    data: dict[str, Any] = {
        "letter": letter.key,
        "step": step.position,
        "title": letter.title_ja if letter.title_ja and letter.state in READABLE else None,
        "language": letter.language,
        "state": letter.state,
        "day": step.day.isoformat() if step.day else None,
        "note": step.note or None,
        "answer_due_on": letter.answer_due_on.isoformat() if letter.answer_due_on else None,
        "answered_on": letter.answered_on.isoformat() if letter.answered_on else None,
        "page": page,
        "data": f"{page}.json",
    }
    if step.reply_number is not None:
        one = select(Reply).where(Reply.letter_key == letter.key, Reply.number == step.reply_number)
        reply = session.scalars(one).one()
        data["reply"] = {"number": reply.letter_number, "pdf": f"{page}/replies/{reply.number}.pdf"}
    return {"type": f"letter.{step.kind}", "timestamp": step.at.isoformat(), "data": data}
