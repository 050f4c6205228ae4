"""The desk of a body: its cases, those that it is party to, what waits at it, what it was told."""

from __future__ import annotations

from types import SimpleNamespace

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from discrepancy import policy
from discrepancy.forms.cases import ConfirmForm, NewCaseForm, today
from discrepancy.forms.register import DeskFilter
from discrepancy.forms.values import moment
from discrepancy.operations.ask import pass_on
from discrepancy.operations.look import What, look
from discrepancy.operations.notify_others import read_notice
from discrepancy.operations.open_case import SERIES, NewCase, open_case
from discrepancy.queries import enquiries
from discrepancy.queries.access import find_case
from discrepancy.queries.bodies import by_codes, looked_at
from discrepancy.queries.codes import codes
from discrepancy.queries.desk import Filter, Scope, desk
from discrepancy.rules.states import CaseKind
from discrepancy.views import typing, wording
from discrepancy.views.attempts import attempt
from discrepancy.views.doors import for_bodies, for_bodies_looking, for_readers, for_workers
from discrepancy.views.found import own_bodies
from portal.core import clock
from portal.web.building import office
from portal.web.language import _

Answer = str | Response
NARROW = "narrow"


@for_readers
def cases() -> str:
    """The cases that the actor's body sees, by what is due first; the operator's staff see all."""
    form = DeskFilter(request.args)
    form.offer(wording.STATES, wording.KINDS)
    fits, page = form.validate(), request.args.get("page", "1")
    said = (form.q.data or "").strip() if fits else ""
    scope = request.args.get("scope", "")
    wanted = Filter(
        scope=Scope(scope) if scope in list(Scope) else Scope.OPEN,
        state=(form.state.data or "") if fits else "",
        kind=(form.kind.data or "") if fits else "",
        text=said,
        serial=office().blind(SERIES, said.upper()) if said else "",
        page=int(page) if page.isdecimal() and len(page) < 6 else 1,
    )
    found = desk(g.session, wanted, actor=g.actor, today=today())
    own, of_body = own_bodies(), policy.acts_for_a_body(g.actor)
    return render_template(
        "discrepancy/cases.html",
        found=found,
        page=SimpleNamespace(number=found.number, pages=found.pages),
        wanted=wanted,
        bodies_at_most=looked_at(g.session, said),
        filters=form,
        form=form,
        body=own[0] if of_body and own else None,
        waiting=len(enquiries.to_pass_on(g.session, g.actor, own)) + len(enquiries.to_answer(g.session, own)),
        unseen=sum(notice.seen_at is None for notice, _body in enquiries.notices_to(g.session, g.actor)),
        may_open=of_body,
        may_work=bool(own),
        wording=wording,
    )


@for_bodies
def new_case() -> Answer:
    """Open a case. The information is offered under the affair; a button narrows the list where no script runs."""
    policy.check_open(g.actor)
    url, rows = url_for("discrepancy.new_case"), codes(g.session)
    kept, typed = typing.opened("cases/new", url)
    if done := typing.keep_for_later(kept.place, url_for("discrepancy.cases")):
        return done
    form = NewCaseForm() if typed is None else NewCaseForm(formdata=typed)
    form.offer(rows, today())
    notice = (request.values if typed is None else typed).get("notice", "")
    if NARROW not in request.form and typed is None and form.validate_on_submit():
        new = NewCase(
            kind=CaseKind(form.kind.data),
            affair=form.affair.data or "",
            information=form.information.data or "",
            occurred_at=moment(form.occurred_on.day, form.occurred_at.time) or clock.now(),
            summary=(form.summary.data or "").replace("\r\n", "\n"),
            serial=form.serial.data or "",
        )
        case = attempt(form, lambda: open_case(g.session, new, vault=office(), by=g.actor, at=clock.now()))
        if case is not None:
            if notice:
                enquiries.find_notice(g.session, notice, actor=g.actor).opened_case = case.number
            typing.sent_away()
            flash(_("The case %(number)s is open.", number=case.number), "success")
            return redirect(url_for("discrepancy.case", number=case.number), 303)
    return render_template("discrepancy/new_case.html", form=form, kept=kept, notice=notice)


@for_workers
def bundles() -> Answer:
    """What waits at the actor's body: enquiries to pass on, several at once, and enquiries to answer."""
    own, form = own_bodies(), ConfirmForm()
    waiting = enquiries.to_pass_on(g.session, g.actor, own)
    if form.validate_on_submit():
        chosen = set(request.form.getlist("enquiry"))
        sent = [one for one in waiting if one.enquiry.id in chosen]
        for one in sent:
            case = find_case(g.session, one.enquiry.case_number, actor=g.actor)
            pass_on(g.session, case, one.enquiry, vault=office(), by=g.actor, at=clock.now())
        if sent:
            flash(_("Passed on: %(n)s enquiries.", n=len(sent)), "success")
        else:
            flash(_("Choose the enquiries to pass on."), "danger")
        return redirect(url_for("discrepancy.bundles"), 303)
    return render_template(
        "discrepancy/bundles.html",
        form=form,
        waiting=waiting,
        answers=enquiries.to_answer(g.session, own),
        today=today(),
        wording=wording,
    )


@for_bodies
def notices() -> str:
    """What the body was told of wrong data that it received."""
    found = enquiries.notices_to(g.session, g.actor)
    return render_template("discrepancy/notices.html", rows=found, wording=wording)


@for_bodies_looking
def notice(notice_id: str) -> str:
    """One such notice. The case that it comes from stays the others'."""
    found = enquiries.find_notice(g.session, notice_id, actor=g.actor)
    said = read_notice(g.session, found, vault=office(), by=g.actor, at=clock.now())
    look(g.session, found.case_number, What.NOTICE, by=g.actor, at=clock.now())
    sender = by_codes(g.session, {found.from_code}).get(found.from_code)
    return render_template("discrepancy/notice.html", notice=found, said=said, sender=sender, wording=wording)
