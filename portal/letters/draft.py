"""A letter that is about to be issued, as its maker sees it: what all letters carry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portal.core.wareki import format_wareki
from portal.letters import numbering
from portal.letters.engine import Context

SEAL_OMITTED = "（公印省略）"


@dataclass(frozen=True)
class TreeHead:
    """A head of the public tree: how many leaves, and the root over them, hexadecimal."""

    size: int
    root: str


NO_HEAD = TreeHead(0, "")


@dataclass(frozen=True)
class Draft:
    """What the letter's maker may use. ``id`` is the letter's in every table; ``tree`` is a head from before it.

    ``signed`` is ``none``, ``sample`` or ``organisation``; ``seal_picture`` is the seal as a ``data:`` address, empty
    where it is left out.
    """

    id: str
    number: str
    issued_on: date
    verify_url: str
    tree: TreeHead
    signed: str
    seal_picture: str

    @property
    def shared(self) -> Context:
        """The values that all letters have, as their templates know them. ``issue_letter`` puts them in."""
        return {
            "number": self.number,
            "date": format_wareki(self.issued_on),
            "date_iso": self.issued_on.isoformat(),
            "verify_url": self.verify_url,
            "tree": {"size": self.tree.size, "root": self.tree.root},
            "signed": self.signed,
            "seal": "" if self.seal_picture else SEAL_OMITTED,
            "seal_image": bool(self.seal_picture),
            "seal_picture": self.seal_picture,
        }


def unissued(mark: str, day: date) -> Draft:
    """A draft for reading before the issue: a place for the number, nothing to verify, no seal."""
    return Draft("", numbering.without_number(mark), day, "", NO_HEAD, "none", "")
