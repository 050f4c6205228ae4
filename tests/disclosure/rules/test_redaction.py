"""What may be covered, by which decision; and where numbers stand on forms that are known."""

from __future__ import annotations

from datetime import date

import pytest

from disclosure.rules import redaction
from disclosure.rules.decisions import DecisionType
from disclosure.rules.kinds import RecordKind
from disclosure.rules.redaction import MASK, Covered, Covering, layouts, objection

NUMBER = Covering(1, 800, 1000, 3400, 450, MASK.code)
THIRD = Covering(1, 100, 100, 500, 500, "N2")
FULL, PARTIAL, NONE = DecisionType.FULL, DecisionType.PARTIAL, DecisionType.NONE


@pytest.mark.parametrize(
    ("kind", "boxes", "copied", "reasons", "said"),
    [
        (FULL, (), False, None, ""),
        (FULL, (NUMBER,), True, set(), ""),
        (FULL, (NUMBER,), False, None, redaction.NO_COPY),
        (FULL, (NUMBER, THIRD), True, None, redaction.COVERED_IN_FULL),
        (PARTIAL, (), False, None, redaction.NOTHING_COVERED),
        (PARTIAL, (NUMBER,), True, {"N2"}, redaction.NOTHING_COVERED),
        (PARTIAL, (THIRD,), False, {"N2"}, redaction.NO_COPY),
        (PARTIAL, (THIRD,), True, {"N6"}, redaction.NO_REASON),
        (PARTIAL, (THIRD, NUMBER), True, {"N2"}, ""),
        (NONE, (THIRD,), False, {"N2"}, ""),
    ],
)
def test_boxes_agree_with_the_decision_and_a_number_not_shown_withholds_nothing(kind, boxes, copied, reasons, said):
    assert objection(kind, [Covered(boxes, copied)], reasons) == said


def test_forms_that_are_known_propose_the_place_of_the_number():
    day = date(2026, 4, 1)
    assert [row.code for row in layouts(RecordKind.BOTH, day)] == ["form-2016", "form-blank"]
    assert layouts(RecordKind.PHOTO, day) == ()
    assert layouts(RecordKind.FORM, date(2014, 1, 1)) == ()
    for row in layouts(RecordKind.FORM, day):
        assert row.unconfirmed == ("boxes",)
        for box in row.coverings():
            assert (box.page, box.ground) == (1, "MASK")
            assert 0 < box.w <= 10_000 - box.x
            assert 0 < box.h <= 10_000 - box.y
