"""Third parties: who they are, what they are asked, what they said, what they are told."""

from __future__ import annotations

from disclosure.forms.staff.case import CaseForm
from disclosure.rules.third_parties import ANSWERS, Answer, InquiryRule, Item
from portal.core.files import Slot
from portal.web.fields import ChoiceField, DateField, TextAreaField, TextField, UploadField
from portal.web.language import _, _l, current

OPINION = Slot("opinion", max_bytes=20 * 1024 * 1024, max_pages=50)
NO_ITEM = "none"


class PartyForm(CaseForm):
    """A third party and what the records hold of it. The requester is not named unless a reason is given."""

    name = TextField(_l("Name of the third party"), autocomplete="off")
    honorific = ChoiceField(_l("Addressed as"), choices=[("様", _l("A person (様)")), ("御中", _l("An office (御中)"))])
    postal_code = TextField(_l("Postal code"), longest=20, required=False, autocomplete="off")
    address = TextField(_l("Address"), autocomplete="off")
    contact = TextField(_l("Telephone or e-mail"), required=False, autocomplete="off", hint=_l("For the file only."))
    content = TextAreaField(
        _l("What the records hold about it"),
        longest=1000,
        rows=3,
        hint=_l("The letter prints it. Write nothing from which the requester could be told."),
    )
    item = ChoiceField(_l("Does the law demand that it is asked?"))
    why = TextAreaField(
        _l("Why this item applies"),
        longest=1000,
        rows=3,
        required=False,
        hint=_l("Needed where the law demands it; the letter prints it."),
    )
    naming = TextAreaField(
        _l("Why the requester must be named"),
        longest=1000,
        rows=2,
        required=False,
        hint=_l("Leave this empty: the letter then says nothing of the requester. It stays in the file."),
    )

    def __init__(self, rule: InquiryRule | None, **more: object) -> None:
        super().__init__(**more)
        self.item.choices = item_choices(rule, _("No, but its opinion helps to decide"))

    @property
    def demanded(self) -> Item | None:
        """The item of the law."""
        return Item(self.item.data) if self.item.data in set(Item) else None


class MarkForm(CaseForm):
    """Whether the decision lets out something that the law lets out only after asking."""

    mark = ChoiceField(_l("Does the decision disclose something about a third party that the law protects?"))

    def __init__(self, rule: InquiryRule | None, **more: object) -> None:
        super().__init__(**more)
        self.mark.choices = item_choices(rule, _("No"))

    @property
    def item(self) -> Item | None:
        """The item of the law."""
        return Item(self.mark.data) if self.mark.data in set(Item) else None


def item_choices(rule: InquiryRule | None, otherwise: str) -> list[tuple[str, str]]:
    """The items of the law, after what is chosen where none applies."""
    items = [(item.value, rule.item(item, current())) for item in Item] if rule is not None else []
    return [(NO_ITEM, otherwise), *items]


class InquiryForm(CaseForm):
    """Until when the third party can answer."""

    due_on = DateField(_l("Answer wanted by"))


class SkipForm(CaseForm):
    """Why nobody is asked: where the third party is, is not known."""

    sought = TextAreaField(
        _l("What you did to find it"),
        longest=1000,
        rows=2,
        hint=_l("Only when nobody can find out where the third party is."),
    )


class PartyAnswerForm(CaseForm):
    """What the third party said, with the paper that came."""

    answer = ChoiceField(_l("What it said"))
    answered_on = DateField(_l("Arrived on"), required=False)
    parts = TextAreaField(_l("Parts that it objects to"), longest=1000, rows=2, required=False)
    reasons = TextAreaField(_l("Its reasons"), longest=2000, rows=4, required=False)
    file = UploadField(_l("The paper"), slot=OPINION, required=False, hint=_l("JPEG, PNG, HEIC or PDF, at most 20 MB."))

    def __init__(self, **more: object) -> None:
        super().__init__(**more)
        self.answer.choices = [(row.value, _(text)) for row, text in ANSWERS.items()]

    @property
    def chosen(self) -> Answer:
        """The answer, once one is chosen."""
        return Answer(self.answer.data)


class ObjectionForm(CaseForm):
    """Why it is disclosed although somebody objects."""

    grounds = TextAreaField(
        _l("Why it is disclosed all the same"),
        longest=2000,
        rows=5,
        hint=_l("The notice to whoever objected prints it. Answer the reasons that they gave."),
    )
