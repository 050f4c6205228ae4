"""Representatives: asking, showing the capacity, losing it; and addresses that must not become known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from disclosure import policy
from disclosure.models.decision import Decision, DecisionState
from disclosure.models.event import CaseEvent, CaseNote
from disclosure.models.identity import IdentityCheck
from disclosure.models.letter import Letter
from disclosure.models.notice import Notice, NoticeState
from disclosure.operations.identity_check import confirm_identity
from disclosure.operations.lose_capacity import lose_capacity
from disclosure.operations.order_post import order_post
from disclosure.operations.protect import protect
from disclosure.queries.case_page import case_page
from disclosure.queries.keys import case_files, case_key, fields
from disclosure.queries.opening import resident
from disclosure.queries.protection import protected_namesakes, without_address
from disclosure.queries.statistics import report
from disclosure.rules.agents import NOT_UNDER_REGIME, Seen, Shown
from disclosure.rules.arrival import Cause
from disclosure.rules.decisions import DecisionType
from disclosure.rules.identity import Shows
from disclosure.rules.kinds import Field, FileKind, RecordKind, Requester
from disclosure.rules.states import State
from disclosure.rules.statistics_lines import DECIDED, FULL, WITHDRAWN
from portal.core.db import new_id
from portal.core.errors import Conflict, Forbidden, Invalid, NotFound
from portal.core.sealed import open_text
from tests.factories import disclosure as make

DAY = timedelta(days=1)
CHILD = {"birth_date": date(2015, 5, 5), "agent": make.an_agent()}
MANDATED = make.an_agent(requester=Requester.MANDATED, capacity="mandate")


@pytest.fixture
def bring(session, settings, office):
    """Brings a fresh case, a parent's for a child if nothing else is said, to a state."""

    def to(state: State = State.RECEIVED, **more):
        return make.a_case(session, settings, office, state=state, **{**CHILD, **more})

    return to


def notified(session, case):
    """The decision is notified; the letter itself is of no matter here."""
    decision = session.scalars(select(Decision)).one()
    decision.state = DecisionState.ISSUED
    case.state, case.decision_type, case.notified_on = State.NOTIFIED, decision.type, date(2026, 4, 8)
    session.flush()
    return case


def test_a_representative_is_kept_beside_the_person_concerned(session, office, bring) -> None:
    case = bring(address_then="大阪府見本市1-1", protected=True)
    values = fields(case_key(office, case), case)
    assert (case.requester, case.protected) == (Requester.STATUTORY, True)
    assert (values[Field.NAME], values[Field.AGENT_NAME]) == ("髙橋　見本", "髙橋　親")
    assert (values[Field.AGENT_CAPACITY], values[Field.ADDRESS_THEN]) == ("parent", "大阪府見本市1-1")
    assert len(case_files(session, case, FileKind.AGENCY)) == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"agent": None}, "birth-date"),
        ({"birth_date": date(1990, 1, 1)}, "agent-capacity"),
        ({"agent": make.an_agent(capacity="mandate")}, "agent-capacity"),
        ({"agent": make.an_agent(name=" ")}, "agent-name"),
        ({"agent": make.an_agent(kana="")}, "agent-kana"),
        ({"agent": make.an_agent(address="")}, "agent-address"),
        ({"agent": make.an_agent(address="123456789018")}, "agent-address"),
    ],
)
def test_who_cannot_ask_files_nothing(bring, changes, field) -> None:
    with pytest.raises(Invalid) as refused:
        bring(**changes)
    assert refused.value.params["field"] == field


def test_under_the_law_of_the_resident_register_no_mandated_agent_asks(session, settings, office) -> None:
    own = replace(settings, organisation=replace(settings.organisation, profile="j-lis-like"))
    with pytest.raises(Invalid) as refused:
        make.a_case(session, own, office, records=RecordKind.IDENTITY_DATA, agent=MANDATED)
    assert refused.value.message == NOT_UNDER_REGIME


def test_the_capacity_is_checked_with_the_identity_and_kept_without_a_number(session, bring) -> None:
    case = bring(State.IDENTITY_CHECK)
    for shown in (None, Shown("parent", (Seen("family-register", date(2026, 1, 1), original=True),))):
        with pytest.raises(Invalid):
            confirm_identity(session, case, [make.LICENCE], agency=shown, by=make.RECEPTION, at=make.NOON + DAY)
    confirm_identity(session, case, [make.LICENCE], agency=make.agency(case), by=make.RECEPTION, at=make.NOON + DAY)
    rows = list(session.scalars(select(IdentityCheck).where(IdentityCheck.shows == Shows.AGENCY)))
    assert [(row.document, row.issued_on, row.original) for row in rows] == [
        ("family-register", case.received_on, True)
    ]


def test_losing_the_capacity_before_the_decision_ends_the_request(session, bring) -> None:
    case = bring(State.APPROVAL)
    lose_capacity(session, case, case.received_on, by=resident(case), at=make.NOON + 6 * DAY)
    assert (case.state, case.decision_type, case.notified_on) == (State.WITHDRAWN, DecisionType.WITHDRAWN, None)
    assert session.scalars(select(Decision)).one().state is DecisionState.DROPPED
    event = session.scalars(select(CaseEvent).where(CaseEvent.code == "deemed-withdrawn")).one()
    assert event.params == {"lost_on": case.received_on.isoformat()}


def test_losing_it_after_the_decision_leaves_the_decision(session, bring) -> None:
    case = notified(session, bring(State.APPROVED))
    lose_capacity(session, case, date(2026, 4, 8), by=make.RECEPTION, at=make.NOON + 8 * DAY)
    session.flush()
    assert (case.state, case.decision_type) == (State.WITHDRAWN, DecisionType.FULL)
    assert session.scalars(select(Decision)).one().state is DecisionState.ISSUED
    found = report(session, 2026)
    assert (found[FULL], found[DECIDED], found[WITHDRAWN]) == (1, 1, 0), "a decision counts as a decision"


def test_losing_it_drops_what_is_drafted_and_what_waits_for_the_post(session, office, settings, bring) -> None:
    case = notified(session, bring(State.APPROVED))
    letter = Letter(
        id=new_id(), case_id=case.id, kind="f6", number="見第1号", fiscal_year=2026, template="", sha256="",
        issued_on=case.received_on, issued_at=make.NOON, issued_by="x", context_sealed=b"", pdf_sealed=b"",
    )  # fmt: skip
    draft = Notice(
        id=new_id(), case_id=case.id, kind="f13", alone=False, said_sealed=b"", drafted_by="x", drafted_name="x",
        drafted_at=make.NOON,
    )  # fmt: skip
    session.add_all([letter, draft])
    session.flush()
    order = order_post(session, case, letter, Cause.ASKED, by=make.RECEPTION, at=make.NOON)
    lose_capacity(session, case, date(2026, 4, 8), by=make.RECEPTION, at=make.NOON + 8 * DAY)
    assert (draft.state, order.dropped_by) == (NoticeState.DROPPED, make.RECEPTION.id)


@pytest.mark.parametrize("case_of", ["their own", "of the future"])
def test_the_notice_fits_the_case_and_the_calendar(bring, session, case_of) -> None:
    own = case_of == "their own"
    case = bring(State.IDENTITY_CHECK, **({"agent": None, "birth_date": date(1980, 1, 1)} if own else {}))
    with pytest.raises(Conflict if own else Invalid):
        lose_capacity(session, case, date(2026, 4, 2 if own else 30), by=make.RECEPTION, at=make.NOON + DAY)


def test_a_protected_address_is_on_no_list_and_left_out_of_the_page(session, office, bring) -> None:
    case = bring()
    assert policy.may_be_listed(case)
    with pytest.raises(Invalid):
        protect(session, case, True, " ", vault=office, by=make.RECEPTION, at=make.NOON)
    protect(session, case, True, "申出がありました。", vault=office, by=make.RECEPTION, at=make.NOON)
    assert not policy.may_be_listed(case)
    with pytest.raises(Conflict):
        protect(session, case, True, "もう一度", vault=office, by=make.RECEPTION, at=make.NOON)
    page = case_page(session, case, vault=office, actor=make.RECEPTION, today=date(2026, 4, 1))
    hidden = without_address(page)
    assert hidden.hidden
    assert not {Field.ADDRESS, Field.AGENT_ADDRESS, Field.TELEPHONE, Field.AGENT_TELEPHONE} & hidden.values.keys()
    note = session.scalars(select(CaseNote)).one()
    assert "申出がありました" in open_text(
        case_key(office, case), "disclosure_case_note", "text", note.id, note.text_sealed
    )
    event = session.scalars(select(CaseEvent).where(CaseEvent.code == "protection-set")).one()
    assert (event.params, event.visible_to.value) == ({}, "staff")
    protect(session, case, False, "取下げの申出", vault=office, by=make.OFFICER, at=make.NOON + DAY)
    assert policy.may_be_listed(case)


def test_only_those_at_the_reception_protect(session, office, bring) -> None:
    for by, error in ((make.APPROVER, Forbidden), (make.AUDITOR, Forbidden)):
        with pytest.raises(error):
            protect(session, bring(), True, "理由", vault=office, by=by, at=make.NOON)
    case = bring()
    with pytest.raises((Forbidden, NotFound)):
        protect(session, case, True, "理由", vault=office, by=resident(case), at=make.NOON)


def test_a_protected_case_of_the_same_name_is_thought_of(session, bring) -> None:
    other, case = bring(protected=True), bring()
    session.flush()
    assert protected_namesakes(session, case, actor=make.RECEPTION) == (other.number,)
    assert protected_namesakes(session, other, actor=make.RECEPTION) == ()
