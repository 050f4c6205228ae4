"""Published rows of a bulletin: the same for the desk and for the archive."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy.orm import DeclarativeBase

from content.models.bulletins import Attachment, Bulletin, Fact, PublishedCitation, StatedStatus
from content.models.sources import Citation
from content.rules import numbering
from content.rules.archive.kinds import Markup
from content.rules.archive.references import SourceRef
from content.rules.digests import digest
from content.rules.owners import Owner
from content.rules.writing import Place, WrittenBulletin, WrittenFact, WrittenIncident


class Row(NamedTuple):
    """One row to be: its table's class and its columns."""

    model: type[DeclarativeBase]
    values: dict[str, Any]


def bulletin_rows(
    incident_key: str,
    number: int,
    text: WrittenBulletin,
    incident: WrittenIncident | None,
    *,
    at: datetime,
    written_by: str | None = None,
    approved_by: str | None = None,
    emergency_reason: str | None = None,
) -> list[Row]:
    """A bulletin, its facts, statuses and files, and what they cite.

    ``incident``: what the bulletin says of the incident as a whole. The content hash is over everything that readers
    see; columns that a bulletin leaves empty do not enter it, so that later columns change no hash.
    """
    identifier = numbering.bulletin_id(incident_key, number)
    values: dict[str, Any] = {
        "id": identifier,
        "incident_key": incident_key,
        "number": number,
        "day": text.day,
        "period": text.period,
        "final": text.final,
        "correction": text.correction,
        "reconstructed": text.reconstructed,
        "publisher_key": text.publisher,
        "title_ja": text.title_ja,
        "title_en": text.title_en,
        "body_ja": text.body_ja,
        "body_en": text.body_en,
        "reason_ja": text.reason_ja,
        "reason_en": text.reason_en,
        "noticed_on": text.noticed_on,
        "state": incident.state if incident else None,
        "cause_key": incident.cause_key if incident else None,
        "cause_status": incident.cause_status if incident else None,
    }
    later = {
        "markup": str(text.markup),
        "what_changed_ja": text.what_changed_ja,
        "what_changed_en": text.what_changed_en,
        "next_update_at": text.next_update_at,
        "reading": incident.to_json() if incident else None,
        "emergency_reason": emergency_reason,
    }
    facts = [_fact(identifier, position, fact) for position, fact in enumerate(text.facts, 1)]
    cited = published_citations(incident_key, identifier, text.sources)
    for row, fact in zip(facts, text.facts, strict=True):
        cited += published_citations(incident_key, row.values["id"], fact.sources)
    around = [*_statuses(identifier, incident_key, text, at), *_attachments(identifier, text)]
    whole = [values, [_said(row.values, "at") for row in facts], [row.values for row in cited]]
    added = [_said(later, *later), *(row.values for row in around)]
    if any(added):
        whole.append(added)
    values |= {
        **later,
        "content_hash": digest(whole),
        "written_by": written_by,
        "approved_by": approved_by,
        "published_at": at,
    }
    return [Row(Bulletin, values), *facts, *around, *cited]


def _said(values: dict[str, Any], *optional: str) -> dict[str, Any]:
    """Without the ``optional`` columns that say nothing."""
    left_out = {name for name in optional if values[name] in (None, Markup.PLAIN)}
    return {name: value for name, value in values.items() if name not in left_out}


def _statuses(bulletin: str, incident_key: str, text: WrittenBulletin, at: datetime) -> Iterator[Row]:
    for position, one in enumerate(text.statuses, 1):
        values = {
            "id": numbering.status_id(bulletin, position),
            "bulletin_id": bulletin,
            "incident_key": incident_key,
            "position": position,
            "system_key": one.system,
            "component_key": one.component,
            "area": one.area,
            "status": str(one.status),
            "since_at": one.since_at or at,
        }
        yield Row(StatedStatus, values)


def _attachments(bulletin: str, text: WrittenBulletin) -> Iterator[Row]:
    for position, one in enumerate(text.attachments, 1):
        values = {"id": numbering.attachment_id(bulletin, position), "bulletin_id": bulletin, "position": position}
        yield Row(Attachment, {**values, **asdict(one)})


def _fact(bulletin: str, position: int, fact: WrittenFact) -> Row:
    values = {
        "id": numbering.fact_id(bulletin, position),
        "bulletin_id": bulletin,
        "position": position,
        "field": str(fact.field),
        "number": None if fact.number is None else float(fact.number),
        "unit": None if fact.unit is None else str(fact.unit),
        "day": fact.day,
        "at": fact.at,
        "text_ja": fact.text_ja,
        "text_en": fact.text_en,
        "certainty": str(fact.certainty),
        "area": fact.area,
        "corrects": fact.corrects,
    }
    return Row(Fact, values)


def published_citations(incident_key: str, subject: str, places: Sequence[Place]) -> list[Row]:
    """What a bulletin, a fact or a statement rests on."""
    return [
        Row(
            PublishedCitation,
            {
                "id": f"{subject}@{position}",
                "incident_key": incident_key,
                "subject": subject,
                "position": position,
                "source_key": source,
                "place": place,
            },
        )
        for position, (source, place) in enumerate(places, 1)
    ]


def citations(owner: Owner, key: str, subject: str, sources: Sequence[SourceRef]) -> Iterator[Row]:
    """What a row that may change rests on."""
    for position, source in enumerate(sources, 1):
        values = {
            "id": f"{owner}:{subject}@{position}",
            "owner": str(owner),
            "owner_key": key,
            "subject": subject,
            "position": position,
            "source_key": source.source,
            "place": source.place,
        }
        yield Row(Citation, values)
