"""What the requester sees of a request decided in two parts: what this one decides, and the way to the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import g

from disclosure.queries.opening import OpenedCase
from disclosure.queries.splits import shown_split


def panel(found: OpenedCase) -> Mapping[str, Any] | None:
    """Both parts. The rest is opened from the origin's page, whose key opens its access code; erased, it has none."""
    row = shown_split(g.session, found.case, key=found.key)
    return {"split": row, "opens": bool(row.code) and row.other.keys is not None} if row is not None else None
