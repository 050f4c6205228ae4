"""What the engines keep of a record: where it belongs, its folded text, its card, its tokens."""

import json
from dataclasses import astuple, dataclass
from datetime import date, datetime
from typing import NamedTuple

from portal.core.clock import day_in_japan
from search import analyzer, days
from search.record import Record, Spot
from search.text import Folded, fold

WORD = "v:"  # before a token that is a word to be suggested; with the title's, which nothing else lists in full
SAID = "said="  # before the day on which something was last said of a thing
SEPARATOR = "\x00"  # between folded title and folded body; folding never produces it
_END = b"\n"  # of what a card says before the text itself
_IN_STEP = ((0, 0),)


class Place(NamedTuple):
    """What ranking needs to know of a document without reading it."""

    key: str
    language: str
    day: int  # proleptic ordinal, 0 when the record has no day
    weight: float

    def packed(self) -> bytes:
        """For an engine's store."""
        return f"{self.key}\t{self.language}\t{self.day}\t{self.weight}".encode("utf-8", "surrogatepass")

    @classmethod
    def read(cls, packed: bytes) -> "Place | None":
        """What `packed` wrote; None when it is damaged."""
        parts = packed.decode("utf-8", "surrogatepass").split("\t")
        return cls(parts[0], parts[1], int(parts[2]), float(parts[3])) if len(parts) == len(cls._fields) else None


class Card(NamedTuple):
    """What a hit shows of a record, as an engine kept it; `spots` are as JSON has them, in their order."""

    key: str
    kind: str
    title: str
    url: str
    language: str
    day: date | None
    within: str
    changed: datetime | None
    spots: list[list[int | str]]
    fingerprint: str
    body: str
    folded_title: Folded
    folded_body: Folded

    @property
    def id(self) -> str:
        """See `search.record.Record.id`."""
        return f"{self.key}@{self.language}"

    def spot(self, at: int) -> Spot | None:
        """The last spot that begins at a character of the body or before it."""
        found = [spot for spot in self.spots if int(spot[0]) <= at]
        return Spot(*found[-1]) if found else None  # type: ignore[arg-type]


@dataclass(frozen=True)
class Entry:
    """A record with its folded texts, ready to be filed."""

    record: Record
    title: Folded
    body: Folded
    fingerprint: str

    def card(self) -> bytes:
        """The card for an engine's store; the folded texts are kept beside it."""
        record = self.record
        said = [
            record.key,
            record.kind,
            record.title,
            record.url,
            record.language,
            record.day.isoformat() if record.day else None,
            record.within,
            record.changed.isoformat() if record.changed else None,
            [astuple(spot) for spot in record.spots],
            self.fingerprint,
            [[] if text.breaks == _IN_STEP else text.breaks for text in (self.title, self.body)],
        ]
        head = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
        return head.encode("utf-8", "surrogatepass") + _END + record.body.encode("utf-8", "surrogatepass")

    def folded(self) -> str:
        return self.title.text + SEPARATOR + self.body.text

    def place(self) -> Place:
        record = self.record
        return Place(record.key, record.language, record.day.toordinal() if record.day else 0, record.weight)

    def tokens(self, *, names: bool = True) -> dict[str, set[str]]:
        """The tokens by field, key and id of the record among the facets where an engine finds it by them."""
        record = self.record
        title = analyzer.tokens(self.title.text)
        text = title | analyzer.tokens(self.body.text)
        if record.day:
            text.update("d:" + name for name in days.of(record.day).names())
        title |= {f"{WORD}{word}" for word in analyzer.words(self.title.text, self.body.text)}
        facet = {f"{name}={value}" for name, values in record.all_facets().items() for value in values}
        if said := day_in_japan(record.changed) if record.changed else record.day:
            facet.add(f"{SAID}{said}")
        if names:
            facet.update((f"key={record.thing}", f"id={record.id}"))
        return {"title": title, "text": text, "facet": facet}


def entry_of(record: Record) -> Entry:
    return Entry(record, fold(record.title), fold(record.body), record.fingerprint())


def read_card(packed: bytes, folded: str) -> Card:
    """What `Entry.card` and `Entry.folded` wrote."""
    head, _, rest = packed.partition(_END)
    key, kind, title, url, language, day, within, changed, spots, fingerprint, (in_title, in_body) = json.loads(
        head.decode("utf-8", "surrogatepass")
    )
    body = rest.decode("utf-8", "surrogatepass")
    folded_title, _, folded_body = folded.partition(SEPARATOR)
    return Card(
        key,
        kind,
        title,
        url,
        language,
        date.fromisoformat(day) if day else None,
        within,
        datetime.fromisoformat(changed) if changed else None,
        spots,
        fingerprint,
        body,
        Folded(folded_title, _breaks(in_title), len(title)),
        Folded(folded_body, _breaks(in_body), len(body)),
    )


def _breaks(written: list[list[int]]) -> tuple[tuple[int, int], ...]:
    return tuple((here, there) for here, there in written) if written else _IN_STEP
