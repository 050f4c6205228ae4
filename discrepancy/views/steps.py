"""The steps of a case: each a form of its own, which keeps what was typed when a rule refuses."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from discrepancy import policy
from discrepancy.forms.cases import (
    CauseForm,
    NoteForm,
    OthersForm,
    OutageForm,
    PapersForm,
    RemedyForm,
    SlowForm,
    check_form,
)
from discrepancy.models.cases import Cause, Discrepancy
from discrepancy.operations import check_self, investigate
from discrepancy.operations.notify_others import notify_others
from discrepancy.queries.access import parties
from discrepancy.queries.enquiries import causes_of
from discrepancy.queries.outages import recent
from discrepancy.rules import states
from discrepancy.rules.checking import OUTAGE, SELF, Check
from discrepancy.rules.states import CaseAction as A
from discrepancy.rules.states import CaseState, Party
from discrepancy.views import wording
from discrepancy.views.attempts import attempt
from discrepancy.views.doors import for_bodies_looking, for_workers
from discrepancy.views.found import bodies_of_lines, case_for, case_of
from portal.core import clock
from portal.core.errors import Forbidden, NotFound
from portal.web.building import office
from portal.web.forms import Form
from portal.web.language import _, choose

Answer = str | Response
_PLAIN = (A.TAKE_UP, A.SAY_SLOW, A.GO_ON, A.HEAR_ANSWER, A.FIX_DUPLICATE, A.REQUERY, A.OWE_REPORT)
_CAUSES = (A.FIND_OWN_CAUSE, A.FIND_WRONG_DATA, A.FIND_INQUIRER_CAUSE)
_LOOKS = frozenset({A.LOOK_FOR_OUTAGE, A.FIND_WIDE_OUTAGE, A.FIND_LOCAL_ERROR})


def _keep() -> dict[str, Any]:
    return {"vault": office(), "by": g.actor, "at": clock.now()}


def _page(name: str, case: Discrepancy, form: Form, **more: Any) -> str:
    return render_template(f"discrepancy/{name}.html", case=case, form=form, wording=wording, **more)


def _done(case: Discrepancy) -> Response:
    flash(_("Written into the history of the case."), "success")
    return redirect(url_for("discrepancy.case", number=case.number), 303)


def _text(field: Any) -> str:
    return (field.data or "").replace("\r\n", "\n").strip()


@for_bodies_looking
def check(number: str) -> Answer:
    """What the inquirer looks at in its own house (X1)."""
    case, mine = case_of(number)
    if Party.INQUIRER not in mine:
        raise Forbidden
    if case.state != CaseState.SELF_CHECK:
        policy.check(g.actor, A.CHECK_SELF, case, mine)
    before = {item: fault for item, fault in case.checked.items() if item in SELF}
    form = check_form(SELF, wording.CHECKS, before)

    def act() -> None:
        check_self.check_self(g.session, case, form.chosen(), note=_text(form.note), **_keep())

    if form.validate_on_submit() and attempt(form, act):
        return _done(case)
    return _page("check", case, form, items=SELF)


@for_workers
def outage(number: str) -> Answer:
    """Nothing was delivered: is a wide outage published (X9-X11)? The operator may say so as well."""
    case, mine = case_of(number)
    may = [action for action in _LOOKS if policy.may(g.actor, action, case, mine)]
    if not may:
        policy.check(g.actor, A.FIND_WIDE_OUTAGE, case, mine)
    form = OutageForm(data={"looked": [item for item in OUTAGE if item in case.checked]})
    form.looked.choices = [(item.value, wording.CHECKS[item]) for item in OUTAGE]
    offered = recent(g.session, clock.day_in_japan(case.occurred_at))
    form.incident.choices = [("", _("None is published")), *((one.key, choose(one, "title")) for one in offered)]
    if form.validate_on_submit() and attempt(form, lambda: _look(case, form)):
        return _done(case)
    return _page("outage", case, form, offered=offered)


def _look(case: Discrepancy, form: OutageForm) -> None:
    looked = frozenset(Check(item) for item in form.looked.data or ())
    if case.state == CaseState.DOUBT:
        check_self.look_for_outage(g.session, case, looked, **_keep())
    elif looked and Party.INQUIRER in parties(g.session, case, g.actor):
        case.checked = {**case.checked, **{str(item): False for item in looked}}
    if form.incident.data:
        check_self.find_wide_outage(g.session, case, form.incident.data, **_keep())
    else:
        check_self.find_local_error(g.session, case, **_keep())


@for_bodies_looking
def cause(number: str, action: str) -> Answer:
    """The cause is found: whose it is stands in the address (X4, X8, X16, X17)."""
    if action not in _CAUSES:
        raise NotFound
    step = A(action)
    case, form = case_for(step, number), CauseForm()
    code = case.provider_code if step is A.FIND_WRONG_DATA else case.inquirer_code
    known = causes_of(g.session, g.actor.body) if code == g.actor.body else []
    form.offer(known)

    def find() -> None:
        chosen = g.session.get(Cause, form.cause.data) if form.cause.data else None
        found = investigate.Found(
            form.known_on.day or clock.day_in_japan(clock.now()),
            quick=form.quick.data == "yes",
            title=_text(form.title),
            cause=chosen,
            note=_text(form.note),
        )
        investigate.find_cause(g.session, case, step, found, **_keep())

    if form.validate_on_submit() and attempt(form, find):
        return _done(case)
    return _page("cause", case, form, action=step, known=known)


@for_bodies_looking
def step(number: str, action: str) -> Answer:
    """A step that moves the case and needs no more than a word."""
    if action not in _PLAIN:
        raise NotFound
    wanted = A(action)
    case = case_for(wanted, number)
    form = SlowForm() if wanted is A.SAY_SLOW else NoteForm()

    def act() -> None:
        if wanted is A.OWE_REPORT:
            investigate.say_remedy_slow(g.session, case, note=_text(form.note), **_keep())
        else:
            investigate.go_on(g.session, case, wanted, note=_text(form.note), **_keep())

    if form.validate_on_submit() and attempt(form, act):
        return _done(case)
    rules = states.way(CaseState(case.state), wanted).rules
    return _page("step", case, form, action=wanted, rules=rules)


@for_bodies_looking
def remedy(number: str) -> Answer:
    """Everything is put right; after a report that was due at once, this is said afterwards."""
    case, mine = case_of(number)
    afterwards = case.state in (CaseState.REPORT_DUE, CaseState.REPORTED) and case.causer_code == g.actor.body
    if not (afterwards and case.remedied_on is None):
        policy.check(g.actor, A.REMEDY, case, mine)
    form = RemedyForm()

    def act() -> None:
        done_on = form.done_on.day or clock.day_in_japan(clock.now())
        investigate.remedy(g.session, case, done_on=done_on, note=_text(form.note), **_keep())

    if form.validate_on_submit() and attempt(form, act):
        return _done(case)
    return _page("remedy", case, form)


@for_bodies_looking
def papers(number: str) -> Answer:
    """The inquirer decides on the papers, and the search for the cause goes on (X7)."""
    case, mine = case_of(number)
    if Party.INQUIRER not in mine:
        raise Forbidden
    states.used_papers(CaseState(case.state))
    form = PapersForm()

    def act() -> None:
        used_on = form.used_on.day or clock.day_in_japan(clock.now())
        investigate.use_papers(g.session, case, used_on=used_on, note=_text(form.note), **_keep())

    if form.validate_on_submit() and attempt(form, act):
        return _done(case)
    return _page("papers", case, form)


@for_bodies_looking
def others(number: str) -> Answer:
    """The provider says that it checked others, and tells those that received the same wrong data (X4)."""
    case, mine = case_of(number)
    if Party.PROVIDER not in mine:
        raise Forbidden
    form = OthersForm()

    def act() -> None:
        told = bodies_of_lines(form.others.data or "", field="others")
        notify_others(g.session, case, told, _text(form.text), **_keep())

    if form.validate_on_submit() and attempt(form, act):
        return _done(case)
    return _page("others", case, form)
