"""The desk of question letters: what waits by its day, one letter with the work on it, the steps of reception."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from content import policy
from content.forms.question_letters.desk import ReturnForm
from content.forms.steps import StepForm
from content.models.letters import Letter
from content.operations.question_letters.acknowledge import acknowledge
from content.operations.question_letters.return_letter import return_letter
from content.operations.question_letters.withdraw_letter import withdraw
from content.operations.question_letters.write_reply import BEGINS_IN
from content.queries import desk_lists
from content.queries.question_letters import desk, letter_work
from content.rules.question_letters import clock as clock_of_letters
from content.rules.question_letters.clock import Duty
from content.rules.question_letters.states import LETTERS, WAITING, LetterAction, LetterState, ReplyKind
from content.rules.question_letters.work import Stage
from portal.accounts.queries import departments
from portal.core import audit, clock
from portal.core.actor import Role
from portal.web.access import requires
from portal.web.language import _

Answer = str | Response
DESK = (Role.RECEPTION, Role.PUBLISHER, Role.OFFICER, Role.APPROVER)
MINE = "mine"


def find(key: str) -> Letter:
    """The letter of an address, for whoever may see the desk."""
    return desk.find_letter(g.session, key, actor=g.actor)


@requires(*DESK)
def waiting() -> str:
    """What waits, what is longest overdue first; of one stage, or of the reader's own department."""
    today = clock.day_in_japan(clock.now())
    every = desk.waiting(g.session, actor=g.actor, today=today)
    mine = desk.own_department(g.session, g.actor)
    chosen = request.args.get("stage", "")
    if chosen == MINE and mine:
        shown = [one for one in every if mine in one.departments]
    elif chosen in list(Stage):
        shown = [one for one in every if one.stage == chosen]
    else:
        chosen, shown = "", every
    counts = {stage: sum(one.stage is stage for one in every) for stage in Stage}
    own = sum(mine in one.departments for one in every) if mine else None
    forms = desk_lists.open_forms(g.session, g.actor, below=desk_lists.QUESTIONS) if policy.may_write(g.actor) else []
    return render_template(
        "content/question_letters/desk/waiting.html",
        rows=shown,
        every=len(every),
        counts=counts,
        own=own,
        chosen=chosen,
        departments={one.id: one for one in departments(g.session)},
        may_receive=policy.may_receive(g.actor),
        forms=forms,
    )


@requires(*DESK)
def letter(key: str) -> str:
    """A letter with the work on it: nothing that is sealed."""
    one = find(key)
    today = clock.day_in_japan(clock.now())
    work = letter_work.letter_work(g.session, one)
    state = LetterState(one.state)
    received, due = one.received_on or one.sent_on, one.answer_due_on or today
    begun = {reply.kind for reply in work.in_the_making}
    if not any(one.left_open for one in work.questions):
        begun.add(ReplyKind.LATER)
    return render_template(
        "content/question_letters/desk/letter.html",
        work=work,
        letter=one,
        rule=clock_of_letters.period(Duty.ANSWER, received),
        overdue=clock_of_letters.overdue_days(due, done=one.answered_on, today=today) if state in WAITING else 0,
        may_acknowledge=policy.may_receive(g.actor) and one.acknowledged_on is None and state in WAITING,
        may_receive=policy.may_receive(g.actor),
        may_assign=policy.may_assign(g.actor),
        may_return=policy.may_receive(g.actor) and LetterAction.RETURN in LETTERS[state],
        may_withdraw=policy.may_receive(g.actor) and LetterAction.WITHDRAW in LETTERS[state],
        begins=[kind for kind in ReplyKind if policy.may_write(g.actor) and _begins(kind, state, begun)],
        mine=desk.own_department(g.session, g.actor),
        form=ReturnForm(),
        step=StepForm(),
        history=audit.entries(g.session, subject=one.key),
    )


def _begins(kind: ReplyKind, state: LetterState, begun: set[str]) -> bool:
    return state == BEGINS_IN[kind] and kind not in begun


@requires(Role.RECEPTION)
def acknowledge_letter(key: str) -> Response:
    """Confirm to the sender that the letter is here."""
    by_mail = acknowledge(g.session, find(key), by=g.actor, at=clock.now())
    said = _("Confirmed; a mail goes out.") if by_mail else _("Written down. Tell the sender by post or telephone.")
    flash(said, "success")
    return _back(key)


@requires(Role.RECEPTION)
def give_back(key: str) -> Response:
    """Return what is no question letter."""
    form = ReturnForm()
    if not form.validate_on_submit():
        flash(" ".join(form.reason.errors) or _("Say why it goes back."), "danger")
        return _back(key)
    return_letter(g.session, find(key), reason=form.reason.data or "", by=g.actor, at=clock.now())
    flash(_("Returned. The public reads that, and why."), "success")
    return _back(key)


@requires(Role.RECEPTION)
def take_back(key: str) -> Response:
    """Withdraw a letter, when its sender has said so to reception."""
    withdraw(g.session, find(key), by=g.actor, at=clock.now())
    flash(_("Withdrawn. The public reads that."), "success")
    return _back(key)


def _back(key: str) -> Response:
    return redirect(url_for("content_staff.question_letter", key=key))
