"""The operator's desk: reports that came in, accepted or returned; figures; what the public learns."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from content.models.systems import System
from discrepancy import policy
from discrepancy.forms.reports import FindForm, LessonForm, PeriodForm, ReturnForm
from discrepancy.operations import report as steps
from discrepancy.operations.write_lesson import NewLesson, counted, write_lesson
from discrepancy.queries import reports as lists
from discrepancy.queries import trends as figures
from discrepancy.queries.access import find_report
from discrepancy.queries.bodies import looked_at
from discrepancy.queries.codes import codes
from discrepancy.queries.reports import Wanted
from discrepancy.queries.trends import By, Trends
from discrepancy.rules.codes import Code, CodeTable
from discrepancy.rules.lessons import Words, publishing
from discrepancy.rules.reporting import COUNTED, ReportState
from discrepancy.views.reports import STATES, page, report_url
from portal.core import clock
from portal.core.actor import Role
from portal.core.errors import Invalid, NotFound
from portal.web import charts
from portal.web.access import requires
from portal.web.building import office
from portal.web.chart_parts import MOST_SERIES
from portal.web.downloads import csv_file
from portal.web.language import _, _l, choose

Answer = str | Response
for_operator = requires(*policy.READS)
CAUSES = (CodeTable.SYSTEM_CAUSE, CodeTable.HUMAN_CAUSE, CodeTable.LAYOUT_CAUSE, CodeTable.OTHER_CAUSE)
BY: dict[By, Any] = {
    By.CAUSE: _l("Main cause"),
    By.SYSTEM: _l("System at fault"),
    By.BODY: _l("Body"),
    By.AFFAIR: _l("Affair"),
}


@for_operator
def desk() -> str:
    """What came in, and the search."""
    rows, form = codes(g.session), FindForm(request.args)
    form.state.choices = [("", "–"), *((state, STATES[state][0]) for state in COUNTED)]
    form.cause.choices = [("", "–"), *((f"{row.table}/{row.key}", choose(row, "name")) for row in _of(rows, *CAUSES))]
    form.affair.choices = [("", "–"), *((row.key, choose(row, "name")) for row in _of(rows, CodeTable.AFFAIR))]
    sound = form.validate()
    wanted = Wanted(
        state=form.state.data or "",
        text=form.text.data or "",
        affair=form.affair.data or "",
        cause=form.cause.data or "",
        first_on=form.first_on.day,
        last_on=form.last_on.day,
        page=request.args.get("page", 1, type=int),
    )
    searched = sound and any((wanted.text, wanted.affair, wanted.cause, wanted.state, wanted.first_on, wanted.last_on))
    if not searched:
        wanted = Wanted(state=ReportState.FILED, page=wanted.page)
    found = lists.reports(g.session, wanted, actor=g.actor)
    return render_template(
        "discrepancy/operator.html", form=form, found=found, states=STATES, searched=searched,
        may_take=policy.works_as_operator(g.actor), bodies_at_most=looked_at(g.session, wanted.text),
    )  # fmt: skip


def _of(rows: tuple[Code, ...], *tables: CodeTable) -> list[Code]:
    return [row for row in rows if row.table in tables]


@requires(*policy.WORKS)
def accept(report_id: str) -> Response:
    """Accept a report: it gets its receipt number and time."""
    report = find_report(g.session, report_id, actor=g.actor)
    number = steps.accept_report(g.session, report, vault=office(), by=g.actor, at=clock.now())
    flash(_("Accepted. Its receipt number is %(number)s.", number=number), "success")
    return redirect(report_url(report), 303)


@requires(*policy.WORKS)
def give_back(report_id: str) -> Answer:
    """Return a report with a reason."""
    report, form = find_report(g.session, report_id, actor=g.actor), ReturnForm()
    if form.validate_on_submit():
        try:
            because = form.because.data or ""
            steps.return_report(g.session, report, because, vault=office(), by=g.actor, at=clock.now())
        except Invalid as error:
            form.refuse("because", error.message)
        else:
            flash(_("Returned. The body reads your reason and files it again."), "success")
            return redirect(report_url(report), 303)
    return page(report_id, form)


def _period() -> tuple[PeriodForm, By, date, date]:
    form = PeriodForm(request.args)
    form.by.choices = list(BY.items())
    form.validate()
    last_on = form.last_on.day or clock.day_in_japan(clock.now())
    back = last_on.year * 12 + last_on.month - publishing(last_on).months
    first_on = form.first_on.day or date(back // 12, back % 12 + 1, 1)
    by = By(form.by.data) if form.by.data in list(By) else By.CAUSE
    form.by.data = by.value
    form.first_on.data, form.last_on.data = first_on.isoformat(), last_on.isoformat()
    return form, by, min(first_on, last_on), last_on


@for_operator
def trends() -> str:
    """Reports by month, as a table and a picture."""
    form, by, first_on, last_on = _period()
    found = figures.trends(g.session, by, first_on, last_on, codes(g.session), actor=g.actor)
    return render_template(
        "discrepancy/trends.html",
        form=form,
        by=by,
        found=found,
        chart=_picture(found, str(BY[by])),
    )


@for_operator
def clusters() -> str:
    """Reports of the same cause, and what the public learnt of them."""
    form, _by, first_on, last_on = _period()
    del form.by
    found = figures.clusters(g.session, first_on, last_on, actor=g.actor)
    rows = codes(g.session)
    return render_template(
        "discrepancy/clusters.html",
        form=form,
        clusters=[(one, counted(one, rows)) for one in found],
        may_write=g.actor.has(Role.PUBLISHER),
    )


def _picture(found: Trends, title: str) -> charts.Chart | None:
    """The largest lines over the months; with one month, as bars."""
    lines = found.lines[:MOST_SERIES]
    if not lines:
        return None
    values = [
        charts.Value(month, line.months.get(month, 0), choose(line, "name"), date.fromisoformat(f"{month}-01"))
        for line in lines
        for month in found.months
    ]
    draw = charts.line_chart if len(found.months) > 1 else charts.bar_chart
    return draw(values, key="trends", title=title, unit=_("reports"))


@for_operator
def trends_table() -> Response:
    """The same for a spreadsheet."""
    _form, by, first_on, last_on = _period()
    found = figures.trends(g.session, by, first_on, last_on, codes(g.session), actor=g.actor)
    rows = [
        (line.key, line.name_ja, line.name_en, *(line.months.get(one, 0) for one in found.months))
        for line in found.lines
    ]
    return csv_file(f"reports-by-{by}.csv", (by.value, "name_ja", "name_en", *found.months), rows)


@requires(Role.PUBLISHER)
def lesson() -> Answer:
    """Tell the public what was learnt: a bulletin in the making."""
    names = ("cause_table", "cause", "information")
    said = {name: request.args.get(name, "") for name in names}
    last_on = _day("last_on") or clock.day_in_japan(clock.now())
    first_on = _day("first_on") or last_on - timedelta(days=365)
    if said["cause_table"] not in list(CAUSES):
        raise NotFound
    one = figures.cluster(g.session, **said, first_on=first_on, last_on=last_on, actor=g.actor)
    if one is None:
        raise NotFound
    form = LessonForm()
    systems = g.session.scalars(select(System).order_by(System.position))
    form.system.choices = [("", "–"), *((row.key, choose(row, "name")) for row in systems)]
    if form.validate_on_submit():
        new = NewLesson(
            Words(ja=form.happened_ja.data or "", en=form.happened_en.data or ""),
            Words(ja=form.prevent_ja.data or "", en=form.prevent_en.data or ""),
            form.system.data or "",
            (form.same_cause.data or "").strip(),
        )
        try:
            with g.session.begin_nested():
                made = write_lesson(g.session, one, new, by=g.actor, at=clock.now())
        except Invalid as error:
            more = {name: value for name, value in error.params.items() if name != "field"}
            form.refuse(str(error.params.get("field", "system")), error.message, **more)
        else:
            flash(_("Written as a draft. Another person publishes it."), "success")
            return redirect(url_for("content_staff.draft", draft_id=made.draft_id), 303)
    least = publishing(last_on).least
    return render_template(
        "discrepancy/lesson.html", form=form, one=one, named=counted(one, codes(g.session)), least=least
    )


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
