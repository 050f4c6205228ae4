"""Whether a search that somebody follows finds a thing that was published, as the search's page would."""

from __future__ import annotations

from sqlalchemy.orm import Session

from content.rules.following import Interest, Topic
from search import forms, synonyms
from search.memory_engine import MemoryEngine
from search.names import Names, of
from search.query import parse
from search.sources import SOURCES


class Searched:
    """Looks at the records of a few things; names and words that mean the same are read once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._held: dict[str, MemoryEngine] = {}
        self._known: tuple[Names, synonyms.Groups] | None = None

    def finds(self, interest: Interest, key: str) -> bool:
        """``key`` is that of a search record: ``incident/<key>``, ``letter/<key>``."""
        if interest.topic is not Topic.SEARCH or not interest.search:
            return False
        asked = forms.kept(interest.search)
        names, same = self._words()
        query = synonyms.widened(parse(asked.text, names.value_of), same)
        return self._engine(key).find(query, filters=asked.filters, limit=0).total > 0

    def _engine(self, key: str) -> MemoryEngine:
        if key not in self._held:
            self._held[key] = MemoryEngine()
            self._held[key].put(SOURCES.records(self._session, {key}))
        return self._held[key]

    def _words(self) -> tuple[Names, synonyms.Groups]:
        if self._known is None:
            self._known = of(SOURCES.names(self._session)), synonyms.groups(self._session)
        return self._known
