"""The parts of a requester's page that belong to one thing each. Each is drawn by its own template, as ``panel``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from disclosure.queries.opening import OpenedCase
from disclosure.views.resident import anew, fees, others, records, representation, split
from disclosure.views.resident.appeals import panel as appeals
from disclosure.views.resident.claims import panel as claims
from disclosure.views.resident.withdrawal import panel as withdrawal


@dataclass(frozen=True)
class Panel:
    """One part. ``load`` returns what its template needs; None leaves the part out."""

    template: str
    load: Callable[[OpenedCase], Mapping[str, Any] | None]


PANELS: tuple[Panel, ...] = (
    Panel("disclosure/panel_representation.html", representation.panel),
    Panel("disclosure/panel_withdrawal.html", withdrawal),
    Panel("disclosure/panel_split.html", split.panel),
    Panel("disclosure/panel_anew.html", anew.panel),
    Panel("disclosure/panel_records.html", records.panel),
    Panel("disclosure/panel_claims.html", claims),
    Panel("disclosure/panel_appeals.html", appeals),
    Panel("disclosure/panel_fees.html", fees.panel),
    Panel("disclosure/panel_others.html", others.panel),
)


def panels(found: OpenedCase) -> list[tuple[str, Mapping[str, Any]]]:
    """Template and values of every part that has something to show, in their order."""
    loaded = ((row.template, row.load(found)) for row in PANELS)
    return [(template, values) for template, values in loaded if values is not None]
