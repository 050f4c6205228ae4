"""Receipts of requests on paper: numbers and access codes, until the officer says that they are handed over."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from flask import flash, redirect, render_template, session, url_for
from werkzeug.wrappers import Response

from disclosure.letters.slip import receipt_slip
from disclosure.operations.submit import Submitted
from disclosure.policy import Right
from disclosure.rules import deadlines
from disclosure.rules.claims import claim_law
from disclosure.rules.kinds import CaseKind
from disclosure.views.resident.explained import steps
from disclosure.views.staff.held import for_action
from portal.core.calendar import JAPAN
from portal.core.errors import NotFound
from portal.web.building import settings
from portal.web.downloads import download
from portal.web.language import _

RECEIPTS = "disclosure.reception.receipts"
MOST = 1000

Receipt = dict[str, Any]


def keep(key: str, submitted: Submitted, *, name: str, row: int = 0) -> None:
    """Keep a receipt in the officer's sealed session; the code is nowhere else. ``row``: of a table, from 1."""
    keep_all([(key, submitted, name, row)])


def keep_all(filed: list[tuple[str, Submitted, str, int]]) -> None:
    """Keep many receipts: key, what was filed, the requester's name, row."""
    found = _all()
    for key, submitted, name, row in filed:
        case = submitted.case
        found[submitted.case_number] = {
            "key": key, "number": submitted.case_number, "code": submitted.access_code, "name": name, "row": row,
            "received_on": case.received_on.isoformat(), "law_day": case.law_day.isoformat(), "regime": case.regime,
            "language": case.language, "kind": case.kind.value,
        }  # fmt: skip
    session[RECEIPTS] = dict(list(found.items())[-MOST:])


def number_of(key: str) -> str | None:
    """The receipt number under which a form was filed in this session."""
    return next((row["number"] for row in _all().values() if row["key"] == key), None)


@for_action(Right.FILE)
def reception_receipts() -> Response | str:
    """All receipts that are not handed over yet, as a list to print."""
    return render_template("disclosure/staff/reception_receipts.html", rows=list(_all().values()))


@for_action(Right.FILE)
def reception_receipt(number: str) -> str:
    """Number, code, and until when the office decides."""
    kept = _one(number)
    received, law_day = date.fromisoformat(kept["received_on"]), date.fromisoformat(kept["law_day"])
    law = claim_law(CaseKind(kept.get("kind", CaseKind.DISCLOSURE)), kept["regime"], law_day)
    due = deadlines.compute(law.decision_clock, received, law_day=law_day)
    return render_template(
        "disclosure/staff/reception_receipt.html", receipt=kept, received=received, due=due, items=steps(due)
    )


@for_action(Right.FILE)
def reception_slip(number: str) -> Response:
    """The receipt as a PDF of one page, dated the day of arrival."""
    kept = _one(number)
    at = datetime.combine(date.fromisoformat(kept["received_on"]), time(12), tzinfo=JAPAN)
    data = receipt_slip(kept["number"], kept["code"], received_at=at, settings=settings(), language=kept["language"])
    return download(data, name=f"{number}-{_('receipt-slip')}.pdf", media_type="application/pdf")


@for_action(Right.FILE)
def reception_handed_over(number: str) -> Response:
    """Forget one code: from now on only its owner knows it."""
    found = _all()
    if found.pop(number, None) is None:
        raise NotFound
    session[RECEIPTS] = found
    flash(_("The access code is no longer shown here."), "success")
    return redirect(url_for("disclosure_staff.case", number=number), 303)


@for_action(Right.FILE)
def reception_all_handed_over() -> Response:
    """Forget all codes."""
    if _all():
        session[RECEIPTS] = {}
        flash(_("The access codes are no longer shown here."), "success")
    return redirect(url_for("disclosure_staff.reception"), 303)


def _all() -> dict[str, Receipt]:
    return dict(session.get(RECEIPTS) or {})


def _one(number: str) -> Receipt:
    found = _all().get(number)
    if found is None:
        raise NotFound
    return found
