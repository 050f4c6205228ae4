"""What may be covered on a record, and when its covering agrees with the decision (個人情報保護法 第79条)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import astuple, dataclass
from datetime import date

from disclosure.rules.decisions import DISCLOSES, DecisionType
from disclosure.rules.grounds import Ground, Wording
from disclosure.rules.kinds import RecordKind
from disclosure.rules.tables import read
from portal.core.errors import N_
from portal.core.law_tables import TableError, in_force

NOTHING_COVERED = N_("This is a partial disclosure, but nothing is covered on any record. Draw the boxes first.")
COVERED_IN_FULL = N_("This is a full disclosure, but a record has boxes. Remove them, or disclose in part.")
NO_COPY = N_("A record has boxes, but there is no redacted copy of exactly these. Make the copy.")
NO_REASON = N_("A box stands on a ground for which the decision gives no reason.")


# One's own personal number is not withheld; it is only not shown, so that it does not lie about. No ground of the law.
MASK = Ground(
    regime="", code="MASK", parent="", article_ja="", label_ja="個人番号（保護のため表示しない）",
    label_en="Personal number (not shown, for its protection)", only_for=(), types=(), wording=Wording.HARM,
    effective_from=date(2015, 10, 5), source="practice",
)  # fmt: skip


@dataclass(frozen=True)
class Layout:
    """Where on a known form a personal number is printed: ``boxes`` as "left top width height" in per cent of the page.

    ``unconfirmed``: printings differ, so the organisation measures its own forms (docs/law.md).
    """

    code: str
    record: RecordKind
    label_ja: str
    label_en: str
    page: int
    boxes: tuple[str, ...]
    effective_from: date
    source: str
    unconfirmed: tuple[str, ...] = ()

    def coverings(self) -> tuple[Covering, ...]:
        """The boxes, on the ground that nothing is withheld by them."""
        return tuple(Covering(self.page, *_place(box), MASK.code) for box in self.boxes)


def _place(box: str) -> tuple[int, int, int, int]:
    """Left, top, width, height in ten-thousandths."""
    x, y, w, h = (round(float(part) * 100) for part in box.split())
    return x, y, w, h


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


def layouts(records: RecordKind, day: date) -> tuple[Layout, ...]:
    """The known forms among these records, as they stand on ``day``."""
    rows = [row for row in LAYOUTS if row.record in records.parts]
    found = (in_force((row for row in rows if row.code == code), day) for code in dict.fromkeys(r.code for r in rows))
    return tuple(row for row in found if row is not None)


def labels(ground: Ground) -> tuple[str, ...]:
    """What may be printed on a box, the longest first: letters cite the law, so the box does."""
    if ground.code == MASK.code:
        return (ground.label_ja, "個人番号", "番号")
    return (f"{ground.article_ja}　{ground.label_ja}", ground.article_ja, ground.code)


def objection(kind: DecisionType, records: Sequence[Covered], reasons: Collection[str] | None) -> str:
    """Why this decision cannot be approved with these records, as a message id; empty when it can.

    ``reasons`` are the codes of the grounds for which the decision gives reasons; None when they are not looked at.
    A number that is only not shown withholds nothing, and needs no reason.
    """
    covered = [record for record in records if record.boxes]
    withheld = {box.ground for record in covered for box in record.boxes} - {MASK.code}
    if kind is DecisionType.FULL and withheld:
        return COVERED_IN_FULL
    if kind not in DISCLOSES:
        return ""
    if kind is DecisionType.PARTIAL and not withheld:
        return NOTHING_COVERED
    if not all(record.copied for record in covered):
        return NO_COPY
    if reasons is not None and withheld - set(reasons):
        return NO_REASON
    return ""


LAYOUTS = read("layouts.toml", "layout", Layout)

for _layout in LAYOUTS:
    for _box in _layout.boxes:
        _parts = [float(part) for part in _box.split()]
        if len(_parts) != 4 or min(_parts) < 0 or _parts[0] + _parts[2] > 100 or _parts[1] + _parts[3] > 100:
            raise TableError(f"layouts.toml: a box of {_layout.code} lies beyond the page.")
