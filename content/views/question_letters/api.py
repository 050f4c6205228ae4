"""The read API of question letters and their questions."""

from __future__ import annotations

from datetime import date

from flask import g

from content.queries import open_lists, open_things
from content.queries.letters import letter_page
from content.queries.open_shapes import Shape
from content.queries.question_letters import lists, shapes
from content.rules.question_letters import asking
from content.rules.question_letters.register import Sort
from content.views.api import Asked, Listed, door, origin
from portal.core import clock


@door("listLetters")
def list_letters(asked: Asked) -> Listed:
    """Question letters by filters."""
    today, after = _today(), asked.get("cursor", "")
    part = open_lists.letter_part(g.session, _wanted(asked), today=today, after=after, limit=asked["limit"])
    lines = lists.letter_lines(g.session, part.items)
    told = [{**open_things.letter(line, origin()), **shapes.days_of(line.entry, today=today)} for line in lines]
    return Listed(told, part.after, part.total)


@door("listQuestions")
def list_questions(asked: Asked) -> Listed:
    """The questions of all letters by filters."""
    today, after = _today(), asked.get("cursor", "")
    part = open_lists.question_part(g.session, _wanted(asked), today=today, after=after, limit=asked["limit"])
    lines = lists.item_lines(g.session, part.items)
    return Listed([shapes.question(line, origin(), today=today) for line in lines], part.after, part.total)


@door("getLetter")
def letter(_asked: Asked, key: str) -> Shape:
    """One letter with its questions and answers."""
    today = _today()
    whole = open_things.whole_letter(letter_page(g.session, key, today=today), origin())
    return {**whole, **shapes.days_of(lists.entry_of(g.session, key), today=today)}


def _wanted(asked: Asked) -> asking.Asked:
    facets = {name: value for name, value in asked.items() if name in (*asking.LETTER_FACETS, *asking.ITEM_FACETS)}
    return asking.Asked(facets, asked.get("q", ""), Sort(asked["sort"]))


def _today() -> date:
    return clock.day_in_japan(clock.now())
