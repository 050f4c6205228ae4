"""One area out of what a writer typed: a name, a reading or a code."""

from __future__ import annotations

import re
import unicodedata

from sqlalchemy.orm import Session

from content.queries.areas import find_area
from content.queries.names import Area, areas
from content.rules.areas import is_area

_CODE = re.compile(r"(?:^|[\s(])(JP|\d{2}|\d{6})\)?\Z")
MOST_NAMED = 5


def chosen_area(session: Session, text: str) -> tuple[str | None, list[Area]]:
    """The code that is meant, or None with the areas that could be meant (none: nothing is known by that name)."""
    asked = unicodedata.normalize("NFKC", text).strip()
    code = _CODE.search(asked)
    if code and is_area(code[1]):
        return code[1], []
    found = find_area(session, asked)
    exact = [area for area in found if asked.casefold() in (area.name_ja.casefold(), area.name_en.casefold())]
    for chosen in (exact, found):
        if len(chosen) == 1:
            return chosen[0].code, []
    return None, (exact or found)[:MOST_NAMED]


def area_texts(session: Session, codes: list[str], language: str) -> dict[str, str]:
    """How chosen areas stand in a form: the name with its code behind, so that it is read back as it was."""
    named = areas(session, codes)
    return {code: f"{getattr(area, f'name_{language}')} ({code})" for code, area in named.items()}
