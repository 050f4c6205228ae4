"""What the procedure is, and the first questions: which record, whose."""

from __future__ import annotations

from flask import redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from disclosure.forms.resident.questions import COMPANY, DECEASED, REQUESTERS, ProcedureForm, RecordsForm, today
from disclosure.rules import agents, identity
from disclosure.rules.deadlines import clock
from disclosure.rules.fees import request_fee
from disclosure.rules.kinds import Channel, RecordKind
from disclosure.rules.records import is_described
from disclosure.rules.regimes import of_profile
from disclosure.rules.routing import Route, find
from disclosure.views.resident import draft as drafts
from disclosure.views.resident import guide, routing
from disclosure.views.resident.agency import regime_of
from portal.web.access import public
from portal.web.building import settings

# Where somebody without a right to ask is told so, and where to turn (data/routing.toml).
NO_RIGHT = {DECEASED: "deceased", COMPANY: "company"}

MOST_RATHER = 3


@public
def start() -> str:
    """The door: what it is, what is needed, how long it takes, how it works."""
    day = today()
    law = of_profile(settings().organisation.profile, day)
    return render_template(
        "disclosure/start.html",
        law=law,
        fee=request_fee(law, Channel.WEB, day),
        days=clock(law.decision_clock, day).amount,
        documents=identity.accepted(day),
        alone_from=agents.terms(day).minor_alone_from,
    )


@public
def procedure() -> Response | tuple[str, int] | str:
    """Which record somebody looks for; those that are not asked for on the web lead to the page that says where."""
    found, rows = drafts.current(), routing.table(today())
    if request.args.get("record") == "documents":
        return redirect(url_for("disclosure.documents"), 303)
    kept = found.answer("procedure") if found else {}
    form = ProcedureForm(rows, data=kept or {"record": request.args.get("record")})
    if form.validate_on_submit():
        record = form.answers()["record"]
        if not any(row.record == record and row.on_web for row in rows):
            return redirect(url_for("disclosure.where_to", record=record), 303)
        found = drafts.begin()
        if found.answer("procedure") not in ({}, form.answers()):
            found.forget("records")
        found.save("procedure", form.answers())
        return guide.onward(found, "procedure")
    page = render_template("disclosure/procedure.html", form=form, place=guide.place("procedure"))
    return (page, 422) if form.errors else page


@public
def records() -> Response | tuple[str, int] | str:
    """Whose records and which."""
    found = guide.arrive("records")
    if isinstance(found, Response):
        return found
    form = RecordsForm(data=found.answer("records"))
    form.only(_offered(found))
    if form.validate_on_submit():
        answers = form.answers()
        if answers["whose"] in NO_RIGHT:
            return redirect(url_for("disclosure.where_to", record=NO_RIGHT[answers["whose"]]), 303)
        rather = _rather(found, answers)
        if agents.may_ask(regime_of(answers["records"]), REQUESTERS[answers["whose"]], today()):
            if rather and request.form.get("sure") != answers["details"]:
                place = guide.place("records")
                return render_template("disclosure/records.html", form=form, place=place, rather=rather)
            found.save("records", answers)
            return guide.onward(found, "records")
        form.refuse("whose", agents.NOT_UNDER_REGIME)
    page = render_template("disclosure/records.html", form=form, place=guide.place("records"))
    return (page, 422) if form.errors else page


def _rather(found: drafts.Draft, answers: dict[str, str]) -> tuple[Route, ...]:
    """The records that the words may mean, where a record is told in words: another way or body may be right."""
    if not is_described(RecordKind(answers["records"])):
        return ()
    asked = found.answer("procedure").get("record", "")
    rows = [row for row in routing.table(today()) if row.record != asked]
    return find(rows, answers["details"])[:MOST_RATHER]


def _offered(found: drafts.Draft) -> tuple[str, ...]:
    """The records that belong to what the visitor said to look for."""
    asked = found.answer("procedure").get("record", "")
    return next((row.records for row in routing.table(today()) if row.record == asked), ())


@public
def stop() -> Response:
    """Delete the draft at its owner's wish."""
    found = drafts.current()
    if found is not None:
        found.discard()
    session.pop(guide.RECEIPT, None)
    return redirect(url_for("disclosure.start"), 303)
