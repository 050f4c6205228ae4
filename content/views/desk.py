"""The publishing desk: what waits, a draft as its readers will see it, and the steps from there to the public."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from content import policy
from content.forms.steps import AtOnceForm, FindForm, ReasonForm, StepForm
from content.models.bulletins import Bulletin
from content.models.drafts import Draft
from content.operations.publish import approve_afterwards, publish, publish_now
from content.operations.report_measure import publish_report
from content.operations.review import send_back, send_for_review
from content.operations.withdraw import withdraw
from content.operations.write_bulletin import discard
from content.queries import desk_lists, drafts, promises
from content.rules import numbering
from content.rules.states import DraftKind, Step
from content.rules.writing import Writing, WrittenReport, WrittenWithdrawal
from content.views.desk_preview import missing, preview
from content.views.words import bulletin_name
from portal.core import audit, clock
from portal.core.actor import Role
from portal.core.errors import NotFound
from portal.web.access import requires
from portal.web.language import _

Answer = str | Response


@requires(Role.PUBLISHER, Role.APPROVER)
def publishing() -> str:
    """What waits, what is being written, what is published."""
    now = clock.now()
    find = FindForm(request.args)
    return render_template(
        "content/staff/publishing.html",
        drafts=drafts.desk(g.session, g.actor),
        forms=desk_lists.open_forms(g.session, g.actor),
        to_approve=desk_lists.to_approve(g.session, g.actor, now),
        overdue=promises.overdue(g.session, now),
        find=find,
        incidents=drafts.recent(g.session, find.words.data or ""),
        may_write=policy.may_write(g.actor),
        step=StepForm(),
    )


@requires(Role.PUBLISHER, Role.APPROVER)
def draft(draft_id: str) -> Answer:
    """A draft as its readers will see it, with the steps that the reader of this page may take."""
    one = _found(draft_id)
    may = {step.name: policy.may(g.actor, step, one) for step in Step}
    common = {"draft": one, "may": may, "history": audit.entries(g.session, subject=one.id), "form": ReasonForm()}
    if one.kind == DraftKind.WITHDRAWAL:
        text = WrittenWithdrawal(**one.payload)
        bulletin = g.session.get(Bulletin, numbering.bulletin_id(one.incident_key, text.number))
        return render_template("content/staff/withdrawal_draft.html", text=text, bulletin=bulletin, **common)
    if one.kind == DraftKind.IMPORT:
        return redirect(url_for("content_staff.asked_archive", draft_id=one.id))
    if one.kind == DraftKind.REPORT:
        report = WrittenReport.from_json(one.payload)
        measure = desk_lists.find_measure(g.session, one.incident_key, int(report.measure_id.rpartition("/")[2]))
        return render_template("content/staff/report_draft.html", report=report, measure=measure, **common)
    shown = preview(Writing.from_json(one.payload), key=one.incident_key, first=one.base_number == 0)
    return render_template("content/staff/draft.html", at_once=AtOnceForm(prefix="now"), shown=shown, **common)


def _found(draft_id: str) -> Draft:
    return drafts.find_draft(g.session, draft_id, actor=g.actor)


@requires(Role.PUBLISHER)
def send(draft_id: str) -> Response:
    """Send a draft for review; what its list of questions leaves open must have been seen."""
    one = _found(draft_id)
    if one.kind == DraftKind.BULLETIN and missing(one) and not request.form.get("seen"):
        flash(_("Some questions have no answer yet. Answer them, or say that it goes out without."), "danger")
        return redirect(url_for("content_staff.draft", draft_id=draft_id))
    send_for_review(g.session, one, by=g.actor, at=clock.now())
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
    """Approve, and publish what the draft is: a bulletin, a withdrawal, a report on a measure."""
    one = _found(draft_id)
    if one.kind == DraftKind.IMPORT:  # agreed to on its own page, which says what was seen
        return redirect(url_for("content_staff.asked_archive", draft_id=one.id))
    if one.kind == DraftKind.WITHDRAWAL:
        withdraw(g.session, one, by=g.actor, at=clock.now())
        flash(_("The bulletin is withdrawn. Its place, the reason and the day stay."), "success")
    elif one.kind == DraftKind.REPORT:
        publish_report(g.session, one, by=g.actor, at=clock.now())
        flash(_("The report is published."), "success")
    else:
        bulletin = publish(g.session, one, by=g.actor, at=clock.now())
        flash(_("Published as %(name)s.", name=bulletin_name(bulletin.number)), "success")
    return redirect(url_for("content_staff.publishing"))


@requires(Role.PUBLISHER)
def approve_own(draft_id: str) -> Answer:
    """Publish one's own draft at once in an emergency; the approval follows."""
    form = AtOnceForm(prefix="now")
    if not form.validate_on_submit():
        flash(" ".join(form.reason.errors) or _("Say why this cannot wait for another person."), "danger")
        return redirect(url_for("content_staff.draft", draft_id=draft_id))
    bulletin = publish_now(g.session, _found(draft_id), reason=form.reason.data or "", by=g.actor, at=clock.now())
    name = bulletin_name(bulletin.number)
    flash(_("Published at once as %(name)s. Another person has to approve it now.", name=name), "warning")
    return redirect(url_for("content_staff.publishing"))


@requires(Role.APPROVER, Role.PUBLISHER)
def approve_later(key: str, number: int) -> Response:
    """Approve what went out in an emergency."""
    bulletin = g.session.get(Bulletin, numbering.bulletin_id(key, number))
    if bulletin is None:
        raise NotFound
    approve_afterwards(g.session, bulletin, by=g.actor, at=clock.now())
    flash(_("Approved afterwards."), "success")
    return redirect(url_for("content_staff.publishing"))


@requires(Role.PUBLISHER)
def drop(draft_id: str) -> Response:
    """Discard a draft."""
    discard(g.session, _found(draft_id), by=g.actor, at=clock.now())
    flash(_("The draft is discarded."), "success")
    return redirect(url_for("content_staff.publishing"))
