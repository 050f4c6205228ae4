"""The forms of a letter that is being written: its text, who sends it, the code that confirms an address, sending."""

from __future__ import annotations

from datetime import date
from typing import Any

from wtforms import HiddenField
from wtforms.validators import StopValidation

from content.operations.question_letters.file_letter import LETTER
from content.rules.archive.kinds import Channel
from content.rules.question_letters.filing import Contact, Filing
from content.rules.question_letters.head import Wish
from content.rules.question_letters.senders import SenderKind
from portal.core import clock
from portal.core.errors import N_
from portal.core.files import Slot
from portal.web.fields import (
    AccessCodeField,
    CheckField,
    ChoiceField,
    ChoicesField,
    CodeField,
    DateField,
    EmailField,
    NameField,
    SelectField,
    TextAreaField,
    TextField,
    UploadField,
)
from portal.web.forms import Form
from portal.web.language import LANGUAGES, _, _l

PAPER = Slot("letter", max_pages=60)
ENCLOSURE = Slot("enclosure", max_pages=60)
CHANNELS = {
    Channel.POST: _l("By post"),
    Channel.FAX: _l("By fax"),
    Channel.MAIL: _l("E-mail"),
    Channel.MEETING: _l("Handed over"),
}
KINDS = {
    SenderKind.PERSON: _l("A person"),
    SenderKind.GROUP: _l("A group or association"),
    SenderKind.PRESS: _l("Press"),
    SenderKind.COMPANY: _l("A company"),
    SenderKind.ASSEMBLY: _l("A member of an assembly"),
    SenderKind.MUNICIPALITY: _l("A municipality"),
    SenderKind.OTHER: _l("Another sender"),
}
WISHES = {
    Wish.POST: _l("By post"),
    Wish.MAIL: _l("E-mail"),
    Wish.MEETING: _l("At a meeting"),
    Wish.FAX: _l("By fax"),
}


def today() -> date:
    """Today in Japan."""
    return clock.day_in_japan(clock.now())


class Kept(Form):
    """A form that is kept as it is typed: ``typing_version`` says what it was opened at."""

    typing_version = HiddenField()


class PasteForm(Kept):
    """The whole letter."""

    text = TextAreaField(
        _l("Text of the letter"),
        longest=LETTER[0],
        rows=24,
        hint=_l("Paste or write all of it, with its numbers as they are. Lines may be broken anywhere."),
        missing=_l("Paste or write the letter."),
    )


class EnterForm(PasteForm):
    """A letter that came on paper, by fax or by e-mail."""

    channel = ChoiceField(
        _l("How it came"), choices=[(kind.value, label) for kind, label in CHANNELS.items()],
        missing=_l("Say how the letter came."),
    )  # fmt: skip
    received_on = DateField(
        _l("Arrived on"), latest=today, hint=_l("The day on which it reached this house; days are counted from it."),
        missing=_l("Say when the letter arrived."),
    )  # fmt: skip
    paper = UploadField(
        _l("The letter as a file"), slot=PAPER, required=False,
        hint=_l("PDF, JPEG, PNG or HEIC, at most 10 MB. The text of a PDF is taken out of it; type that of a picture."),
    )  # fmt: skip
    enclosure = UploadField(
        _l("What came with it"), slot=ENCLOSURE, required=False, hint=_l("One file at a time, at most 10 MB.")
    )


class SenderForm(Kept):
    """What the letter is called, who sends it, and how the answer is wished."""

    title = TextField(_l("Title of the letter"), missing=_l("Give the letter a title."))
    sent_on = DateField(
        _l("Day of the letter"), latest=today, missing=_l("Say which day the letter bears."),
        hint=_l("For example: 令和8年11月2日 or 2026-11-02"),
    )  # fmt: skip
    kind = ChoiceField(
        _l("Who sends it"), choices=[(kind.value, label) for kind, label in KINDS.items()],
        missing=_l("Choose the kind of sender."),
    )  # fmt: skip
    name = NameField(
        _l("Name of the sender"), longest=200, autocomplete="organization", missing=_l("Say who sends the letter."),
        hint=_l("The answer is addressed to it: the name of the group, or your own."),
    )  # fmt: skip
    person = NameField(_l("Person whom we may ask"), required=False)
    publish = ChoiceField(
        _l("May the name of the sender be published?"),
        choices=[
            ("yes", _l("Yes, show the name with the letter")),
            ("no", _l("No, show only what kind of sender it is")),
        ],
        hint=_l("The letter itself is public either way. The person whom we may ask is never shown."),
        missing=_l("Say whether the name may be published."),
    )
    wished_on = DateField(
        _l("Day until which you wish the answer"), required=False,
        hint=_l("We answer by our own day; yours is shown beside it."),
    )  # fmt: skip
    wishes = ChoicesField(_l("How you wish the answer"), required=False)
    mail = EmailField(
        _l("E-mail"), required=False,
        hint=_l("We send a code there to make sure that it is yours, and mails that say only that there is news."),
    )  # fmt: skip
    telephone = TextField(_l("Telephone"), longest=40, required=False, autocomplete="tel")
    address = TextField(_l("Postal address"), longest=200, required=False, autocomplete="street-address")
    language = SelectField(_l("Language of the letter"), choices=list(LANGUAGES.items()))

    def of(self, *, staff: bool) -> None:
        """By fax only reception can promise an answer."""
        offered = [wish for wish in WISHES if staff or wish is not Wish.FAX]
        self.wishes.choices = [(wish.value, WISHES[wish]) for wish in offered]

    def validate_wished_on(self, field: DateField) -> None:
        """The wished day is not before the letter's own."""
        if field.day is not None and self.sent_on.day is not None and field.day < self.sent_on.day:
            raise StopValidation(_("The day wished for is before the letter's own day."))

    def validate(self, *args: Any, **more: Any) -> bool:
        """There is a way to reach the sender, and one for each wished form of the answer."""
        sound = super().validate(*args, **more)
        wishes = set(self.wishes.data or ())
        if not (self.mail.errors or self.telephone.errors or self.address.errors):
            if not any((field.data or "").strip() for field in (self.mail, self.telephone, self.address)):
                self.refuse("mail", N_("Give at least one way to reach you: e-mail, telephone or postal address."))
                return False
            if Wish.MAIL in wishes and not (self.mail.data or "").strip():
                self.refuse("mail", N_("For an answer by e-mail we need the address."))
                return False
            if Wish.POST in wishes and not (self.address.data or "").strip():
                self.refuse("address", N_("For an answer by post we need the address."))
                return False
        return sound

    def filing(self, **more: Any) -> Filing:
        """The letter; ``more``: its text, its parts and how it came. To be called on a form that is right."""
        return Filing(
            title=(self.title.data or "").strip(),
            sent_on=self.sent_on.day or today(),
            language=self.language.data,
            sender_kind=SenderKind(self.kind.data),
            contact=Contact(
                name=(self.name.data or "").strip(),
                person=(self.person.data or "").strip(),
                address=(self.address.data or "").strip(),
                mail=(self.mail.data or "").strip(),
                telephone=(self.telephone.data or "").strip(),
            ),
            publish_name=self.publish.data == "yes",
            wished_on=self.wished_on.day,
            wishes=tuple(Wish(wish) for wish in self.wishes.data or ()),
            **more,
        )


class CodeForm(Form):
    """The code that was mailed."""

    code = CodeField(
        _l("Code"),
        required=False,
        hint=_l("6 digits, from our mail. Any width is read."),
        autocomplete="one-time-code",
        render_kw={"inputmode": "numeric"},
    )


class GoOnForm(Form):
    """The code by which one goes on with a letter later."""

    code = AccessCodeField(_l("Code to go on"), missing=_l("Enter the code."))


class SendForm(Form):
    """``key`` is the draft's submission key, ``seen`` the fingerprint of what was shown."""

    key = HiddenField()
    seen = HiddenField()
    agreed = CheckField(
        _l("I have looked at it, and I know that the letter will be public."),
        required=True,
        missing=_l("Tick the box: the letter will be public."),
    )


class FileForm(SendForm):
    """What reception says instead."""

    agreed = CheckField(
        _l("I have compared it with the letter as it came."),
        required=True,
        missing=_l("Tick the box when you have compared it."),
    )
