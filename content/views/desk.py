"""The publishing desk: write, look at it, send it to another person, publish, correct."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from content import policy
from content.forms.bulletins import MOST_ROWS, BulletinForm, ReasonForm, StepForm, prefill
from content.models.drafts import Draft
from content.models.incidents import Incident
from content.operations.publish import publish
from content.operations.review import send_back, send_for_review
from content.operations.write_bulletin import KEY_MESSAGE, discard, edit_draft, write_bulletin
from content.queries import drafts, incident_page, names
from content.queries.incident_page import IncidentPage
from content.rules import checks, numbering
from content.rules.states import Step
from content.rules.writing import Writing, WrittenBulletin, WrittenIncident
from content.views.words import WORDS, amount, bulletin_name
from portal.core import audit, clock
from portal.core.actor import Role
from portal.core.errors import Conflict, Invalid
from portal.web.access import requires
from portal.web.language import _, choose

Answer = str | Response


@requires(Role.PUBLISHER, Role.APPROVER)
def publishing() -> str:
    """What waits, what is being written, what is published."""
    return render_template(
        "content/staff/publishing.html",
        drafts=drafts.desk(g.session, g.actor),
        incidents=drafts.recent(g.session),
        may_write=policy.may_write(g.actor),
    )


@requires(Role.PUBLISHER)
def new_incident() -> Answer:
    """A first bulletin of a new incident."""
    return _write(None, correction=False)


@requires(Role.PUBLISHER)
def new_bulletin(key: str) -> Answer:
    """A further bulletin."""
    return _write(incident_page.incident_page(g.session, key), correction=False)


@requires(Role.PUBLISHER)
def correct(key: str) -> Answer:
    """A correction: a further bulletin that names what was wrong."""
    return _write(incident_page.incident_page(g.session, key), correction=True)


def _write(page: IncidentPage | None, *, correction: bool) -> Answer:
    form = _form(page.incident if page else None, prefill(_from_incident(page)) if page else {})
    form.key.required = page is None
    key = page.incident.key if page else (form.key.data or "").strip()
    writing = _sent(form, key, new=page is None, correction=correction)
    if writing is not None:
        try:
            draft = write_bulletin(g.session, writing, incident_key=key, new=page is None, by=g.actor, at=clock.now())
        except (Conflict, Invalid) as error:
            form.refuse("key", error.message)
        else:
            flash(_("Saved as a draft. Look at it, then send it to another person."), "success")
            return redirect(url_for("content_staff.draft", draft_id=draft.id))
    return render_template("content/staff/write.html", form=form, page=page, correction=correction, draft=None)


@requires(Role.PUBLISHER)
def edit(draft_id: str) -> Answer:
    """Change a draft."""
    draft = drafts.find_draft(g.session, draft_id, actor=g.actor)
    policy.check(g.actor, Step.EDIT, draft)
    incident = g.session.get(Incident, draft.incident_key)
    form = _form(incident, prefill(Writing.from_json(draft.payload)))
    writing = _sent(form, draft.incident_key, new=False, correction=draft.correction)
    if writing is not None:
        edit_draft(g.session, draft, writing, by=g.actor, at=clock.now())
        flash(_("Saved."), "success")
        return redirect(url_for("content_staff.draft", draft_id=draft.id))
    return render_template("content/staff/write.html", form=form, page=None, correction=draft.correction, draft=draft)


def _form(incident: Incident | None, data: dict[str, Any]) -> BulletinForm:
    form = BulletinForm(data=data)
    while request.method == "GET" and len(form.facts) < min(MOST_ROWS, len(data.get("facts", ())) + 2):
        form.facts.append_entry()
    if request.method == "POST" and "more" in request.form and len(form.facts) < MOST_ROWS:
        form.facts.append_entry()
    today = drafts.facts_today(g.session, incident.key) if incident else []
    told = [(fact, str(WORDS["fields"][fact.field]) + _(": ") + _short(fact)) for fact in today]
    form.offer(drafts.options(g.session), WORDS, choose, told)
    return form


def _short(fact: Any) -> str:
    if fact.number is not None:
        return f"{amount(fact.number, fact.unit)} ({bulletin_name(numbering.number_of(fact.id))})"
    return f"{fact.day or choose(fact, 'text')} ({bulletin_name(numbering.number_of(fact.id))})"


def _sent(form: BulletinForm, key: str, *, new: bool, correction: bool) -> Writing | None:
    """The text when the form was sent and everything holds; problems stand beside the fields otherwise."""
    if request.method != "POST" or "more" in request.form:
        return None
    if not form.validate_on_submit():
        return None
    if new and not numbering.is_key(key):
        form.refuse("key", KEY_MESSAGE)
        return None
    writing = form.written(correction=correction)
    found = checks.problems(writing, drafts.known(g.session, key))
    used = [entry for entry in form.facts if entry.form.field.data]
    for problem in found:
        if problem.fact:
            row = used[problem.fact - 1].form
            row.field.errors = [*row.field.errors, _(problem.message)]
        else:
            form.refuse("bulletin_title_ja", problem.message)
    return None if found else writing


def _from_incident(page: IncidentPage) -> Writing:
    """A further bulletin begins with the incident as it stands and an empty text."""
    one = page.incident
    names_ = ("title_ja", "title_en", "state", "severity", "cause_key", "cause_status", "occurred_on", "occurred_until",
              "occurred_text_ja", "occurred_text_en", "exercise")  # fmt: skip
    incident = WrittenIncident(
        systems=tuple(system.key for system in page.systems),
        areas=tuple(area.code for area in page.areas),
        **{name: getattr(one, name) for name in names_},
    )
    bulletin = WrittenBulletin(title_ja="", title_en="", body_ja="", body_en="", publisher=page.latest.publisher_key)
    return Writing(incident=incident, bulletin=bulletin)


@requires(Role.PUBLISHER, Role.APPROVER)
def draft(draft_id: str) -> str:
    """A draft as its readers will see it, with the steps that the reader of this page may take."""
    one = drafts.find_draft(g.session, draft_id, actor=g.actor)
    writing = Writing.from_json(one.payload)
    corrected = {fact.id: fact for fact in drafts.facts_today(g.session, one.incident_key)}
    offered = drafts.options(g.session)
    return render_template(
        "content/staff/draft.html",
        draft=one,
        writing=writing,
        corrected=corrected,
        systems=[choose(system, "name") for system in offered.systems if system.key in writing.incident.systems],
        severity=next((choose(s, "name") for s in offered.severities if s.level == writing.incident.severity), ""),
        areas=names.areas(g.session, [*writing.incident.areas, *(fact.area for fact in writing.bulletin.facts)]),
        may={step.name: policy.may(g.actor, step, one) for step in Step},
        history=audit.entries(g.session, subject=one.id),
        form=ReasonForm(),
        step=StepForm(),
    )


def _found(draft_id: str) -> Draft:
    return drafts.find_draft(g.session, draft_id, actor=g.actor)


@requires(Role.PUBLISHER)
def send(draft_id: str) -> Response:
    """Send a draft for review."""
    send_for_review(g.session, _found(draft_id), by=g.actor, at=clock.now())
    flash(_("Sent. Another person can now approve it."), "success")
    return redirect(url_for("content_staff.publishing"))


@requires(Role.APPROVER, Role.PUBLISHER)
def back(draft_id: str) -> Answer:
    """Send a draft back."""
    form = ReasonForm()
    if not form.validate_on_submit():
        flash(_("Say why it goes back."), "danger")
        return redirect(url_for("content_staff.draft", draft_id=draft_id))
    send_back(g.session, _found(draft_id), reason=form.reason.data or "", by=g.actor, at=clock.now())
    flash(_("Sent back to its writer."), "success")
    return redirect(url_for("content_staff.publishing"))


@requires(Role.APPROVER, Role.PUBLISHER)
def approve(draft_id: str) -> Response:
    """Approve and publish."""
    bulletin = publish(g.session, _found(draft_id), by=g.actor, at=clock.now())
    flash(_("Published as %(name)s.", name=bulletin_name(bulletin.number)), "success")
    return redirect(url_for("content_staff.publishing"))


@requires(Role.PUBLISHER)
def drop(draft_id: str) -> Response:
    """Discard a draft."""
    discard(g.session, _found(draft_id), by=g.actor, at=clock.now())
    flash(_("The draft is discarded."), "success")
    return redirect(url_for("content_staff.publishing"))
