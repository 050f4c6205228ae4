"""The sender's room: opening a letter, the code of an address, words about an answer."""

from __future__ import annotations

from content.operations.question_letters.say import WORDS
from content.rules.question_letters.states import SenderWordKind
from portal.web.fields import AccessCodeField, CheckField, ChoiceField, CodeField, TextAreaField
from portal.web.forms import Form
from portal.web.language import _l

KINDS = {
    SenderWordKind.ASK_BACK: _l("I ask back"),
    SenderWordKind.NOT_ANSWERED: _l("This does not answer my question"),
}


class OpenLetterForm(Form):
    """What opens a letter. Any width, any case, with or without hyphens."""

    number = CodeField(
        _l("Number of the letter"),
        hint=_l("On your receipt, for example q-2026-0001."),
        missing=_l("Enter the number of the letter."),
    )
    code = AccessCodeField()


class AddressCodeForm(Form):
    """The code that went to the address."""

    code = CodeField(_l("Code from the mail"), missing=_l("Enter the code from the mail."))


class SayForm(Form):
    """What is said of an answer; asking back needs words."""

    kind = ChoiceField(_l("What do you want to say?"), choices=[(str(kind), name) for kind, name in KINDS.items()])
    text = TextAreaField(
        _l("Your words"),
        longest=WORDS[0],
        required=False,
        hint=_l("They become public when we have read them for what must not be, such as addresses of persons."),
    )


class WithdrawForm(Form):
    """The letter is withdrawn for good."""

    sure = CheckField(_l("I withdraw the letter. I know that this cannot be undone."), required=True)
