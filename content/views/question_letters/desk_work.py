"""Whose work a question is, and what it refers to."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from content.forms.question_letters.desk import AssignForm, LinkForm, TakeBackForm
from content.models.letters import Letter
from content.operations.question_letters.assign_questions import assign_questions, take_back_questions
from content.operations.question_letters.link_question import link_question, unlink_question
from content.queries.question_letters.letter_work import LetterWork, find_question, letter_work
from content.views.question_letters.desk import find
from portal.accounts.queries import departments
from portal.core import clock
from portal.core.actor import Role
from portal.core.errors import Invalid
from portal.web.access import requires
from portal.web.language import _, choose

Answer = str | Response


@requires(Role.RECEPTION, Role.PUBLISHER)
def assign(key: str) -> Answer:
    """Give whole sections or single questions to a department, or take some back."""
    one = find(key)
    work, form, back = letter_work(g.session, one), AssignForm(), TakeBackForm(prefix="back")
    names = departments(g.session)
    form.offer(_sections(work), _questions(work), names)
    given = [row for row in work.questions if row.assignment]
    back.questions.choices = [
        (row.question.id, f"{row.question.code} {choose(row.department, 'name') if row.department else '–'}")
        for row in given
    ]
    done = _taken_back(one, back) if "back" in request.form else _given(one, work, form)
    if done is not None:
        flash(done, "success")
        return redirect(url_for("content_staff.question_assign", key=key))
    return render_template(
        "content/question_letters/desk/assign.html",
        letter=one,
        work=work,
        form=form,
        back=back,
        none=not any(row.open for row in names),
        assigned=[
            (
                row.question.code,
                choose(row.department, "name") if row.department else "–",
                row.assignment.due_on if row.assignment else None,
            )
            for row in work.questions
        ],
    )


def _given(letter: Letter, work: LetterWork, form: AssignForm) -> str | None:
    """What to say of questions that were given to a department; None: the form says why none was."""
    if not form.validate_on_submit():
        return None
    try:
        count = assign_questions(
            g.session,
            letter,
            _chosen(work, form),
            form.department.data or "",
            due_on=form.due_on.day,
            by=g.actor,
            at=clock.now(),
        )
    except Invalid as error:
        form.tell(error, otherwise="questions")
        return None
    return _("Given to the department: %(n)s questions.", n=count)


def _taken_back(letter: Letter, form: TakeBackForm) -> str | None:
    if not form.validate_on_submit():
        return None
    try:
        count = take_back_questions(g.session, letter, form.questions.data or (), by=g.actor, at=clock.now())
    except Invalid as error:
        form.tell(error, otherwise="questions")
        return None
    return _("Taken back: %(n)s questions.", n=count)


def _chosen(work: LetterWork, form: AssignForm) -> set[str]:
    sections = set(form.sections.data or ())
    whole = {one.question.id for part in work.sections if part.section.id in sections for one in part.questions}
    return whole | set(form.questions.data or ())


def _sections(work: LetterWork) -> list[tuple[str, str]]:
    return [
        (part.section.id, f"{part.section.label} {part.section.title_ja}".strip() or _("The whole letter"))
        for part in work.sections
    ]


def _questions(work: LetterWork) -> list[tuple[str, str]]:
    return [(one.question.id, f"{one.question.code} {_short(one.question.text_ja)}") for one in work.questions]


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"


@requires(Role.RECEPTION, Role.PUBLISHER)
def question(key: str, code: str) -> Answer:
    """What one question refers to."""
    one = find(key)
    asked, form = find_question(g.session, one, code), LinkForm()
    if form.validate_on_submit():
        about = {str(form.about.data): (form.key.data or "").strip()}
        try:
            link_question(g.session, asked, **about, by=g.actor, at=clock.now())
        except Invalid as error:
            form.refuse("key", error.message)
        else:
            flash(_("The question refers to it now; the public reads that."), "success")
            return redirect(url_for("content_staff.question_item", key=key, code=code))
    row = next(found for found in letter_work(g.session, one).questions if found.question.id == asked.id)
    return render_template("content/question_letters/desk/question.html", letter=one, row=row, form=form)


@requires(Role.RECEPTION, Role.PUBLISHER)
def unlink(key: str, code: str) -> Response:
    """Take such a reference away."""
    asked = find_question(g.session, find(key), code)
    unlink_question(g.session, asked, request.form.get("link", ""), by=g.actor, at=clock.now())
    flash(_("The reference is taken away."), "success")
    return redirect(url_for("content_staff.question_item", key=key, code=code))
