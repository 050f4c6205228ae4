"""The journal of who did what, for auditors."""

from __future__ import annotations

from flask import g, render_template, request

from portal.accounts import forms, queries
from portal.core.actor import Role
from portal.web.access import requires


@requires(Role.AUDITOR)
def journal() -> str:
    """The newest entries, of one subject when one is asked for."""
    form = forms.JournalForm(request.args)
    subject = (form.subject.data or "").strip() if form.validate() else ""
    page = request.args.get("page", 1, type=int)
    found = queries.journal(g.session, actor=g.actor, subject=subject, page=page)
    return render_template("accounts/journal.html", form=form, page=found, subject=subject)


@requires(Role.AUDITOR)
def check_journal() -> str:
    """Recompute the whole chain and say whether it is whole."""
    return render_template("accounts/journal_check.html", report=queries.journal_check(g.session, actor=g.actor))
