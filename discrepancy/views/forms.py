"""The other three forms (様02-04, 様03-03, 様03-13): filled in on the web, as workbooks both ways, on paper, sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from discrepancy.forms.sheets import BookForm, SheetForm, sheet_form, written
from discrepancy.letters.sheet_paper import paper
from discrepancy.models.enquiries import Enquiry
from discrepancy.operations.ask import EnquiryFaults, NewEnquiry, answer_of, asked_of, enquire
from discrepancy.operations.look import What, look
from discrepancy.queries.access import find_body
from discrepancy.queries.bodies import of_kind
from discrepancy.queries.codes import codes
from discrepancy.queries.known import known_of_event, known_of_sender
from discrepancy.rules.emergency import EmergencyKind
from discrepancy.rules.enquiry import BodyKind, EnquiryKind
from discrepancy.rules.fields import FieldForm, FormKind, form
from discrepancy.rules.report_checks import YES, Fault, as_day, as_time, check_form
from discrepancy.rules.report_sheet import plan
from discrepancy.rules.sent_files import FileFault
from discrepancy.views.doors import for_bodies, for_parties
from discrepancy.views.found import case_of, enquiry_of, opened, today
from discrepancy.views.report_files import ROOM, refuse, sent_book, values_of
from discrepancy.views.sheet_words import fault_lines
from portal.core import clock, form_sheets
from portal.core.calendar import JAPAN
from portal.core.errors import Conflict, Invalid, NotFound
from portal.core.form_sheets import FormSheet
from portal.core.sheets import XLSX
from portal.web.building import office, settings
from portal.web.downloads import download
from portal.web.language import _
from portal.web.prepared import prepared_by, result
from portal.web.uploads import accepts_uploads

Answer = str | Response
# The kinds of an occurrence, as emergencies know them.
_EMERGENCIES = {"security": EmergencyKind.SECURITY, "leak": EmergencyKind.LEAK}


@dataclass(frozen=True)
class Made:
    """A file that was asked for: its bytes, its name, its type."""

    data: bytes
    name: str
    media_type: str


def of(kind: str) -> FieldForm:
    """The form of a kind, which is no report; NotFound."""
    if kind not in list(FormKind) or kind == FormKind.REPORT:
        raise NotFound
    return form(FormKind(kind))


@for_bodies
def forms() -> str:
    """The forms that there are."""
    return render_template("discrepancy/forms.html", forms=[form(kind) for kind in FormKind if kind != FormKind.REPORT])


def _known() -> dict[str, str]:
    """What is known: of the actor's body, of the case or the enquiry that the address names."""
    number, enquiry_id = request.args.get("case", ""), request.args.get("enquiry", "")
    own = find_body(g.session, g.actor.body) if g.actor.body else None
    values = known_of_sender(own, g.actor.name, today()) if own else {}
    if not number:
        return values
    case, _mine = case_of(number)
    if enquiry_id:
        _case, one = enquiry_of(number, enquiry_id)
        look(g.session, number, What.ENQUIRY, by=g.actor, at=clock.now(), part=one.id)
        return _told(one, {**asked_of(one, case, office())}, answer_of(one, case, office()))
    summary, serial = opened(case)
    return {**values, **known_of_event([case]), "summary": summary, "serial_number": serial}


def _told(one: Enquiry, asked: dict[str, str], answer: dict[str, str]) -> dict[str, str]:
    """An enquiry as its form has it."""
    sent = one.sent_at.astimezone(JAPAN).date()
    values = known_of_sender(find_body(g.session, one.from_code), "", sent)
    values |= {"addressee": find_body(g.session, one.to_code).name_ja, "frequent_searched": YES}
    if one.answered_at and answer:
        answered = one.answered_at.astimezone(JAPAN)
        values |= {"answered_on": f"{answered:%Y-%m-%d}", "answered_at": f"{answered:%H:%M}"}
        values |= {"answered_by": answer.get("by", ""), "answer": answer.get("text", "")}
    return {**values, **{key: value for key, value in asked.items() if value}}


def _form(kind: str, values: dict[str, str]) -> SheetForm:
    return sheet_form(of(kind), codes(g.session), values, chosen=request.form, day=today())


def _make(kind: str) -> Made | None:
    """The file that was asked for, made before the view's transaction begins."""
    wanted = request.form.get("as", "")
    if wanted not in ("workbook", "paper") or not (one := _form(kind, {})).validate():
        return None
    values, rows, name = one.values(), codes(g.session), f"{of(kind).code}{of(kind).name_ja}"
    day = as_day(values.get("filed_on", "")) or today()
    g.session.close()
    if wanted == "workbook":
        return Made(form_sheets.make(plan(values, rows, day=day, kind=FormKind(kind))), f"{name}.xlsx", XLSX)
    made = paper(of(kind), values, rows, title=of(kind).name_ja, day=today(), sample=settings().sample)
    return Made(made, f"{name}.pdf", "application/pdf")


@for_parties
@prepared_by(_make)
def fill(kind: str) -> Answer:
    """Fill a form in; take it along as a workbook or on paper, or send it with its case. Nothing else is kept."""
    if request.method != "POST":
        return _show(kind, _form(kind, _known()))
    one, made = _form(kind, {}), result()
    if isinstance(made, Made):
        return download(made.data, name=made.name, media_type=made.media_type)
    if "lists" in request.form or not one.validate():
        return _show(kind, one)
    faults = check_form(of(kind), one.values(), codes(g.session), today=today())
    one.show(faults)
    if not faults and "send" in request.form and request.args.get("case"):
        try:
            with g.session.begin_nested():
                return _send(kind, one.values())
        except EnquiryFaults as error:
            one.show([Fault(name if name in one else "version", said) for name, said in error.faults.items()])
        except (Invalid, Conflict) as error:
            field = str(error.params.get("field", "")) if isinstance(error, Invalid) else ""
            one.show([Fault(field if field in one else "request", error.message)])
    return _show(kind, one, whole=not faults)


def _send(kind: str, values: dict[str, str]) -> Response:
    """Send the form to the operator of the network, with its case."""
    number = request.args.get("case", "")
    case, _mine = case_of(number)
    called_on, called_at = as_day(values.get("called_on", "")), as_time(values.get("called_at", ""))
    called = datetime.combine(called_on, called_at, JAPAN) if called_on and called_at else None
    urgent = _EMERGENCIES.get(values.get("occurrence_kind", ""), EmergencyKind.OCCURRENCE)
    new = NewEnquiry(
        EnquiryKind.OPERATOR,
        of_kind(g.session, BodyKind.OPERATOR)[0].code,
        values,
        frequent_searched=kind == FormKind.OCCURRENCE or values.get("frequent_searched") == YES,
        form=FormKind(kind),
        emergency=urgent if kind == FormKind.OCCURRENCE else None,
        called_at=called,
    )
    enquire(g.session, case, new, vault=office(), by=g.actor, at=clock.now())
    flash(_("The form is sent to the operator of the network."), "success")
    return redirect(url_for("discrepancy.case", number=number), 303)


def _show(kind: str, one: SheetForm, *, whole: bool = False, faults: Any = ()) -> str:
    return render_template(
        "discrepancy/form.html",
        form=one,
        of=of(kind),
        parts=[(group, [row for row in written(of(kind)) if row.group == group.key]) for group in of(kind).groups],
        case=request.args.get("case", ""),
        may_send=bool(g.actor.body and request.args.get("case")) and not request.args.get("enquiry"),
        whole=whole,
        book=BookForm(formdata=None),
        faults=faults,
    )


def _book(kind: str) -> tuple[str, FormSheet] | Invalid | None:
    return sent_book(of(kind).kind)


@for_bodies
@prepared_by(_book)
@accepts_uploads(form_sheets.MAX_BYTES + ROOM)
def from_book(kind: str) -> Answer:
    """Fill a form in from a workbook; where a cell is wrong, it is named."""
    book, faults, values = BookForm(), list[FileFault](), dict[str, str]()
    if book.validate_on_submit():
        try:
            values, faults = values_of(of(kind).kind)
        except Invalid as error:
            refuse(book, "book", error)
    for message in book.book.errors:
        flash(message, "danger")
    one = sheet_form(of(kind), codes(g.session), {} if faults else values, chosen={}, day=today(), sent=False)
    return _show(kind, one, faults=fault_lines(of(kind), faults))
