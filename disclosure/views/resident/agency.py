"""Asking for another person: who asks and in what capacity, and the papers that show it."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from disclosure.forms.resident.agency import PROOF, ProofForm
from disclosure.forms.resident.questions import AgentForm, today
from disclosure.rules import agents
from disclosure.rules.kinds import RecordKind
from disclosure.rules.records import law_of
from disclosure.views.resident import guide
from disclosure.views.resident.documents import UPLOAD_BYTES
from disclosure.views.resident.draft import MOST_FILES, Draft
from portal.core.errors import N_
from portal.core.wareki import parse_day
from portal.web.access import public
from portal.web.building import settings
from portal.web.language import _
from portal.web.throttle import Limit, throttled
from portal.web.uploads import accepts_uploads

Answer = Response | tuple[str, int] | str
AT = {"whose": "capacity", "agent-capacity": "capacity", "birth-date": "capacity"}


def regime_of(record: str) -> str:
    """The code of the regime under which a record is answered here; empty where it is not."""
    profile = settings().organisation.profile
    law = law_of(RecordKind(record), profile, today())
    return law.code if law else ""


@public
def agent() -> Answer:
    """Name, reading, address, telephone and capacity of whoever asks for another person."""
    found = guide.arrive("agent")
    if isinstance(found, Response):
        return found
    regime = regime_of(found.answer("records")["records"])
    form = AgentForm(data=found.answer("agent"))
    form.offer(agents.capacities(found.requester, today(), regime=regime))
    if form.validate_on_submit():
        born = parse_day(found.answer("person")["birth_date"])
        refused = agents.standing_problem(found.requester, form.capacity.data, born, today(), regime=regime)
        if refused is None:
            found.save("agent", form.answers())
            return guide.onward(found, "agent")
        form.refuse(AT[refused.part], refused.message, **refused.params)
    page = render_template("disclosure/agent.html", form=form, place=guide.place("agent"))
    return (page, 422) if form.errors else page


@public
@accepts_uploads(UPLOAD_BYTES, file=PROOF)
@throttled(Limit("disclosure.upload", count=300, seconds=3600))
def agency() -> Answer:
    """Take one paper at a time; show what is there."""
    found = guide.arrive("agency")
    if isinstance(found, Response):
        return found
    form = ProofForm(found.answer("agent")["capacity"])
    if form.validate_on_submit():
        if len(found.proofs) >= MOST_FILES:
            form.refuse("file", N_("There are enough files. Remove one before you add another."))
        elif form.file.clean is not None:
            name, made_on = form.file.data.filename, form.made_on.day.isoformat() if form.made_on.day else ""
            found.add_file(form.file.clean, name, form.document.data, page="agency", made_on=made_on)
            flash(_("The file has arrived and was checked."), "success")
            return redirect(url_for("disclosure.agency", back=_back()), 303)
    page = _page(form, found)
    return (page, 422) if form.errors else page


@public
def agency_done() -> Answer:
    """Go on when the papers suffice or are to come by post; otherwise say what is missing."""
    found = guide.arrive("agency")
    if isinstance(found, Response):
        return found
    by_post = "y" if request.form.get("by_post") else ""
    if by_post or found.proofs_suffice():
        found.save("agency", {"by_post": by_post or found.answer("agency").get("by_post", "")})
        return guide.onward(found, "agency")
    form = ProofForm(found.answer("agent")["capacity"], formdata=None)
    form.refuse("document", N_("Add what shows that you may ask, or say that you send it by post."))
    return _page(form, found), 422


def _page(form: ProofForm, found: Draft) -> str:
    capacity = found.answer("agent")["capacity"]
    return render_template(
        "disclosure/agency.html",
        form=form,
        draft=found,
        proofs=agents.PROOFS,
        originals=[row for row in agents.proofs(capacity, today()) if row.original],
        days=agents.terms(today()).proof_days,
        enough=agents.sent_enough(capacity, [file.document for file in found.proofs]),
        room=len(found.proofs) < MOST_FILES,
        place=guide.place("agency"),
    )


def _back() -> str | None:
    return "check" if request.args.get("back") == "check" else None
