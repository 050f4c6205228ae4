"""The parts of a case's page that belong to one thing each: fees, third parties, appeals, letters beside the decision.

A part loads its own values and is drawn by its own template, which gets them as ``panel``. It is left out when there
is nothing to show. The look at the case is recorded before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from disclosure.queries.case_page import CasePage
from disclosure.views.staff import (
    agency,
    anew,
    closing,
    documents,
    fees,
    leaks,
    notices,
    release,
    same_answer,
    split,
    third_parties,
    transfer,
)
from disclosure.views.staff.appeals import panel as appeals
from disclosure.views.staff.claims import panel as claims
from disclosure.views.staff.complaints import panel as complaints
from disclosure.views.staff.suits import panel as suits


@dataclass(frozen=True)
class Panel:
    """One part. ``load`` returns what its template needs; None leaves the part out."""

    template: str
    load: Callable[[CasePage], Mapping[str, Any] | None]


PANELS = (
    Panel("disclosure/staff/panel_claims.html", claims),
    Panel("disclosure/staff/panel_split.html", split.panel),
    Panel("disclosure/staff/panel_anew.html", anew.panel),
    Panel("disclosure/staff/panel_agent.html", agency.panel),
    Panel("disclosure/staff/panel_same_answer.html", same_answer.panel),
    Panel("disclosure/staff/panel_records.html", release.panel),
    Panel("disclosure/staff/panel_documents.html", documents.panel),
    Panel("disclosure/staff/panel_leaks.html", leaks.panel),
    Panel("disclosure/staff/panel_notices.html", notices.panel),
    Panel("disclosure/staff/panel_transfer.html", transfer.panel),
    Panel("disclosure/staff/panel_third_parties.html", third_parties.panel),
    Panel("disclosure/staff/panel_appeals.html", appeals),
    Panel("disclosure/staff/panel_suits.html", suits),
    Panel("disclosure/staff/panel_complaints.html", complaints),
    Panel("disclosure/staff/panel_fees.html", fees.panel),
    Panel("disclosure/staff/panel_closing.html", closing.panel),
)


def panels(page: CasePage) -> list[tuple[str, Mapping[str, Any]]]:
    """Template and values of every part that has something to show, in their order."""
    found = ((row.template, row.load(page)) for row in PANELS)
    return [(template, values) for template, values in found if values is not None]
