"""Where a form of the desk stands: a new incident, a further bulletin, a correction, or a draft that is changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import g, request, url_for

from content.forms.bulletins import prefill
from content.models.drafts import Draft
from content.models.incidents import Incident
from content.operations.typing import PLACE
from content.queries import drafts, incident_page
from content.queries.chosen_area import area_texts
from content.queries.desk_lists import QUESTIONS
from content.queries.incident_page import IncidentPage
from content.rules import states
from content.rules.states import DraftKind, Step
from content.rules.writing import Writing, WrittenBulletin, WrittenIncident
from portal.core.errors import N_, Conflict, NotFound
from portal.web.language import current

AS_IT_IS = (
    "title_ja", "title_en", "kind", "state", "severity", "cause_key", "cause_status", "occurred_on", "occurred_until",
    "occurred_text_ja", "occurred_text_en", "planned_from", "planned_until", "exercise",
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """``path`` is the form's address below the desk; ``incident`` is None for one that is not published.

    ``closed``: the draft is no longer being written.
    """

    path: str
    correction: bool
    incident: Incident | None = None
    page: IncidentPage | None = None
    draft: Draft | None = None
    closed: bool = False

    @property
    def key(self) -> str:
        """The incident's address; empty while it is to be chosen."""
        return self.incident.key if self.incident else self.draft.incident_key if self.draft else ""

    @property
    def new(self) -> bool:
        return self.incident is None and self.draft is None

    @property
    def number(self) -> int:
        """The number that the bulletin will have."""
        return (self.incident.last_number if self.incident else 0) + 1

    @property
    def url(self) -> str:
        return f"{url_for('content_staff.publishing')}/{self.path}"

    def begins_with(self) -> dict[str, Any]:
        """What the form shows before anything is typed."""
        if self.draft is not None:
            writing = Writing.from_json(self.draft.payload)
        elif self.page is not None:
            writing = from_incident(self.page)
        else:
            return {}
        bulletin = writing.bulletin
        codes = [*writing.incident.areas, *(one.area for one in bulletin.facts), *(s.area for s in bulletin.statuses)]
        return prefill(writing, area_texts(g.session, codes, current()))

    def usual_area(self, data: dict[str, Any]) -> str:
        """The area that a new row begins with: the one that the incident touches, or that all its facts are of, or "".

        ``data``: what the form begins with.
        """
        if self.incident is not None and self.correction:
            told = {fact.area for fact in drafts.facts_today(g.session, self.incident.key)}
            return "".join(area_texts(g.session, list(told), current()).values()) if len(told) == 1 else ""
        areas = str(data.get("areas", ""))
        return "" if ", " in areas else areas


def place_of(path: str) -> Place:
    """The place of a form's address below the desk; NotFound, or Conflict where nothing is written any more.

    What is sent to a draft that is no longer being written has a place as well, so that it can be kept.
    """
    if PLACE.fullmatch(path) is None or path.startswith(QUESTIONS):
        raise NotFound
    first, _, rest = path.partition("/")
    if first == "drafts":
        draft = drafts.find_draft(g.session, rest.partition("/")[0], actor=g.actor)
        closed = draft.kind != DraftKind.BULLETIN or Step.EDIT not in states.steps(draft.state)
        if closed and request.method == "GET":
            raise Conflict(N_("This draft is no longer being written."))
        return Place(path, draft.correction, g.session.get(Incident, draft.incident_key), None, draft, closed)
    if first == "incidents":
        key, _, what = rest.partition("/")
        page = incident_page.incident_page(g.session, key)
        return Place(path, what == "correction", page.incident, page)
    return Place(path, correction=False)


def from_incident(page: IncidentPage) -> Writing:
    """A further bulletin begins with the incident as it stands and an empty text."""
    incident = WrittenIncident(
        systems=tuple(system.key for system in page.systems),
        areas=tuple(area.code for area in page.areas),
        **{name: getattr(page.incident, name) for name in AS_IT_IS},
    )
    bulletin = WrittenBulletin(title_ja="", title_en="", body_ja="", body_en="", publisher=page.latest.publisher_key)
    return Writing(incident=incident, bulletin=bulletin)
