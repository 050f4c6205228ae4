"""What somebody wants to follow, and how they are told: by mail or by a call of their program."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from wtforms.validators import StopValidation

from content.forms.values import AreaField, Find
from content.models.scales import Cause, Severity
from content.models.systems import System
from content.rules import numbering
from content.rules.following import Interest, Pace, Topic
from portal.web.fields import ChoiceField, EmailField, SelectField, TextField
from portal.web.forms import Form
from portal.web.language import _, _l, choose
from search.forms import FACETS, Asked, kept, read

PACES = {Pace.AT_ONCE: _l("At once, a mail for each bulletin"), Pace.DAILY: _l("Once a day, in the morning")}


LONGEST_SEARCH = 2500
_PARAMETERS = re.compile(rf"(?:q|{'|'.join(FACETS)})=")
TOPICS = {
    Topic.INCIDENTS: _l("Bulletins of incidents and maintenance"),
    Topic.LETTERS: _l("What happens to question letters: their arrival, the answers"),
    Topic.SEARCH: _l("What a search of this site finds"),
}


class InterestForm(Form):
    """Which bulletins, or which question letters. Everything may be left open."""

    topic = ChoiceField(_l("What you want to hear of"), choices=list(TOPICS.items()), default=Topic.INCIDENTS)
    letter = TextField(
        _l("One question letter alone"),
        required=False,
        longest=numbering.LONGEST_KEY,
        hint=_l("Its number, for example q-2026-0001. Leave it open for all letters."),
    )
    search = TextField(
        _l("The search"),
        required=False,
        longest=LONGEST_SEARCH,
        hint=_l("Words as you type them there, or what stands in the address of its results behind the question mark."),
    )
    system = SelectField(_l("System"), required=False)
    area = AreaField(
        _l("Area"),
        required=False,
        hint=_l("A name or a code, for example 札幌市 or Hokkaido. What is stated for a wider area is included."),
    )
    cause = SelectField(_l("Cause"), required=False)
    severity = SelectField(_l("Severity, at least"), required=False)
    incident = TextField(
        _l("One incident alone"),
        required=False,
        longest=numbering.LONGEST_KEY,
        hint=_l("The last part of its address, after /incidents/."),
    )

    def offer(self, systems: Sequence[System], causes: Sequence[Cause], steps: Sequence[Severity], find: Find) -> None:
        """Fill in what there is to choose from."""
        everything = [("", _("All"))]
        self.system.choices = everything + [(one.key, choose(one, "name")) for one in systems]
        self.cause.choices = everything + [(one.key, choose(one, "name")) for one in causes]
        self.severity.choices = everything + [(str(one.level), choose(one, "name")) for one in steps]
        self.area.find = find

    def validate_incident(self, field: TextField) -> None:
        """The form of a key; whether there is such an incident the operation looks up."""
        if field.data and not numbering.is_key(field.data.strip()):
            raise StopValidation(_("This is no address of an incident."))

    def validate_letter(self, field: TextField) -> None:
        """The form of a key."""
        if field.data and not numbering.is_key(field.data.strip()):
            raise StopValidation(_("This is no number of a question letter."))

    def validate_search(self, field: TextField) -> None:
        """Something that can be searched for; a personal number never is."""
        if self.topic.data == Topic.SEARCH and not self.asked().address:
            raise StopValidation(_("Please write what is to be searched for, without personal numbers."))

    def asked(self) -> Asked:
        """The search, from plain words or from its address."""
        typed = (self.search.data or "").strip()
        return kept(typed) if _PARAMETERS.match(typed) else read({"q": typed})

    def interest(self) -> Interest:
        """What was chosen; what belongs to the other topic is left out."""
        if self.topic.data == Topic.LETTERS:
            return Interest(topic=Topic.LETTERS, letter=(self.letter.data or "").strip() or None)
        if self.topic.data == Topic.SEARCH:
            return Interest(topic=Topic.SEARCH, search=self.asked().address)
        return Interest(
            system=self.system.data or None,
            cause=self.cause.data or None,
            area=self.area.codes[0] if self.area.codes else None,
            severity=int(self.severity.data) if self.severity.data else None,
            incident=(self.incident.data or "").strip() or None,
        )


class MailForm(InterestForm):
    """Bulletins, or the steps of question letters, by mail."""

    address = EmailField(_l("E-mail address"))
    pace = ChoiceField(_l("How often mails come"), choices=list(PACES.items()), default=Pace.AT_ONCE)


class HookForm(InterestForm):
    """The same to a program."""

    url = TextField(
        _l("Address of your program"),
        longest=1000,
        hint=_l("It begins with https:// and answers to POST."),
        autocomplete="off",
    )

    def __init__(self, *, plain: bool = False, **more: Any) -> None:
        self.schemes = ("https", "http") if plain else ("https",)
        super().__init__(**more)

    def validate_url(self, field: TextField) -> None:
        """An https address without a user, password or fragment."""
        try:
            parts = urlsplit((field.data or "").strip())
            fits = parts.scheme in self.schemes and bool(parts.hostname) and "@" not in parts.netloc
            fits = fits and not parts.fragment and (parts.port is None or parts.port > 0)
        except ValueError:
            fits = False
        if not (fits and (field.data or "").isascii() and " " not in (field.data or "").strip()):
            raise StopValidation(_("Please write an address like https://program.example.jp/bulletins."))
