"""A request decided in two parts under the special period: the rest is a case of its own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from disclosure.models.identity import IdentityCheck
from disclosure.operations.decide import approve, draft, send_for_approval
from disclosure.operations.extend import Wanted, draft_extension, issue_extension
from disclosure.operations.issue import issue
from disclosure.operations.rest_slip import rest_slip
from disclosure.operations.split import split
from disclosure.queries.clock import clocks
from disclosure.queries.extensions import hindrance
from disclosure.queries.keys import case_key, fields, letter_context
from disclosure.queries.opening import open_with_code
from disclosure.queries.splits import papers_of_origin, shown_split
from disclosure.queries.statistics import report
from disclosure.rules.decisions import DecisionType
from disclosure.rules.extensions import ExtensionKind
from disclosure.rules.kinds import Channel, Field
from disclosure.rules.states import State
from portal.core import audit
from portal.core.errors import Conflict, Forbidden, Invalid
from tests.factories.disclosure import APPROVER, NOON, NOT_HELD, OFFICER, RECEPTION, a_case

DAY = timedelta(days=1)
LATER = NOON + 14 * DAY
REST_ON = date(2026, 9, 30)
PART, REST = "平成28年の申請の記録", "平成29年以降の申請の記録"


@pytest.fixture
def case(session, settings, office):
    return a_case(session, settings, office, state=State.SEARCH)


@pytest.fixture
def tell(session, settings, office):
    def told(case):
        wanted = Wanted(ExtensionKind.SPECIAL, "記録が約4,200件あります。", rest_on=REST_ON)
        draft_extension(session, case, wanted, vault=office, by=OFFICER, at=LATER)
        issue_extension(session, case, settings=settings, vault=office, signer=None, by=APPROVER, at=LATER)

    return told


@pytest.fixture
def separate(session, settings, office):
    def separated(case, part=PART, rest=REST, by=OFFICER):
        organisation = settings.organisation
        return split(session, case, part, rest, vault=office, organisation=organisation, by=by, at=LATER + DAY)

    return separated


@pytest.fixture
def decide(session, settings, office):
    def decided(case, at):
        draft(session, case, DecisionType.NOT_HELD, [NOT_HELD], vault=office, by=OFFICER, at=at)
        send_for_approval(session, case, vault=office, by=OFFICER, at=at)
        approve(session, case, by=APPROVER, at=at)
        letter = issue(session, case, settings=settings, vault=office, signer=None, by=APPROVER, at=at)
        return letter_context(case_key(office, case), letter)

    return decided


def test_the_rest_is_a_case_of_its_own_with_the_day_that_was_told(session, settings, office, case, tell, separate):
    tell(case)
    before = report(session, 2026)
    rest = separate(case)
    assert (rest.state, rest.part_of_id, rest.received_on) == (State.SEARCH, case.id, case.received_on)
    assert rest.number != case.number
    assert (case.due_on, rest.due_on, rest.next_due_on) == (date(2026, 5, 31), REST_ON, REST_ON)
    (clock,) = clocks(session, rest, today=LATER.date())
    assert (clock.label_en, clock.due.binding_on) == ("Rest decided, under the special rule", REST_ON)
    assert [row.due.binding_on for row in clocks(session, case, today=LATER.date())] == [date(2026, 5, 31)]
    assert hindrance(session, rest, ExtensionKind.EXTENSION, today=LATER.date()) is not None
    values = fields(case_key(office, rest), rest)
    assert values == {**fields(case_key(office, case), case), Field.DETAILS: REST}
    checks = select(func.count()).select_from(IdentityCheck).where(IdentityCheck.case_id == rest.id)
    assert (session.scalar(checks), rest.identity_confirmed_at) == (1, case.identity_confirmed_at)
    assert report(session, 2026) == before, "one request is counted once"


def test_the_requester_opens_the_rest_with_what_only_the_key_of_the_request_shows(
    session, settings, office, case, tell, separate
):
    tell(case)
    rest = separate(case)
    shown = shown_split(session, case, key=case_key(office, case))
    assert (shown.this, shown.others_part, shown.other, shown.rest_on) == (PART, REST, rest, REST_ON)
    opened = open_with_code(session, rest.number, shown.code, receipt_mark=settings.organisation.receipt_mark)
    assert opened.case is rest
    own = shown_split(session, rest, key=opened.key)
    assert (own.this, own.rest, own.other, own.code) == (REST, True, case, "")


def test_each_letter_says_which_part_it_decides(session, case, tell, separate, decide):
    tell(case)
    rest = separate(case)
    first = decide(case, LATER + 2 * DAY)["division"]
    assert (first["this"], first["other"], first["number"]) == (PART, REST, rest.number)
    assert first["days"] == {"rest": "令和8年9月30日"}
    assert (case.state, rest.state) == (State.NOTIFIED, State.SEARCH)
    second = decide(rest, LATER + 3 * DAY)["division"]
    assert (second["this"], second["number"], second["days"]["decided"]) == (REST, case.number, "令和8年4月17日")


def test_the_rest_is_separated_once_in_time_and_in_words(session, office, case, tell, separate):
    with pytest.raises(Conflict, match="must first be told"):
        separate(case)
    tell(case)
    with pytest.raises(Forbidden):
        separate(case, by=RECEPTION)
    with pytest.raises(Invalid) as caught:
        separate(case, rest=" ")
    assert caught.value.params["field"] == "rest"
    with pytest.raises(Invalid):
        separate(case, part="番号は 1234 5678 9018 です。")
    rest = separate(case)
    with pytest.raises(Conflict, match="already"):
        separate(case)
    with pytest.raises(Conflict, match="not divided further"):
        separate(rest)


def test_who_asked_on_paper_gets_the_code_of_the_rest_on_paper_and_each_printing_is_seen(
    session, settings, office, case, tell, separate
):
    tell(case)
    rest = separate(case)
    with pytest.raises(Conflict, match="opens the rest from the page"):
        rest_slip(session, case, vault=office, by=RECEPTION, at=LATER)
    case.channel = Channel.POST
    with pytest.raises(Forbidden):
        rest_slip(session, case, vault=office, by=APPROVER, at=LATER)
    shown = rest_slip(session, case, vault=office, by=RECEPTION, at=LATER)
    assert shown.other is rest
    assert (
        open_with_code(session, rest.number, shown.code, receipt_mark=settings.organisation.receipt_mark).case is rest
    )
    looks = [row.detail for row in audit.entries(session, subject=case.number) if row.action.endswith(".look")]
    assert looks[-1]["page"] == "rest-slip"
    with pytest.raises(Conflict):
        rest_slip(session, rest, vault=office, by=RECEPTION, at=LATER)


def test_the_papers_that_showed_who_asks_stay_with_the_first_case(session, case, tell, separate):
    tell(case)
    rest = separate(case)
    origin, papers = papers_of_origin(session, rest)
    assert origin is case
    assert [row.case_id for row in papers] == [case.id]
    assert papers_of_origin(session, case) is None


def test_after_it_is_sent_for_approval_it_is_too_late(session, office, case, tell, separate):
    tell(case)
    draft(session, case, DecisionType.NOT_HELD, [NOT_HELD], vault=office, by=OFFICER, at=LATER)
    send_for_approval(session, case, vault=office, by=OFFICER, at=LATER)
    with pytest.raises(Conflict, match="before the decision is sent"):
        separate(case)
