"""What is asked to be mended is never without its letter: numbered, signed, told once, posted where that is wanted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure.letters import readings
from disclosure.letters.readings import Reading
from disclosure.letters.versions import LETTERS
from disclosure.models.case import Case
from disclosure.models.letter import Letter
from disclosure.models.print_run import PrintOrder
from disclosure.operations import notify
from disclosure.operations.ask_by_letter import ask_by_letter
from disclosure.operations.correct import answer_correction
from disclosure.queries.keys import case_key, corrections, letter_context
from disclosure.queries.notices import notices
from disclosure.rules.defect_texts import TEXTS
from disclosure.rules.defects import DEFECTS
from disclosure.rules.kinds import Delivery, Field, Format
from disclosure.rules.states import State
from portal.core.errors import Forbidden, Invalid
from portal.core.jobs import Job
from portal.core.settings import Settings
from portal.core.vault import OfficeVault
from tests.factories.disclosure import AUDITOR, NOON, RECEPTION, a_case

DAY = timedelta(days=1)


def ask(session: Session, settings: Settings, office: OfficeVault, case: Case, *defects: str, **more) -> Letter:
    return ask_by_letter(
        session,
        case,
        defects or ("identity-unreadable",),
        settings=settings,
        vault=office,
        signer=None,
        **{"by": RECEPTION, "at": NOON + 2 * DAY, **more},
    )


def test_asking_issues_a_letter_that_says_what_until_when_and_which_days_do_not_count(
    session, settings, office
) -> None:
    case = a_case(session, settings, office, state=State.IDENTITY_CHECK)
    letter = ask(session, settings, office, case, "identity-unreadable", "other", note="右下が切れています。")
    assert (letter.kind, letter.to_requester, letter.decision_id) == ("f3", True, None)
    assert [row.letter_id for row in notices(session, case, "f3")] == [letter.id]
    context = letter_context(case_key(office, case), letter)
    assert [row["what"] for row in context["defects"]] == [TEXTS[c].what_ja for c in ("identity-unreadable", "other")]
    assert context["note"] == ["右下が切れています。"]
    asked = corrections(session, case)[-1]
    assert context["days_iso"] == {
        "sent": "2026-04-03",
        "from": "2026-04-04",
        "until": asked.due_on.isoformat(),
        "due": "2026-05-01",
    }
    assert context["article"] == "第77条第3項"
    for reading in (Reading.EASY, Reading.ENGLISH):
        template, values = readings.set_as(reading, LETTERS.named(letter.template), context)
        assert TEXTS["other"].how_easy in LETTERS.html(template, values) or reading is Reading.ENGLISH


def test_the_requester_is_told_once_and_a_second_correction_has_a_letter_of_its_own(session, settings, office) -> None:
    case = a_case(session, settings, office, state=State.IDENTITY_CHECK)
    first = ask(session, settings, office, case)
    keys = [job.key for job in session.scalars(select(Job).where(Job.kind == notify.KIND)) if job.key]
    assert not [key for key in keys if f"letter:{first.id}" in key]
    assert [key for key in keys if "correction:" in key]
    key = case_key(office, case)
    answer_correction(
        session, case, key=key, vault=office, by=RECEPTION, at=NOON + 5 * DAY, changes={Field.ADDRESS: "見本町9番地"}
    )
    second = ask(session, settings, office, case, "address", at=NOON + 6 * DAY)
    assert second.number != first.number
    context = letter_context(key, second)
    assert context["round"] == 2
    assert date.fromisoformat(context["days_iso"]["due"]) == date(2026, 5, 4), "the three days were not counted"


@pytest.mark.parametrize(("delivery", "format", "posted"), [("post", "paper", 1), ("download", "pdf", 0)])
def test_it_is_posted_where_the_request_wants_the_post(session, settings, office, delivery, format, posted) -> None:
    case = a_case(
        session, settings, office, state=State.IDENTITY_CHECK, delivery=Delivery(delivery), format=Format(format)
    )
    letter = ask(session, settings, office, case)
    assert len(list(session.scalars(select(PrintOrder).where(PrintOrder.letter_id == letter.id)))) == posted


def test_without_a_letter_nothing_is_asked(session, settings, office) -> None:
    case = a_case(session, settings, office, state=State.IDENTITY_CHECK)
    session.commit()
    with pytest.raises(Invalid) as refused, session.begin_nested():
        ask(session, settings, office, case, "other", note="☒の欄を直してください。")
    assert refused.value.params["field"] == "note"
    session.expire_all()
    assert case.state is State.IDENTITY_CHECK
    assert not corrections(session, case)
    with pytest.raises(Forbidden), session.begin_nested():
        ask(session, settings, office, case, by=AUDITOR)


def test_every_defect_has_words_for_its_letter() -> None:
    assert TEXTS.keys() == DEFECTS.keys()
    assert all(text.strip() for row in TEXTS.values() for text in row.plain().values())
