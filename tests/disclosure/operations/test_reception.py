"""Entering requests on paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.models.event import CaseNote
from disclosure.models.print_run import PrintOrder
from disclosure.operations.decide import approve, draft, send_for_approval
from disclosure.operations.identity_check import confirm_identity, start_identity_check
from disclosure.operations.issue import issue
from disclosure.operations.reception import WHO_WROTE, WHY_WROTE, PaperRequest, receive
from disclosure.operations.reception_bulk import BulkRow, receive_all
from disclosure.operations.submit import make_secrets
from disclosure.queries.keys import case_key
from disclosure.queries.opening import open_with_code
from disclosure.queries.same_person import same_person
from disclosure.rules import reception
from disclosure.rules.decisions import DecisionType
from disclosure.rules.identity import Checked
from disclosure.rules.kinds import Channel, Delivery
from disclosure.rules.states import State
from portal.core import audit
from portal.core.access_code import new_access_code
from portal.core.actor import Actor
from portal.core.errors import Forbidden, Invalid
from portal.core.sealed import open_text
from portal.core.settings import Settings
from portal.core.vault import OfficeVault
from tests.factories import disclosure as make

TODAY = date(2026, 4, 1)  # make.NOON in Japan
BIRTH = date(1980, 2, 29)


def paper(**changes: Any) -> PaperRequest:
    more = {name: changes.pop(name) for name in ("shown", "proxy_name", "proxy_reason") if name in changes}
    return PaperRequest(make.an_application(**{"channel": Channel.WINDOW, "files": (), **changes}), **more)


@pytest.fixture
def enter(session: Session, settings: Settings, office: OfficeVault):
    def entered(request: PaperRequest, *, key: str = "k" * 32, by: Actor = make.RECEPTION):
        made = make_secrets(office, new_access_code())
        return receive(
            session, request, submission_key=key, secrets=made, vault=office, organisation=settings.organisation,
            by=by, at=make.NOON,
        )  # fmt: skip

    return entered


@pytest.mark.parametrize("channel", reception.ON_PAPER)
def test_the_clock_starts_on_the_day_of_arrival_under_the_law_of_that_day(enter, channel: Channel) -> None:
    case = enter(paper(channel=channel, received_on=date(2026, 3, 30))).case
    assert (case.channel, case.received_on, case.law_day) == (channel, date(2026, 3, 30), date(2026, 3, 30))
    assert case.due_on == date(2026, 4, 29), "30 days, the first not counted"
    assert case.number.startswith("開-R07-"), "the fiscal year of that day"


def test_the_code_that_was_made_beforehand_opens_the_case(session, office, enter) -> None:
    done = enter(paper())
    assert open_with_code(session, done.case_number, done.access_code, receipt_mark="開") is not None


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"received_on": TODAY + timedelta(days=1)}, reception.FUTURE),
        ({"received_on": TODAY - timedelta(days=400)}, reception.TOO_LONG_AGO),
        ({"channel": Channel.WEB}, reception.NOT_ON_PAPER),
        ({"shown": ("notification-card",)}, reception.NOT_PROOF),
        ({"shown": ("library-card",)}, reception.NOT_PROOF),
        ({"files": (make.an_upload("カード裏面.png"),)}, reception.BACK_OF_A_CARD),
        ({"proxy_name": "見本　代"}, WHY_WROTE),
        ({"proxy_reason": "手が不自由なため"}, WHO_WROTE),
        ({"proxy_name": "見本　代", "proxy_reason": "番号は1234-5678-9018"}, "personal number"),
    ],
)
def test_what_cannot_be_on_paper_is_refused_and_nothing_filed(session, enter, changes, message: str) -> None:
    with pytest.raises(Invalid) as refused, session.begin_nested():
        enter(paper(**changes))
    assert refused.value.message == message or message == "personal number"
    assert session.scalar(select(func.count()).select_from(Case)) == 0


@pytest.mark.parametrize("by", [make.APPROVER, make.AUDITOR])
def test_only_the_reception_enters_paper(enter, by: Actor) -> None:
    with pytest.raises(Forbidden):
        enter(paper(), by=by)


def test_documents_and_the_writer_stand_in_a_sealed_note(session, office, enter) -> None:
    done = enter(paper(shown=("passport",), proxy_name="見本　代（長女）", proxy_reason="手が不自由なため"))
    row = session.scalars(select(CaseNote)).one()
    assert "見本".encode() not in row.text_sealed
    text = open_text(case_key(office, done.case), "disclosure_case_note", "text", row.id, row.text_sealed)
    assert "旅券" in text
    assert "代筆：見本　代（長女）\n代筆の理由：手が不自由なため" in text
    entries = audit.entries(session, subject=done.case_number)
    entry = next(entry for entry in entries if entry.action == "disclosure.case.receive-on-paper")
    assert (entry.detail["documents"], entry.detail["by_proxy"]) == ("passport", True)
    assert "見本" not in str(entry.detail)


def test_a_request_from_the_post_goes_the_whole_way_and_its_letter_by_post(session, settings, office, enter) -> None:
    case, day = enter(paper(channel=Channel.POST, delivery=Delivery.DOWNLOAD)).case, timedelta(days=1)
    start_identity_check(session, case, by=make.RECEPTION, at=make.NOON + day)
    with pytest.raises(Invalid, match="certificate of residence"):
        confirm_identity(session, case, [make.LICENCE], by=make.RECEPTION, at=make.NOON + day)
    record = Checked("resident-record", None, name_agrees=True, address_agrees=True, issued_on=case.received_on)
    confirm_identity(session, case, [make.LICENCE, record], by=make.RECEPTION, at=make.NOON + day)
    draft(session, case, DecisionType.NOT_HELD, [make.NOT_HELD], vault=office, by=make.OFFICER, at=make.NOON + 2 * day)
    send_for_approval(session, case, vault=office, by=make.OFFICER, at=make.NOON + 2 * day)
    approve(session, case, by=make.APPROVER, at=make.NOON + 3 * day)
    issue(session, case, settings=settings, vault=office, signer=None, by=make.APPROVER, at=make.NOON + 3 * day)
    assert case.state is State.NOTIFIED
    assert session.scalars(select(PrintOrder)).one().case_id == case.id, "who wrote on paper is answered on paper"


def test_the_same_key_files_once(session, enter) -> None:
    first, second = enter(paper()), enter(paper())
    assert (second.case_number, second.repeated) == (first.case_number, True)
    assert session.scalar(select(func.count()).select_from(CaseNote)) == 0


def test_the_same_person_is_found_in_any_spelling_with_the_same_birth_date(session, settings, office) -> None:
    case = make.a_case(session, settings, office)
    people = [("高橋見本", BIRTH), ("髙橋　見本", date(1980, 3, 1)), ("見本　花子", BIRTH)]
    found = same_person(session, people, vault=office, actor=make.RECEPTION)
    assert [[one.number for one in cases] for cases in found] == [[case.number], [], []]
    with pytest.raises(Forbidden):
        same_person(session, people, vault=office, actor=make.AUDITOR)


def rows(office: OfficeVault, *requests: PaperRequest) -> list[BulkRow]:
    return [
        BulkRow(number, request, make_secrets(office, new_access_code()))
        for number, request in enumerate(requests, start=2)
    ]


def test_a_table_is_filed_whole_or_not_at_all(session, settings, office) -> None:
    more = {"vault": office, "organisation": settings.organisation, "by": make.RECEPTION, "at": make.NOON}
    good = rows(office, paper(), paper(name="見本　花子", received_on=date(2026, 3, 31)))
    bad = replace(good[1], number=4, request=paper(name=" "))
    with pytest.raises(Invalid) as refused, session.begin_nested():
        receive_all(session, [*good, bad], batch_key="b" * 32, **more)
    assert refused.value.params["row"] == 4
    assert session.scalar(select(func.count()).select_from(Case)) == 0
    done = receive_all(session, good, batch_key="b" * 32, **more)
    assert [one.case_number[:5] for one in done] == ["開-R08", "開-R07"]
    again = receive_all(session, good, batch_key="b" * 32, **more)
    assert [one.repeated for one in again] == [True, True]
    assert session.scalar(select(func.count()).select_from(Case)) == 2
    with pytest.raises(Invalid):
        receive_all(session, [], batch_key="b" * 32, **more)
