"""A complaint, and opening its answer."""

from __future__ import annotations

import secrets
from typing import Any

from wtforms import HiddenField

from disclosure.forms.staff.case import CaseForm
from disclosure.operations.complaints import Words
from disclosure.rules.kinds import Channel
from portal.core.clock import day_in_japan, now
from portal.web.fields import ChoiceField, CodeField, DateField, NameField, TextAreaField, TextField
from portal.web.forms import Form
from portal.web.language import _l

PAPER = {
    Channel.WINDOW: _l("At the window or by telephone"),
    Channel.POST: _l("By post"),
    Channel.FAX: _l("By telefax"),
}


class ComplaintForm(Form):
    """What somebody complains about. Only the text is needed."""

    submission = HiddenField()
    text = TextAreaField(
        _l("What is wrong"),
        longest=4000,
        rows=8,
        hint=_l("What happened, when and where. Do not write your personal number here."),
    )
    wish = TextField(_l("What you would like to happen"), longest=200, required=False)
    name = NameField(_l("Name"), required=False, hint=_l("You need not say who you are."))
    contact = TextField(
        _l("How we can reach you"),
        longest=200,
        required=False,
        hint=_l("A telephone number or an e-mail address, if we may ask back."),
    )

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        if not self.is_submitted():
            self.submission.data = secrets.token_hex(16)

    def words(self) -> Words:
        """What was written."""
        return Words(self.text.data or "", self.name.data or "", self.contact.data or "", self.wish.data or "")


class PaperComplaintForm(ComplaintForm):
    """A complaint that came in another way; ``case_number`` where it is about a case."""

    channel = ChoiceField(_l("How it came"), missing=_l("Please choose one."))
    received_on = DateField(_l("Arrived on"), latest=lambda: day_in_japan(now()))
    case_number = CodeField(_l("Receipt number of the request it is about"), required=False)

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.channel.choices = [(key.value, text) for key, text in PAPER.items()]


class OpenComplaintForm(Form):
    """Number and code of the receipt."""

    number = CodeField(_l("Number of the complaint"))
    code = CodeField(_l("Access code"))


class AnswerForm(CaseForm):
    """What is answered."""

    answer = TextAreaField(_l("Answer"), longest=4000, rows=8, hint=_l("The person who complained reads it."))
