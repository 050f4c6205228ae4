"""A first bulletin made of a template and a few answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from content.rules.archive.kinds import CauseStatus, Certainty, FactField, IncidentKind, IncidentState, Markup
from content.rules.moments import local
from content.rules.templates import Template
from content.rules.writing import Writing, WrittenBulletin, WrittenFact, WrittenIncident, WrittenStatus


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the writer chose; names in both languages. ``until``: when planned maintenance ends."""

    system: str
    system_ja: str
    system_en: str
    publisher: str
    area: str
    area_ja: str
    area_en: str
    since: datetime
    next_update: datetime
    exercise: bool
    until: datetime | None = None


def first_bulletin(template: Template, asked: Asked, *, day_ja: Callable[[date], str]) -> Writing:
    """The bulletin in both languages; ``day_ja`` writes a day for Japanese readers."""
    day, _ = local(asked.since)
    values = {
        "ja": _blanks(asked, asked.system_ja, asked.area_ja, lambda on, at: f"{day_ja(on)} {at}"),
        "en": _blanks(asked, asked.system_en, asked.area_en, lambda on, at: f"{at} on {on.isoformat()}"),
    }
    text = {
        f"{name}_{language}": template.text(name, language, blanks)
        for language, blanks in values.items()
        for name in ("title", "headline", "body")
    }
    began = WrittenFact(
        field=FactField.OCCURRED, certainty=Certainty.ESTIMATED, area=asked.area, day=day, at=asked.since
    )
    status = WrittenStatus(system=asked.system, status=template.status, area=asked.area, since_at=asked.since)
    effect = WrittenFact(
        field=FactField.EFFECT, certainty=Certainty.CONFIRMED, area=asked.area, text_ja=text["headline_ja"],
        text_en=text["headline_en"],
    )  # fmt: skip
    planned = template.planned
    return Writing(
        incident=WrittenIncident(
            title_ja=text["title_ja"],
            title_en=text["title_en"],
            systems=(asked.system,),
            areas=(asked.area,),
            kind=IncidentKind.MAINTENANCE if planned else IncidentKind.INCIDENT,
            planned_from=asked.since if planned else None,
            planned_until=asked.until if planned else None,
            state=IncidentState.PLANNED if planned else IncidentState.OPEN,
            severity=template.severity,
            cause_key="unknown",
            cause_status=CauseStatus.UNKNOWN if planned else CauseStatus.UNDER_INVESTIGATION,
            occurred_on=day,
            exercise=asked.exercise,
        ),
        bulletin=WrittenBulletin(
            title_ja=text["headline_ja"],
            title_en=text["headline_en"],
            body_ja=text["body_ja"],
            body_en=text["body_en"],
            publisher=asked.publisher,
            markup=Markup.PLAIN,
            next_update_at=asked.next_update,
            facts=(effect,) if planned else (began,),
            statuses=() if planned else (status,),  # the window says it
        ),
    )


def _blanks(asked: Asked, system: str, area: str, told: Callable[[date, str], str]) -> dict[str, str]:
    return {
        "system": system,
        "area": area,
        "since": told(*local(asked.since)),
        "until": told(*local(asked.until)) if asked.until else "",
        "next": told(*local(asked.next_update)),
    }
