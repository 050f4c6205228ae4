"""Rules' messages in the reader's language, with days in the reader's calendar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from disclosure.rules.deadlines import Due
from portal.web.language import _, show_day


def words(message: str, params: Mapping[str, Any]) -> str:
    """A message id with its parameters, translated."""
    return _(message, **{name: _plain(value) for name, value in params.items()}) if params else _(message)


def steps(due: Due) -> list[dict[str, str]]:
    """How a day was counted: each step with the article it rests on."""
    return [{"text": words(step.message, step.params), "note": step.article} for step in due.steps]


def _plain(value: Any) -> str:
    return show_day(value).striptags() if isinstance(value, date) else str(value)
