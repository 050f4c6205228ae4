"""The numbers of a fiscal year's letters: each belongs to a letter, or is void and says why."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from disclosure.forms.staff.numbers import VoidForm
from disclosure.views.staff import wording
from disclosure.views.staff.held import today
from portal.core import clock
from portal.core.errors import Invalid
from portal.letters import numbering, policy
from portal.letters.operations.numbers import LETTERS
from portal.letters.operations.numbers import void_number as void
from portal.letters.policy import Right
from portal.letters.queries.register import ledger, registered
from portal.web.access import requires
from portal.web.building import settings
from portal.web.language import _


@requires(*policy.STAFF[Right.READ_NUMBERS])
def numbers() -> str:
    """The list of one fiscal year."""
    return render_template("disclosure/staff/numbers.html", wording=wording, **_list())


def _list() -> dict[str, Any]:
    this = numbering.fiscal_year(today())
    year = request.args.get("year", this, type=int)
    year = year if 2000 <= year <= this else this
    rows = []
    for number, letter in ledger(g.session, LETTERS, year):
        known = registered(g.session, letter) if letter is not None else None
        rows.append((number, letter, known))
    return {
        "year": year,
        "this": this,
        "rows": rows,
        "mark": settings().organisation.letter_mark,
        "number_text": numbering.letter_number,
        "may_void": policy.may(g.actor, Right.VOID_NUMBER),
    }


@requires(*policy.STAFF[Right.VOID_NUMBER])
def void_number() -> Response | tuple[str, int] | str:
    """Take the next number for no letter, with the reason."""
    form = VoidForm()
    if form.validate_on_submit():
        fiscal = numbering.fiscal_year(today())
        try:
            with g.session.begin_nested():
                taken = void(g.session, fiscal_year=fiscal, reason=form.reason.data or "", by=g.actor, at=clock.now())
        except Invalid as error:
            form.refuse("reason", error.message, **{k: v for k, v in error.params.items() if k != "field"})
        else:
            text = numbering.letter_number(settings().organisation.letter_mark, taken)
            flash(_("%(number)s is void.", number=text), "success")
            return redirect(url_for("disclosure_staff.numbers"), 303)
    page = render_template("disclosure/staff/void_number.html", form=form)
    return (page, 422) if form.errors else page
