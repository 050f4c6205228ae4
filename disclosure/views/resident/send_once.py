"""Sending a draft from the page that shows all its answers: once, whatever the browser does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import flash, g, redirect, session, url_for
from werkzeug.wrappers import Response

from disclosure.forms.resident.sending import SeenForm
from disclosure.operations.application import Application
from disclosure.operations.submit import Submitted, submit
from disclosure.rules.kinds import Requester
from disclosure.views.resident import guide
from disclosure.views.resident.draft import Draft
from portal.core import clock
from portal.core.errors import Invalid
from portal.web.building import settings, vault
from portal.web.language import _

D = TypeVar("D", bound=Draft)


@dataclass(frozen=True)
class Sending(Generic[D]):
    """A journey's end. ``arrive``: its draft, or the way to where the visitor should be; ``address``: that of a page.

    ``page_of``: the page on which a value that the rules refuse can be mended, by its field.
    """

    arrive: Callable[[str], D | Response]
    address: Callable[[str], str]
    page_of: Mapping[str, str]
    application: Callable[[D], Application]

    def page(self, form: SeenForm, show: Callable[[D], str]) -> Response | tuple[str, int] | str:
        """What ``show`` makes of the draft; on POST it is filed, and the way leads to its receipt."""
        receipt = session.get(guide.RECEIPT)
        if form.is_submitted() and receipt and receipt["key"] == form.key.data:
            return redirect(url_for("disclosure.receipt"), 303)
        found = self.arrive("check")
        if isinstance(found, Response):
            return found
        if form.validate_on_submit():
            if form.key.data != found.key or form.seen.data != found.fingerprint():
                flash(_("Your answers were changed in another window. Please check them once more."), "warning")
                return redirect(self.address("check"), 303)
            return self._file(found)
        form.key.data, form.seen.data = found.key, found.fingerprint()
        return (show(found), 422) if form.errors else show(found)

    def _file(self, found: D) -> Response:
        try:
            with g.session.begin_nested():
                submitted = submit(
                    g.session,
                    self.application(found),
                    submission_key=found.key,
                    access_code=found.access_code,
                    vault=vault(),
                    organisation=settings().organisation,
                    by=g.actor,
                    at=clock.now(),
                )
        except Invalid as error:
            flash(_(error.message, **error.params), "danger")
            return redirect(self.address(self.page_of.get(str(error.params.get("field")), "check")), 303)
        case = submitted.case
        agent = case.requester is not Requester.PERSON
        keep_receipt(found.key, submitted, records=case.records.value, agent=agent)
        found.discard()
        return redirect(url_for("disclosure.receipt"), 303)


def keep_receipt(key: str, submitted: Submitted, **more: Any) -> None:
    """Show number and code in this browser until their owner has noted them; ``more`` is what else the receipt says."""
    case = submitted.case
    session[guide.RECEIPT] = {
        "key": key,
        "number": submitted.case_number,
        "code": submitted.access_code,
        "at": case.received_at.isoformat(),
        "law_day": case.law_day.isoformat(),
        "regime": case.regime,
        "mail": case.wants_mail,
        **more,
    }
