"""Background work that gave up, for administrators."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from portal.accounts import forms, queries
from portal.accounts.operations.retry_job import retry_job
from portal.core import clock
from portal.core.actor import Role
from portal.web.access import requires
from portal.web.language import _


@requires(Role.ADMINISTRATOR)
def jobs() -> str:
    """How much work waits, and what failed for good."""
    counts, dead = queries.background_work(g.session, actor=g.actor)
    return render_template("accounts/jobs.html", counts=counts, dead=dead, button=forms.EmptyForm())


@requires(Role.ADMINISTRATOR)
def try_again(job_id: str) -> Response:
    """Put a failed job back in the queue."""
    retry_job(g.session, job_id, by=g.actor, at=clock.now())
    flash(_("The job is in the queue again."), "success")
    return redirect(url_for("accounts.jobs"), 303)
