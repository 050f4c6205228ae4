"""To whom letters go, and of whom they speak."""

from __future__ import annotations

import pytest

from disclosure.letters import samples
from disclosure.letters.frame import addressee_fields
from disclosure.letters.readings import Reading, set_as
from disclosure.letters.versions import LETTERS
from disclosure.rules.kinds import Field
from portal.core.settings import Settings

AGENT, CHILD = "見本　親子", "見本　花"
REPRESENTED = {**samples.REPRESENTED, Field.AGENT_NAME: AGENT, Field.NAME: CHILD}


@pytest.mark.parametrize("reading", [None, Reading.LARGE, Reading.EASY, Reading.ENGLISH])
def test_a_representatives_letter_goes_to_them_and_names_the_person_concerned(
    settings: Settings, reading: Reading | None
) -> None:
    hidden = {**REPRESENTED, Field.ADDRESS: "大阪府見本市9-9"}
    context = samples.decision_sample(settings.organisation, person=hidden)
    template = LETTERS.current("f4", samples.DAY)
    if reading is not None:
        template, context = set_as(reading, template, context)
    text = LETTERS.html(template, context)
    assert CHILD in text
    assert context["addressee"] == AGENT
    assert "大阪府見本市9-9" not in text


def test_a_letter_to_somebody_else_names_nobody_concerned(settings: Settings) -> None:
    context = samples.decision_sample(settings.organisation, person=REPRESENTED, addressee="見本　第三者")
    assert CHILD not in LETTERS.html(LETTERS.current("f4", samples.DAY), context)


def test_somebody_who_asks_alone_is_the_addressee() -> None:
    assert addressee_fields(samples.PERSON) == (Field.NAME, Field.POSTAL_CODE, Field.ADDRESS)
