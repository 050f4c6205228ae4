"""Records whose time is over: the list, destroying them in two steps, the certificates; and legal holds."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from disclosure.forms.staff.retention import GROUNDS, KEPT, DestroyForm, HoldForm
from disclosure.models.case import Case
from disclosure.operations import retention as work
from disclosure.operations.look import What, look
from disclosure.policy import Right
from disclosure.queries import retention as queries
from disclosure.queries.keys import case_key
from disclosure.rules.retention import HoldGround, Kept
from disclosure.views.staff import wording
from disclosure.views.staff.held import attempt, back_to, for_action, found, fresh, press, today
from portal.core import clock
from portal.core.errors import N_, Conflict
from portal.web.building import office
from portal.web.language import _


@for_action(Right.ERASE)
def retention() -> Response | tuple[str, int] | str:
    """What need not be kept any longer; choosing from it leads to a page that asks once more."""
    kept = Kept(request.values.get("of", Kept.CASE_FILE)) if request.values.get("of", "") in set(Kept) else None
    if kept is None:
        return redirect(url_for("disclosure_staff.retention", of=Kept.CASE_FILE))
    rows = queries.expired(g.session, kept, today=today())
    form = DestroyForm(rows)
    if form.validate_on_submit():
        chosen = [row for row in rows if row.number in set(form.cases.data or ())]
        if form.confirmed() and (done := _destroyed(form, kept, chosen)):
            flash(_("Destroyed, cases: %(n)s. The certificates are below.", n=done), "success")
            return redirect(url_for("disclosure_staff.certificates"), 303)
        page = render_template("disclosure/staff/destroy.html", form=form, kept=kept, names=KEPT, rows=chosen)
        return (page, 422) if form.errors else page
    page = render_template(
        "disclosure/staff/retention.html",
        form=form,
        kept=kept,
        names=KEPT,
        rows=rows,
        counts={key: queries.count(g.session, key, today=today()) for key in Kept},
        wording=wording,
    )
    return (page, 422) if form.errors else page


def _destroyed(form: DestroyForm, kept: Kept, rows: list[queries.Expired]) -> int:
    """How many were destroyed; none when one of them cannot be, and the form says which and why."""
    try:
        with g.session.begin_nested():
            for row in rows:
                case = queries.ended_case(g.session, row.number)
                work.destroy(g.session, case, kept, today=today(), by=g.actor, at=clock.now())
    except Conflict as error:
        form.stop(N_("%(number)s: %(why)s Nothing was destroyed."), number=row.number, why=_(error.message))
        return 0
    return len(rows)


@for_action(Right.ERASE)
def certificates() -> str:
    """The certificates of what was destroyed, the newest first."""
    rows = queries.certificates(g.session, before=request.args.get("before", type=int))
    older = rows[-1].sequence if len(rows) == queries.PAGE else None
    return render_template("disclosure/staff/certificates.html", rows=rows, older=older, names=KEPT)


@for_action(Right.ERASE)
def certificate(sequence: int) -> str:
    """One certificate, to print."""
    row = queries.certificate(g.session, sequence)
    if row is None:
        abort(404)
    return render_template("disclosure/staff/certificate.html", row=row, names=KEPT)


@for_action(Right.HOLD, look=True)
def holds(number: str) -> Response | str:
    """The legal holds of a case, and placing one."""
    one = found(number)
    form = fresh(HoldForm(), one)

    def do() -> None:
        ground, note = HoldGround(form.ground.data), form.note.data or ""
        work.place_hold(g.session, one, ground, note, vault=office(), by=g.actor, at=clock.now())

    if form.validate_on_submit() and attempt(form, one, do):
        return back_to(one, N_("The case is held. Nothing of it will be destroyed."))
    return _show_holds(one, form)


def _show_holds(one: Case, form: HoldForm) -> str:
    look(g.session, one, What.CASE, by=g.actor, at=clock.now(), page="holds")
    rows = queries.holds(g.session, one, case_key(office(), one))
    return render_template("disclosure/staff/holds.html", form=form, case=one, rows=rows, grounds=GROUNDS)


@for_action(Right.HOLD)
def lift_hold(number: str, hold_id: str) -> Response:
    """End a hold."""
    one = found(number)
    press(one, lambda: work.lift_hold(g.session, one, hold_id, by=g.actor, at=clock.now()))
    return back_to(one, N_("The hold is lifted."))
