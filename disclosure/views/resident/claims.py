"""Claims about what was disclosed, from the requester's own case: something is wrong, or it should not be used."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from flask import flash, g, redirect, render_template, session, url_for
from werkzeug.wrappers import Response

from disclosure.forms.resident.claim import DOCUMENT, EVIDENCE, ClaimForm
from disclosure.operations.claims import file_claim
from disclosure.operations.look import What, look
from disclosure.operations.submit import Submitted
from disclosure.queries import claims
from disclosure.queries.case_law import case_law, is_claim
from disclosure.queries.keys import fields
from disclosure.queries.opening import OpenedCase
from disclosure.rules import claims as rules
from disclosure.rules.kinds import CaseKind, Field
from disclosure.views.resident import guide, opened
from disclosure.views.resident.documents import UPLOAD_BYTES
from disclosure.views.resident.opened import with_case
from disclosure.views.resident.send_once import keep_receipt
from portal.core import clock
from portal.core.access_code import new_access_code
from portal.core.errors import Conflict, Invalid, NotFound
from portal.web.building import settings, vault
from portal.web.language import _
from portal.web.throttle import Limit, throttled
from portal.web.uploads import accepts_uploads

DRAFT = "claim"
Answer = Response | tuple[str, int] | str


def panel(found: OpenedCase) -> Mapping[str, Any] | None:
    """On the page of a case that disclosed: what can be claimed. On a claim's page: what it says and what was done."""
    case, today = found.case, clock.day_in_japan(clock.now())
    if is_claim(case):
        return _own(found)
    rows = claims.claimable(case, today)
    made = claims.claims_about(g.session, case)
    if not rows and not made:
        return None
    day = claims.disclosed_on(g.session, case)
    late = [row.kind.value for row in rows if rules.window(row, day, today, today).late]
    return {
        "claim": None,
        "kinds": [row.kind.value for row in rows],
        "late": late,
        "made": [(row.number, rules.KINDS[row.kind]) for row in made],
    }


def _own(found: OpenedCase) -> Mapping[str, Any]:
    case, row = found.case, claims.claim_row(g.session, found.case)
    values, origin = fields(found.key, case), claims.origin_of(g.session, case)
    return {
        "claim": values.get(Field.CLAIM, ""),
        "reason": values.get(Field.CLAIM_REASON, ""),
        "kind": rules.KINDS[case.kind],
        "measure": rules.MEASURES[row.measure] if row is not None and row.measure else "",
        "origin": origin.number if origin is not None else "",
        "done": claims.done(found.key, row) if row is not None else None,
        "late": row.window_on if row is not None and row.late else None,
    }


@accepts_uploads(2 * UPLOAD_BYTES, file=DOCUMENT, evidence=EVIDENCE)
@throttled(Limit("disclosure.upload", count=300, seconds=3600))
@with_case
def claim(found: OpenedCase, kind: str) -> Answer:
    """One page with the whole claim; its receipt has a number and a code of its own."""
    now = clock.now()
    today = clock.day_in_japan(now)
    row = next((one for one in claims.claimable(found.case, today) if one.kind == kind), None)
    if row is None:
        raise NotFound
    law = rules.claim_law(row.kind, found.case.regime, today)
    take_over = claims.may_take_over(g.session, found.case, today)
    form = ClaimForm(row.kind, rules.alleged(law, today), take_over=take_over)
    receipt = session.get(guide.RECEIPT)
    if form.is_submitted() and receipt and receipt["key"] == form.key.data:
        return redirect(url_for("disclosure.receipt"), 303)
    draft = _draft(found, row.kind)
    if form.validate_on_submit():
        if form.key.data != draft["key"]:
            flash(_("This page was opened in another window too. Please check it once more."), "warning")
        elif (submitted := _file(found, form, draft)) is not None:
            keep_receipt(draft["key"], submitted, kind=submitted.case.kind.value, agent=False)
            session.pop(DRAFT)
            return redirect(url_for("disclosure.receipt"), 303)
    form.key.data = draft["key"]
    look(g.session, found.case, What.CASE, by=found.actor, at=now)
    page = render_template(
        "disclosure/claim.html",
        form=form,
        kind=row.kind.value,
        claim=row,
        window=rules.window(row, claims.disclosed_on(g.session, found.case), today, today),
        address=fields(found.key, found.case).get(Field.ADDRESS, ""),
        information=case_law(found.case),
        closes_at=opened.closes_at(),
    )
    return (page, 422) if form.errors else page


def _draft(found: OpenedCase, kind: CaseKind) -> dict[str, str]:
    """Submission key and access code, made when the page is first shown, so that a repeated sending files nothing."""
    kept: dict[str, str] | None = session.get(DRAFT)
    if kept is None or (kept["case"], kept["kind"]) != (found.case.id, kind.value):
        kept = {
            "case": found.case.id,
            "kind": kind.value,
            "key": secrets.token_urlsafe(24),
            "code": new_access_code(),
        }
        session[DRAFT] = kept
    return kept


def _file(found: OpenedCase, form: ClaimForm, draft: Mapping[str, str]) -> Submitted | None:
    try:
        with g.session.begin_nested():
            return file_claim(
                g.session,
                found.case,
                form.wanted(),
                key=found.key,
                submission_key=draft["key"],
                access_code=draft["code"],
                vault=vault(),
                organisation=settings().organisation,
                by=found.actor,
                at=clock.now(),
            )
    except (Invalid, Conflict) as error:
        form.tell(error, otherwise="claim", fields={"claim_reason": "reason", "identity": "file", "files": "file"})
        return None
