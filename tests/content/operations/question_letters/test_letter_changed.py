"""A step of a letter changes its own pages and those of what its questions name, and leaves all others good."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.models.letter_work import QuestionLink
from content.models.letters import Letter
from content.models.questions import Question
from content.models.revisions import PublicChange
from content.operations.question_letters.letter_changed import letter_changed
from tests.factories.content import NOW
from tests.factories.letter_register import About, fill


@pytest.mark.usefixtures("archive")
def test_a_letter_marks_itself_and_what_its_questions_name(session: Session) -> None:
    fill(session, 4, About(incidents=("relay-servers-2016-01-25",), systems=("jpki",)))
    for letter in session.scalars(select(Letter).where(Letter.filed)):
        links = select(QuestionLink).join(Question, Question.id == QuestionLink.question_id)
        named = session.scalars(links.where(Question.letter_key == letter.key)).all()
        wanted = {f"letter/{letter.key}"} | {f"incident/{one.incident_key}" for one in named if one.incident_key}
        wanted |= {f"system/{one.system_key}" for one in named if one.system_key}
        letter_changed(session, letter, at=NOW)
        number = max(session.scalars(select(PublicChange.number)))
        assert set(session.scalars(select(PublicChange.key).where(PublicChange.number == number))) == wanted
