"""The checklist before closing, on the case's page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import g

from disclosure.queries.case_page import CasePage
from disclosure.queries.closing import closing_list
from disclosure.rules.states import Action, possible
from disclosure.views.staff import wording
from disclosure.views.staff.held import today


def panel(page: CasePage) -> Mapping[str, Any] | None:
    """What has to be settled; left out while closing is not a step of the case's state."""
    if Action.CLOSE not in possible(page.case.state):
        return None
    return {"rows": closing_list(g.session, page.case, today=today()), "words": wording.words}
