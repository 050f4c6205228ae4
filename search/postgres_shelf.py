"""One state of the index in PostgreSQL, as a reader's transaction sees it, and what a process keeps of it."""

import sys
from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.engine import Connection

from search.bits import as_bits, numbers
from search.cards import SEPARATOR, WORD, Card, Place, read_card
from search.counting import Facet
from search.segments import unpack
from search.shelf import MOST_WORDS, facet_of, has_one_of, in_order_of_days, siblings_of

INITIALS = {"title": "t", "text": "x", "facet": "f"}
NUL = "\x01"  # a text in PostgreSQL cannot hold the separator; folding produces neither
_LONGEST_TOKEN = 200
_MOST_SETS, _MOST_TEXTS, _MOST_CHECKED = 8_192, 4_000, 500
_ONE_BY_ONE = 400  # so few documents are looked through here, more of them in the database


def token_name(field: str, token: str) -> str:
    """How a token of a field is called in the table; a very long one by its beginning."""
    return f"{INITIALS[field]}:{token[:_LONGEST_TOKEN]}"


class Kept:
    """What a process keeps of one state: where each document belongs, and whatever was read since."""

    def __init__(self, generation: int, written: int, places: list[Place | None], everything: int) -> None:
        self.name = (generation, written)
        self.places = places
        self.everything = everything
        self.siblings = siblings_of(places, everything)
        self.by_day = in_order_of_days(places)
        self.facets: dict[str, Facet] = {}
        self.sets: dict[str, int] = {}
        self.beginning: dict[str, list[str]] = {}
        self.texts: dict[int, str] = {}
        self.checked: dict[tuple[str, ...], tuple[int, int]] = {}

    @classmethod
    def read(cls, connection: Connection, generation: int, written: int, before: "Kept | None") -> "Kept":
        """Read a state; of the same generation only what is new."""
        old = before if before is not None and before.name[0] == generation else None
        places: list[Place | None] = list(old.places) if old else []
        rows = connection.execute(
            text(
                "SELECT number, key, language, day, weight FROM search_document"
                " WHERE generation = :g AND number >= :n ORDER BY number"
            ),
            {"g": generation, "n": len(places)},
        )
        for number, key, language, day, weight in rows:
            places.extend([None] * (number - len(places)))
            places.append(Place(sys.intern(key), sys.intern(language), day, weight))
        live = connection.scalar(
            text("SELECT string_agg(int4send(number), '') FROM search_document WHERE generation = :g"),
            {"g": generation},
        )
        kept = cls(generation, written, places, as_bits(_numbers(live), len(places)))
        if old:
            kept.texts = {number: held for number, held in old.texts.items() if kept.everything >> number & 1}
        return kept


class PostgresShelf:
    """See `search.shelf.Shelf`. Lives as long as the reader's transaction."""

    def __init__(self, connection: Connection, kept: Kept) -> None:
        self._connection = connection
        self._kept = kept
        self.everything = kept.everything
        self.places: Sequence[Place | None] = kept.places
        self.siblings: Mapping[int, tuple[int, ...]] = kept.siblings
        self.by_day = kept.by_day

    def fetch(self, field: str, tokens: Iterable[str]) -> None:
        sets = self._kept.sets
        missing = {name for token in tokens if (name := token_name(field, token)) not in sets}
        if not missing:
            return
        if len(sets) > _MOST_SETS:
            sets.clear()
        found = dict.fromkeys(missing, 0)
        rows = self._rows(
            "SELECT token, segment, documents FROM search_posting WHERE generation = :g AND token = ANY(:tokens)",
            tokens=list(missing),
        )
        for token, segment, documents in rows:
            found[token] |= unpack(bytes(documents)) << segment
        sets.update((token, bits & self.everything) for token, bits in found.items())

    def postings(self, field: str, token: str) -> int:
        name = token_name(field, token)
        found = self._kept.sets.get(name)
        if found is None:
            self.fetch(field, (token,))
            found = self._kept.sets.get(name, 0)
        return found

    def starting(self, field: str, prefix: str) -> list[str]:
        name = token_name(field, prefix)
        if name in self._kept.beginning:
            return self._kept.beginning[name]
        found: dict[str, int] = {}
        rows = self._rows(
            "SELECT token, segment, documents FROM search_posting"
            " WHERE generation = :g AND token >= :first AND token < :last",
            first=name,
            last=name + "\U0010ffff",
        )
        for token, segment, documents in rows:
            found[token] = found.get(token, 0) | unpack(bytes(documents)) << segment
        self._kept.sets.update((token, bits & self.everything) for token, bits in found.items())
        tokens = sorted(token[2:] for token in found)
        self._kept.beginning[name] = tokens
        return tokens

    def words(self) -> list[str]:
        """`search.shelf.words_of`, without a look at which documents have them."""
        name = token_name("title", WORD)
        rows = self._rows(
            "SELECT DISTINCT token FROM search_posting WHERE generation = :g AND token >= :first AND token < :last"
            " ORDER BY token LIMIT :most",
            first=name,
            last=name + "\U0010ffff",
            most=MOST_WORDS,
        )
        return [token[len(name) :] for (token,) in rows]

    def facet(self, name: str) -> Facet:
        facets = self._kept.facets
        if name not in facets:
            facets[name] = facet_of(self, name)
        return facets[name]

    def containing(self, literals: tuple[str, ...], within: int) -> int:
        looked, found = self._kept.checked.get(literals, (0, 0))
        new = within & ~looked
        if new:
            found |= self._looked_through(literals, new)
            if len(self._kept.checked) > _MOST_CHECKED:
                self._kept.checked.clear()
            self._kept.checked[literals] = (looked | within, found)
        return found & within

    def _looked_through(self, literals: tuple[str, ...], within: int) -> int:
        count = within.bit_count()
        if count <= _ONE_BY_ONE:
            return has_one_of(self, literals, within)
        have = " OR ".join(f"strpos(folded, :t{n}) > 0" for n in range(len(literals)))
        few = count * 3 < len(self.places)
        only = " AND number = ANY(:numbers)" if few else ""
        row = self._rows(
            f"SELECT string_agg(int4send(number), '') FROM search_document WHERE generation = :g{only} AND ({have})",  # noqa: S608
            **({"numbers": list(numbers(within))} if few else {}),
            **{f"t{n}": literal for n, literal in enumerate(literals)},
        ).first()
        return as_bits(_numbers(row[0] if row else None), len(self.places)) & within

    def read(self, wanted: Iterable[int]) -> None:
        texts = self._kept.texts
        missing = [number for number in wanted if number not in texts]
        if not missing:
            return
        if len(texts) + len(missing) > _MOST_TEXTS:
            texts.clear()
        rows = self._rows(
            "SELECT number, folded FROM search_document WHERE generation = :g AND number = ANY(:numbers)",
            numbers=missing,
        )
        for number, folded in rows:
            texts[number] = folded.replace(NUL, SEPARATOR)

    def folded(self, number: int) -> str:
        found = self._kept.texts.get(number)
        if found is None:
            self.read((number,))
            found = self._kept.texts.get(number)
        if found is None:
            raise IndexError(number)
        return found

    def cards(self, wanted: Collection[int]) -> dict[int, Card]:
        self.read(wanted)
        rows = self._rows(
            "SELECT number, packed FROM search_card WHERE generation = :g AND number = ANY(:numbers)",
            numbers=list(wanted),
        )
        return {number: read_card(bytes(packed), self.folded(number)) for number, packed in rows}

    def _rows(self, statement: str, **values: Any) -> Any:
        return self._connection.execute(text(statement), {"g": self._kept.name[0], **values})


def _numbers(packed: Any) -> Sequence[int]:
    found = array("i", bytes(packed or b""))
    if sys.byteorder == "little":
        found.byteswap()
    return found
