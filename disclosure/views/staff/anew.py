"""What the desk sees of a decision made anew after a ruling: the other case, from either side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import g

from disclosure.queries.anew import ruling_behind, shown_anew
from disclosure.queries.case_page import CasePage
from disclosure.queries.keys import case_key
from portal.web.building import office


def panel(page: CasePage) -> Mapping[str, Any] | None:
    """The ruling that this case follows, and the cases that follow a ruling about this one."""
    after = shown_anew(g.session, page.case, key=case_key(office(), page.case))
    ruling = ruling_behind(g.session, page.case)
    return {"ruling": ruling, "after": after} if after or ruling is not None else None
