"""The note to take along to whoever holds a record: where, what, under which law. It has no personal data."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from disclosure.letters.versions import LETTERS
from disclosure.rules.routing import Route
from portal.core.settings import Organisation, Settings
from portal.core.wareki import format_wareki
from portal.letters.contact import sender
from portal.letters.engine import Context

KIND = "routing-note"


@lru_cache(maxsize=64)
def routing_note(row: Route, law_ja: str, *, day: date, url: str, settings: Settings) -> bytes:
    """A short PDF in both languages; laid out once a day, whoever asks. ``url`` is the page's address."""
    context = note_context(
        row,
        law_ja,
        day=day,
        url=url,
        organisation=settings.organisation,
        sample=settings.sample,
    )
    return LETTERS.render(LETTERS.current(KIND, day), context)


def note_context(row: Route, law_ja: str, *, day: date, url: str, organisation: Organisation, sample: bool) -> Context:
    """Everything that the note prints."""
    return {
        "title": "記録の請求先のご案内",
        "date": format_wareki(day),
        "date_iso": day.isoformat(),
        "label": row.label_ja,
        "label_en": row.label_en,
        "where": row.where_ja,
        "where_en": row.where_en,
        "tell": row.tell_ja,
        "tell_en": row.tell_en,
        "take": list(row.take_ja),
        "take_en": list(row.take_en),
        "law": law_ja,
        "url": url,
        **sender(organisation),
        "sample": sample,
    }
