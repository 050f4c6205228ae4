"""Staff accounts, for administrators."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, session, url_for
from werkzeug.wrappers import Response

from portal.accounts import forms, policy, queries
from portal.accounts.operations.change_password import reset_password
from portal.accounts.operations.create_account import create_account
from portal.accounts.operations.disable import disable, enable
from portal.accounts.operations.end_sessions import end_sessions
from portal.accounts.operations.set_department import set_department
from portal.accounts.operations.set_roles import set_roles
from portal.accounts.policy import Action
from portal.core import clock
from portal.core.actor import Role
from portal.core.errors import Conflict, Invalid
from portal.web.access import requires
from portal.web.language import _
from portal.web.sessions import current

ONE_TIME = "accounts.one_time"
CHANGES = (Action.SET_ROLES, Action.SET_DEPARTMENT, Action.DISABLE, Action.RESET_PASSWORD, Action.END_SESSIONS)


@requires(Role.ADMINISTRATOR)
def people() -> str:
    """All accounts."""
    found = queries.accounts(g.session, actor=g.actor)
    return render_template(
        "accounts/people.html",
        accounts=found,
        role_names=forms.ROLE_NAMES,
        departments={row.id: row for row in queries.departments(g.session)},
    )


@requires(Role.ADMINISTRATOR)
def new_person() -> Response | str:
    """Create an account; its one-time password is shown on the next page, once."""
    form = forms.AccountForm(queries.departments(g.session))
    if form.validate_on_submit():
        chosen = form.department.data
        try:
            account, clear = create_account(
                g.session,
                login=form.login.data or "",
                name=form.name.data or "",
                roles=form.roles.chosen,
                department=queries.department_of(g.session, chosen) if chosen else None,
                by=g.actor,
                at=clock.now(),
            )
        except (Conflict, Invalid) as error:
            form.refuse("login", error.message, **error.params)
        else:
            session[ONE_TIME] = [account.id, clear]
            return redirect(url_for("accounts.person", account_id=account.id), 303)
    return render_template("accounts/new_person.html", form=form)


@requires(Role.ADMINISTRATOR)
def person(account_id: str) -> str:
    """One account and what can be done with it."""
    account = queries.account_of(g.session, account_id, actor=g.actor)
    shown, departments = session.pop(ONE_TIME, None), queries.departments(g.session)
    return render_template(
        "accounts/person.html",
        account=account,
        roles_form=forms.RolesForm(data={"roles": account.roles}),
        department_form=forms.DepartmentOfForm(departments, data={"department": account.department_id or ""}),
        department=next((row for row in departments if row.id == account.department_id), None),
        button=forms.EmptyForm(),
        may={action.name.lower(): policy.may(g.actor, action, account) for action in CHANGES},
        sessions=queries.sessions_of(g.session, account, actor=g.actor, now=clock.now()),
        one_time=shown[1] if shown and shown[0] == account.id else "",
        role_names=forms.ROLE_NAMES,
    )


@requires(Role.ADMINISTRATOR)
def set_person_roles(account_id: str) -> Response:
    """Replace the roles."""
    account, form = queries.account_of(g.session, account_id, actor=g.actor), forms.RolesForm()
    if form.validate_on_submit() and set_roles(g.session, account, form.roles.chosen, by=g.actor, at=clock.now()):
        flash(_("The roles are changed. They count from now on."), "success")
    return redirect(url_for("accounts.person", account_id=account_id), 303)


@requires(Role.ADMINISTRATOR)
def set_person_department(account_id: str) -> Response:
    """Put the person into another department, or into none."""
    account = queries.account_of(g.session, account_id, actor=g.actor)
    form = forms.DepartmentOfForm(queries.departments(g.session))
    if form.validate_on_submit():
        wanted = queries.department_of(g.session, form.department.data) if form.department.data else None
        if set_department(g.session, account, wanted, by=g.actor, at=clock.now()):
            flash(_("The department is changed. The person’s cases count for it from now on."), "success")
    return redirect(url_for("accounts.person", account_id=account_id), 303)


@requires(Role.ADMINISTRATOR)
def disable_person(account_id: str) -> Response:
    """Close the account."""
    disable(g.session, queries.account_of(g.session, account_id, actor=g.actor), by=g.actor, at=clock.now())
    flash(_("The account is closed and signed out everywhere."), "success")
    return redirect(url_for("accounts.person", account_id=account_id), 303)


@requires(Role.ADMINISTRATOR)
def enable_person(account_id: str) -> Response:
    """Open the account again."""
    enable(g.session, queries.account_of(g.session, account_id, actor=g.actor), by=g.actor, at=clock.now())
    flash(_("The account is open again."), "success")
    return redirect(url_for("accounts.person", account_id=account_id), 303)


@requires(Role.ADMINISTRATOR)
def reset_person_password(account_id: str) -> Response:
    """Give a one-time password, shown once on the next page."""
    account = queries.account_of(g.session, account_id, actor=g.actor)
    session[ONE_TIME] = [account.id, reset_password(g.session, account, by=g.actor, at=clock.now())]
    return redirect(url_for("accounts.person", account_id=account_id), 303)


@requires(Role.ADMINISTRATOR)
def end_person_sessions(account_id: str) -> Response:
    """Sign the person out everywhere."""
    account = queries.account_of(g.session, account_id, actor=g.actor)
    but = current().id if account.id == g.actor.id else None
    count = end_sessions(g.session, account, by=g.actor, at=clock.now(), but=but)
    flash(_("Sessions ended: %(count)s", count=count), "success")
    return redirect(url_for("accounts.person", account_id=account_id), 303)
