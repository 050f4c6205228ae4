"""What keeps a bulletin from being published."""

from dataclasses import replace
from datetime import date

import pytest

from content.rules.checks import Known, problems
from content.rules.writing import Writing, WrittenFact
from tests.factories.content import a_correction, a_fact, a_writing

KNOWN = Known(systems=("jpki",), facts=("slow-2026/1/1",))


def test_a_good_bulletin_has_no_problem() -> None:
    assert problems(a_writing(), KNOWN) == []
    assert problems(a_correction("slow-2026/1/1", number=1100.0), KNOWN) == []


@pytest.mark.parametrize(
    "incident",
    [
        {"occurred_on": None},
        {"occurred_text_ja": "4月ごろ"},
        {"occurred_until": date(2026, 3, 1)},
        {"systems": ()},
        {"systems": ("none",)},
        {"areas": ()},
        {"areas": ("Tokyo",)},
        {"areas": ("48",)},
    ],
)
def test_an_incident_that_says_too_little_is_refused(incident: dict[str, object]) -> None:
    found = problems(a_writing(incident=incident), KNOWN)
    assert found
    assert all(problem.fact == 0 for problem in found)


@pytest.mark.parametrize(
    "fact",
    [
        a_fact(number=None, unit=None),
        a_fact(unit=None),
        a_fact(number=None),
        a_fact(text_ja="約"),
        a_fact(area="999999"),
        a_fact(field="recovered", number=None, unit=None),
    ],
)
def test_a_fact_that_says_nothing_or_half_is_refused_with_its_row(fact: WrittenFact) -> None:
    assert {problem.fact for problem in problems(a_writing(a_fact(), fact), KNOWN)} == {2}


def test_a_correction_needs_reason_and_the_wrong_value() -> None:
    good = a_correction("slow-2026/1/1")
    for changed in ({"reason_en": None}, {"noticed_on": None}, {"facts": (a_fact(),)}):
        assert problems(replace(good, bulletin=replace(good.bulletin, **changed)), KNOWN)  # type: ignore[arg-type]
    assert problems(a_correction("slow-2026/1/9"), KNOWN)
    twice = replace(good.bulletin, facts=good.bulletin.facts * 2)
    assert problems(replace(good, bulletin=twice), KNOWN)


def test_a_writing_survives_json() -> None:
    for writing in (a_writing(), a_correction("slow-2026/1/1"), a_writing(a_fact(sources=(("s", "p. 1"),)))):
        assert Writing.from_json(writing.to_json()) == writing
