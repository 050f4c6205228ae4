"""Third parties on the desk: the list, asking one, taking its answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from disclosure import policy
from disclosure.forms.staff.case import CaseForm
from disclosure.forms.staff.third_party import (
    NO_ITEM,
    OPINION,
    InquiryForm,
    MarkForm,
    ObjectionForm,
    PartyAnswerForm,
    PartyForm,
    SkipForm,
    item_choices,
)
from disclosure.models.case import Case
from disclosure.models.notice import Notice, NoticeState
from disclosure.models.third_party import ThirdParty
from disclosure.operations import third_parties as asking
from disclosure.operations import third_party_letters as writing
from disclosure.operations.filing import Upload
from disclosure.policy import Right
from disclosure.queries.case_page import CasePage
from disclosure.queries.keys import case_key, decision_in_work
from disclosure.queries.notices import notices
from disclosure.queries.notices import said as said_of
from disclosure.queries.third_parties import (
    TOLD,
    WORKING,
    Matter,
    Who,
    find_party,
    inquiry_obstacle,
    may_ask,
    opponents,
    parties,
    shown_parties,
    shown_party,
)
from disclosure.rules.regimes import regime
from disclosure.rules.states import ENDED, State
from disclosure.rules.third_parties import (
    ANSWERS,
    PARTY_STATES,
    Answer,
    InquiryRule,
    PartyState,
    answer_by,
    inquiry_rule,
)
from disclosure.views.staff import wording
from disclosure.views.staff.held import attempt, back_to, for_action, found, fresh, opened, press, today
from portal.core import clock
from portal.core.errors import N_
from portal.letters import kinds
from portal.web.building import office
from portal.web.language import _
from portal.web.uploads import accepts_uploads

UPLOAD_BYTES = 26_000_000


def panel(page: CasePage) -> Mapping[str, Any] | None:
    """The third parties of a case; the way to the list while somebody can be asked."""
    rows = shown_parties(g.session, page.case, key=case_key(office(), page.case))
    may = policy.may(g.actor, Right.CONSULT, page.case)
    if not rows and not (may and may_ask(page.case)):
        return None
    return {"rows": rows, "may": may, "states": PARTY_STATES, "answers": ANSWERS, "items": _items(page.case)}


def _rule(one: Case) -> InquiryRule | None:
    return inquiry_rule(regime(one.regime, one.law_day), one.law_day)


def _items(one: Case) -> dict[str, str]:
    """The items of the law in words."""
    return dict(item_choices(_rule(one), ""))


@for_action(Right.CONSULT, look=True)
def third_parties(number: str) -> Response | str:
    """The list, with a form for one more."""
    one = found(number)
    form = fresh(PartyForm(_rule(one), data={"item": NO_ITEM, "honorific": "様"}), one)
    if form.validate_on_submit() and attempt(form, one, lambda: _list(one, form)):
        flash(_("The third party is on the list. Now say until when it can answer."), "success")
        return to_party(one, parties(g.session, one)[-1])
    return _page(one, form)


def _page(one: Case, form: PartyForm, mark: MarkForm | None = None) -> str:
    decision = decision_in_work(g.session, one)
    if mark is None:
        chosen = decision.third_party_item if decision is not None else None
        mark = MarkForm(_rule(one), formdata=None, data={"mark": chosen.value if chosen else NO_ITEM})
        mark.version.data = str(one.version)
    return render_template(
        "disclosure/staff/third_parties.html",
        form=form,
        mark=mark,
        shown=mark if mark.errors or mark.form_errors else form,
        markable=decision is not None and one.state is State.DRAFTING,
        case=one,
        page=opened(one, "third-parties"),
        rows=shown_parties(g.session, one, key=case_key(office(), one)),
        obstacle=inquiry_obstacle(one),
        possible=may_ask(one),
        states=PARTY_STATES,
        answers=ANSWERS,
        wording=wording,
    )


def _list(one: Case, form: PartyForm) -> None:
    who = Who(
        form.name.data or "",
        form.honorific.data or "",
        form.postal_code.data or "",
        form.address.data or "",
        form.contact.data or "",
    )
    about = Matter(form.content.data or "", (form.why.data or "") if form.demanded else "", form.naming.data or "")
    asking.list_party(g.session, one, who, about, form.demanded, vault=office(), by=g.actor, at=clock.now())


@for_action(Right.CONSULT)
def mark_decision(number: str) -> Response | str:
    """Say whether the decision lets out something that the law lets out only after asking."""
    one = found(number)
    asking.drafted(g.session, one)
    mark = MarkForm(_rule(one))
    if mark.validate_on_submit() and attempt(
        mark, one, lambda: asking.mark_decision(g.session, one, mark.item, by=g.actor, at=clock.now())
    ):
        return back_to(one, N_("This is kept with the decision."))
    blank = PartyForm(_rule(one), formdata=None, data={"item": NO_ITEM, "honorific": "様"})
    blank.version.data = str(one.version)
    return _page(one, blank, mark)


@for_action(Right.CONSULT, look=True)
def third_party(number: str, party_id: str) -> str:
    """One third party, with what can be done now."""
    one = found(number)
    return show(one, find_party(g.session, one, party_id))


def show(one: Case, row: ThirdParty, form: CaseForm | None = None) -> str:
    """The page; ``form`` is one that was not taken."""
    key = case_key(office(), one)
    shown = shown_party(g.session, row, key=key)
    said = {"answer": row.answer, "parts": shown.said.parts, "reasons": shown.said.reasons}
    if row.answered_on:
        said["answered_on"] = row.answered_on.isoformat()
    forms: dict[str, CaseForm] = {
        "inquiry": InquiryForm(formdata=None, data={"due_on": answer_by(today()).isoformat()}),
        "skip": SkipForm(formdata=None),
        "answer": PartyAnswerForm(formdata=None, data=said),
        "objection": ObjectionForm(formdata=None, data={"grounds": _grounds(one, row)}),
    }
    for name, blank in forms.items():
        blank.version.data = str(one.version)
        if isinstance(form, type(blank)):
            forms[name] = form
    drafted, ended = notices(g.session, one, about_id=row.id), one.state in ENDED
    return render_template(
        "disclosure/staff/third_party.html",
        form=form,
        forms=forms,
        case=one,
        page=opened(one, "third-party"),
        row=shown,
        state=PARTY_STATES[row.state],
        answer=ANSWERS[row.answer] if row.answer else "",
        items=_items(one),
        listed=row.state is PartyState.LISTED,
        droppable=row.state in (PartyState.LISTED, PartyState.SKIPPED),
        awaited=row.state in (PartyState.ASKED, PartyState.ANSWERED) and one.released_at is None and not ended,
        opposed=row.answer is Answer.OPPOSED,
        weighable=row.answer is Answer.OPPOSED and one.state in WORKING,
        notifiable=row in opponents(g.session, one) and shown.told_on is None and not ended,
        drafts=[(draft, kinds.name(draft.kind)) for draft in drafted if draft.state is NoticeState.DRAFTED],
        wording=wording,
    )


def _grounds(one: Case, row: ThirdParty) -> str:
    before = next(iter(notices(g.session, one, TOLD, row.id)), None)
    return str(said_of(case_key(office(), one), before)["reasons"]) if before is not None else ""


def to_party(one: Case, row: ThirdParty) -> Response:
    """To its page."""
    return redirect(url_for("disclosure_staff.third_party", number=one.number, party_id=row.id), 303)


def to_draft(one: Case, row: Notice) -> Response:
    """To the draft of a letter, with what comes next."""
    flash(_("The draft is kept. Somebody else with the role of approver reads and issues it."), "success")
    return redirect(url_for("disclosure_staff.notice", number=one.number, notice_id=row.id), 303)


@for_action(Right.CONSULT)
def ask_third_party(number: str, party_id: str) -> Response | str:
    """Draft the inquiry."""
    one = found(number)
    row, form, made = find_party(g.session, one, party_id), InquiryForm(), list[Notice]()

    def do() -> None:
        day = form.due_on.day
        made.append(writing.draft_inquiry(g.session, one, row, day, vault=office(), by=g.actor, at=clock.now()))

    if form.validate_on_submit() and attempt(form, one, do):
        return to_draft(one, made[0])
    return show(one, row, form)


@for_action(Right.CONSULT)
def skip_third_party(number: str, party_id: str) -> Response | str:
    """Do not ask, because nobody knows where the third party is."""
    one = found(number)
    row, form = find_party(g.session, one, party_id), SkipForm()
    if form.validate_on_submit() and attempt(
        form,
        one,
        lambda: asking.skip_party(
            g.session, one, row, form.sought.data or "", vault=office(), by=g.actor, at=clock.now()
        ),
    ):
        return back_to(one, N_("The third party is not asked; the reason is kept."))
    return show(one, row, form)


@for_action(Right.CONSULT)
def drop_third_party(number: str, party_id: str) -> Response:
    """Take a third party off the list."""
    one = found(number)
    row = find_party(g.session, one, party_id)
    press(one, lambda: asking.drop_party(g.session, one, row, by=g.actor, at=clock.now()))
    return back_to(one, N_("The third party is off the list."))


@for_action(Right.CONSULT)
@accepts_uploads(UPLOAD_BYTES, file=OPINION)
def third_party_answer(number: str, party_id: str) -> Response | str:
    """Enter what it said."""
    one = found(number)
    row, form = find_party(g.session, one, party_id), PartyAnswerForm()
    if form.validate_on_submit() and attempt(form, one, lambda: _answer(one, row, form)):
        return to_party(one, row)
    return show(one, row, form)


def _answer(one: Case, row: ThirdParty, form: PartyAnswerForm) -> None:
    clean = form.file.clean
    asking.take_answer(
        g.session,
        one,
        row,
        form.chosen,
        answered_on=form.answered_on.day,
        parts=form.parts.data or "",
        reasons=form.reasons.data or "",
        uploads=[Upload("意見書", clean)] if clean is not None else [],
        vault=office(),
        by=g.actor,
        at=clock.now(),
    )
