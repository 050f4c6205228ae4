"""Which letters and questions fit what a reader asks, and how many each further choice would leave."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from content.rules.index import Index
from content.rules.question_letters.asking import ITEM_FACETS, LETTER_FACETS, YES, Asked
from content.rules.question_letters.register import Register

Counts = dict[str, dict[str, int]]


def letters(register: Register, asked: Asked, words: Sequence[str], today: date) -> int:
    """The letters that fit, as bits; ``words`` are those asked of the title, folded."""
    found = _fitting(register.letters, asked, register.overdue_letters(today))
    return found & register.letters.with_words(words) if words else found


def items(register: Register, asked: Asked, today: date) -> int:
    """The questions that fit, as bits."""
    return _fitting(register.items, asked, register.overdue_items(today))


def letter_counts(register: Register, asked: Asked, words: Sequence[str], today: date) -> Counts:
    """How many letters each value of each facet would leave under the other filters."""
    overdue = register.overdue_letters(today)
    return {
        facet: _split(register.letters, letters(register, asked.but(facet), words, today), facet, overdue)
        for facet in LETTER_FACETS
    }


def item_counts(register: Register, asked: Asked, today: date) -> Counts:
    """The same of questions."""
    overdue = register.overdue_items(today)
    return {
        facet: _split(register.items, items(register, asked.but(facet), today), facet, overdue) for facet in ITEM_FACETS
    }


def _fitting(index: Index[Any], asked: Asked, overdue: int) -> int:
    found = index.all
    for facet, value in asked.facets.items():
        found &= overdue if facet == "overdue" else index.having(facet, value)
    return found


def _split(index: Index[Any], found: int, facet: str, overdue: int) -> dict[str, int]:
    if facet == "overdue":
        return {YES: count} if (count := (found & overdue).bit_count()) else {}
    return index.split(found, facet)
