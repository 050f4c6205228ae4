"""The records themselves: how they are wanted, the appointment, the download with its one-time code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import flash, g, redirect, render_template, session, url_for
from werkzeug.wrappers import Response

from disclosure.forms.resident.questions import DELIVERIES, FORMATS, label
from disclosure.forms.resident.records import HandoutCodeForm, MethodForm, SendCodeForm, method_form
from disclosure.operations import choose, hand_out
from disclosure.operations.choose import Wished
from disclosure.operations.further import ask_further
from disclosure.queries.fees import postage_estimate
from disclosure.queries.further import asked_on, further_due
from disclosure.queries.handovers import received_on, standing_handout
from disclosure.queries.keys import case_file, case_files, file_name
from disclosure.queries.leaks import open_leak
from disclosure.queries.methods import method_due, methods_of, waits_for_choice, wish
from disclosure.queries.opening import OpenedCase
from disclosure.queries.redaction import as_handed_out, record_data
from disclosure.queries.slots import booked
from disclosure.queries.status import StatusFile, status
from disclosure.rules.decisions import DISCLOSES
from disclosure.rules.handouts import terms
from disclosure.rules.kinds import Delivery, FileKind, Format
from disclosure.rules.states import Action, State
from disclosure.views.resident import opened
from disclosure.views.resident.explained import steps
from disclosure.views.resident.opened import with_case
from portal.core import clock, copies, press
from portal.core.errors import Conflict, Invalid, KaijiError
from portal.core.files import PDF
from portal.web import prepared
from portal.web.downloads import download
from portal.web.language import _
from portal.web.throttle import Limit, throttled

Answer = Response | tuple[str, int] | str
CONFIRMED = "handout"
SECONDS, PAGE_SECONDS = 20.0, 0.8
ENDINGS = {"image/jpeg": "jpg", "image/png": "png", PDF: "pdf", "text/plain": "txt"}
MAKERS = {Format.LARGE_PRINT: copies.large_print, Format.TEXT: copies.plain_text, Format.PDF: copies.as_pdf}
MADE = {Format.LARGE_PRINT: PDF, Format.TEXT: "text/plain", Format.PDF: PDF}


def panel(found: OpenedCase) -> Mapping[str, Any] | None:
    """How the records reach their requester, on the case's page, once the decision discloses any."""
    case = found.case
    if case.notified_on is None or case.decision_type not in DISCLOSES:
        return None
    today = clock.day_in_japan(clock.now())
    files = _files(found)
    wanted = methods_of(g.session, case)
    offer = standing_handout(g.session, case)
    due = method_due(g.session, case) if waits_for_choice(case) else None
    return {
        "records": [(row, _how(*wanted[row.id]), _forms(row, *wanted[row.id])) for row in files],
        "offer": offer,
        "over": offer is not None and (today > offer.expires_on or offer.taken >= offer.most),
        "stopped": case.released_at is not None and offer is None and open_leak(g.session, case) is not None,
        "needs_code": offer is not None and offer.confirms and session.get(opened.CASE, {}).get(CONFIRMED) != offer.id,
        "choose": Action.CHOOSE_METHOD in status(g.session, found, today=today).can,
        "due": due,
        "due_steps": steps(due) if due else [],
        "late": due is not None and today > due.binding_on,
        "office": Delivery.OFFICE in {way for way, _form in wanted.values()},
        "open": case.state in (State.NOTIFIED, State.METHOD_CHOICE),
        "booked": booked(g.session, case),
        "released": case.released_at is not None,
        "received": received_on(g.session, case),
        "lapsed": case.state is State.LAPSED,
        "personal": case.records.personal,
        "further": further_due(g.session, case) if case.state is State.IMPLEMENTED else None,
        "again": asked_on(g.session, case),
        "today": today,
        "excuse": chosen.reason if (chosen := wish(g.session, case, found.key)) is not None and chosen.late else "",
    }


def _files(found: OpenedCase) -> tuple[StatusFile, ...]:
    rows = case_files(g.session, found.case, FileKind.RECORD)
    shown = [
        StatusFile(row.id, row.kind, file_name(found.key, row), row.media_type, row.size, row.pages) for row in rows
    ]
    return as_handed_out(g.session, found.case, shown)


def _how(delivery: Delivery, form: Format) -> str:
    return f"{label(DELIVERIES, delivery)} – {label(FORMATS, form)}"


def _forms(row: StatusFile, delivery: Delivery, chosen: Format) -> list[tuple[str, str]]:
    """In which forms a record can be downloaded; the one that was chosen first."""
    if delivery is not Delivery.DOWNLOAD:
        return []
    pictures = row.media_type != PDF
    offered = (
        [Format.IMAGE, Format.PDF, Format.LARGE_PRINT] if pictures else [Format.PDF, Format.LARGE_PRINT, Format.TEXT]
    )
    ordered = sorted(offered, key=lambda form: form is not chosen)
    return [(form.value, label(FORMATS, form)) for form in ordered]


@with_case
def method(found: OpenedCase) -> Answer:
    """After the decision: how the records are wanted, all of them or one otherwise than the rest."""
    shown = status(g.session, found, today=clock.day_in_japan(clock.now()))
    if Action.CHOOSE_METHOD not in shown.can:
        flash(_("The way of disclosure cannot be changed now."), "info")
        return _home()
    before = wish(g.session, found.case, found.key)
    given = {"delivery": found.case.delivery.value, "format": found.case.format.value}
    if before is not None:
        given |= {"wished_on": before.wished_on, "postage": before.postage}
    files = _files(found)
    form = method_form([(row.id, row.name) for row in files], data=given)
    if form.validate_on_submit() and (wished := _try(found, form, choose.choose)) is not None:
        flash(_("We will disclose the records in this way."), "success")
        office = Delivery.OFFICE in {wished.delivery, *(way for way, _form in wished.otherwise.values())}
        return redirect(url_for("disclosure.appointment"), 303) if office else _home()
    due = method_due(g.session, found.case)
    page = render_template(
        "disclosure/method.html", form=form, number=found.case.number, due=due, due_steps=steps(due) if due else [],
        needed=waits_for_choice(found.case), several=len(files) > 1,
        postage=postage_estimate(g.session, found.case, clock.day_in_japan(clock.now())),
    )  # fmt: skip
    return (page, 422) if form.errors else page


@with_case
def further(found: OpenedCase) -> Answer:
    """After documents were disclosed: having them in another way too (更なる開示)."""
    due = further_due(g.session, found.case) if found.case.state is State.IMPLEMENTED else None
    if due is None:
        flash(_("Further disclosure cannot be asked for now."), "info")
        return _home()
    form = method_form([(row.id, row.name) for row in _files(found)])
    if form.validate_on_submit() and (wished := _try(found, form, ask_further)) is not None:
        flash(_("We prepare the documents once more, in this way."), "success")
        return redirect(url_for("disclosure.appointment"), 303) if wished.delivery is Delivery.OFFICE else _home()
    page = render_template(
        "disclosure/further.html", form=form, number=found.case.number, due=due, due_steps=steps(due),
        several=len(form.records) > 1,
    )  # fmt: skip
    return (page, 422) if form.errors else page


def _try(found: OpenedCase, form: MethodForm, do: Callable[..., None]) -> Wished | None:
    """What was wished, once it is kept; None puts what is wrong next to its field, and nothing is changed."""
    wished = form.wished()
    try:
        with g.session.begin_nested():
            do(g.session, found.case, wished, key=found.key, by=found.actor, at=clock.now())
    except (Invalid, Conflict) as error:
        g.session.refresh(found.case)
        form.tell(error, otherwise="format")
        return None
    return wished


@throttled(Limit("disclosure.code", count=30, seconds=3600))
@with_case
def code(found: OpenedCase) -> Answer:
    """The one-time code that was mailed."""
    form = HandoutCodeForm()
    now = clock.now()
    try:
        offer = hand_out.standing_offer(g.session, found.case, at=now)
    except Conflict as error:
        flash(_(error.message), "warning")
        return _home()
    if not offer.confirms:
        return _home()
    if form.validate_on_submit():
        done = hand_out.confirm(g.session, found.case, form.typed(), key=found.key, by=found.actor, at=now)
        if done is not None:
            session[opened.CASE] = {**session[opened.CASE], CONFIRMED: done}
            flash(_("Thank you. You can download the records now."), "success")
            return _home()
        form.refuse("code", hand_out.WRONG)
    form.code.data = ""
    law = terms(clock.day_in_japan(now))
    page = render_template(
        "disclosure/handout_code.html", form=form, send=SendCodeForm(formdata=None), offer=offer, law=law,
        sent=offer.code_until is not None and offer.code_until > now and offer.code_tries < law.code_tries,
    )  # fmt: skip
    return (page, 422) if form.errors else page


@throttled(Limit("disclosure.send_code", count=10, seconds=3600))
@with_case
def send_code(found: OpenedCase) -> Response:
    """Have a new code mailed."""
    hand_out.send_code(g.session, found.case, key=found.key, by=found.actor, at=clock.now())
    flash(_("The code is on its way to the e-mail address of your request."), "success")
    return redirect(url_for("disclosure.handout_code"), 303)


def prepare(file_id: str, form: str) -> tuple[bytes, str] | KaijiError | None:
    """The record in the wanted form, drawn in a child process before anything is counted; None: nobody may have it."""
    kept = opened.peek()
    if kept is None or form not in {one.value for one in MAKERS}:
        return None
    try:
        file = hand_out.check_download(
            g.session, kept.case, file_id, confirmed=_confirmed(), by=kept.actor, at=clock.now()
        )
        data, kind = record_data(g.session, kept.key, file)
        pages = file.pages
        g.session.close()
        if kind == MADE[Format(form)] and form == Format.PDF:
            return data, kind
        make = MAKERS[Format(form)]
        return press.run(make, data, kind, seconds=SECONDS + PAGE_SECONDS * pages), MADE[Format(form)]
    except KaijiError as error:
        return error


@with_case
@prepared.prepared_by(prepare)
def record(found: OpenedCase, file_id: str, form: str) -> Response:
    """A record as a download: counted, recorded, and the first one proves that it was received."""
    made = prepared.result()
    try:
        if isinstance(made, KaijiError):
            raise made
        with g.session.begin_nested():
            file = hand_out.take(g.session, found.case, file_id, confirmed=_confirmed(), by=found.actor, at=clock.now())
    except Conflict as error:
        flash(_(error.message), "warning")
        return _home()
    except Invalid as error:
        flash(_(error.message), "info")
        return redirect(url_for("disclosure.handout_code"), 303) if error.params.get("field") == "code" else _home()
    data, kind = (
        made if made is not None else record_data(g.session, found.key, case_file(g.session, found.case, file_id))
    )
    name = f"{found.case.number}-{file.position}-{form}.{ENDINGS[kind]}"
    return download(data, name=name, media_type=kind)


def _confirmed() -> str:
    return str(session.get(opened.CASE, {}).get(CONFIRMED, ""))


def _home() -> Response:
    return redirect(url_for("disclosure.case"), 303)
