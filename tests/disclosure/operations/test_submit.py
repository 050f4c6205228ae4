"""Filing a request."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from disclosure.models.case import Case, CaseField
from disclosure.models.file import CaseFile
from disclosure.operations.submit import submit
from disclosure.queries.keys import case_files, case_key, fields, file_data, file_name
from disclosure.queries.opening import open_with_code
from disclosure.rules.kinds import Channel, Field
from disclosure.rules.states import State
from portal.core import audit
from portal.core.access_code import new_access_code
from portal.core.actor import PUBLIC
from portal.core.errors import Forbidden, Invalid
from portal.core.jobs import Job
from portal.core.settings import Settings
from portal.core.vault import OfficeVault
from tests.factories import disclosure as make

CODE = new_access_code()


def file(session: Session, settings: Settings, office: OfficeVault, application=None, key="k" * 32, by=PUBLIC):
    return submit(
        session,
        application or make.an_application(),
        submission_key=key,
        access_code=CODE,
        vault=office,
        organisation=settings.organisation,
        by=by,
        at=make.NOON,
    )


def test_a_request_gets_a_number_its_law_and_its_due_day(session, settings, office):
    case = file(session, settings, office).case
    assert case.number.startswith("開-R08-000001-")
    assert (case.regime, case.law_day, case.state) == ("P2", date(2026, 4, 1), State.RECEIVED)
    assert (case.due_on, case.target_on, case.next_due_on) == (date(2026, 5, 1), date(2026, 5, 1), date(2026, 5, 1))


def test_what_was_typed_is_kept_code_point_for_code_point(session, settings, office):
    name = "葛󠄂飾　\ufa19谷𠮷"
    case = file(session, settings, office, make.an_application(name=name)).case
    session.refresh(case)
    assert fields(case_key(office, case), case)[Field.NAME] == name


def test_nothing_personal_is_readable_in_the_database(session, settings, office, database):
    file(session, settings, office)
    session.commit()
    raw = b"".join(path.read_bytes() for path in settings.home.glob("kaiji.db*"))
    for secret in ("髙橋", "タカハシ", "見本町", "sample@kaiji.example", "090-0000", "免許証", "1980-02-29"):
        assert secret.encode() not in raw
    assert CODE.encode() not in raw
    assert make.PIXEL not in raw


def test_files_open_again_with_their_names(session, settings, office):
    case = file(session, settings, office).case
    session.refresh(case)
    (row,) = case_files(session, case)
    key = case_key(office, case)
    assert (file_name(key, row), file_data(key, row), row.pages) == ("免許証.png", make.PIXEL, 1)


def test_the_same_submission_files_one_request_and_shows_the_same_receipt(session, settings, office):
    first = file(session, settings, office)
    session.commit()
    second = file(session, settings, office)
    assert (second.case_number, second.access_code, second.repeated) == (first.case_number, CODE, True)
    assert session.scalar(select(func.count()).select_from(Case)) == 1


def test_a_repeat_with_another_code_shows_no_code(session, settings, office):
    file(session, settings, office)
    session.commit()
    again = submit(
        session, make.an_application(), submission_key="k" * 32, access_code=new_access_code(), vault=office,
        organisation=settings.organisation, by=PUBLIC, at=make.NOON,
    )  # fmt: skip
    assert again.access_code == ""


def test_numbers_follow_each_other(session, settings, office):
    numbers = [file(session, settings, office, key=f"key-of-submission-{n}").case_number for n in range(3)]
    assert [number.split("-")[2] for number in numbers] == ["000001", "000002", "000003"]


def test_a_new_fiscal_year_starts_at_one(session, settings, office):
    make.submitted(session, settings, office)
    later = make.submitted(session, settings, office, at=make.NOON.replace(year=2027))
    assert later.case_number.startswith("開-R09-000001-")


@pytest.mark.parametrize("field", ["name", "kana", "address", "details", "telephone", "email", "postal_code"])
@pytest.mark.parametrize("text", ["123456789018", "１２３４　５６７８　９０１８", "1234-5678-9018"])
def test_a_personal_number_is_refused_in_every_field(session, settings, office, field, text):
    with pytest.raises(Invalid) as caught:
        file(session, settings, office, make.an_application(**{field: text}))
    assert "1234" not in str(caught.value)
    assert caught.value.params["field"] == field.replace("_", "-")
    assert session.scalar(select(func.count()).select_from(Case)) == 0


def test_a_personal_number_is_refused_in_a_file_name(session, settings, office):
    with pytest.raises(Invalid):
        file(session, settings, office, make.an_application(files=(make.an_upload("card 123456789018.png"),)))
    assert session.scalar(select(func.count()).select_from(CaseFile)) == 0
    assert session.scalar(select(func.count()).select_from(CaseField)) == 0


@pytest.mark.parametrize("field", ["name", "kana", "address"])
def test_an_empty_required_value_is_refused(session, settings, office, field):
    with pytest.raises(Invalid) as caught:
        file(session, settings, office, make.an_application(**{field: "　 "}))
    assert caught.value.params["field"] == field


@pytest.mark.parametrize("text", ["山\u0000田", "山\u202e田", "山\ue000田", "x" * 101])
def test_broken_or_endless_names_are_refused(session, settings, office, text):
    with pytest.raises(Invalid):
        file(session, settings, office, make.an_application(name=text))


@pytest.mark.parametrize("day", [date(1800, 1, 1), date(2026, 4, 2)])
def test_an_impossible_birth_date_is_refused(session, settings, office, day):
    with pytest.raises(Invalid):
        file(session, settings, office, make.an_application(birth_date=day))


def test_only_the_desk_enters_paper_requests(session, settings, office):
    paper = replace(make.an_application(), channel=Channel.POST, received_on=date(2026, 3, 30))
    with pytest.raises(Forbidden):
        file(session, settings, office, paper)
    with pytest.raises(Forbidden):
        file(session, settings, office, paper, by=make.PUBLISHER)
    case = file(session, settings, office, paper, by=make.RECEPTION).case
    assert (case.received_on, case.due_on) == (date(2026, 3, 30), date(2026, 4, 29))


def test_filing_is_booked_and_the_requester_is_mailed_without_personal_data(session, settings, office):
    case = file(session, settings, office).case
    (entry,) = audit.entries(session, subject=case.number)
    assert entry.action == "disclosure.case.submit"
    job = session.scalars(select(Job)).one()
    assert job.payload == {"case": case.id, "occasion": "received"}


def test_number_and_code_open_the_case_in_any_spelling(session, settings, office):
    receipt = file(session, settings, office)
    session.commit()
    typed = receipt.case_number.replace("開-", "").replace("-", "ー").lower()
    opened = open_with_code(session, typed, CODE.lower().replace("-", " "), receipt_mark="開")
    assert opened is not None
    assert opened.case.id == receipt.case.id
    assert opened.actor.id == receipt.case.id
    assert fields(opened.key, opened.case)[Field.KANA] == "タカハシ　ミホン"


def test_a_wrong_code_or_number_opens_nothing(session, settings, office):
    receipt = file(session, settings, office)
    session.commit()
    assert open_with_code(session, receipt.case_number, new_access_code(), receipt_mark="開") is None
    assert open_with_code(session, "開-R08-999999-A", CODE, receipt_mark="開") is None
    assert open_with_code(session, "nonsense", "nonsense", receipt_mark="開") is None
