"""The form of an answer in the making, and of what stands around the answers of a letter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import wtforms

from content.models.replies import DraftAnswer
from content.rules.archive.kinds import AnswerType, WithheldGround
from content.rules.question_letters.answering import Link, LinkKind, WrittenAnswer
from content.rules.question_letters.replies import WarningKind, cautions
from portal.web.fields import CheckField, ChoicesField, DateField, SelectField, TextAreaField, TextField
from portal.web.forms import Form
from portal.web.language import _l

LEAST_LINKS = 1
MOST_LINKS = 20
MOST_QUESTIONS = 3_000
LINKS = {
    LinkKind.INCIDENT: _l("Incident"),
    LinkKind.SYSTEM: _l("System"),
    LinkKind.FIGURE: _l("Figure"),
    LinkKind.LETTER: _l("Question letter"),
    LinkKind.URL: _l("Another address"),
}


class QuoteRow(wtforms.Form):
    """How the answer quotes a question. ``asked`` is what was asked, for a reader of the differences."""

    question = wtforms.HiddenField()
    text = TextAreaField(_l("Quoted as"), longest=10_000, required=False, rows=3)
    asked = ""

    @property
    def used(self) -> bool:
        return bool(self.question.data)


class LinkRow(wtforms.Form):
    """One thing that the answer points at; a row without an address counts as empty."""

    kind = SelectField(_l("What it points to"), choices=list(LINKS.items()), required=False)
    key = TextField(_l("Address"), longest=500, required=False)

    @property
    def used(self) -> bool:
        return bool((self.key.data or "").strip())


class AnswerForm(Form):
    """One answer. ``typing`` names the kept form, ``version`` the answer's version that the form was made from."""

    typing = wtforms.HiddenField()
    typing_version = wtforms.HiddenField(default="0")
    version = wtforms.HiddenField(default="0")
    text = TextAreaField(_l("Answer"), longest=10_000, rows=10, required=False)
    types = ChoicesField(
        _l("How it answers"), required=False, hint=_l("The first one that holds is the main one. It is published.")
    )
    ground = SelectField(_l("Ground for what is held back"), required=False)
    due = DateField(_l("The rest is answered by"), required=False)
    links = wtforms.FieldList(wtforms.FormField(LinkRow), _l("Link"), min_entries=LEAST_LINKS, max_entries=MOST_LINKS)
    questions = ChoicesField(_l("Questions that it answers"), required=False)
    quotes = wtforms.FieldList(wtforms.FormField(QuoteRow), _l("Question"), max_entries=MOST_QUESTIONS)
    seen_formula = CheckField(_l("I have seen that this says nothing of what was asked, and let it stand"))
    seen_quotes = CheckField(_l("I have seen how the quotation departs. The difference is published"))
    done = CheckField(_l("This answer is finished"))

    def offer(self, asked: Mapping[str, str], words: Mapping[str, Any]) -> None:
        """Fill the lists; ``asked``: the letter's questions by id."""
        self.types.choices = [(kind.value, f"{kind} {words['answer_type'](kind)[0]}") for kind in AnswerType]
        grounds = [(ground.value, words["grounds"][ground]) for ground in WithheldGround]
        self.ground.choices = [("", "–"), *grounds]
        self.questions.choices = [(key, f"{_code(key)} {_short(text)}") for key, text in asked.items()]
        for row in self.quotes:
            row.form.asked = asked.get(row.form.question.data or "", "")

    def with_quotes(self, asked: Mapping[str, str], quoted: Mapping[str, str]) -> None:
        """A row for each chosen question that has none; what is no longer chosen has none."""
        there = {row.form.question.data: row.form.text.data for row in self.quotes}
        while self.quotes.entries:
            self.quotes.pop_entry()
        for key in self.questions.data or ():
            if key in asked:
                said = there.get(key) or quoted.get(key) or asked[key]
                self.quotes.append_entry({"question": key, "text": said})
                self.quotes.entries[-1].form.asked = asked[key]

    def written(self, *, follows: str | None) -> WrittenAnswer:
        """What the form says; of a form that did not validate, what could be read of it."""
        links = [row.form for row in self.links if row.form.used]
        text = WrittenAnswer(
            questions=tuple(self.questions.data or ()),
            text=_lines(self.text.data),
            types=tuple(self.types.data or ()),
            ground=self.ground.data or None,
            due=self.due.day,
            links=tuple(
                Link(LinkKind(row.kind.data), (row.key.data or "").strip()) for row in links if row.kind.data in LINKS
            ),
            quoted={row.form.question.data or "": _lines(row.form.text.data) for row in self.quotes if row.form.used},
            follows=follows,
            done=bool(self.done.data),
        )
        asked = {row.form.question.data or "": row.form.asked for row in self.quotes if row.form.asked}
        told = {WarningKind.FORMULA: self.seen_formula.data, WarningKind.QUOTED_OTHERWISE: self.seen_quotes.data}
        seen = frozenset(one.name for one in cautions(text.part, asked) if told[one.kind])
        return replace(text, seen=seen)


def begins_with(draft: DraftAnswer, asked: Mapping[str, str]) -> dict[str, Any]:
    """An answer in the making as data for the form."""
    return {
        "text": draft.text,
        "types": draft.types,
        "ground": draft.withheld_ground or "",
        "due": draft.re_answer_due.isoformat() if draft.re_answer_due else "",
        "links": draft.links or [{}],
        "questions": draft.questions,
        "quotes": [{"question": key, "text": draft.quoted.get(key) or asked.get(key, "")} for key in draft.questions],
        "seen_formula": str(WarningKind.FORMULA) in draft.seen,
        "seen_quotes": any(name.startswith(WarningKind.QUOTED_OTHERWISE) for name in draft.seen),
        "done": draft.done,
    }


class WhyRow(wtforms.Form):
    """Why a question stays without an answer."""

    question = wtforms.HiddenField()
    why = TextField(_l("Why it stays without an answer"), longest=500, required=False)


class ReplyForm(Form):
    """What stands around the answers of a letter. ``typing`` names the kept form, as that of an answer."""

    typing = wtforms.HiddenField()
    typing_version = wtforms.HiddenField(default="0")
    version = wtforms.HiddenField(default="0")
    preface = TextAreaField(
        _l("Words before the answers"),
        longest=3_000,
        rows=4,
        required=False,
        hint=_l("They follow the opening of the letter. It can stay empty."),
    )
    promised_on = DateField(_l("The answer comes by"), required=False)
    unanswered = wtforms.FieldList(wtforms.FormField(WhyRow), _l("Question"), max_entries=MOST_QUESTIONS)

    def whys(self) -> dict[str, str]:
        """Why questions stay without an answer, by id."""
        return {row.form.question.data: row.form.why.data or "" for row in self.unanswered if row.form.question.data}


class BeginForm(Form):
    """Which questions a new answer is for."""

    questions = ChoicesField(_l("Questions"), missing=_l("Choose at least one question."))

    def offer(self, questions: Iterable[tuple[str, str]]) -> None:
        """Fill the list: ids and texts."""
        self.questions.choices = [(key, f"{_code(key)} {_short(text)}") for key, text in questions]


def _lines(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n").replace("\r", "\n").strip()


def _code(key: str) -> str:
    return key.partition("/")[2]


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:80]}…"


class PasteAnswersForm(Form):
    """A whole text of answers."""

    text = TextAreaField(_l("Questions and answers"), longest=60_000, rows=20)
