"""From a letter's context to its unsigned file: the same bytes when it is issued and whenever it is remade."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from functools import cache
from typing import Any

from portal.core import pdf, press
from portal.core.calendar import JAPAN
from portal.letters.engine import Context, Template, Templates

DATA_NAME = "decision.json"
DATA_DESCRIPTION = "この文書の内容（氏名その他の文字は、この記録を正とします。）"
PICTURES = frozenset({"seal_picture"})


@cache
def engine() -> str:
    """What letters are made with, with versions. PressFailed."""
    return press.run(pdf.engine)[:200]


def plain(context: Context) -> Context:
    """The context as it comes back from storage. TypeError when it holds what JSON cannot."""
    value: Context = json.loads(json.dumps(context, ensure_ascii=False, allow_nan=False))
    return value


def letter_data(context: Context) -> bytes:
    """What the letter says, as JSON in UTF-8: authoritative for names, whose characters a printed page may not tell."""
    said: dict[str, Any] = {key: value for key, value in context.items() if key not in PICTURES}
    return json.dumps(said, ensure_ascii=False, sort_keys=True, indent=1).encode("utf-8")


def remake(templates: Templates, template: Template, context: Context) -> bytes:
    """The unsigned file of a letter, laid out in a child process.

    Invalid for a character that no font has, naming it and its place; PressFailed, BadLetter.
    """
    at = datetime.combine(date.fromisoformat(str(context["date_iso"])), time(), JAPAN)
    data = pdf.Attachment(DATA_NAME, DATA_DESCRIPTION, letter_data(context), at)
    return templates.render(template, context, attachments=(data,))
