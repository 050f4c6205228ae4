"""What the index holds: one record for each published thing and language."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, field
from datetime import date, datetime

_PART = "#"
_BETWEEN = "\n\n"


@dataclass(frozen=True)
class Spot:
    """Where readers find a part of a record: the part begins at character `at` of the body.

    `kind` and `number` name it (``bulletin``, ``3``); `url` is a path of the site without the language's prefix, with
    its fragment; `version` the path of the thing as it stood then, or "".
    """

    at: int
    kind: str
    number: str
    url: str
    version: str = ""


@dataclass(frozen=True)
class Record:
    """One published thing in one language, as a room hands it to the index.

    `key` names the thing and is the same in every language (``incident/leap-day-births``); a thing may have parts that
    are found by themselves (``letter/2016-05#q-1``), whose title is their own and which are `within` the thing's.
    `url` is a path of the site without the language's prefix. `body` is plain text; a blank line separates passages,
    and `spots` say what is where in it, in their order. `facets` are lists of values by facet name
    (``{"system": ("relay-server",)}``); kind and language are facets by themselves. `weight` raises (over 1) or lowers
    a record among equals, for example a final report over a first one. `changed` is the moment at which something was
    last said of it, where that is not `day`.
    """

    key: str
    kind: str
    title: str
    body: str
    language: str
    day: date | None
    url: str
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    weight: float = 1.0
    spots: tuple[Spot, ...] = ()
    within: str = ""
    changed: datetime | None = None

    @property
    def thing(self) -> str:
        """The key of the thing itself, with which a room marks it and all of its parts."""
        return thing_of(self.key)

    @property
    def id(self) -> str:
        """Unique in the index: the thing and its language."""
        return f"{self.key}@{self.language}"

    def all_facets(self) -> dict[str, tuple[str, ...]]:
        """The facets with kind and language among them."""
        return {**self.facets, "kind": (self.kind,), "language": (self.language,)}

    def fingerprint(self) -> str:
        """Changes whenever anything that a reader could find or see changes."""
        parts = [self.key, self.kind, self.title, self.body, self.language, str(self.day), self.url, self.weight]
        parts += [self.within, str(self.changed), [astuple(spot) for spot in self.spots]]
        facets = {name: sorted(values) for name, values in self.facets.items()}
        text = json.dumps([parts, facets], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def once(records: Iterable[Record]) -> Iterator[Record]:
    """Of two with the same key and language the first counts."""
    seen: set[str] = set()
    for record in records:
        if record.id not in seen:
            seen.add(record.id)
            yield record


def thing_of(key: str) -> str:
    """The key of the thing that a record's key names whole or in part."""
    return key.partition(_PART)[0]


def part_of(thing: str, name: str) -> str:
    """The key of a part of a thing."""
    return f"{thing}{_PART}{name}"


class Body:
    """Puts a record's body together: passages without empty ones and without repeats, and where the spots begin."""

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._passages: list[str] = []
        self._length = 0
        self._spots: dict[int, Spot] = {}

    def begin(self, kind: str, number: str, url: str, version: str = "") -> None:
        """What is added from now on stands at a spot."""
        self._spots[self._length] = Spot(self._length, kind, number, url, version)

    def add(self, *texts: str | None) -> None:
        for text in texts:
            passage = (text or "").strip()
            if passage and passage not in self._seen:
                self._seen.add(passage)
                self._passages.append(passage)
                self._length += len(passage) + len(_BETWEEN)

    @property
    def text(self) -> str:
        return _BETWEEN.join(self._passages)

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Those at which something stands."""
        return tuple(spot for spot in self._spots.values() if spot.at < self._length)
