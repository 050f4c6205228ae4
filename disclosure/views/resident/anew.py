"""What the requester sees of a decision made anew after a ruling: which ruling, and the way to the other case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import g

from disclosure.queries.anew import ruling_behind, shown_anew
from disclosure.queries.opening import OpenedCase


def panel(found: OpenedCase) -> Mapping[str, Any] | None:
    """The new case is opened from the page of the first, whose key opens its access code; erased, it has none."""
    after = shown_anew(g.session, found.case, key=found.key)
    ruling = ruling_behind(g.session, found.case)
    return {"ruling": ruling, "after": after} if after or ruling is not None else None
