"""Whom a bulletin concerns."""

from __future__ import annotations

import pytest

import content.jobs  # noqa: F401 - registers the handlers
from content.rules.following import Interest, Subject, Topic, concerns, is_wanted, wants_letter


@pytest.mark.parametrize(
    ("interest", "wanted"),
    [
        (Interest(), True),
        (Interest(system="jpki"), True),
        (Interest(system="other"), False),
        (Interest(cause="capacity"), False),
        (Interest(severity=2), True),
        (Interest(severity=3), False),
        (Interest(incident="one"), True),
        (Interest(incident="two"), False),
        (Interest(area="13"), True),
        (Interest(area="131016"), True),
        (Interest(area="011002"), False),
        (Interest(area="131016", system="other"), False),
    ],
)
def test_interests(interest: Interest, wanted: bool) -> None:
    subject_ = Subject("one", frozenset({"jpki"}), "unknown", frozenset({"131016"}), 2)
    assert is_wanted(interest, subject_) is wanted


@pytest.mark.parametrize(
    ("area", "areas", "concerned"),
    [
        ("131016", {"JP"}, True),
        ("131016", {"13"}, True),
        ("131016", {"131024"}, False),
        ("13", {"131016"}, True),
        ("JP", {"131016"}, False),
        ("JP", {"JP"}, True),
        ("14", {"131016", "13"}, False),
    ],
)
def test_whom_an_area_concerns(area: str, areas: set[str], concerned: bool) -> None:
    assert concerns(area, frozenset(areas)) is concerned


def test_who_follows_letters_hears_of_no_incident_and_the_other_way_round() -> None:
    subject_ = Subject("one", frozenset({"jpki"}), "unknown", frozenset({"131016"}), 2)
    every, one = Interest(topic=Topic.LETTERS), Interest(topic=Topic.LETTERS, letter="q-2026-0001")
    assert [wants_letter(interest, "q-2026-0001") for interest in (every, one, Interest())] == [True, True, False]
    assert not wants_letter(one, "q-2026-0002")
    assert not is_wanted(every, subject_)
