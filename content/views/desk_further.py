"""Other things that two people publish: a first bulletin from a template, a withdrawal, a report on a measure."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from content import policy
from content.forms.steps import QuickForm, ReportForm, WithdrawalForm
from content.models.drafts import Draft
from content.operations.report_measure import ask_report
from content.operations.withdraw import ask_withdrawal
from content.operations.write_bulletin import write_bulletin
from content.queries import desk_lists, drafts, incident_page, names
from content.queries.chosen_area import chosen_area
from content.rules.moments import instant, local
from content.rules.quick import Asked, first_bulletin
from content.rules.states import DraftKind, Step
from content.rules.templates import fits, offered, templates
from content.views.words import WORDS, bulletin_name
from portal.core import clock
from portal.core.actor import Role
from portal.core.errors import Conflict, Invalid, NotFound
from portal.core.wareki import format_wareki
from portal.web.access import requires
from portal.web.language import _, choose

Answer = str | Response


@requires(Role.PUBLISHER)
def quick() -> Answer:
    """A first bulletin from a template, with six fields, for whoever stands with a phone in front of a dead system."""
    form = QuickForm()
    rows = offered(templates(), clock.day_in_japan(clock.now()))
    options = drafts.options(g.session)
    form.offer(rows, options, choose, lambda text: chosen_area(g.session, text))
    if form.validate_on_submit():
        template = next(row for row in rows if row.key == form.template.data)
        system = next(one for one in options.systems if one.key == form.system.data)
        if not fits(template, system.key):
            form.refuse("template", _("This template is not for that system."))
        elif times := _times(form, template, clock.now()):
            return _begin(form, template, system, *times)
    shown = {
        row.key: ", ".join(choose(one, "name") for one in options.systems if one.key in row.systems) for row in rows
    }
    return render_template("content/staff/quick.html", form=form, only_for=shown)


def _times(form: QuickForm, template: Any, now: datetime) -> tuple[datetime, datetime | None] | None:
    """When it began or begins, and when maintenance ends; None where a field now says what is wrong with it."""
    today, _clock = local(now)
    if not template.planned:
        if form.until.time or form.day.day:
            form.refuse("until", _("Day and end are for planned maintenance only."))
            return None
        since = instant(today, form.since.time) if form.since.time else now
        return (since - timedelta(days=1) if since > now + timedelta(minutes=1) else since), None
    if not (form.since.time and form.until.time):
        form.refuse("until", _("Say from when until when the maintenance is planned."))
        return None
    day = form.day.day or today
    begins, ends = instant(day, form.since.time), instant(day, form.until.time)
    return begins, ends if ends > begins else ends + timedelta(days=1)


def _begin(form: QuickForm, template: Any, system: Any, since: datetime, until: datetime | None) -> Response:
    now = clock.now()
    (area,) = names.areas(g.session, form.area.codes).values()
    publishers = [one.key for one in drafts.options(g.session).publishers]
    asked = Asked(
        system=system.key,
        system_ja=system.name_ja,
        system_en=system.name_en,
        publisher=system.operator_key if system.operator_key in publishers else publishers[0],
        area=area.code,
        area_ja=area.name_ja,
        area_en=area.name_en,
        since=since,
        next_update=(until or now) + timedelta(minutes=int(form.next_minutes.data)),
        until=until,
        exercise=bool(form.exercise.data),
    )
    writing = first_bulletin(template, asked, day_ja=format_wareki)
    key = drafts.free_key(g.session, system.key, local(since)[0])
    draft = write_bulletin(g.session, writing, incident_key=key, new=True, by=g.actor, at=now)
    flash(_("Written. Look at it, then send it to another person, or publish it at once."), "success")
    return redirect(url_for("content_staff.draft", draft_id=draft.id))


@requires(Role.PUBLISHER)
def reword(draft_id: str) -> Answer:
    """What was asked and sent back, in other words."""
    one = drafts.find_draft(g.session, draft_id, actor=g.actor)
    if not policy.may(g.actor, Step.EDIT, one):
        flash(_("This draft is no longer being written."), "warning")
        return redirect(url_for("content_staff.draft", draft_id=draft_id))
    if one.kind == DraftKind.WITHDRAWAL:
        return _withdrawal(one.incident_key, one)
    if one.kind == DraftKind.REPORT:
        return _report(one.incident_key, int(one.payload["measure_id"].rpartition("/")[2]), one)
    raise NotFound


@requires(Role.PUBLISHER)
def withdrawal(key: str) -> Answer:
    """Ask another person to agree that a bulletin is taken back."""
    return _withdrawal(key, None)


def _withdrawal(key: str, again: Draft | None) -> Answer:
    incident = incident_page.find_incident(g.session, key)
    form = WithdrawalForm(data={**again.payload, "number": str(again.payload["number"])} if again else {})
    form.offer(list(desk_lists.withdrawable(g.session, key)), choose, bulletin_name)
    if form.validate_on_submit():
        try:
            draft = ask_withdrawal(g.session, key, form.written(), again=again, by=g.actor, at=clock.now())
        except (Conflict, Invalid) as error:
            form.refuse("number", error.message)
        else:
            flash(_("Asked. Another person has to agree; until then the bulletin stays public."), "success")
            return redirect(url_for("content_staff.draft", draft_id=draft.id))
    return render_template("content/staff/withdrawal.html", form=form, incident=incident, again=again)


@requires(Role.PUBLISHER)
def measures(key: str) -> str:
    """The measures of an incident, to report on."""
    incident = incident_page.find_incident(g.session, key)
    return render_template(
        "content/staff/measures.html", incident=incident, measures=desk_lists.measures(g.session, key)
    )


@requires(Role.PUBLISHER)
def report(key: str, position: int) -> Answer:
    """Say how far a measure is and whether it worked."""
    return _report(key, position, None)


def _report(key: str, position: int, again: Draft | None) -> Answer:
    measure = desk_lists.find_measure(g.session, key, position)
    today = (
        again.payload
        if again
        else {
            "status": measure.status,
            "effect": measure.effect,
            "due_on": (measure.due_on or "") and str(measure.due_on),
        }
    )
    form = ReportForm(data=today if request.method == "GET" else {})
    form.offer(WORDS)
    if form.validate_on_submit():
        try:
            draft = ask_report(g.session, form.written(measure.id), again=again, by=g.actor, at=clock.now())
        except (Conflict, Invalid, NotFound) as error:
            form.refuse("text_ja", error.message)
        else:
            flash(_("Asked. Another person has to approve the report."), "success")
            return redirect(url_for("content_staff.draft", draft_id=draft.id))
    return render_template("content/staff/report.html", form=form, measure=measure, incident_key=key, again=again)
