"""Handing the records out: comparing, releasing, how they are wanted, and when nobody said so in time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import g, render_template
from werkzeug.wrappers import Response

from disclosure import policy
from disclosure.forms.resident.questions import DELIVERIES, FORMATS, label
from disclosure.forms.resident.records import method_form
from disclosure.forms.staff.release import AGREE, CompareForm, LapseForm, LateForm, MethodForm, ReleaseForm
from disclosure.models.case import Case
from disclosure.operations import choose
from disclosure.operations.compare import compare as write_comparison
from disclosure.operations.further import ask_further
from disclosure.operations.release import release as disclose
from disclosure.policy import Right
from disclosure.queries import comparisons
from disclosure.queries.case_page import CasePage
from disclosure.queries.fees import postage_estimate
from disclosure.queries.further import further_due
from disclosure.queries.handovers import received_on, standing_handout
from disclosure.queries.hindrances import hindrances
from disclosure.queries.keys import case_key
from disclosure.queries.leaks import open_leak
from disclosure.queries.methods import has_lapsed, method_due, methods_of, ways, wish
from disclosure.queries.redaction import standings
from disclosure.queries.slots import appointments, booked
from disclosure.rules.decisions import DISCLOSES
from disclosure.rules.kinds import Delivery
from disclosure.rules.states import Action
from disclosure.views.resident.explained import steps
from disclosure.views.staff import wording
from disclosure.views.staff.held import attempt, back_to, for_action, found, fresh, opened, refuse, today
from portal.core import clock
from portal.core.errors import N_, Conflict
from portal.web.building import office


def panel(page: CasePage) -> Mapping[str, Any] | None:
    """How the records reach their requester, on the case's page."""
    one = page.case
    if one.notified_on is None or one.decision_type not in DISCLOSES:
        return None
    key = case_key(office(), one)
    due = method_due(g.session, one)
    return {
        "how": how(one),
        "wish": wish(g.session, one, key),
        "names": {row.id: row.name for row in page.record_files},
        "due": due,
        "due_steps": steps(due) if due else [],
        "lapsed": has_lapsed(g.session, one, today=today()),
        "booked": booked(g.session, one),
        "appointments": [row for row in appointments(g.session, one) if row.settled_at is not None],
        "office": Delivery.OFFICE in ways(g.session, one),
        "offer": standing_handout(g.session, one),
        "received": received_on(g.session, one),
        "comparisons": comparisons.comparisons(g.session, one, key),
        "two": comparisons.needs_two(one) and one.released_at is None,
        "may_compare": policy.may(g.actor, Right.SECOND_LOOK, one) and one.ended_on is None and one.records.personal,
        "may_appoint": policy.may(g.actor, Right.APPOINT, one) and one.ended_on is None,
        "may_hand_out": policy.may(g.actor, Right.HAND_OUT, one),
        "may_lapse": policy.may(g.actor, Action.LAPSE, one),
    }


def how(one: Case) -> list[tuple[str, str]]:
    """For each record, by its id, how it is wanted, in words."""
    return [
        (file, f"{label(DELIVERIES, way)} – {label(FORMATS, form)}")
        for file, (way, form) in methods_of(g.session, one).items()
    ]


@for_action(Action.RELEASE, look=True)
def release(number: str) -> Response | str:
    """Compare once more, then hand the records out on the ways on which they are wanted."""
    one = found(number, Action.RELEASE)
    form = fresh(ReleaseForm(ways(g.session, one), today(), personal=one.records.personal), one)
    if form.validate_on_submit() and attempt(form, one, lambda: _release(one, form)):
        return back_to(one, N_("The records are disclosed. The requester has been told."))
    return _show(one, form, "release")


def _release(one: Case, form: ReleaseForm) -> None:
    compared = "compared" in form and bool(form.compared.data)
    disclose(g.session, one, compared=compared, by=g.actor, at=clock.now(), handing=form.handing())


def _show(one: Case, form: ReleaseForm | CompareForm, name: str) -> str:
    page = opened(one, name)
    return render_template(
        f"disclosure/staff/{name}.html",
        form=form,
        case=one,
        page=page,
        copies={row.file.id: row.copy for row in standings(g.session, one) if row.boxes},
        hindered=[wording.words(row.message, row.params) for row in hindrances(
            g.session, one, Action.RELEASE, today=today()
        )],
        people=comparisons.people(g.session, one),
        two=comparisons.needs_two(one),
        how=dict(how(one)),
        leak=open_leak(g.session, one),
        booked=booked(g.session, one),
        may_leak=policy.may(g.actor, Right.HANDLE_LEAK, one),
        wording=wording,
    )  # fmt: skip


@for_action(Right.SECOND_LOOK, look=True)
def compare(number: str) -> Response | str:
    """The second pair of eyes: records and request side by side, and what one found."""
    one = found(number)
    form = fresh(CompareForm(), one)
    if form.validate_on_submit() and attempt(form, one, lambda: _compare(one, form)):
        agrees = form.name.data == form.birth_date.data == AGREE
        if agrees:
            return back_to(one, N_("Your comparison is written down."))
        return back_to(one, N_("Nothing is handed out until it is clear whether this is a leak."), "warning")
    return _show(one, form, "compare")


def _compare(one: Case, form: CompareForm) -> None:
    write_comparison(
        g.session, one, name_agrees=form.name.data == AGREE, birth_agrees=form.birth_date.data == AGREE,
        differs=form.differs.data or "", key=case_key(office(), one), by=g.actor, at=clock.now(),
    )  # fmt: skip


@for_action(Action.CHOOSE_METHOD, look=True)
def method(number: str) -> Response | str:
    """Enter how the requester wants the disclosure, when they said so on paper or by telephone."""
    one = found(number, Action.CHOOSE_METHOD)
    page = opened(one, "method")
    given = {"delivery": one.delivery.value, "format": one.format.value}
    form = method_form([(row.id, row.name) for row in page.record_files], MethodForm, data=given)
    fresh(form, one)
    if form.validate_on_submit() and attempt(form, one, lambda: _choose(one, form)):
        return back_to(one, N_("The way of disclosure is entered."))
    due = method_due(g.session, one)
    return render_template(
        "disclosure/staff/method.html", form=form, case=one, due=due, due_steps=steps(due) if due else [],
        late=due is not None and today() > due.binding_on, several=len(form.records) > 1,
        postage=postage_estimate(g.session, one, today()), wording=wording,
    )  # fmt: skip


@for_action(Action.ASK_FURTHER, look=True)
def further(number: str) -> Response | str:
    """Enter on behalf of the requester that the documents are wanted in another way too."""
    one = found(number, Action.ASK_FURTHER)
    page, due = opened(one, "further"), further_due(g.session, one)
    form = fresh(method_form([(row.id, row.name) for row in page.record_files], MethodForm), one)
    if form.validate_on_submit() and attempt(form, one, lambda: _ask_further(one, form)):
        return back_to(one, N_("Further disclosure is entered. Prepare the documents in this way."))
    return render_template(
        "disclosure/staff/method.html", form=form, case=one, due=due, due_steps=steps(due) if due else [],
        late=due is not None and today() > due.binding_on, several=len(form.records) > 1,
        postage=postage_estimate(g.session, one, today()), wording=wording, further=True,
    )  # fmt: skip


def _ask_further(one: Case, form: MethodForm) -> None:
    ask_further(g.session, one, form.wished(), key=case_key(office(), one), by=g.actor, at=clock.now())


@for_action(Action.ACCEPT_LATE, look=True)
def late_choice(number: str) -> Response | str:
    """Take a late choice for a good reason after the case had lapsed."""
    one = found(number, Action.ACCEPT_LATE)
    page = opened(one, "late-choice")
    given = {"delivery": one.delivery.value, "format": one.format.value}
    form = method_form([(row.id, row.name) for row in page.record_files], LateForm, data=given)
    fresh(form, one)
    if form.validate_on_submit() and attempt(form, one, lambda: _accept(one, form)):
        return back_to(one, N_("The late choice is accepted. Prepare the records; the requester was told."))
    return render_template(
        "disclosure/staff/late_choice.html", form=form, case=one, several=len(form.records) > 1, wording=wording
    )


def _accept(one: Case, form: LateForm) -> None:
    choose.accept_late(g.session, one, form.wished(), key=case_key(office(), one), by=g.actor, at=clock.now())


def _choose(one: Case, form: MethodForm) -> None:
    choose.choose(g.session, one, form.wished(), key=case_key(office(), one), by=g.actor, at=clock.now())


@for_action(Action.LAPSE)
def lapse(number: str) -> Response | str:
    """End a case in which nobody chose in time, after looking for a good reason."""
    one = found(number, Action.LAPSE)
    form = fresh(LapseForm(), one)
    if form.validate_on_submit() and attempt(
        form, one, lambda: choose.lapse(g.session, one, by=g.actor, at=clock.now())
    ):
        return back_to(one, N_("The case has lapsed. The decision stays; the requester was told."))
    if not form.is_submitted() and not has_lapsed(g.session, one, today=today()):
        refuse(form, Conflict(N_("The time to choose has not passed, or no choice is needed.")))
    due = method_due(g.session, one)
    return render_template(
        "disclosure/staff/lapse.html", form=form, case=one, due=due, due_steps=steps(due) if due else [],
        wording=wording,
    )  # fmt: skip
