"""Who may do what with cases and reports.

A body sees the cases that it is party to and no other; the organisation's own staff are the operator of the network.
"""

from __future__ import annotations

from collections.abc import Collection

from discrepancy.models.bodies import Body
from discrepancy.models.cases import Discrepancy
from discrepancy.models.reports import Report
from discrepancy.rules import states
from discrepancy.rules.enquiry import BodyKind
from discrepancy.rules.reporting import ReportAction, ReportState, report_after
from discrepancy.rules.states import CaseAction, CaseKind, CaseState, Facts, Party
from portal.core.actor import Actor, ActorKind, Role
from portal.core.errors import Conflict, Forbidden

# The organisation's own staff who work on cases, who read them, and who keep the register of bodies and the codes.
WORKS = frozenset({Role.OFFICER, Role.APPROVER})
READS = WORKS | {Role.AUDITOR, Role.PUBLISHER}
KEEPS = frozenset({Role.ADMINISTRATOR, Role.OFFICER})
ALL = READS | {Role.CORRESPONDENT}


def is_operator(actor: Actor) -> bool:
    """Whether the actor reads cases as staff of the operator."""
    return actor.kind is ActorKind.STAFF and actor.has(*READS)


def works_as_operator(actor: Actor) -> bool:
    """Whether the actor takes the operator's steps."""
    return actor.kind is ActorKind.STAFF and actor.has(*WORKS)


def acts_for_a_body(actor: Actor) -> bool:
    """Whether the actor is somebody of another body."""
    return actor.kind is ActorKind.BODY and bool(actor.body) and actor.has(Role.CORRESPONDENT)


def speaks_for(actor: Actor, body: Body) -> bool:
    """Whether what the actor says is said by the body; the operator's staff run the aggregating body too."""
    if acts_for_a_body(actor):
        return actor.body == body.code
    return works_as_operator(actor) and body.kind in (BodyKind.OPERATOR, BodyKind.AGGREGATOR)


def check_open(actor: Actor) -> None:
    """Raise Forbidden unless the actor may open a case: somebody of a body, for that body."""
    if not acts_for_a_body(actor):
        raise Forbidden


def check_keep_register(actor: Actor) -> None:
    """Raise Forbidden unless the actor keeps the register of bodies, their accounts and the tables of codes."""
    if actor.kind is not ActorKind.SYSTEM and not (actor.kind is ActorKind.STAFF and actor.has(*KEEPS)):
        raise Forbidden


def facts(case: Discrepancy) -> Facts:
    """What of a case decides over its steps."""
    return Facts(
        CaseKind(case.kind),
        papers_used=case.papers_used_on is not None,
        causer=Party(case.causer) if case.causer else None,
    )


def may(actor: Actor, action: CaseAction, case: Discrepancy, parties: Collection[Party]) -> bool:
    """Whether the actor, whose body is ``parties`` to the case, may take a step now."""
    state = CaseState(case.state)
    if action not in states.TABLE[state] or states.hindrance(action, facts(case)):
        return False
    mine = set(parties) if acts_for_a_body(actor) else {Party.OPERATOR} if works_as_operator(actor) else set()
    return any(states.may_take(action, state, facts(case), party) for party in mine)


def check(actor: Actor, action: CaseAction, case: Discrepancy, parties: Collection[Party]) -> None:
    """Raise Conflict where state or case allow no such step, Forbidden where the actor may not take it."""
    states.way(CaseState(case.state), action)
    if why := states.hindrance(action, facts(case)):
        raise Conflict(why)
    if actor.kind is not ActorKind.SYSTEM and not may(actor, action, case, parties):
        raise Forbidden


def may_report(actor: Actor, action: ReportAction, report: Report) -> bool:
    """Whether the actor may do this with a report: its body writes and files it, the operator accepts or returns it."""
    try:
        report_after(ReportState(report.state), action)
    except Conflict:
        return False
    if action in (ReportAction.ACCEPT, ReportAction.RETURN):
        return works_as_operator(actor)
    return acts_for_a_body(actor) and actor.body == report.body_code


def bundles(actor: Actor) -> str:
    """The prefecture, as two digits, whose municipalities' reports the actor's body bundles; empty for other bodies."""
    return actor.body[:2] if acts_for_a_body(actor) and actor.body[2:5] == "000" else ""


def may_take_in(actor: Actor, body: Body) -> bool:
    """Whether the actor may hand in reports of a body as files: the operator, the body itself, its prefecture."""
    if works_as_operator(actor) or actor.kind is ActorKind.SYSTEM:
        return True
    if not acts_for_a_body(actor):
        return False
    return actor.body == body.code or (body.kind == BodyKind.MUNICIPALITY and bundles(actor) == body.prefecture)


def may_link(actor: Actor, report: Report) -> bool:
    """Whether the actor may put a filed report to its cases: the operator, or the body that filed it."""
    own = acts_for_a_body(actor) and actor.body == report.body_code
    return report.state == ReportState.FILED and (own or works_as_operator(actor))


def check_report(actor: Actor, action: ReportAction, report: Report) -> None:
    """Raise Conflict where the state allows no such action, Forbidden where the actor may not take it."""
    report_after(ReportState(report.state), action)
    if not may_report(actor, action, report):
        raise Forbidden
