"""The shapes of the public record as plain values (docs/api.md): rows of tables in, values of JSON out.

A row is anything with the columns of the model as attributes. Every key is named here: a column that a table gets
later is not published by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

Shape = dict[str, Any]


def day(value: date | None) -> str | None:
    """ISO text."""
    return None if value is None else value.isoformat()


def instant(value: datetime | None) -> str | None:
    """RFC 3339 in UTC, to the second."""
    return None if value is None else value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def both(row: Any, name: str) -> dict[str, str] | None:
    """A text in both languages; None where there is none."""
    ja, en = getattr(row, f"{name}_ja"), getattr(row, f"{name}_en")
    return None if ja is None and en is None else {"ja": ja or "", "en": en or ""}


def number(value: float | None) -> int | float | None:
    """Whole numbers without a decimal point."""
    return int(value) if value is not None and value == int(value) else value


def sources(cited: Iterable[Any]) -> list[Shape]:
    """Where something is stated: a source's key and the place in it."""
    return [{"source": one.source_key, "place": one.place} for one in cited]


def incident(row: Any, systems: Sequence[str], areas: Sequence[str], relations: Sequence[Any], origin: str) -> Shape:
    """An incident as it stands today; ``origin`` is the address of the site."""
    return {
        "key": row.key,
        "url": f"{origin}/incidents/{row.key}",
        "kind": row.kind,
        "title": both(row, "title"),
        "state": row.state,
        "severity": row.severity,
        "exercise": row.exercise,
        "cause": {"class": row.cause_key, "status": row.cause_status},
        "occurred_on": day(row.occurred_on),
        "occurred_until": day(row.occurred_until),
        "occurred_text": both(row, "occurred_text"),
        "planned_from": instant(row.planned_from),
        "planned_until": instant(row.planned_until),
        "next_update_at": instant(row.next_update_at),
        "listed_on": day(row.sort_on),
        "systems": list(systems),
        "areas": list(areas),
        "relations": [
            {"kind": one.kind, "from": one.from_key, "to": one.to_key, "said_by": one.said_by_key} for one in relations
        ],
        "bulletins": row.last_number,
        "published_at": instant(row.published_at),
        "changed_at": instant(row.changed_at),
    }


def bulletin(row: Any, parts: Any, origin: str) -> Shape:
    """A bulletin with its facts; of one that was withdrawn only its place, the reason and the time.

    ``parts`` has ``facts``, ``statuses``, ``attachments``, ``withdrawal``, ``approval`` and ``cited(subject)``.
    """
    place = {
        "id": row.id,
        "incident": row.incident_key,
        "number": row.number,
        "url": f"{origin}/incidents/{row.incident_key}/bulletins/{row.number}",
        "published_at": instant(row.published_at),
    }
    if parts.withdrawal is not None:
        gone = parts.withdrawal
        return {**place, "withdrawn": {"at": instant(gone.withdrawn_at), "reason": both(gone, "reason")}}
    cause = None if row.cause_key is None else {"class": row.cause_key, "status": row.cause_status}
    return {
        **place,
        "withdrawn": None,
        "day": day(row.day),
        "period": row.period,
        "final": row.final,
        "correction": row.correction,
        "correction_reason": both(row, "reason"),
        "noticed_on": day(row.noticed_on),
        "reconstructed": row.reconstructed,
        "publisher": row.publisher_key,
        "title": both(row, "title"),
        "body": both(row, "body"),
        "markup": row.markup,
        "what_changed": both(row, "what_changed"),
        "state": row.state,
        "cause": cause,
        "next_update_at": instant(row.next_update_at),
        "emergency_reason": row.emergency_reason,
        "approved_afterwards_at": instant(parts.approval.approved_at) if parts.approval else None,
        "sha256": row.content_hash,
        "facts": [fact(one, row.incident_key, parts.cited(one.id)) for one in parts.facts],
        "statuses": [
            {
                "system": one.system_key,
                "component": one.component_key,
                "area": one.area,
                "status": one.status,
                "since": instant(one.since_at),
            }
            for one in parts.statuses
        ],
        "attachments": [
            {
                "url": f"{place['url']}/files/{one.position}/{one.name}",
                "title": both(one, "title"),
                "media_type": one.media_type,
                "size": one.size,
                "sha256": one.sha256,
            }
            for one in parts.attachments
        ],
        "sources": sources(parts.cited(row.id)),
    }


def fact(row: Any, incident_key: str, cited: Iterable[Any]) -> Shape:
    """One statement of a bulletin."""
    return {
        "id": row.id,
        "incident": incident_key,
        "bulletin": row.bulletin_id,
        "field": row.field,
        "value": number(row.number),
        "unit": row.unit,
        "day": day(row.day),
        "at": instant(row.at),
        "text": both(row, "text"),
        "certainty": row.certainty,
        "area": row.area,
        "corrects": row.corrects,
        "sources": sources(cited),
    }


def statement(row: Any, cited: Iterable[Any]) -> Shape:
    """What somebody said."""
    return {
        "by": row.by_key,
        "kind": row.kind,
        "day": day(row.day),
        "period": row.period,
        "text": both(row, "text"),
        "sources": sources(cited),
    }


def measure(row: Any, standing: str, reports: Iterable[Any], cited: Iterable[Any]) -> Shape:
    """What was done or promised; ``standing`` is where that stands on a day."""
    return {
        "id": row.id,
        "incident": row.incident_key,
        "text": both(row, "text"),
        "owner": row.owner_key,
        "status": row.status,
        "standing": standing,
        "day": day(row.day),
        "period": row.period,
        "due_on": day(row.due_on),
        "cause": row.cause_key,
        "letter": row.letter_key,
        "effect": row.effect,
        "evidence": both(row, "evidence"),
        "reports": [
            {
                "number": one.number,
                "status": one.status,
                "due_on": day(one.due_on),
                "effect": one.effect,
                "text": both(one, "text"),
                "evidence": both(one, "evidence"),
                "published_at": instant(one.published_at),
            }
            for one in reports
        ],
        "sources": sources(cited),
    }
