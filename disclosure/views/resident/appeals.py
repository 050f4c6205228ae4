"""A requester's appeals and complaints: filing one, answering what is missing, withdrawing, every step with its day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from disclosure.forms.appeal import EVIDENCE, UPLOAD_BYTES, AppealForm
from disclosure.forms.complaint import ComplaintForm
from disclosure.forms.resident.appeal import CorrectionForm, WithdrawAppealForm
from disclosure.operations import appeal_steps, complaints
from disclosure.operations import appeals as work
from disclosure.operations.filing import Upload
from disclosure.operations.look import What, look
from disclosure.queries import appeal_wording
from disclosure.queries import appeals as queries
from disclosure.queries import complaints as complaint_queries
from disclosure.queries.appeals import Standing
from disclosure.queries.keys import fields
from disclosure.queries.opening import OpenedCase
from disclosure.rules.appeals import Against, AppealAction, AppealState, possible, route, terms
from disclosure.rules.kinds import Field
from disclosure.views.resident import opened
from disclosure.views.resident.explained import steps as explained
from disclosure.views.resident.explained import words
from disclosure.views.resident.opened import with_case
from portal.core import clock
from portal.core.errors import Conflict, Invalid
from portal.web.forms import Form
from portal.web.language import _
from portal.web.throttle import Limit, throttled
from portal.web.uploads import accepts_uploads

Answer = Response | tuple[str, int] | str


def panel(found: OpenedCase) -> Mapping[str, Any] | None:
    """Appeals and complaints on the requester's page: how each stands, and the ways to file one."""
    case, today = found.case, clock.day_in_japan(clock.now())
    rule = route(case.regime, case.law_day)
    inactive = queries.inactive_since(case, today) is not None
    rows = [queries.standing(g.session, case, row, today=today) for row in queries.appeals(g.session, case)]
    said = complaint_queries.of_case(g.session, case)
    return {
        "rows": [(one, _next(one)) for one in rows],
        "may_appeal": rule.offered and (inactive or bool(queries.appealable(g.session, case))),
        "inactive": inactive,
        "route": rule,
        "complaints": [(row, complaint_queries.answer(found.key, row)) for row in said],
        "words": appeal_wording,
    }


def _next(one: Standing) -> str:
    """What comes next, and how long it may take."""
    limits = terms(one.appeal.filed_on)
    texts = appeal_wording.NEXT if one.route.board else appeal_wording.NEXT_ALONE
    days = {AppealState.ACCEPTED: limits.consult_days, AppealState.REPORTED: limits.ruling_days}
    message = texts[one.appeal.state]
    return _(message, days=days[one.appeal.state]) if "%(days)s" in message else _(message)


@accepts_uploads(UPLOAD_BYTES, evidence=EVIDENCE)
@throttled(Limit("disclosure.upload", count=300, seconds=3600))
@with_case
def appeal_form(found: OpenedCase) -> Answer:
    """File an appeal (F23)."""
    case, today = found.case, clock.day_in_japan(clock.now())
    letters = queries.appealable(g.session, case)
    inactive = queries.inactive_since(case, today) is not None
    values = fields(found.key, case)
    arrived = next((row.arrival.day for row in letters if row.arrival is not None), None)
    start = {
        "name": values.get(Field.NAME),
        "postal_code": values.get(Field.POSTAL_CODE),
        "address": values.get(Field.ADDRESS),
        "telephone": values.get(Field.TELEPHONE),
        "known_on": arrived.isoformat() if arrived else "",
    }
    form = AppealForm(letters, inactive=inactive, data=start)
    if not form.letter.choices or not route(case.regime, case.law_day).offered:
        flash(_("Nothing can be appealed now. You can complain at any time."), "info")
        return _home()
    if form.validate_on_submit() and form.whole():
        uploads = [Upload(form.evidence.data.filename, form.evidence.clean)] if form.evidence.clean else []

        def do() -> None:
            row = work.file_appeal(
                g.session, case, form.filing(), form.statement(),
                submission_key=form.key, key=found.key, by=found.actor, at=clock.now(), uploads=uploads,
            )  # fmt: skip
            g.made = row.id

        if _try(form, do):
            flash(_("Your appeal has arrived. Below you see what happens with it."), "success")
            return redirect(url_for("disclosure.own_appeal", appeal_id=g.made), 303)
    if not form.errors:
        look(g.session, case, What.CASE, by=found.actor, at=clock.now())
    page = render_template(
        "disclosure/appeal_form.html", form=form, route=route(case.regime, case.law_day), closes_at=opened.closes_at()
    )
    return (page, 422) if form.errors else page


@accepts_uploads(UPLOAD_BYTES, evidence=EVIDENCE)
@throttled(Limit("disclosure.upload", count=300, seconds=3600))
@with_case
def own_appeal(found: OpenedCase, appeal_id: str) -> Answer:
    """One appeal: what was sent, every step with its day, what comes next; and the answer to what is missing."""
    case, today = found.case, clock.day_in_japan(clock.now())
    row = queries.appeal(g.session, case, appeal_id)
    form = CorrectionForm() if row.state is AppealState.CORRECTING else None
    if form is not None and form.validate_on_submit():
        uploads = [Upload(form.evidence.data.filename, form.evidence.clean)] if form.evidence.clean else []

        def do() -> None:
            appeal_steps.answer_correction(
                g.session, case, row, form.note.data or "", key=found.key, by=found.actor, at=clock.now(),
                uploads=uploads,
            )  # fmt: skip

        if _try(form, do):
            flash(_("Your answer has arrived."), "success")
            return redirect(url_for("disclosure.own_appeal", appeal_id=appeal_id), 303)
    look(g.session, case, What.CASE, by=found.actor, at=clock.now())
    one = queries.standing(g.session, case, row, today=today)
    page = render_template(
        "disclosure/own_appeal.html",
        row=row,
        one=one,
        next=_next(one),
        said=queries.said(found.key, row),
        steps=queries.steps(g.session, found.key, row, inside=False),
        judged=[(due.binding_on, explained(due)) for due in one.judgement.dues] if one.judgement else [],
        verdict=[words(step.message, step.params) for step in one.judgement.steps] if one.judgement else [],
        suits=[(due.binding_on, explained(due)) for due in one.suits],
        inaction=row.against is Against.INACTION,
        may_withdraw=AppealAction.WITHDRAW in possible(row.state, one.route.way),
        words=appeal_wording,
        **({"form": form} if form is not None else {}),
    )
    return (page, 422) if form is not None and form.errors else page


@with_case
def withdraw_own_appeal(found: OpenedCase, appeal_id: str) -> Answer:
    """Ask once more, then withdraw the appeal."""
    row = queries.appeal(g.session, found.case, appeal_id)
    form = WithdrawAppealForm()
    if form.validate_on_submit() and _try(
        form,
        lambda: appeal_steps.withdraw_appeal(
            g.session, found.case, row, "", key=found.key, by=found.actor, at=clock.now()
        ),
    ):
        flash(_("Your appeal was withdrawn."), "success")
        return redirect(url_for("disclosure.own_appeal", appeal_id=appeal_id), 303)
    page = render_template("disclosure/withdraw_appeal.html", form=form, row=row)
    return (page, 422) if form.errors else page


@throttled(Limit("disclosure.complaint", count=20, seconds=3600))
@with_case
def own_complaint(found: OpenedCase) -> Answer:
    """Complain about how this request is handled."""
    form = ComplaintForm()
    del form.name, form.contact

    def do() -> None:
        said = complaints.Words(form.text.data or "", wish=form.wish.data or "")
        complaints.file_about_case(
            g.session, found.case, said, submission_key=form.submission.data or "", key=found.key, by=found.actor,
            at=clock.now(),
        )  # fmt: skip

    if form.validate_on_submit() and _try(form, do):
        flash(_("Your complaint has arrived. You read the answer here."), "success")
        return _home()
    days = terms(clock.day_in_japan(clock.now())).complaint_days
    page = render_template("disclosure/own_complaint.html", form=form, days=days)
    return (page, 422) if form.errors else page


def _try(form: Form, do: Any) -> bool:
    """Do it; False puts what is wrong next to the field that it concerns, and nothing is changed."""
    try:
        with g.session.begin_nested():
            do()
    except (Invalid, Conflict) as error:
        first = next((field.name for field in form if field.name not in ("csrf_token", "submission")), "")
        form.tell(error, otherwise=first)
        return False
    return True


def _home() -> Response:
    return redirect(url_for("disclosure.case"), 303)
