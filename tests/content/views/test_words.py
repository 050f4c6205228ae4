"""Every word of the closed vocabularies has a name."""

from collections.abc import Mapping
from enum import StrEnum

import pytest

from content.rules.answers import MEANINGS
from content.rules.archive import kinds
from content.rules.states import DraftState
from content.views import words


@pytest.mark.parametrize(
    ("vocabulary", "named"),
    [
        (kinds.FactField, words.FIELDS),
        (kinds.Unit, words.UNITS),
        (kinds.Certainty, words.CERTAINTIES),
        (kinds.IncidentState, words.STATES),
        (kinds.CauseStatus, words.CAUSE_STATUSES),
        (kinds.StatementKind, words.STATEMENTS),
        (kinds.MeasureStatus, words.MEASURES),
        (kinds.WithheldGround, words.GROUNDS),
        (kinds.Channel, words.CHANNELS),
        (kinds.AnswerType, MEANINGS),
        (DraftState, words.DRAFTS),
    ],
)
def test_no_word_is_without_a_name(vocabulary: type[StrEnum], named: Mapping[StrEnum, object]) -> None:
    assert set(named) == set(vocabulary)


def test_each_relation_has_a_name_from_both_sides() -> None:
    assert set(words.RELATIONS) == {(kind, forward) for kind in kinds.RelationKind for forward in (True, False)}


@pytest.mark.parametrize(
    ("value", "text"), [(26000, "26,000"), (0, "0"), (5.5, "5.5"), (1234567.25, "1,234,567.25"), (7.3e6, "7,300,000")]
)
def test_numbers_are_written_with_separators_and_no_needless_decimals(value: float, text: str) -> None:
    assert words.number(value) == text
