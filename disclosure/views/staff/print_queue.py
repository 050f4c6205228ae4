"""The print queue: what waits for the post, today's runs, their papers, numbers and outcomes."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from disclosure.forms.staff.delivery import RETURNS
from disclosure.forms.staff.print_run import NumbersForm, OutcomesForm, numbers_form, outcomes_form, why
from disclosure.letters import print_run as paper
from disclosure.models.case import Case
from disclosure.models.print_run import PrintRun
from disclosure.operations import print_run as runs
from disclosure.operations.deliver import enter_arrival, enter_return
from disclosure.policy import Right
from disclosure.queries.print_queue import RunLetter, find_run, print_queue, run_letters
from disclosure.views.staff import wording
from disclosure.views.staff.held import for_action, today
from portal.core import clock
from portal.core.errors import Conflict, Invalid
from portal.web import prepared
from portal.web.building import office, settings
from portal.web.downloads import download
from portal.web.language import _


@for_action(Right.DELIVER)
def post() -> str:
    """What waits, and the last runs. Numbers only."""
    queue = print_queue(g.session, actor=g.actor, today=today())
    return render_template("disclosure/staff/post.html", queue=queue, most=runs.MOST, wording=wording)


@for_action(Right.DELIVER)
def make_run() -> Response:
    """Take what waits into a run."""
    run = runs.make_run(g.session, by=g.actor, at=clock.now())
    flash(_("Run %(label)s is made. Print it, then enter the registered-mail numbers.", label=run.label), "success")
    return redirect(url_for("disclosure_staff.print_run", run=run.label), 303)


@for_action(Right.DELIVER)
def print_run(run: str) -> Response | tuple[str, int] | str:
    """A run: its papers, then the numbers of its letters."""
    found = find_run(g.session, run, actor=g.actor)
    letters = run_letters(g.session, found, actor=g.actor)
    form = numbers_form([row for row in letters if not row.mail_number])
    if form.validate_on_submit() and _enter_numbers(found, form):
        return redirect(url_for("disclosure_staff.print_run", run=found.label), 303)
    return _show(found, letters, form, None)


def _enter_numbers(run: PrintRun, form: NumbersForm) -> bool:
    day = form.posted_on.day or today()
    try:
        with g.session.begin_nested():
            count = runs.enter_posting(g.session, run, form.typed(), day, by=g.actor, at=clock.now())
    except runs.BadNumbers as error:
        form.mark(error.problems)
    except (Invalid, Conflict) as error:
        form.tell(error)
    else:
        flash(_("Posted, letters: %(n)s", n=count), "success")
        return True
    return False


@for_action(Right.DELIVER)
def run_outcomes(run: str) -> Response | tuple[str, int] | str:
    """What the post told about the letters of a run."""
    found = find_run(g.session, run, actor=g.actor)
    letters = run_letters(g.session, found, actor=g.actor)
    form = outcomes_form([row for row in letters if row.mail_number and row.outcome is None])
    if form.validate_on_submit() and _enter_outcomes(letters, form):
        return redirect(url_for("disclosure_staff.print_run", run=found.label), 303)
    return _show(found, letters, None, form)


def _enter_outcomes(letters: list[RunLetter], form: OutcomesForm) -> bool:
    rows, told = {row.position: row for row in letters}, form.told()
    if form.errors or not told:
        return not form.errors
    at = clock.now()
    try:
        with g.session.begin_nested():
            wanted = select(Case).where(Case.number.in_([rows[position].case_number for position in told]))
            cases = {row.number: row for row in g.session.scalars(wanted.order_by(Case.id).with_for_update())}
            for position, (outcome, day) in told.items():
                case, letter_id, returned = cases[rows[position].case_number], rows[position].letter_id, why(outcome)
                place = position
                if returned is None:
                    enter_arrival(g.session, case, letter_id, day, by=g.actor, at=at)
                else:
                    enter_return(g.session, case, letter_id, day, returned, by=g.actor, at=at)
    except Invalid as error:
        form.refuse(f"day_{place}", error.message)
        return False
    flash(_("Entered, letters: %(n)s", n=len(told)), "success")
    return True


def _show(
    run: PrintRun, letters: list[RunLetter], numbers: NumbersForm | None, outcomes: OutcomesForm | None
) -> tuple[str, int] | str:
    sent = numbers if numbers is not None else outcomes
    refused = sent is not None and bool(sent.errors)
    numbers = numbers or numbers_form([row for row in letters if not row.mail_number])
    if not numbers.is_submitted():
        numbers.posted_on.data = wording.plain_day(today())
    outcomes = outcomes or outcomes_form([row for row in letters if row.mail_number and row.outcome is None])
    page = render_template(
        "disclosure/staff/print_run.html",
        run=run,
        letters=letters,
        numbers=numbers,
        outcomes=outcomes,
        form=sent if refused else None,
        returns=RETURNS,
        wording=wording,
    )
    return (page, 422) if refused else page


def lay_out(run: str) -> bytes:
    """The papers of a run, laid out in a child process before the looks are written down."""
    found = find_run(g.session, run, actor=g.actor)
    pieces = runs.print_pieces(g.session, found, vault=office(), by=g.actor)
    label, day, name, wanted = found.label, found.day, found.made_name, settings()
    g.session.close()
    return paper.print_run(label, day, name, pieces, wanted)


@for_action(Right.DELIVER, look=True)
@prepared.prepared_by(lay_out)
def run_file(run: str) -> Response:
    """The run for the printer; each download is a look at every case in it."""
    found = find_run(g.session, run, actor=g.actor)
    runs.record_print(g.session, found, by=g.actor, at=clock.now())
    return download(prepared.result(), name=f"post-{found.label}.pdf", media_type="application/pdf")
