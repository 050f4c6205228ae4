"""Writing the decision: its type, and for each withheld part the ground and the reason."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from disclosure.forms.staff.decision import MOST_ROWS, DecisionForm
from disclosure.models.case import Case
from disclosure.operations.decide import draft
from disclosure.queries.case_law import case_law
from disclosure.queries.case_page import CasePage
from disclosure.queries.keys import case_files
from disclosure.queries.procedure import decision_choices, uniform_answer
from disclosure.queries.third_parties import may_ask
from disclosure.rules.decisions import (
    DecisionType,
    Reason,
    can_have_reasons,
    names_the_rest,
    needs_reasons,
    problems,
)
from disclosure.rules.grounds import available
from disclosure.rules.kinds import FileKind
from disclosure.rules.states import Action
from disclosure.views.staff import agency, wording
from disclosure.views.staff.held import attempt, for_action, found, fresh, opened
from portal.core import clock
from portal.web.building import office
from portal.web.language import _


@for_action(Action.DRAFT, look=True)
def decision(number: str) -> Response | str:
    """One form; its buttons add a row, take one away, show the reasons of a type, or keep the draft."""
    one = found(number, Action.DRAFT)
    page = opened(one, "decision")
    form = DecisionForm(decision_choices(one), one.kind, data=_start(page))
    fresh(form, one)
    do = request.form.get("do", "")
    if form.is_submitted() and not _rearranged(form, do):
        _offer(form, one)
        if form.validate() and attempt(form, one, lambda: _draft(one, form)):
            return _kept(one, form)
    _offer(form, one)
    return render_template(
        "disclosure/staff/decision.html",
        form=form,
        case=one,
        page=page,
        with_reasons=_with_reasons(one, form.chosen),
        alike=_alike(one, form.chosen),
        conflict=agency.conflict(page),
        namesakes=agency.namesakes(page),
        more=len(form.rows) < MOST_ROWS,
        third_parties=may_ask(one),
        wording=wording,
    )


def _with_reasons(one: Case, kind: DecisionType | None) -> bool:
    return kind is not None and can_have_reasons(case_law(one), kind, one.law_day) and not _alike(one, kind)


def _alike(one: Case, kind: DecisionType | None) -> tuple[Reason, ...]:
    """The words that everybody gets who asks this; empty where an officer writes them."""
    same = uniform_answer(one)
    return same.reasons if same is not None and kind is same.type else ()


def _start(page: CasePage) -> dict[str, object]:
    if page.decision is None:
        return {}
    return {"kind": page.decision.type.value, "rows": [reason.plain() for reason in page.decision.reasons]}


def _rearranged(form: DecisionForm, do: str) -> bool:
    """Whether a button only changed the page; nothing is checked or kept then."""
    if do.startswith("remove-") and do[7:].isdecimal():
        form.drop(int(do[7:]))
        return True
    if do == "add" and len(form.rows) < MOST_ROWS:
        form.rows.append_entry()
        return True
    return do in ("add", "show")


def _offer(form: DecisionForm, one: Case) -> None:
    if _with_reasons(one, form.chosen):
        law, kind = case_law(one), form.chosen
        if not len(form.rows) and kind and needs_reasons(law, kind):
            form.rows.append_entry()
        rest = kind is not None and names_the_rest(law, kind)
        form.offer(available(law, kind or "", one.law_day), rest=rest)
    else:  # without reasons nothing is shown of them, so nothing of them may be refused
        while form.rows.entries:
            form.rows.pop_entry()


def _draft(one: Case, form: DecisionForm) -> None:
    kind = DecisionType(form.kind.data)
    reasons = form.reasons() if _with_reasons(one, kind) else []
    draft(g.session, one, kind, reasons, vault=office(), by=g.actor, at=clock.now())


def _kept(one: Case, form: DecisionForm) -> Response:
    kind = DecisionType(form.kind.data)
    missing = problems(
        kind,
        form.reasons() if _with_reasons(one, kind) else _alike(one, kind),
        regime=case_law(one),
        day=one.law_day,
        records=len(case_files(g.session, one, FileKind.RECORD)),
    )
    if missing:
        flash(_("The draft is kept. It is not complete yet; what is missing stands below."), "warning")
    else:
        flash(_("The draft is kept. Read the letter as it will be."), "success")
    return redirect(url_for("disclosure_staff.letter", number=one.number), 303)
