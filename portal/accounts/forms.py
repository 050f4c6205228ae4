"""Forms of the accounts room: shape and plain checks only."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import wtforms
from wtforms import HiddenField
from wtforms.validators import ValidationError

from portal.accounts.models import Department
from portal.core.actor import Role
from portal.web.fields import ChoicesField, EmailField, NameField, PasswordField, SelectField, TextField
from portal.web.forms import Form
from portal.web.language import _, _l, choose

ROLE_NAMES: dict[Role, Any] = {
    Role.RECEPTION: _l("Reception"),
    Role.OFFICER: _l("Officer in charge"),
    Role.APPROVER: _l("Approver"),
    Role.PUBLISHER: _l("Publisher"),
    Role.AUDITOR: _l("Auditor"),
    Role.ADMINISTRATOR: _l("Administrator"),
}
ROLE_HINTS: dict[str, Any] = {
    Role.RECEPTION: _l("Receives requests and checks identity documents."),
    Role.OFFICER: _l("Examines requests, attaches the records found and drafts the decision."),
    Role.APPROVER: _l("Approves or sends back decisions that somebody else drafted."),
    Role.PUBLISHER: _l("Writes and publishes incident reports."),
    Role.AUDITOR: _l("Reads the journal and checks that it is whole."),
    Role.ADMINISTRATOR: _l("Manages staff accounts and failed background jobs."),
}


class RolesField(ChoicesField):
    """Any of the roles, each with what it may do."""

    def __init__(self, label: Any, **more: Any) -> None:
        self.option_hints = ROLE_HINTS
        super().__init__(label, choices=[(role.value, name) for role, name in ROLE_NAMES.items()], **more)

    @property
    def chosen(self) -> frozenset[Role]:
        """The ticked roles."""
        return frozenset(Role(value) for value in self.data or [])


class SignInForm(Form):
    """Login and password."""

    login = TextField(_l("Login"), longest=64, autocomplete="username")
    password = PasswordField(_l("Password"))


class PasswordForm(Form):
    """The current password and the new one, twice."""

    current = PasswordField(_l("Current password"))
    new = PasswordField(
        _l("New password"),
        autocomplete="new-password",
        hint=_l("At least 15 characters. Several words in a row are easy to remember. Pasting is allowed."),
    )
    again = PasswordField(_l("New password, once more"), autocomplete="new-password")

    def validate_again(self, field: wtforms.Field) -> None:
        if field.data != self.new.data:
            raise ValidationError(_("The two new passwords are not the same."))


class AccountForm(Form):
    """A new account."""

    login = TextField(
        _l("Login"),
        longest=32,
        autocomplete="off",
        hint=_l("Lower-case letters, digits, dots, hyphens and underscores."),
    )
    name = NameField(_l("Name"), autocomplete="off", hint=_l("As colleagues see it on the case pages."))
    department = SelectField(_l("Department"), required=False)
    roles = RolesField(_l("Roles"), required=False)

    def __init__(self, departments: Iterable[Department] = (), **more: Any) -> None:
        super().__init__(**more)
        self.department.choices = department_choices(departments)


class RolesForm(Form):
    """The roles of an account."""

    roles = RolesField(_l("Roles"), required=False, hint=_l("Changes count from the person's next click on."))


class DepartmentOfForm(Form):
    """The department that an account belongs to."""

    department = SelectField(
        _l("Department"), required=False, hint=_l("The cases of which the person is in charge count for it.")
    )

    def __init__(self, departments: Iterable[Department], **more: Any) -> None:
        super().__init__(**more)
        self.department.choices = department_choices(departments, self.department.data)


class DepartmentForm(Form):
    """A department's names and address; ``version`` is the one that the page showed."""

    version = HiddenField()
    name_ja = TextField(_l("Name in Japanese"), longest=50, autocomplete="off")
    name_en = TextField(_l("Name in English"), longest=100, autocomplete="off")
    email = EmailField(
        _l("E-mail address of the department"),
        required=False,
        hint=_l("It is told there how much work was given to it, and what is due. Nobody's personal address."),
        autocomplete="off",
    )


def department_choices(departments: Iterable[Department], present: str | None = None) -> list[tuple[str, str]]:
    """None, and the open ones with the ``present`` one, in the reader's language."""
    rows = [(row.id, choose(row, "name")) for row in departments if row.open or row.id == present]
    return [("", _("No department")), *rows]


class EmptyForm(Form):
    """A button: nothing but its token."""


class JournalForm(Form):
    """Looks for one subject in the journal; sent by GET, so without a token."""

    class Meta:
        csrf = False

    subject = TextField(
        _l("Subject"),
        longest=120,
        required=False,
        autocomplete="off",
        hint=_l("A case number, the key of a report, or the id of an account, exactly as written."),
    )
