"""The receipt: number and access code, shown until their owner says that they are noted."""

from __future__ import annotations

from datetime import date, datetime

from flask import flash, redirect, render_template, session, url_for
from werkzeug.wrappers import Response

from disclosure.letters.slip import receipt_slip
from disclosure.rules import deadlines
from disclosure.rules.claims import claim_law
from disclosure.rules.kinds import CaseKind, RecordKind
from disclosure.rules.uniform import is_uniform
from disclosure.views.resident.explained import steps
from disclosure.views.resident.guide import RECEIPT
from portal.core.clock import day_in_japan
from portal.web.access import public
from portal.web.building import settings
from portal.web.downloads import download
from portal.web.language import _, current


@public
def receipt() -> Response | str:
    """Number, code, and what happens next with its dates."""
    kept = session.get(RECEIPT)
    if not kept:
        flash(
            _("There is no receipt in this browser. Open your request with receipt number and access code."),
            "info",
        )
        return redirect(url_for("disclosure.status"), 303)
    received = day_in_japan(datetime.fromisoformat(kept["at"]))
    law_day = date.fromisoformat(kept["law_day"])
    kind = CaseKind(kept.get("kind", CaseKind.DISCLOSURE))
    law = claim_law(kind, kept["regime"], law_day)
    due = deadlines.compute(law.decision_clock, received, law_day=law_day)
    return render_template(
        "disclosure/receipt.html",
        receipt=kept,
        received=received,
        due=due,
        items=steps(due),
        stands_still=deadlines.clock(law.decision_clock, law_day).pauses,
        personal=RecordKind(kept.get("records", RecordKind.BOTH)).personal,
        alike=is_uniform(RecordKind(kept.get("records", RecordKind.BOTH)), kind),
    )


@public
def noted() -> Response:
    """Forget the access code: from now on only its owner knows it."""
    kept = session.get(RECEIPT)
    if kept and kept["code"]:
        session[RECEIPT] = {**kept, "code": ""}
        flash(_("The access code is no longer shown here."), "success")
    return redirect(url_for("disclosure.receipt"), 303)


@public
def slip() -> Response:
    """Number and code as a PDF of one page."""
    kept = session.get(RECEIPT)
    if not kept or not kept["code"]:
        flash(_("The access code is not in this browser any more, so the slip cannot be made again."), "warning")
        return redirect(url_for("disclosure.receipt"), 303)
    at = datetime.fromisoformat(kept["at"])
    data = receipt_slip(kept["number"], kept["code"], received_at=at, settings=settings(), language=current())
    return download(data, name=_("receipt-slip") + ".pdf", media_type="application/pdf")
