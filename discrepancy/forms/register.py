"""Forms of the register of bodies, and the filter of the desk."""

from __future__ import annotations

from typing import Any

import wtforms

from portal.web.fields import NameField, SelectField, TextField
from portal.web.forms import Form
from portal.web.language import _l


class DeskForm(Form):
    """The contact desk: an office, never a person. ``version`` is the one that the page showed."""

    version = wtforms.HiddenField()
    section = TextField(
        _l("Section of the desk"), longest=100, required=False, hint=_l("The office, not a person’s name.")
    )
    telephone = TextField(_l("Telephone"), longest=40, required=False, autocomplete="off")
    fax = TextField(_l("Fax"), longest=40, required=False, autocomplete="off")
    mail = TextField(
        _l("E-mail address"),
        longest=254,
        required=False,
        autocomplete="off",
        hint=_l("Mails say that something is new and where, never what."),
    )


class CorrespondentForm(Form):
    """A new account of a body."""

    login = TextField(
        _l("Login"),
        longest=32,
        autocomplete="off",
        hint=_l("Lower-case letters, digits, dots, hyphens and underscores."),
    )
    name = NameField(_l("Name"), autocomplete="off", hint=_l("As the other bodies see it beside an answer."))


class _Sought(Form):
    """Sent by GET, so without a token."""

    class Meta:
        csrf = False


class RegisterFilter(_Sought):
    """Looks for bodies."""

    q = TextField(_l("Name or code"), longest=60, required=False, autocomplete="off")
    kind = SelectField(_l("Kind"), required=False)

    def offer(self, kinds: dict[str, Any]) -> None:
        """Fill the list."""
        self.kind.choices = [("", _l("All")), *kinds.items()]


class DeskFilter(_Sought):
    """Looks for cases; ``q``: a case number, a message serial number, a body's name or code."""

    q = TextField(
        _l("Number, body or message serial number"),
        longest=60,
        required=False,
        autocomplete="off",
        hint=_l("What people wrote is sealed and cannot be searched."),
    )
    state = SelectField(_l("State"), required=False)
    kind = SelectField(_l("Kind of event"), required=False)

    def offer(self, states: dict[str, tuple[Any, str]], kinds: dict[str, Any]) -> None:
        """Fill the lists."""
        self.state.choices = [("", _l("All")), *((state, words) for state, (words, _tone) in states.items())]
        self.kind.choices = [("", _l("All")), *kinds.items()]
