"""Names of what records are classed by: systems, causes, areas. Rooms above register how to read theirs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from portal.core.db import Database
from search.query import Query
from search.sources import Sources
from search.text import folded

_KINDS = {
    "事案": "incident", "障害": "incident", "インシデント": "incident", "システム": "system", "質問状": "letter",
    "公開質問状": "letter", "回答": "letter", "統計": "figure", "数値": "figure", "報告": "report", "ページ": "page",
}  # fmt: skip
_LANGUAGES = {"日本語": "ja", "japanese": "ja", "英語": "en", "english": "en"}


@dataclass(frozen=True)
class Name:
    """What a value of a facet is called; `others` are further names that readers may type."""

    facet: str
    value: str
    ja: str
    en: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Names:
    """All names that are known; two readings of them are two, so that what is made of one can be kept with it."""

    labels: Mapping[tuple[str, str], Name] = field(default_factory=dict)
    values: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def value_of(self, facet: str, typed: str) -> str:
        """The value for a name as a reader typed it; what is no name is taken as a value."""
        if (facet, typed) in self.labels:
            return typed
        text = folded(typed).strip()
        fixed = {"kind": _KINDS, "language": _LANGUAGES}.get(facet, {}).get(text)
        return fixed or self.values.get((facet, text), typed)

    def label(self, facet: str, value: str, language: str) -> str:
        """What a value is called; itself where it has no name."""
        found = self.labels.get((facet, value))
        return (found.ja if language == "ja" else found.en or found.ja) if found else value

    def recognised(self, query: Query) -> list[Name]:
        """The systems and areas whose names are words of a query: a reader may narrow to them."""
        texts = [folded(word.text).strip() for group in query.groups for word in group]
        pairs = dict.fromkeys((facet, text) for text in texts for facet in ("system", "area"))
        found = [self.labels[facet, value] for facet, text in pairs if (value := self.values.get((facet, text)))]
        return list(dict.fromkeys(found))


def of(names: Iterable[Name]) -> Names:
    """Names, ready to be looked up; the first of two that are written alike counts."""
    labels: dict[tuple[str, str], Name] = {}
    values: dict[tuple[str, str], str] = {}
    for name in names:
        labels.setdefault((name.facet, name.value), name)
        for written in (name.ja, name.en, *name.others):
            if text := folded(written).strip():
                values.setdefault((name.facet, text), name.value)
    return Names(labels, values)


def at_hand(database: Database, sources: Sources, state: str) -> Names:
    """The names, read once for each state of the index: they change with what is published."""
    return _read(database, sources, state)


@lru_cache(maxsize=4)
def _read(database: Database, sources: Sources, _state: str) -> Names:
    with database.session(write=False) as session:
        return of(sources.names(session))
