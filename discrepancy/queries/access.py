"""Which cases an actor may see, and as whom: a case of others does not exist for a body."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, false, select, true, union
from sqlalchemy.orm import Session

from discrepancy import policy
from discrepancy.models.bodies import Body
from discrepancy.models.cases import CaseBody, Discrepancy
from discrepancy.models.reports import Report, ReportCase
from discrepancy.rules.enquiry import BodyKind
from discrepancy.rules.states import Party
from portal.core.actor import Actor
from portal.core.errors import N_, NotFound

NO_CASE = N_("There is no such case.")
NO_REPORT = N_("There is no such report.")
NO_BODY = N_("There is no such body.")


def visible(actor: Actor) -> ColumnElement[bool]:
    """The condition on :class:`Discrepancy` that holds for what the actor may see."""
    if policy.is_operator(actor):
        return true()
    if not policy.acts_for_a_body(actor):
        return false()
    mine = select(CaseBody.case_number).where(CaseBody.body_code == actor.body)
    return Discrepancy.number.in_(mine)


def find_case(session: Session, number: str, *, actor: Actor) -> Discrepancy:
    """The case of a number. NotFound also where the actor may not see it."""
    case = session.scalar(select(Discrepancy).where(Discrepancy.number == number, visible(actor)))
    if case is None:
        raise NotFound(NO_CASE)
    return case


def seen_of(session: Session, cases: Sequence[Discrepancy], *, actor: Actor) -> frozenset[str]:
    """The numbers of those of ``cases`` that the actor may see."""
    numbers = [case.number for case in cases]
    return frozenset(session.scalars(select(Discrepancy.number).where(Discrepancy.number.in_(numbers), visible(actor))))


def parties(session: Session, case: Discrepancy, actor: Actor) -> frozenset[Party]:
    """As whom the actor sees the case."""
    if policy.is_operator(actor):
        return frozenset({Party.OPERATOR})
    if not policy.acts_for_a_body(actor):
        return frozenset()
    query = select(CaseBody.party).where(CaseBody.case_number == case.number, CaseBody.body_code == actor.body)
    return frozenset(Party(party) for party in session.scalars(query))


def visible_reports(actor: Actor) -> ColumnElement[bool]:
    """The condition on :class:`Report`: a body's own, those filed on cases that it sees, those a prefecture bundles."""
    if policy.is_operator(actor):
        return Report.state.not_in(("draft", "discarded"))
    if not policy.acts_for_a_body(actor):
        return false()
    seen = select(ReportCase.report_id).join(CaseBody, CaseBody.case_number == ReportCase.case_number)
    own = select(Report.id).where(Report.body_code == actor.body)
    # One set of ids first, from two indexes: a body has few reports, whatever there are in all.
    sets = [own, seen.where(CaseBody.body_code == actor.body)]
    if prefecture := policy.bundles(actor):
        members = select(Body.code).where(Body.kind == BodyKind.MUNICIPALITY, Body.prefecture == prefecture)
        sets.append(select(Report.id).where(Report.body_code.in_(members)))
    among = union(*sets)
    return Report.id.in_(among) & ((Report.body_code == actor.body) | Report.state.in_(("filed", "accepted")))


def find_report(session: Session, report_id: str, *, actor: Actor) -> Report:
    """The report of an id. NotFound also where the actor may not see it."""
    report = session.scalar(select(Report).where(Report.id == report_id, visible_reports(actor)))
    if report is None:
        raise NotFound(NO_REPORT)
    return report


def find_body(session: Session, code: str) -> Body:
    """The body of a code, open or closed. NotFound."""
    body = session.get(Body, code)
    if body is None:
        raise NotFound(NO_BODY)
    return body


def prefecture_of(session: Session, body: Body) -> Body | None:
    """The prefecture of a municipality; None for others."""
    if body.kind != "municipality":
        return None
    return session.scalar(select(Body).where(Body.kind == "prefecture", Body.prefecture == body.prefecture))
