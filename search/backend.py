"""The narrow protocol that every search engine keeps, and what goes through it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple, Protocol, TypedDict, Unpack

from search.query import Query
from search.record import Record, Spot


class Run(NamedTuple):
    """A stretch of original text, marked when it was looked for."""

    text: str
    marked: bool


class Hit(NamedTuple):
    """One thing found. Title and address are in the reader's language where the thing exists in it.

    `passage` is the best stretch of the record that matched; its language is `passage_language`. `spot` is where that
    stretch stands, None in a record without spots; `within` is the title of the thing that this is a part of, or "".
    `changed` is the moment at which something was last said of it, None where only its day is known.
    """

    key: str
    kind: str
    title: str
    url: str
    day: date | None
    language: str
    title_runs: tuple[Run, ...]
    passage: tuple[Run, ...]
    passage_language: str
    score: float
    spot: Spot | None = None
    within: str = ""
    changed: datetime | None = None


@dataclass(frozen=True)
class Found:
    """`total` counts things, not their languages. `facets` are (value, count) by name, most frequent first.

    `ready` is False while there is no index to search in (before the first build, or while a broken one is rebuilt).
    """

    total: int = 0
    hits: tuple[Hit, ...] = ()
    facets: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    ready: bool = True


@dataclass(frozen=True)
class Stats:
    """State of an index. `size` is in bytes; `fingerprints` are by record id, for comparison with the sources."""

    engine: str
    ready: bool
    records: int
    size: int
    generation: str
    fingerprints: Mapping[str, str]


class Wishes(TypedDict, total=False):
    """What a reader may say besides the query; what is left out is as `search.finding.find_on` has it.

    A language puts things that exist in it first. `filters` are values by facet name, `facets` names of those to
    count. `newest` orders by day instead of by relevance, `latest` by the day on which something was last said.
    """

    language: str | None
    filters: Mapping[str, str] | None
    limit: int
    offset: int
    facets: tuple[str, ...]
    newest: bool
    latest: bool


class Backend(Protocol):
    """A search engine."""

    def put(self, records: Iterable[Record], *, instead_of: Iterable[str] = (), afresh: bool = False) -> None:
        """File records in one step, replacing those with the same key and language.

        `instead_of` are keys whose records, in every language, are taken out in the same step. `afresh` replaces the
        whole index: readers see the old one until the new one is complete.
        """

    def remove(self, keys: Iterable[str]) -> None:
        """Take out things in every language; unknown keys are no error."""

    def find(self, query: Query, **wishes: Unpack[Wishes]) -> Found:
        """Search; never raises."""

    def state(self) -> str:
        """A name of what a search answers from now: equal names, equal answers. Empty while there is no index."""

    def words(self) -> list[str]:
        """What can be suggested to whoever types; a word may be of something that was taken out since."""

    def wipe(self) -> None:
        """Take out everything."""

    def stats(self) -> Stats:
        """Describe the index."""
