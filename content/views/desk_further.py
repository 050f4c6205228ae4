"""Other things that two people publish: a first bulletin from a template, a withdrawal, a report on a measure."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from content.forms.steps import QuickForm, ReportForm, WithdrawalForm
from content.models.incidents import Incident
from content.operations.report_measure import ask_report
from content.operations.withdraw import ask_withdrawal
from content.operations.write_bulletin import write_bulletin
from content.queries import desk_lists, drafts, incident_page, names
from content.queries.chosen_area import chosen_area
from content.rules.moments import instant, local
from content.rules.quick import Asked, first_bulletin
from content.rules.templates import fits, incident_key, offered, templates
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
        else:
            return _begin(form, template, system)
    shown = {
        row.key: ", ".join(choose(one, "name") for one in options.systems if one.key in row.systems) for row in rows
    }
    return render_template("content/staff/quick.html", form=form, only_for=shown)


def _begin(form: QuickForm, template: Any, system: Any) -> Response:
    now = clock.now()
    today, _clock = local(now)
    since = instant(today, form.since.time) if form.since.time else now
    since = since - timedelta(days=1) if since > now + timedelta(minutes=1) else since
    area = form.area.codes[0]
    taken = g.session.scalars(select(Incident.key).where(Incident.key.startswith(system.key))).all()
    asked = Asked(
        system=system.key,
        system_ja=system.name_ja,
        system_en=system.name_en,
        publisher=system.operator_key,
        area=area,
        area_ja=names.areas(g.session, [area])[area].name_ja,
        area_en=names.areas(g.session, [area])[area].name_en,
        since=since,
        next_update=now + timedelta(minutes=int(form.next_minutes.data)),
        exercise=bool(form.exercise.data),
    )
    writing = first_bulletin(template, asked, day_ja=format_wareki)
    key = incident_key(system.key, local(since)[0], [*taken, *drafts.keys_being_written(g.session)])
    draft = write_bulletin(g.session, writing, incident_key=key, new=True, by=g.actor, at=now)
    flash(_("Written. Look at it, then send it to another person, or publish it at once."), "success")
    return redirect(url_for("content_staff.draft", draft_id=draft.id))


@requires(Role.PUBLISHER)
def withdrawal(key: str) -> Answer:
    """Ask another person to agree that a bulletin is taken back."""
    incident = incident_page.find_incident(g.session, key)
    form = WithdrawalForm()
    form.offer(list(desk_lists.withdrawable(g.session, key)), choose, bulletin_name)
    if form.validate_on_submit():
        try:
            draft = ask_withdrawal(g.session, key, form.written(), by=g.actor, at=clock.now())
        except (Conflict, Invalid) as error:
            form.refuse("number", error.message)
        else:
            flash(_("Asked. Another person has to agree; until then the bulletin stays public."), "success")
            return redirect(url_for("content_staff.draft", draft_id=draft.id))
    return render_template("content/staff/withdrawal.html", form=form, incident=incident)


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
    measure = desk_lists.find_measure(g.session, key, position)
    today = {
        "status": measure.status,
        "effect": measure.effect,
        "due_on": (measure.due_on or "") and str(measure.due_on),
    }
    form = ReportForm(data=today if request.method == "GET" else {})
    form.offer(WORDS)
    if form.validate_on_submit():
        try:
            draft = ask_report(g.session, form.written(measure.id), by=g.actor, at=clock.now())
        except (Conflict, Invalid, NotFound) as error:
            form.refuse("text_ja", error.message)
        else:
            flash(_("Asked. Another person has to approve the report."), "success")
            return redirect(url_for("content_staff.draft", draft_id=draft.id))
    return render_template("content/staff/report.html", form=form, measure=measure, incident_key=key)
