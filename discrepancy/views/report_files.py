"""Reports as files: out as workbooks and papers, in as workbooks, one or a folder of them."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from discrepancy import policy
from discrepancy.forms.sheets import BookForm, BooksForm
from discrepancy.letters.sheet_paper import paper
from discrepancy.models.reports import Report
from discrepancy.operations import report as steps
from discrepancy.operations.link_cases import Linked
from discrepancy.operations.take_in import MAX_BYTES, SentFile, TakeInFaults, read_files, take_in, unpack
from discrepancy.queries.access import find_body, find_report
from discrepancy.queries.codes import codes
from discrepancy.queries.reports import name_of
from discrepancy.rules.fields import FormKind, form
from discrepancy.rules.report_checks import EMPTY, check_form
from discrepancy.rules.report_sheet import plan
from discrepancy.rules.reporting import ReportAction
from discrepancy.rules.sent_files import FileFault, faults_of_cells, read_form
from discrepancy.views.doors import for_parties, for_workers
from discrepancy.views.reports import of, report_url
from discrepancy.views.sheet_words import fault_lines
from portal.core import clock, form_sheets
from portal.core.errors import Invalid, NotFound
from portal.core.form_sheets import FormSheet
from portal.core.sheets import XLSX
from portal.web.building import office, settings
from portal.web.downloads import download
from portal.web.language import _
from portal.web.prepared import prepared_by, result
from portal.web.uploads import accepts_uploads

Answer = str | Response
ROOM = 1_000_000  # for what stands around the files in a form that is sent


@for_parties
def sheet(report_id: str) -> Response:
    """A report as a workbook, under the name of the rule."""
    report, values = _look(report_id, "workbook")
    day = report.filed_on or clock.day_in_japan(clock.now())
    made = form_sheets.make(plan(values, codes(g.session), day=day))
    return download(made, name=f"{_title(report)}.xlsx", media_type=XLSX)


@for_parties
def pdf(report_id: str) -> Response:
    """A report on paper."""
    report, values = _look(report_id, "paper")
    day, title = clock.day_in_japan(clock.now()), _title(report)
    made = paper(of(), values, codes(g.session), title=title, day=day, sample=settings().sample)
    return download(made, name=f"{title}.pdf", media_type="application/pdf", inline=True)


@for_parties
def blank(kind: str) -> Response:
    """An empty form as a workbook."""
    if kind not in list(FormKind):
        raise NotFound
    one = form(FormKind(kind))
    made = form_sheets.make(plan({}, codes(g.session), day=clock.day_in_japan(clock.now()), kind=one.kind))
    return download(made, name=f"{one.code}{one.name_ja}.xlsx", media_type=XLSX)


def _look(report_id: str, what: str) -> tuple[Report, dict[str, str]]:
    return steps.read_report(g.session, report_id, vault=office(), by=g.actor, at=clock.now(), what=what)


def _title(report: Report) -> str:
    name = name_of(report, find_body(g.session, report.body_code))
    return name.title if name else of().name_ja


def sent_book(kind: FormKind) -> tuple[str, FormSheet] | Invalid | None:
    """The workbook that was sent as ``book``, read before a transaction begins."""
    chosen = request.files.get("book")
    if not chosen or not chosen.filename:
        return None
    g.session.close()
    try:
        data = chosen.stream.read(form_sheets.MAX_BYTES + 1)
        return chosen.filename, form_sheets.read(data, chosen.filename, form(kind).name_ja)
    except Invalid as error:
        return error


def _book(**_arguments: object) -> tuple[str, FormSheet] | Invalid | None:
    return sent_book(FormKind.REPORT)


@for_parties
@prepared_by(_book)
@accepts_uploads(form_sheets.MAX_BYTES + ROOM)
def from_book(report_id: str) -> Answer:
    """Fill a report in from a workbook; where a cell is wrong, nothing is changed."""
    report = find_report(g.session, report_id, actor=g.actor)
    policy.check_report(g.actor, ReportAction.EDIT, report)
    one, faults = BookForm(), list[FileFault]()
    if one.validate_on_submit():
        try:
            values, faults = values_of(FormKind.REPORT)
            if not faults:
                steps.write_report(g.session, report, values, vault=office(), by=g.actor, at=clock.now())
                flash(_("Read and saved. It is not filed yet."), "success")
                return redirect(url_for("discrepancy.report_edit", report_id=report.id), 303)
        except Invalid as error:
            refuse(one, "book", error)
    return render_template("discrepancy/report_book.html", report=report, form=one, faults=fault_lines(of(), faults))


def values_of(kind: FormKind) -> tuple[dict[str, str], list[FileFault]]:
    """What the workbook says that was sent, and which cells are wrong; what is only empty may be filled in later.

    Invalid for a file that cannot be read.
    """
    outcome: tuple[str, FormSheet] | Invalid | None = result()
    if outcome is None or isinstance(outcome, Invalid):
        raise outcome or Invalid(form_sheets.NOT_A_WORKBOOK)
    name, found = outcome
    rows = codes(g.session)
    values, faults = read_form(name, found, rows, kind)
    unread = {fault.key for fault in faults}
    told = check_form(form(kind), values, rows, today=clock.day_in_japan(clock.now()))
    wrong = [fault for fault in told if fault.message != EMPTY and fault.field not in unread]
    return values, faults + faults_of_cells(name, form(kind), wrong)


def refuse(one: BookForm | BooksForm, field: str, error: Invalid) -> None:
    """Say next to the file what is wrong with it as a whole."""
    one.refuse(field, error.message, **{name: value for name, value in error.params.items() if name != "field"})


def _books(**_arguments: object) -> object:
    """The files, unpacked and read before the view's transaction begins."""
    sent = [
        SentFile(one.filename, one.stream.read(MAX_BYTES + 1)) for one in request.files.getlist("books") if one.filename
    ]
    g.session.close()
    try:
        return read_files(unpack(sent)) if sent else None
    except Invalid as error:
        return error


@for_workers
@prepared_by(_books)
@accepts_uploads(MAX_BYTES + ROOM)
def take_files() -> Answer:
    """Take reports in that come as files: all of them, or none."""
    one, faults = BooksForm(), tuple[FileFault, ...]()
    if one.validate_on_submit():
        outcome = result()
        try:
            if isinstance(outcome, Invalid):
                raise outcome
            with g.session.begin_nested():
                made = take_in(g.session, outcome, vault=office(), by=g.actor, at=clock.now())
            flash(_("Taken in: %(n)s reports.", n=len(made)), "success")
            _tell_cases([one.linked for one in made])
            if len(made) == 1:
                return redirect(report_url(made[0].report), 303)
            return redirect(url_for("discrepancy.reports" if g.actor.body else "discrepancy_staff.discrepancies"), 303)
        except TakeInFaults as error:
            faults = error.faults
        except Invalid as error:
            refuse(one, "books", error)
    return render_template("discrepancy/import_reports.html", form=one, faults=fault_lines(of(), faults))


def _tell_cases(linked: list[Linked]) -> None:
    """How many cases the reports were put to, were made of them, and how many reports belong to none."""
    put = sum(bool(one.cases) and not one.made for one in linked)
    made, without = sum(one.made for one in linked), [one for one in linked if not one.cases]
    if put:
        flash(_("Put to cases that waited for them: %(n)s reports.", n=put), "info")
    if made:
        flash(_("Cases were made of %(n)s reports.", n=made), "info")
    if len(linked) == 1 and without:
        flash(_(without[0].why, **without[0].params), "warning")
    elif without:
        said = _("%(n)s reports belong to no case yet: their pages say how to put them to one.", n=len(without))
        flash(said, "warning")
