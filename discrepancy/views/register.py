"""The register of bodies: for bodies to look desks up and keep their own, for keepers to keep all."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from flask import flash, g, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from discrepancy.forms.register import CorrespondentForm, DeskForm, RegisterFilter
from discrepancy.models.bodies import Body
from discrepancy.operations.keep_register import add_correspondent, change_desk, desk_of
from discrepancy.queries.access import find_body
from discrepancy.queries.bodies import Register, correspondents
from discrepancy.queries.bodies import register as look_up
from discrepancy.rules.desks import Desk
from discrepancy.views import wording
from discrepancy.views.attempts import attempt
from discrepancy.views.doors import for_administrators, for_bodies, for_keepers
from discrepancy.views.found import own_bodies
from portal.accounts.views.people import ONE_TIME
from portal.core import clock
from portal.core.actor import Role
from portal.core.errors import Conflict, NotFound
from portal.web.language import _

Answer = str | Response


def _found() -> tuple[RegisterFilter, Register]:
    form = RegisterFilter(request.args)
    form.offer(wording.BODY_KINDS)
    fits, page = form.validate(), request.args.get("page", "1")
    number = int(page) if page.isdecimal() and len(page) < 6 else 1
    return form, look_up(
        g.session, (form.q.data or "") if fits else "", (form.kind.data or "") if fits else "", page=number
    )


def _listed(template: str, **more: Any) -> str:
    form, found = _found()
    page = SimpleNamespace(number=found.number, pages=found.pages)
    return render_template(template, filters=form, form=form, found=found, page=page, wording=wording, **more)


@for_bodies
def register() -> str:
    """The desks of all bodies, for whoever asks one."""
    return _listed("discrepancy/register.html", staff=False)


@for_bodies
def own_body() -> Answer:
    """The body's own desk, and who acts for it."""
    own = own_bodies()
    if not own:
        raise NotFound
    return _desk(own[0], "discrepancy.own_body", {}, keeper=False)


@for_keepers
def bodies() -> str:
    """The register, for its keepers."""
    return _listed("discrepancy/register.html", staff=True)


@for_keepers
def body(code: str) -> Answer:
    """One body: its desk and the accounts of its people."""
    return _desk(find_body(g.session, code), "discrepancy_staff.body", {"code": code}, keeper=True)


def _desk(found: Body, endpoint: str, values: dict[str, Any], *, keeper: bool) -> Answer:
    now = desk_of(found)
    form = DeskForm(
        data={
            "version": str(found.version),
            "section": now.section,
            "telephone": now.telephone,
            "fax": now.fax,
            "mail": now.mail,
        }
    )

    def act() -> bool:
        if form.version.data != str(found.version):
            raise Conflict
        fields = (form.section, form.telephone, form.fax, form.mail)
        desk = Desk(*((field.data or "").strip() for field in fields))
        change_desk(g.session, found, desk, by=g.actor, at=clock.now())
        return True

    if form.validate_on_submit() and attempt(form, act):
        flash(_("The contact desk is saved."), "success")
        return redirect(url_for(endpoint, **values), 303)
    return render_template(
        "discrepancy/body.html",
        body=found,
        form=form,
        href=url_for(endpoint, **values),
        people=correspondents(g.session, found.code),
        keeper=keeper,
        may_add=keeper and g.actor.has(Role.ADMINISTRATOR) and found.closed_on is None,
        wording=wording,
    )


@for_administrators
def new_correspondent(code: str) -> Answer:
    """An account for somebody of a body; its one-time password is shown on the next page, once."""
    found, form = find_body(g.session, code), CorrespondentForm()

    def act() -> Any:
        login, name = form.login.data or "", form.name.data or ""
        return add_correspondent(g.session, found, login=login, name=name, by=g.actor, at=clock.now())

    if form.validate_on_submit() and (made := attempt(form, act)):
        account, clear = made
        session[ONE_TIME] = [account.id, clear]
        return redirect(url_for("accounts.person", account_id=account.id), 303)
    return render_template("discrepancy/new_correspondent.html", body=found, form=form, wording=wording)
