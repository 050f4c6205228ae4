"""What readers call the kinds of letters. Each room names its own; the register knows only their codes."""

from __future__ import annotations

from collections.abc import Mapping

_names: dict[str, str] = {}


def register(names: Mapping[str, str]) -> None:
    """Name kinds by their codes; the names are English message ids. ValueError for a kind that has another name."""
    for kind, name in names.items():
        if _names.setdefault(kind, name) != name:
            raise ValueError(f"Two names for letters of kind {kind}")


def name(kind: str) -> str:
    """The message id of a kind's name; its code where no room named it."""
    return _names.get(kind, kind)
