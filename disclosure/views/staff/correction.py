"""Corrections: asking, previewing what the requester reads, entering an answer on paper, no longer waiting."""

from __future__ import annotations

from datetime import timedelta

from flask import g, render_template, request
from werkzeug.wrappers import Response

from disclosure.forms.staff.correction import ANSWER_FILE, AnswerForm, CorrectionForm
from disclosure.models.case import Case
from disclosure.operations.ask_by_letter import ask_by_letter
from disclosure.operations.correct import answer_correction, give_up_correction
from disclosure.operations.filing import Upload
from disclosure.queries.case_law import stands_still
from disclosure.queries.fees import fee_account
from disclosure.queries.keys import case_key, fields
from disclosure.rules.defects import DEFECTS
from disclosure.rules.kinds import Requester
from disclosure.rules.regimes import regime
from disclosure.rules.states import Action
from disclosure.views.staff import wording
from disclosure.views.staff.held import attempt, back_to, for_action, found, fresh, opened, press, today
from portal.core import clock
from portal.core.calendar import roll_forward
from portal.core.errors import N_
from portal.web.building import office, settings, signer
from portal.web.uploads import accepts_uploads

UPLOAD_BYTES = 16_000_000
SENT = N_("The request for correction is sent. The clock stands still until the answer arrives.")
SENT_RUNS_ON = N_("The request for correction is sent. Under this law the period runs on meanwhile.")


@for_action(Action.ASK_CORRECTION, look=True)
def correction(number: str) -> Response | str:
    """Say what is wrong; see it as the requester will; send it."""
    one = found(number, Action.ASK_CORRECTION)
    fee = fee_account(g.session, one).open_yen > 0
    form = fresh(CorrectionForm(data=_proposal(one), fee=fee, personal=one.records.personal), one)
    previewing = False
    if request.form.get("do") != "change" and form.validate_on_submit():
        if request.form.get("do") != "send":
            previewing = True
        elif attempt(form, one, lambda: _ask(one, form)):
            return back_to(one, SENT if stands_still(one) else SENT_RUNS_ON)
    return render_template(
        "disclosure/staff/correction.html",
        form=form,
        case=one,
        page=opened(one, "correction"),
        previewing=previewing,
        stands_still=stands_still(one),
        defects=[DEFECTS[code] for code in form.defects.data or [] if code in DEFECTS],
        days=regime(one.regime, one.law_day).correction_days,
        wording=wording,
    )


def _proposal(one: Case) -> dict[str, object]:
    days = regime(one.regime, one.law_day).correction_days
    wanted = [code for code in request.args.getlist("defect") if code in DEFECTS]
    return {"due_on": wording.plain_day(roll_forward(today() + timedelta(days=days))), "defects": wanted}


def _ask(one: Case, form: CorrectionForm) -> None:
    ask_by_letter(
        g.session,
        one,
        form.defects.data or [],
        settings=settings(),
        vault=office(),
        signer=signer(),
        by=g.actor,
        at=clock.now(),
        note=form.note.data or "",
        due_on=form.due_on.day,
    )


@for_action(Action.ANSWER_CORRECTION, look=True)
@accepts_uploads(UPLOAD_BYTES, file=ANSWER_FILE)
def answer(number: str) -> Response | str:
    """Enter an answer that did not come through the site."""
    one = found(number, Action.ANSWER_CORRECTION)
    form = fresh(AnswerForm(), one)
    if one.requester is Requester.PERSON:
        form.without_agent()
    if not one.records.personal:
        form.of_documents()
    if form.validate_on_submit() and attempt(form, one, lambda: _answer(one, form)):
        return back_to(one, N_("The answer is entered. The clock runs again."))
    return render_template(
        "disclosure/staff/answer.html", form=form, case=one, page=opened(one, "answer"), wording=wording
    )


def _answer(one: Case, form: AnswerForm) -> None:
    key = case_key(office(), one)
    clean = form.file.clean
    answer_correction(
        g.session,
        one,
        key=key,
        vault=office(),
        by=g.actor,
        at=clock.now(),
        changes=form.changes(fields(key, one)),
        answer=form.answer.data or "",
        uploads=[Upload(form.file.data.filename, clean)] if clean is not None else [],
        arrived_on=form.arrived(),
    )


@for_action(Action.GIVE_UP_CORRECTION)
def give_up(number: str) -> Response:
    """Stop waiting, to decide on the defect of form."""
    one = found(number)
    press(one, lambda: give_up_correction(g.session, one, by=g.actor, at=clock.now()))
    return back_to(one, N_("We no longer wait for the correction."))
