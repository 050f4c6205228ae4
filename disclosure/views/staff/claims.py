"""Working on a claim: the record as disclosed beside it, carrying it out, telling those who were given the data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from disclosure import policy
from disclosure.forms.staff.claim import CarryOutForm, RecipientForm
from disclosure.models.case import Case
from disclosure.models.claim import Proof
from disclosure.models.notice import Notice, NoticeState
from disclosure.operations import carry_out as carrying
from disclosure.operations import recipients
from disclosure.operations.look import What, look
from disclosure.policy import Right
from disclosure.queries import claims
from disclosure.queries.case_law import case_law, is_claim
from disclosure.queries.case_page import CasePage
from disclosure.queries.keys import case_files, case_key, fields, file_name
from disclosure.queries.notices import notices, said
from disclosure.queries.status import StatusFile
from disclosure.rules import claims as rules
from disclosure.rules.grounds import ground
from disclosure.rules.kinds import Field, FileKind
from disclosure.rules.states import Action
from disclosure.views.staff import wording
from disclosure.views.staff.held import attempt, back_to, for_action, found, fresh, opened, today
from portal.core import clock
from portal.core.errors import N_, Conflict, NotFound
from portal.web.building import office
from portal.web.language import _, choose


def panel(page: CasePage) -> Mapping[str, Any] | None:
    """On a claim's page what it says and rests on; on the page of a case that disclosed, the claims about it."""
    case = page.case
    if not is_claim(case):
        made = claims.claims_about(g.session, case)
        return {"claim": None, "made": [(row.number, rules.KINDS[row.kind]) for row in made]} if made else None
    row, known, origin = claims.claim_row(g.session, case), claims.claim_of(case), claims.origin_of(g.session, case)
    told = [(one, said(case_key(office(), case), one)["name"]) for one in _recipients(case)]
    return {
        "claim": page.values.get(Field.CLAIM, ""),
        "reason": page.values.get(Field.CLAIM_REASON, ""),
        "disclosed": page.values.get(Field.DISCLOSED, ""),
        "kind": rules.KINDS[case.kind],
        "standard": known,
        "row": row,
        "grounds": [choose(ground(case.regime, code), "label") for code in row.grounds] if row else [],
        "measure": rules.MEASURES[row.measure] if row is not None and row.measure else "",
        "taken_over": row is not None and row.proof is Proof.TAKEN_OVER,
        "origin": origin,
        "evidence": _files(case, FileKind.EVIDENCE),
        "done": claims.done(case_key(office(), case), row) if row is not None else None,
        "may_carry_out": carrying.can_be_carried_out(case)
        and row is not None
        and row.done_on is None
        and policy.may(g.actor, Action.CARRY_OUT, case),
        "may_tell": not recipients.obstacle(g.session, case) and policy.may(g.actor, Right.DRAFT_NOTICE, case),
        "told": told,
    }


def _recipients(case: Case) -> list[Notice]:
    return [row for row in notices(g.session, case, recipients.CODE) if row.state is not NoticeState.DROPPED]


def _files(case: Case, kind: FileKind) -> list[StatusFile]:
    key = case_key(office(), case)
    return [
        StatusFile(row.id, row.kind, file_name(key, row), row.media_type, row.size, row.pages)
        for row in case_files(g.session, case, kind)
    ]


@for_action(Right.READ_FILES, look=True)
def claim_origin(number: str) -> str:
    """The record as it was disclosed, beside the claim. It is a look into the other case too, and recorded there."""
    one = found(number)
    origin = claims.origin_of(g.session, one)
    if origin is None:
        raise NotFound
    page = opened(one, "claim-origin")
    look(g.session, origin, What.CASE, by=g.actor, at=clock.now(), page="claim-origin")
    return render_template(
        "disclosure/staff/claim_origin.html",
        case=one,
        disclosing=origin,
        page=page,
        person=fields(case_key(office(), origin), origin),
        records=_files(origin, FileKind.RECORD),
        disclosed_on=claims.disclosed_on(g.session, origin),
        wording=wording,
    )


@for_action(Action.CARRY_OUT, look=True)
def carry_out(number: str) -> Response | str:
    """Enter that what was granted was carried out."""
    one = found(number)
    if not is_claim(one) or not carrying.can_be_carried_out(one):
        raise Conflict(carrying.NOT_GRANTED)
    form = fresh(CarryOutForm(), one)
    if not form.is_submitted():
        form.done_on.data = today().isoformat()
    day = form.done_on.day if form.validate_on_submit() else None
    if day is not None and attempt(form, one, lambda: _carry_out(one, form)):
        return back_to(one, N_("It is entered that this was carried out. The requester is told."))
    page = opened(one, "carry-out")
    return render_template("disclosure/staff/carry_out.html", form=form, case=one, page=page, law=case_law(one))


def _carry_out(one: Case, form: CarryOutForm) -> None:
    day = form.done_on.day or today()
    carrying.carry_out(g.session, one, form.text.data or "", day, vault=office(), by=g.actor, at=clock.now())


@for_action(Right.DRAFT_NOTICE, look=True)
def recipient(number: str) -> Response | str:
    """Write to a body that was given the data."""
    one = found(number)
    if message := recipients.obstacle(g.session, one):
        raise Conflict(message)
    form = fresh(RecipientForm(), one)
    made: list[Notice] = []
    if form.validate_on_submit() and attempt(form, one, lambda: made.append(_draft(one, form))):
        flash(_("The draft is kept. Somebody else with the role of approver reads and issues it."), "success")
        return redirect(url_for("disclosure_staff.notice", number=one.number, notice_id=made[0].id), 303)
    row = claims.claim_row(g.session, one)
    done = claims.done(case_key(office(), one), row) if row is not None else None
    if not form.is_submitted() and done is not None:
        form.changed.data = done.text
    opened(one, "recipient")
    return render_template("disclosure/staff/recipient.html", form=form, case=one)


def _draft(one: Case, form: RecipientForm) -> Notice:
    return recipients.draft_recipient(g.session, one, form.told(), vault=office(), by=g.actor, at=clock.now())
