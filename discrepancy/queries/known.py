"""What is known of a report or another form before anybody writes: from the body's register and from its cases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from discrepancy.models.bodies import Body
from discrepancy.models.cases import CaseStep, Cause, Discrepancy
from discrepancy.models.enquiries import Enquiry
from discrepancy.models.notices import Notice
from discrepancy.queries.access import find_body
from discrepancy.rules.enquiry import BodyKind, EnquiryKind
from discrepancy.rules.report_checks import NO, YES
from discrepancy.rules.states import CaseAction, Party
from portal.core.actor import Actor
from portal.core.calendar import JAPAN

# As the step is written down that says so.
_OTHERS_CHECKED = "check-others"
# The kind of a body as the forms have it (table ``counterpart``).
_COUNTERPARTS = {
    BodyKind.PREFECTURE: "prefecture",
    BodyKind.MUNICIPALITY: "municipality",
    BodyKind.MINISTRY: "state",
    BodyKind.OPERATOR: "state",
}


def known_of_sender(body: Body, person: str, today: date) -> dict[str, str]:
    """A body with its desk and somebody of it, as the head of every form has them."""
    return _said(
        filed_on=today.isoformat(),
        body_code=body.code,
        body_name=body.name_ja,
        department=body.desk_section,
        person=person,
        telephone=body.desk_telephone,
        fax=body.desk_fax,
        mail=body.desk_mail,
    )


def known_of_event(cases: Sequence[Discrepancy]) -> dict[str, str]:
    """When it occurred first, and the affair and information where all cases have the same."""
    first = min(cases, key=lambda case: case.occurred_at).occurred_at.astimezone(JAPAN)
    return _said(
        occurred_on=f"{first:%Y-%m-%d}",
        occurred_at=f"{first:%H:%M}",
        affair=_same(case.affair for case in cases),
        information=_same(case.information for case in cases),
    )


def known_of_report(session: Session, cases: Sequence[Discrepancy], actor: Actor, *, at: datetime) -> dict[str, str]:
    """The fields of a report on ``cases`` of one cause, as far as the cases tell them."""
    numbers = [case.number for case in cases]
    steps = set(session.scalars(select(CaseStep.action).where(CaseStep.case_number.in_(numbers))))
    remedied = [case.remedied_on for case in cases if case.remedied_on]
    cause = session.get(Cause, cases[0].cause_id) if cases[0].cause_id else None
    papers = any(case.papers_used_on for case in cases)
    effect = "papers" if papers else "requeried" if CaseAction.REQUERY in steps else ""
    values = {
        **known_of_sender(find_body(session, actor.body), actor.name, at.astimezone(JAPAN).date()),
        **known_of_event(cases),
        **_asked(session, numbers),
        "recovered_on": max(remedied).isoformat() if remedied and len(remedied) == len(cases) else "",
        "causer": cases[0].causer or "",
        "cause_detail": cause.title if cause else "",
        "slow_told": YES if CaseAction.SAY_SLOW in steps else "",
    }
    provider = cases[0].causer == Party.PROVIDER
    codes = {case.inquirer_code if provider else case.provider_code for case in cases} - {None}
    others = [find_body(session, code) for code in sorted(code for code in codes if code)]
    kind = _same(_COUNTERPARTS.get(BodyKind(body.kind), "other") for body in others) if others else ""
    names = "、".join(body.name_ja for body in others)[:200]
    if provider:
        values |= {"inquirer_kind": kind, "inquirer_name": names, "provider_effect": effect}
        values |= _wrong(session, numbers, steps)
    else:
        values |= {"provider_kind": kind, "provider_name": names, "inquirer_effect": effect}
    return {key: value for key, value in values.items() if value}


def _asked(session: Session, numbers: Sequence[str]) -> dict[str, str]:
    """Whom the bodies asked and told besides each other."""
    query = select(Enquiry.kind, Body.name_ja).join(Body, Body.code == Enquiry.to_code)
    found = session.execute(query.where(Enquiry.case_number.in_(numbers)).order_by(Enquiry.sent_at)).all()
    kinds = {kind for kind, _name in found}
    others = (EnquiryKind.AGGREGATOR, EnquiryKind.MINISTRY)
    whom = dict.fromkeys(name for kind, name in found if kind in others)
    return _said(
        asked_operator=YES if EnquiryKind.OPERATOR in kinds else NO,
        asked_others=YES if whom else NO,
        asked_whom="、".join(whom)[:200],
        told_ministry=YES if EnquiryKind.OTHERS_AFFECTED in kinds else NO,
    )


def _wrong(session: Session, numbers: Sequence[str], steps: set[str]) -> dict[str, str]:
    """What was done about wrong data: telling the inquirer is one with correcting the duplicate here."""
    told = session.scalar(select(Notice.id).where(Notice.case_number.in_(numbers)).limit(1))
    fixed = CaseAction.FIX_DUPLICATE in steps
    return _said(
        duplicate_fixed=YES if fixed else "",
        inquirer_told=YES if fixed else "",
        others_checked=YES if _OTHERS_CHECKED in steps else "",
        others_told=YES if told else "",
    )


def _same(values: Iterable[str]) -> str:
    """The one value that all have; empty where they differ."""
    found = set(values)
    return found.pop() if len(found) == 1 else ""


def _said(**values: str) -> dict[str, str]:
    return {key: value for key, value in values.items() if value}
