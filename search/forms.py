"""What a reader may ask. Plain parameters of an address, read with patience: nothing in them is an error."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from portal.core import detectors
from search.query import LONGEST

PER_PAGE = 20
LAST_PAGE = 50
_KIND = re.compile(r"[a-z][a-z-]{0,39}")


@dataclass(frozen=True)
class Asked:
    """The text, the kind chosen ("" for all), the page. `refused`: the text held a personal number and was dropped."""

    text: str
    kind: str
    page: int
    refused: bool = False

    @property
    def filters(self) -> dict[str, str]:
        return {"kind": self.kind} if self.kind else {}

    @property
    def offset(self) -> int:
        return (self.page - 1) * PER_PAGE


def read(args: Mapping[str, str]) -> Asked:
    """The parameters q, kind and page of an address."""
    text = " ".join(args.get("q", "")[: LONGEST + 1].split())
    kind = args.get("kind", "")
    number = args.get("page", "1")
    page = int(number) if number.isascii() and number.isdigit() and len(number) <= 4 else 1
    refused = detectors.scan(text).verdict == "block"
    return Asked(
        text="" if refused else text,
        kind=kind if _KIND.fullmatch(kind) else "",
        page=min(max(page, 1), LAST_PAGE),
        refused=refused,
    )
