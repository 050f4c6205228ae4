"""What a reader may ask. Plain parameters of an address, read with patience: nothing in them is an error."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from portal.core import detectors
from search.query import LONGEST

PER_PAGE = 20
LAST_PAGE = 50
FACETS = ("kind", "system", "cause", "area", "year", "language")
_VALUE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}")


@dataclass(frozen=True)
class Asked:
    """The text, the values chosen by facet, the page, whether the newest come first.

    `refused`: the text held a personal number and was dropped.
    """

    text: str
    filters: Mapping[str, str]
    page: int
    newest: bool = False
    refused: bool = False

    @property
    def parameters(self) -> dict[str, str]:
        """The parameters of this search's address, without the page."""
        order = {"order": "date"} if self.newest else {}
        return {"q": self.text, **self.filters, **order}

    def without(self, facet: str) -> dict[str, str]:
        """The parameters with one facet no longer chosen."""
        return {name: value for name, value in self.parameters.items() if name != facet}

    @property
    def address(self) -> str:
        """The same as text, without an order: what stands behind the question mark, and "" for no search at all."""
        return urlencode({name: value for name, value in ({"q": self.text} | dict(self.filters)).items() if value})

    @property
    def words(self) -> str:
        """The same as a reader would type it: 障害 kind:incident."""
        return " ".join([self.text, *(f"{name}:{value}" for name, value in self.filters.items())]).strip()

    @property
    def offset(self) -> int:
        return (self.page - 1) * PER_PAGE


def kept(text: str) -> Asked:
    """A search as its address has it behind the question mark."""
    return read(dict(parse_qsl(text)))


def read(args: Mapping[str, str]) -> Asked:
    """The parameters of an address: q, one for each facet, order and page."""
    text = " ".join(args.get("q", "")[: LONGEST + 1].split())
    filters = {name: value for name in FACETS if _VALUE.fullmatch(value := args.get(name, ""))}
    number = args.get("page", "1")
    page = int(number) if number.isascii() and number.isdigit() and len(number) <= 4 else 1
    refused = detectors.scan(text).verdict == "block"
    return Asked(
        text="" if refused else text,
        filters=filters,
        page=min(max(page, 1), LAST_PAGE),
        newest=args.get("order") == "date",
        refused=refused,
    )
