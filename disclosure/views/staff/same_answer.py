"""The part of a case's page that says: everybody who asks this gets the same answer, on its day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import g

from disclosure.queries.case_page import CasePage
from disclosure.queries.procedure import answer_day, uniform_answer
from disclosure.rules.states import ENDED, NOTIFIED
from disclosure.views.staff.held import today


def panel(page: CasePage) -> Mapping[str, Any] | None:
    """The day of the letter while it has not gone out; None for a case that is decided by itself."""
    case = page.case
    if uniform_answer(case) is None or case.state in ENDED | NOTIFIED:
        return None
    return {"day": answer_day(g.session, case, today=today())}
