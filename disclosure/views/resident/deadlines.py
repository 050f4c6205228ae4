"""The public calculator: when a period of the law ends, how it is counted, and the day for one's own calendar."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from werkzeug.wrappers import Response

from disclosure.forms.resident.deadlines import CORRECTIONS, DeadlineForm
from disclosure.forms.resident.questions import today
from disclosure.rules.calculator import answer, codes, row_for
from disclosure.rules.deadlines import Due
from disclosure.rules.statutes import cite
from disclosure.views.resident import calendar_days
from disclosure.views.resident.explained import afterwards, steps
from portal.core.calendar import OutsideCalendar
from portal.core.errors import Invalid, NotFound
from portal.web.access import public
from portal.web.language import choose


@public
def deadlines() -> tuple[str, int] | str:
    """The questions, and the answer when there are any."""
    form, due = _asked()
    day = today()
    page = render_template(
        "disclosure/deadlines.html",
        form=form,
        corrections=[(form[f"sent_{number}"], form[f"arrived_{number}"]) for number in CORRECTIONS],
        due=due,
        row=row_for(due.code, day) if due else None,
        steps=steps(due) if due else [],
        afterwards=afterwards(due) if due else [],
        address=form.address() if due else {},
        clocks=[(row, cite(row.citation, row.effective_from).text) for row in (row_for(code, day) for code in codes())],
    )
    return (page, 422) if form.errors else page


@public
def deadlines_ics() -> Response:
    """The day of the same address as a calendar file; nothing for what cannot be counted or stands still."""
    form, due = _asked()
    if due is None or due.paused:
        raise NotFound
    title, address = choose(row_for(due.code, today()), "label"), form.address()
    values: dict[str, Any] = {**address}
    url = calendar_days.outside(url_for("disclosure.deadlines", **values))
    key = [f"{name}={value}" for name, value in sorted(address.items())]
    days = calendar_days.entries(due, title, *key, url=url)
    return calendar_days.file_of(days, title=title, name=f"kaiji-{due.code}-{due.binding_on}.ics")


def _asked() -> tuple[DeadlineForm, Due | None]:
    day = today()
    form = DeadlineForm(None, today=day)
    if not any(name in request.args for name in form._fields):
        return form, None
    form = DeadlineForm(request.args, today=day)
    if not form.validate():
        return form, None
    try:
        return form, answer(form.question(), today=day)
    except OutsideCalendar as error:
        form.refuse("day", error.message, **error.params)
    except Invalid as error:
        form.refuse_rule(error)
    return form, None
