"""Published rows of a bulletin: the same for the desk and for the archive."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy.orm import DeclarativeBase

from content.models.bulletins import Bulletin, Fact, PublishedCitation
from content.models.sources import Citation
from content.rules import numbering
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
) -> list[Row]:
    """A bulletin, its facts and what they cite. ``incident``: what the bulletin says of the incident as a whole."""
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
    facts = [_fact(identifier, position, fact) for position, fact in enumerate(text.facts, 1)]
    cited = published_citations(incident_key, identifier, text.sources)
    for row, fact in zip(facts, text.facts, strict=True):
        cited += published_citations(incident_key, row.values["id"], fact.sources)
    whole = [values, [row.values for row in facts], [row.values for row in cited]]
    values |= {
        "content_hash": digest(whole),
        "written_by": written_by,
        "approved_by": approved_by,
        "published_at": at,
    }
    return [Row(Bulletin, values), *facts, *cited]


def _fact(bulletin: str, position: int, fact: WrittenFact) -> Row:
    values = {
        "id": numbering.fact_id(bulletin, position),
        "bulletin_id": bulletin,
        "position": position,
        "field": str(fact.field),
        "number": None if fact.number is None else float(fact.number),
        "unit": None if fact.unit is None else str(fact.unit),
        "day": fact.day,
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
