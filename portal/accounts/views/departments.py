"""The departments of the organisation, for administrators."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.wrappers import Response

from portal.accounts import forms, policy, queries
from portal.accounts.models import Department
from portal.accounts.operations import departments as work
from portal.accounts.policy import Action
from portal.core import clock
from portal.core.actor import Role
from portal.core.errors import Conflict, Invalid
from portal.web.access import requires
from portal.web.language import _


@requires(Role.ADMINISTRATOR)
def departments() -> Response | str:
    """All departments; enter another."""
    policy.check(g.actor, Action.LOOK_AT_ACCOUNTS)
    form = forms.DepartmentForm()
    if form.validate_on_submit():
        try:
            work.create_department(g.session, **_names(form), by=g.actor, at=clock.now())
        except (Conflict, Invalid) as error:
            form.refuse(str(error.params["field"]), error.message)
        else:
            flash(_("The department is entered. Accounts can be put into it."), "success")
            return redirect(url_for("accounts.departments"), 303)
    found, members = queries.departments(g.session), queries.members(g.session)
    return render_template("accounts/departments.html", rows=found, members=members, form=form)


@requires(Role.ADMINISTRATOR)
def department(department_id: str) -> Response | str:
    """One department: its names, its people."""
    accounts = queries.accounts(g.session, actor=g.actor)
    row = queries.department_of(g.session, department_id)
    form = forms.DepartmentForm(data={**_said(row), "version": str(row.version)})
    if form.validate_on_submit() and _renamed(form, department_id):
        flash(_("The department is changed."), "success")
        return redirect(url_for("accounts.departments"), 303)
    return render_template(
        "accounts/department.html",
        row=row,
        people=[one for one in accounts if one.department_id == row.id],
        form=form,
        button=forms.EmptyForm(),
        role_names=forms.ROLE_NAMES,
    )


@requires(Role.ADMINISTRATOR)
def close_department(department_id: str) -> Response:
    """Nobody can be put into it from now on."""
    row = queries.department_of(g.session, department_id)
    work.close_department(g.session, row, by=g.actor, at=clock.now())
    flash(_("The department is closed. What it did keeps its name."), "success")
    return redirect(url_for("accounts.departments"), 303)


@requires(Role.ADMINISTRATOR)
def open_department(department_id: str) -> Response:
    """Open it again."""
    work.open_department(g.session, queries.department_of(g.session, department_id), by=g.actor, at=clock.now())
    flash(_("The department is open again."), "success")
    return redirect(url_for("accounts.departments"), 303)


def _renamed(form: forms.DepartmentForm, department_id: str) -> bool:
    """False: the form says why not, and what was typed stays in it, at the present version."""
    row = queries.department_of(g.session, department_id)
    try:
        with g.session.begin_nested():
            work.rename_department(
                g.session, row, **_names(form), version=form.version.data or "", by=g.actor, at=clock.now()
            )
    except (Conflict, Invalid) as error:
        form.tell(error, otherwise="name_ja")
    except StaleDataError:
        form.refuse("name_ja", work.CHANGED)
    else:
        return True
    g.session.refresh(row)
    form.version.data = str(row.version)
    return False


def _names(form: forms.DepartmentForm) -> dict[str, str]:
    return {"name_ja": form.name_ja.data or "", "name_en": form.name_en.data or "", "email": form.email.data or ""}


def _said(row: Department) -> dict[str, str]:
    return {"name_ja": row.name_ja, "name_en": row.name_en, "email": row.email}
