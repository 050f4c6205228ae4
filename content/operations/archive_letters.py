"""Letters and figures of the archive as rows of the tables."""

from __future__ import annotations

from collections.abc import Iterator

from content.models.answers import Answer, AnswerLink, AnswerQuestion, AnswerTypeOf
from content.models.figures import Figure, Point, Series
from content.models.letters import Group, GroupIncident, Letter, Section
from content.models.questions import Question
from content.operations.rows import Row, citations
from content.rules.archive import letters, records
from content.rules.archive.kinds import GroupRole
from content.rules.owners import Owner


def letter_rows(letter: letters.Letter) -> Iterator[Row]:
    """A letter with everything in it."""
    values = {
        "key": letter.key,
        "title_ja": letter.title_ja,
        "title_en": letter.title_en,
        "sender_key": letter.sender,
        "addressee_key": letter.addressee,
        "sent_on": letter.sent_on,
        "asked_due_on": letter.asked_due_on,
        "answered_on": letter.answered_on,
        "channel": str(letter.channel),
        "note_ja": letter.note_ja,
        "note_en": letter.note_en,
    }
    yield Row(Letter, values)
    yield from citations(Owner.LETTER, letter.key, letter.key, letter.sources)
    for section in letter.sections:
        yield from _section(letter.key, section)
    for position, question in enumerate(letter.questions, 1):
        yield from _question(letter.key, question, position)
    for position, answer in enumerate(letter.answers, 1):
        yield from _answer(letter.key, answer, position)


def _section(letter: str, section: letters.LetterSection) -> Iterator[Row]:
    identifier = f"{letter}/{section.number}"
    values = {"id": identifier, "letter_key": letter, "number": section.number, "label": section.label}
    yield Row(Section, {**values, "title_ja": section.title_ja, "title_en": section.title_en})
    for group in section.groups:
        group_id = f"{identifier}/{group.role}/{group.number}"
        group_values = {
            "id": group_id,
            "letter_key": letter,
            "section_id": identifier,
            "number": group.number,
            "role": str(group.role),
            "label": group.label,
            "title_ja": group.title_ja,
            "title_en": group.title_en,
        }
        yield Row(Group, group_values)
        for incident in group.incidents:
            yield Row(GroupIncident, {"group_id": group_id, "incident_key": incident})


def _question(letter: str, question: letters.Question, position: int) -> Iterator[Row]:
    section = f"{letter}/{question.section}"
    group = None if question.group is None else f"{section}/{GroupRole.QUESTION}/{question.group}"
    values = {
        "id": f"{letter}/{question.id}",
        "letter_key": letter,
        "section_id": section,
        "group_id": group,
        "position": position,
        "code": question.id,
        "label": question.label,
        "text_ja": question.text_ja,
        "text_en": question.text_en,
        "quoted_ja": question.quoted_ja,
        "quoted_en": question.quoted_en,
        "unanswered": question.unanswered,
    }
    yield Row(Question, values)
    yield from citations(Owner.LETTER, letter, f"{letter}/{question.id}", question.sources)


def _answer(letter: str, answer: letters.Answer, position: int) -> Iterator[Row]:
    identifier = f"{letter}/{answer.id}"
    values = {
        "id": identifier,
        "letter_key": letter,
        "position": position,
        "code": answer.id,
        "text_ja": answer.text_ja,
        "text_en": answer.text_en,
        "withheld_ground": None if answer.withheld_ground is None else str(answer.withheld_ground),
        "re_answer_due": answer.re_answer_due,
    }
    yield Row(Answer, values)
    yield from citations(Owner.LETTER, letter, identifier, answer.sources)
    for place, kind in enumerate(answer.types, 1):
        yield Row(AnswerTypeOf, {"answer_id": identifier, "type": str(kind), "position": place})
    for question in answer.questions:
        yield Row(AnswerQuestion, {"answer_id": identifier, "question_id": f"{letter}/{question}"})
    for place, link in enumerate(answer.links, 1):
        link_values = {
            "id": f"{identifier}/link/{place}",
            "answer_id": identifier,
            "position": place,
            "incident_key": link.incident,
            "system_key": link.system,
            "figure_key": link.figure,
            "url": link.url,
        }
        yield Row(AnswerLink, link_values)


def figure_rows(figure: records.Figure, position: int) -> Iterator[Row]:
    """A figure with its series and points."""
    values = {
        "key": figure.key,
        "title_ja": figure.title_ja,
        "title_en": figure.title_en,
        "unit_ja": figure.unit_ja,
        "unit_en": figure.unit_en,
        "chart": str(figure.chart),
        "note_ja": figure.note_ja,
        "note_en": figure.note_en,
        "position": position,
    }
    yield Row(Figure, values)
    names = list(dict.fromkeys((point.series_ja, point.series_en) for point in figure.points))
    for place, (ja, en) in enumerate(names, 1):
        series = {"id": f"{figure.key}/{place}", "figure_key": figure.key, "position": place}
        yield Row(Series, {**series, "name_ja": ja, "name_en": en})
    for place, point in enumerate(figure.points, 1):
        identifier = f"{figure.key}/point/{place}"
        point_values = {
            "id": identifier,
            "figure_key": figure.key,
            "series_id": f"{figure.key}/{names.index((point.series_ja, point.series_en)) + 1}",
            "position": place,
            "label_ja": point.label_ja,
            "label_en": point.label_en,
            "value": float(point.value),
            "area": point.area,
            "certainty": str(point.certainty),
            "day": point.day,
            "period": point.period,
        }
        yield Row(Point, point_values)
        yield from citations(Owner.FIGURE, figure.key, identifier, point.sources)
