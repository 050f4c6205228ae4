"""What an appeal has to say (F23 審査請求書: 行政不服審査法 第19条第2項), for both sides of the desk."""

from __future__ import annotations

import secrets
from typing import Any

from wtforms import HiddenField

from disclosure.operations.appeals import Filing, Statement
from disclosure.queries.deliveries import LetterDelivery
from disclosure.rules.appeals import Against
from portal.core.clock import day_in_japan, now
from portal.core.errors import N_
from portal.core.files import Slot
from portal.web.fields import (
    CheckField,
    ChoiceField,
    DateField,
    NameField,
    SelectField,
    TextAreaField,
    TextField,
    UploadField,
)
from portal.web.forms import Form
from portal.web.language import _, _l

EVIDENCE = Slot("evidence", max_pages=30)
UPLOAD_BYTES = 16_000_000
INACTION = "inaction"
YES, NO = "yes", "no"


class AppealForm(Form):
    """The statement. ``letter`` is the id of a letter that decides, or ``inaction``."""

    submission = HiddenField()
    letter = SelectField(_l("What the appeal is against"), required=False)
    known_on = DateField(_l("When you learned of the decision"), required=False, latest=lambda: day_in_japan(now()))
    name = NameField(_l("Name"))
    postal_code = TextField(_l("Postal code"), longest=12, required=False, autocomplete="postal-code")
    address = TextField(_l("Address"), autocomplete="street-address")
    telephone = TextField(_l("Telephone"), longest=40, required=False, autocomplete="tel")
    purport = TextAreaField(
        _l("What you ask for"),
        longest=2000,
        rows=4,
        hint=_l("For example: that the parts that were withheld be disclosed."),
    )
    reason = TextAreaField(_l("Why"), longest=4000, rows=8, hint=_l("Do not write your personal number here."))
    instructed = ChoiceField(_l("Did the letter say how and until when to appeal?"), missing=_l("Please choose one."))
    instructed_text = TextAreaField(
        _l("What the letter said of it"),
        longest=1000,
        rows=3,
        required=False,
        hint=_l("Only if it said something else than usual."),
    )
    late_reason = TextAreaField(
        _l("If the time is over: why it could not be filed earlier"), longest=2000, rows=3, required=False
    )
    wants_to_speak = CheckField(_l("I would like to be heard in person as well."))
    evidence = UploadField(
        _l("Document that supports it"),
        slot=EVIDENCE,
        required=False,
        hint=_l("JPEG, PNG, HEIC or PDF, at most 10 MB. Cover personal numbers first."),
    )

    def __init__(self, letters: list[LetterDelivery], *, inactive: bool, **more: Any) -> None:
        super().__init__(**more)
        against = [
            (row.letter.id, _("The decision %(number)s", number=row.letter.number)) for row in letters
        ]  # fmt: skip
        if inactive:
            against.append((INACTION, _("That no decision was made in time")))
        self.letter.choices = against
        self.instructed.choices = [(YES, _("Yes")), (NO, _("No"))]
        if not self.is_submitted():
            self.submission.data = secrets.token_hex(16)
            self.instructed.data = YES
            self.letter.data = against[0][0] if against else ""

    @property
    def key(self) -> str:
        """What makes a second pressing the same appeal."""
        return (self.submission.data or "")[:64] or secrets.token_hex(16)

    def whole(self) -> bool:
        """Whether the day is there that an appeal against a decision needs; says so in the form when not."""
        if self.letter.data != INACTION and self.known_on.day is None and not self.known_on.errors:
            self.refuse("known_on", N_("Please fill in this field."))
        return not self.errors

    def statement(self) -> Statement:
        """What is said."""
        return Statement(
            name=self.name.data or "",
            postal_code=self.postal_code.data or "",
            address=self.address.data or "",
            telephone=self.telephone.data or "",
            purport=self.purport.data or "",
            reason=self.reason.data or "",
            instructed=self.instructed.data == YES,
            instructed_text=self.instructed_text.data or "",
            late_reason=self.late_reason.data or "",
            wants_to_speak=bool(self.wants_to_speak.data),
        )

    def filing(self) -> Filing:
        """What it is against."""
        if self.letter.data == INACTION:
            return Filing(Against.INACTION)
        return Filing(Against.DECISION, self.letter.data, self.known_on.day)
