"""Rules' messages in the reader's language, with days in the reader's calendar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from markupsafe import Markup

from disclosure.rules.deadlines import Due, Step
from portal.web.language import _, current, show_day


def words(message: str, params: Mapping[str, Any]) -> str:
    """A message id with its parameters, translated."""
    return _(message, **{name: _plain(value) for name, value in params.items()})


def steps(due: Due) -> list[dict[str, str]]:
    """How a day was counted: each step with the article it rests on."""
    return step_rows(due.steps)


def afterwards(due: Due) -> list[dict[str, str]]:
    """What holds once the day has passed, in the same form."""
    return step_rows(due.afterwards)


def step_rows(found: Iterable[Step]) -> list[dict[str, str]]:
    """Steps of any computation, in the same form."""
    return [{"text": words(step.message, step.params), "note": _japanese(step.article)} for step in found]


def _japanese(text: str) -> str:
    """A Japanese text, marked as such on a page in another language."""
    return Markup('<span lang="ja">{}</span>').format(text) if text and current() != "ja" else text


def _plain(value: Any) -> str:
    return show_day(value).striptags() if isinstance(value, date) else str(value)
