"""What may be covered on a record, and when its covering agrees with the decision (個人情報保護法 第79条)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import astuple, dataclass

from disclosure.rules.decisions import DecisionType
from disclosure.rules.grounds import Ground
from portal.core.errors import N_

NOTHING_COVERED = N_("This is a partial disclosure, but nothing is covered on any record. Draw the boxes first.")
COVERED_IN_FULL = N_("This is a full disclosure, but a record has boxes. Remove them, or disclose in part.")
NO_COPY = N_("A record has boxes, but there is no redacted copy of exactly these. Make the copy.")
NO_REASON = N_("A box stands on a ground for which the decision gives no reason.")


@dataclass(frozen=True, order=True)
class Covering:
    """One box: page from 1, place and size in ten-thousandths of the page, and its ground's code."""

    page: int
    x: int
    y: int
    w: int
    h: int
    ground: str


@dataclass(frozen=True)
class Covered:
    """A record with its boxes; ``copied``: its copy is of exactly these."""

    boxes: tuple[Covering, ...]
    copied: bool


def fingerprint(boxes: Iterable[Covering]) -> str:
    """SHA-256 in hex digits of the boxes, whatever their order."""
    rows = sorted(astuple(box) for box in boxes)
    return hashlib.sha256(json.dumps(rows, separators=(",", ":")).encode()).hexdigest()


def labels(ground: Ground) -> tuple[str, ...]:
    """What may be printed on a box, the longest first: letters cite the law, so the box does."""
    return (f"{ground.article_ja}　{ground.label_ja}", ground.article_ja, ground.code)


def objection(kind: DecisionType, records: Sequence[Covered], reasons: Collection[str] | None) -> str:
    """Why this decision cannot be approved with these records, as a message id; empty when it can.

    ``reasons`` are the codes of the grounds for which the decision gives reasons; None when they are not looked at.
    """
    covered = [record for record in records if record.boxes]
    if kind is DecisionType.FULL and covered:
        return COVERED_IN_FULL
    if kind is not DecisionType.PARTIAL:
        return ""
    if not covered:
        return NOTHING_COVERED
    if not all(record.copied for record in covered):
        return NO_COPY
    if reasons is not None and {box.ground for record in covered for box in record.boxes} - set(reasons):
        return NO_REASON
    return ""
