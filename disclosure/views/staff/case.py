"""The page of a case, and what is done on it: who is in charge, notes, files, withdrawing, closing."""

from __future__ import annotations

from flask import g, render_template, request
from werkzeug.wrappers import Response

from disclosure import policy
from disclosure.forms.staff.case import AssignForm, NoteForm, WithdrawForm
from disclosure.models.case import Case
from disclosure.operations.assign import assign as put_in_charge
from disclosure.operations.assign import note as write_note
from disclosure.operations.look import read_letter
from disclosure.operations.release import close as close_case
from disclosure.operations.replace_letter import in_work
from disclosure.operations.withdraw import withdraw as withdraw_case
from disclosure.policy import Right
from disclosure.queries.colleagues import colleagues
from disclosure.queries.keys import case_key
from disclosure.queries.retention import held
from disclosure.rules.kinds import Field
from disclosure.rules.spelling import rare_characters
from disclosure.rules.states import Action
from disclosure.views.staff import doors, panels, wording
from disclosure.views.staff.held import attempt, back_to, for_action, found, fresh, opened, press, today
from portal.core import clock
from portal.core.errors import N_
from portal.core.names import search_key
from portal.web.building import office
from portal.web.downloads import download


@for_action(Right.READ, look=True)
def case(number: str) -> str:
    """Everything about one case; the next step first."""
    return show(found(number))


def show(one: Case, note: NoteForm | None = None, charge: AssignForm | None = None) -> str:
    """The page, with a form that was not taken when there is one."""
    page = opened(one, "case")
    name = page.values.get(Field.NAME, "")
    late = one.next_due_on is not None and one.next_due_on < today()
    return render_template(
        "disclosure/staff/case.html",
        page=page,
        case=one,
        next=doors.next_door(page),
        others=doors.other_doors(page, late=late),
        waiting=doors.waiting(page, g.actor),
        note=note or NoteForm(formdata=None),
        charge=charge or _charge_form(one),
        form=note if note is not None else charge,
        search_keys=(search_key(name), search_key(page.values.get(Field.KANA, ""))),
        rare=rare_characters(name + page.values.get(Field.ADDRESS, "")),
        can={action.name.lower(): action in page.can for action in Action},
        may={right.name.lower(): policy.may(g.actor, right, one) for right in Right},
        drafted={row.id for row in page.letters if in_work(g.session, row.id) is not None},
        late=late,
        held=held(g.session, one),
        panels=panels.panels(page),
        wording=wording,
    )


def _charge_form(one: Case) -> AssignForm:
    people = [(row.id, row.name) for row in colleagues(g.session, actor=g.actor)]
    return AssignForm(people, formdata=None, data={"assignee": one.assignee_id or ""})


@for_action(Action.ASSIGN)
def assign(number: str) -> Response | str:
    """Put a colleague, oneself or nobody in charge."""
    one = found(number)
    people = {row.id: row.name for row in colleagues(g.session, actor=g.actor)}
    form = AssignForm(people.items())
    if request.form.get("do") == "take":
        form.assignee.data = g.actor.id
    if form.validate_on_submit():
        who = form.assignee.data or None

        def do() -> None:
            name = people.get(who or "", "")
            put_in_charge(g.session, one, assignee_id=who, assignee_name=name, by=g.actor, at=clock.now())

        if attempt(form, one, do):
            message = N_("In charge now: %(name)s") if who else N_("Nobody is in charge now.")
            return back_to(one, message, name=people.get(who or "", ""))
    return show(one, charge=form)


@for_action(Action.NOTE)
def note(number: str) -> Response | str:
    """Add a note for colleagues."""
    one, form = found(number), NoteForm()
    if form.validate_on_submit() and attempt(
        form, one, lambda: write_note(g.session, one, form.text.data or "", vault=office(), by=g.actor, at=clock.now())
    ):
        return back_to(one, N_("The note is added."))
    return show(one, note=form)


@for_action(Right.READ, look=True)
def issued_letter(number: str, letter_id: str) -> Response:
    """An issued letter as PDF."""
    one = found(number)
    letter, pdf = read_letter(g.session, one, letter_id, key=case_key(office(), one), by=g.actor, at=clock.now())
    return download(pdf, name=f"{one.number}-{letter.kind}.pdf", media_type="application/pdf")


@for_action(Action.WITHDRAW, look=True)
def withdraw(number: str) -> Response | str:
    """Enter that the requester withdrew."""
    one = found(number, Action.WITHDRAW)
    form = fresh(WithdrawForm(), one)
    if form.validate_on_submit() and attempt(
        form, one, lambda: withdraw_case(g.session, one, by=g.actor, at=clock.now())
    ):
        return back_to(one, N_("The request is withdrawn."))
    return render_template("disclosure/staff/withdraw.html", form=form, case=one)


@for_action(Action.CLOSE)
def close(number: str) -> Response:
    """Close a case in which nothing remains to be done."""
    one = found(number)
    press(one, lambda: close_case(g.session, one, by=g.actor, at=clock.now()))
    return back_to(one, N_("The case is closed."))
