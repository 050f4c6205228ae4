"""An incident's relations as a small graph: itself, its neighbours and how they stand to each other, oldest first."""

from __future__ import annotations

from content.models.incidents import Incident
from content.queries.incident_page import MUTUAL, IncidentPage
from content.rules.archive.kinds import RelationKind
from portal.web import arcs
from portal.web.arcs import Link, Picture, Thing, sign
from portal.web.language import _, choose

# Signs of arcs: whole line for the same cause and recurrence, broken for parts, dotted for what is only said.
_KINDS = {
    RelationKind.UNRELATED_SAID: 2,
    RelationKind.PART_OF: 1,
    RelationKind.MERGED_INTO: 1,
    RelationKind.SPLIT_FROM: 1,
}


def relation_picture(page: IncidentPage) -> Picture:
    """The graph; its signs are those of ``page.relations`` and then of ``page.links``, in their order."""
    found: dict[str, Incident] = {page.incident.key: page.incident}
    for related in page.relations:
        found.setdefault(related.other.key, related.other)
    ordered = sorted(found.values(), key=lambda one: (one.sort_on, one.key))
    at = {one.key: number for number, one in enumerate(ordered)}
    things = [
        Thing(choose(one, "title"), one.sort_on.isoformat(), here=one.key == page.incident.key) for one in ordered
    ]
    relations = [*(one.relation for one in page.relations), *(one.relation for one in page.links)]
    links = [
        Link(at[one.from_key], at[one.to_key], sign(number), one.kind in MUTUAL, _KINDS.get(RelationKind(one.kind), 0))
        for number, one in enumerate(relations)
    ]
    title = _("How this incident stands to others")
    said = _(
        "Incidents from the oldest to the latest, joined by arcs. Each arc has a sign; the table below explains it."
    )
    return arcs.picture(things, links, key="relation-picture", title=title, description=said)
