"""Enquiries: asking with the six items, reading, answering, passing on; emergencies."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from discrepancy import policy
from discrepancy.forms.cases import ConfirmForm, today
from discrepancy.forms.enquiries import (
    FORMS,
    AnswerForm,
    EmergencyForm,
    OthersAskedForm,
    ProviderForm,
    six_of,
)
from discrepancy.models.cases import Discrepancy
from discrepancy.operations.ask import (
    NewEnquiry,
    answer_enquiry,
    answer_of,
    asked_of,
    enquire,
    pass_on,
)
from discrepancy.operations.check_self import ready_to_ask
from discrepancy.operations.look import What, look
from discrepancy.queries.access import find_body
from discrepancy.queries.bodies import of_kind
from discrepancy.queries.codes import codes
from discrepancy.queries.enquiries import on_their_way
from discrepancy.rules.codes import CodeTable, find
from discrepancy.rules.emergency import EMERGENCIES
from discrepancy.rules.enquiry import BodyKind, EnquiryKind, FormKind, route
from discrepancy.rules.states import OPEN, CaseAction, CaseState, Party
from discrepancy.views import typing, wording
from discrepancy.views.attempts import attempt
from discrepancy.views.doors import for_bodies_looking, for_parties, for_workers
from discrepancy.views.found import case_of, enquiry_of, one_body, opened
from portal.core import clock
from portal.core.errors import Conflict, Forbidden, NotFound
from portal.web.building import office
from portal.web.language import _

Answer = str | Response
_ENDS_AT = {
    EnquiryKind.OPERATOR: BodyKind.OPERATOR,
    EnquiryKind.AGGREGATOR: BodyKind.AGGREGATOR,
    EnquiryKind.MINISTRY: BodyKind.MINISTRY,
    EnquiryKind.OTHERS_AFFECTED: BodyKind.MINISTRY,
}


def _asker(number: str) -> Discrepancy:
    """The case in which the actor asks, as inquirer or provider of a case that is not over."""
    case, mine = case_of(number)
    if not mine & {Party.INQUIRER, Party.PROVIDER}:
        raise Forbidden
    if CaseState(case.state) not in OPEN:
        raise Conflict
    return case


@for_bodies_looking
def ask(number: str, kind: str) -> Answer:
    """Send an enquiry with its six items (X2, X3, X6, X14)."""
    if kind not in list(EnquiryKind):
        raise NotFound
    case, wanted = _asker(number), EnquiryKind(kind)
    if wanted is EnquiryKind.PROVIDER:
        _found, mine = case_of(number)
        policy.check(g.actor, CaseAction.ASK_PROVIDER, case, mine)
    way = route(BodyKind(find_body(g.session, g.actor.body).kind), wanted)
    kept, typed = typing.opened(f"cases/{number}/ask/{kind}", url_for("discrepancy.ask", number=number, kind=kind))
    if done := typing.keep_for_later(kept.place, url_for("discrepancy.case", number=number)):
        return done
    form = _form(case, wanted, typed)
    form.offer(codes(g.session), today())
    form.offer_forms(way.forms)

    def act() -> None:
        to = form.to.data or ""
        new = NewEnquiry(
            wanted,
            one_body(to, field="to").code if wanted is EnquiryKind.PROVIDER else to,
            form.said(),
            frequent_searched=bool(form.frequent_searched.data),
            form=FormKind(form.carrier.data) if form.carrier.data else None,
        )
        enquire(g.session, case, new, vault=office(), by=g.actor, at=clock.now())

    if form.validate_on_submit() and attempt(form, act):
        typing.sent_away()
        flash(_("The enquiry is sent."), "success")
        return redirect(url_for("discrepancy.case", number=number), 303)
    return render_template(
        "discrepancy/ask.html",
        case=case,
        form=form,
        kind=wanted,
        kinds=[one for one in EnquiryKind if one is not EnquiryKind.PROVIDER],
        way=way,
        ready=wanted is not EnquiryKind.PROVIDER or ready_to_ask(case),
        forms=FORMS,
        wording=wording,
        kept=kept,
    )


def _form(case: Discrepancy, kind: EnquiryKind, typed: MultiDict[str, str] | None) -> Any:
    """The form of a kind of enquiry, filled with what the case says, or with what was ``typed`` before."""
    given: dict[str, Any] = {"data": six_of(case, *opened(case))} if typed is None else {"formdata": typed}
    if kind is EnquiryKind.PROVIDER:
        return ProviderForm(**given)
    form = OthersAskedForm(**given)
    form.offer_bodies(of_kind(g.session, _ENDS_AT[kind]))
    return form


@for_bodies_looking
def emergency(number: str) -> Answer:
    """After the call to the service desk the form is posted, and others are told (X12, X13)."""
    case = _asker(number)
    kept, typed = typing.opened(f"cases/{number}/{typing.EMERGENCY}", url_for("discrepancy.emergency", number=number))
    if done := typing.keep_for_later(kept.place, url_for("discrepancy.case", number=number)):
        return done
    form = EmergencyForm(data=six_of(case, *opened(case))) if typed is None else EmergencyForm(formdata=typed)
    form.offer(codes(g.session), today())
    form.offer_kinds(wording.EMERGENCIES, wording.AUTHORITIES)
    operators = of_kind(g.session, BodyKind.OPERATOR)

    def act() -> None:
        kind = form.emergency
        new = NewEnquiry(
            EnquiryKind.OPERATOR,
            operators[0].code if operators else "",
            {**form.said(), "emergency": str(kind or ""), "told": " ".join(form.told.data or ())},
            frequent_searched=True,  # there is no time for that
            emergency=kind,
            called_at=form.called,
        )
        enquire(g.session, case, new, vault=office(), by=g.actor, at=clock.now())

    if form.validate_on_submit() and attempt(form, act, fields={"called_at": "called_on"}):
        typing.sent_away()
        flash(_("The form is posted to the operator of the network."), "success")
        return redirect(url_for("discrepancy.case", number=number), 303)
    return render_template(
        "discrepancy/emergency.html",
        case=case,
        form=form,
        emergencies=EMERGENCIES,
        forms=FORMS,
        wording=wording,
        kept=kept,
    )


@for_parties
def enquiry(number: str, enquiry_id: str) -> Answer:
    """An enquiry with its way and its answer; whoever was asked answers here."""
    case, found = enquiry_of(number, enquiry_id)
    look(g.session, number, What.ENQUIRY, by=g.actor, at=clock.now(), part=found.id)
    way, form = on_their_way(g.session, [found])[0], AnswerForm()
    may_answer = found.answered_at is None and policy.speaks_for(g.actor, way.target)

    def act() -> None:
        text = (form.answer.data or "").replace("\r\n", "\n")
        answer_enquiry(g.session, case, found, text, vault=office(), by=g.actor, at=clock.now())

    if form.validate_on_submit() and attempt(form, act):
        flash(_("The answer is sent."), "success")
        return redirect(url_for("discrepancy.enquiry", number=number, enquiry_id=enquiry_id), 303)
    said, rows = asked_of(found, case, office()), codes(g.session)
    return render_template(
        "discrepancy/enquiry.html",
        case=case,
        way=way,
        said=said,
        affair=find(rows, CodeTable.AFFAIR, said.get("affair", "")),
        information=find(rows, CodeTable.INFORMATION, said.get("information", "")),
        answer=answer_of(found, case, office()),
        may_answer=may_answer,
        may_pass_on=not way.arrived and policy.speaks_for(g.actor, way.here[1]),
        form=form,
        button=ConfirmForm(),
        forms=FORMS,
        wording=wording,
    )


@for_workers
def send_on(number: str, enquiry_id: str) -> Response:
    """The body on the way passes the enquiry on."""
    case, found = enquiry_of(number, enquiry_id)
    pass_on(g.session, case, found, vault=office(), by=g.actor, at=clock.now())
    flash(_("The enquiry is passed on."), "success")
    return redirect(url_for("discrepancy.enquiry", number=number, enquiry_id=enquiry_id), 303)
