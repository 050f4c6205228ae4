"""A text as its readers will see it, with the questions to ask before it is published."""

from __future__ import annotations

from typing import Any

from flask import g
from markupsafe import Markup

from content.models.drafts import Draft
from content.queries import drafts, names
from content.queries.drafts import Options
from content.rules import checklist, markup, plain
from content.rules.writing import Writing
from portal.web.language import _, choose


def preview(writing: Writing, *, key: str, first: bool, options: Options | None = None) -> dict[str, Any]:
    """Everything that ``content/staff/preview.html`` shows; ``first``: nothing of the incident is published yet."""
    offered = options or drafts.options(g.session)
    incident, bulletin = writing.incident, writing.bulletin
    codes = [*incident.areas, *(one.area for one in bulletin.facts), *(one.area for one in bulletin.statuses)]
    bodies = [
        bulletin.publisher,
        *(one.owner for one in bulletin.measures),
        *(one.said_by for one in incident.relations),
    ]
    systems = {one.key: choose(one, "name") for one in offered.systems}
    areas = names.areas(g.session, codes)
    return {
        "writing": writing,
        "touched": [systems[key] for key in incident.systems if key in systems],
        "where": [choose(areas[code], "name") for code in incident.areas],
        "bodies_in": {"ja": _body(bulletin.body_ja, bulletin.markup), "en": _body(bulletin.body_en, bulletin.markup)},
        "corrected": {fact.id: fact for fact in drafts.facts_today(g.session, key)} if bulletin.correction else {},
        "systems": systems,
        "components": {one.key: choose(one, "name") for one in offered.components},
        "severity": next((choose(one, "name") for one in offered.severities if one.level == incident.severity), ""),
        "cause": next((choose(one, "name") for one in offered.causes if one.key == incident.cause_key), ""),
        "areas": areas,
        "bodies": names.bodies(g.session, bodies),
        "asked": checklist.checklist(writing, first=first),
        "hints": plain.hints(
            markup.plain(bulletin.body_ja, bulletin.markup), markup.plain(bulletin.body_en, bulletin.markup)
        ),
    }


def _body(text: str, kind: str) -> Markup:
    return Markup(markup.html(text, kind, level=4, table=_("Table in the text")))  # noqa: S704 - escaped by the maker


def missing(draft: Draft) -> list[checklist.Asked]:
    """The questions that a draft leaves open."""
    writing = Writing.from_json(draft.payload)
    return checklist.missing(checklist.checklist(writing, first=draft.base_number == 0))
