"""What the requester learns of other bodies and third parties: to whom the request went, until when records wait."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import g

from disclosure.queries.opening import OpenedCase
from disclosure.queries.third_parties import release_wait
from disclosure.queries.transfers import shown_transfers
from disclosure.rules.transfers import TransferState
from portal.core import clock


def panel(found: OpenedCase) -> Mapping[str, Any] | None:
    """The transfers that were made, and the first day on which records can be handed out while they wait."""
    rows = [row for row in shown_transfers(g.session, found.case, key=found.key) if row.state is TransferState.DONE]
    return {"rows": rows, "from_on": _waits(found)} if rows or _waits(found) else None


def _waits(found: OpenedCase) -> Any:
    """The day while it is to come; nothing is said before the decision, and nothing of who objected."""
    one, today = found.case, clock.day_in_japan(clock.now())
    if one.release_from is None or one.released_at is not None or today >= one.release_from:
        return None
    return one.release_from if release_wait(g.session, one) is not None else None
