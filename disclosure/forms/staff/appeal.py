"""What the desk does with an appeal: entering one on paper, its steps, its letters, who else takes part."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from wtforms import HiddenField

from disclosure.forms.appeal import AppealForm
from disclosure.forms.staff.case import CaseForm, HintedChoice
from disclosure.models.appeal import Part
from disclosure.operations.appeal_steps import BOARD_STEPS
from disclosure.operations.appeals import Filing
from disclosure.queries.deliveries import LetterDelivery
from disclosure.rules.appeals import AppealAction, AppealState, Result
from disclosure.rules.kinds import Channel
from portal.core.clock import day_in_japan, now
from portal.core.errors import N_
from portal.web.fields import CheckField, ChoiceField, DateField, NameField, TextAreaField, TextField
from portal.web.language import _l

A = AppealAction
PAPER = (Channel.WINDOW, Channel.POST, Channel.FAX)
CHANNELS = {Channel.WINDOW: _l("At the window"), Channel.POST: _l("By post"), Channel.FAX: _l("By telefax")}
STEPS = {
    A.ACCEPT: _l("It is lawful: examine it"),
    A.ASK_CORRECTION: _l("Ask for something to be mended"),
    A.ANSWER_CORRECTION: _l("What was missing has come"),
    A.FORWARD: _l("It was passed on to the body that decides"),
    A.REPORT: _l("The board has reported"),
    A.WITHDRAW: _l("The appellant withdrew it in writing"),
}
STEP_HINTS = {
    A.ACCEPT: _l("If it came too late, write the just reason as the note."),
    A.ASK_CORRECTION: _l("The note says what is missing; the appellant reads it. The day is the last one to answer."),
    A.ANSWER_CORRECTION: _l("The note says what came; the day is that of its arrival."),
    A.REPORT: _l("Number and day of the report; the note says what it says."),
}
BOARD = {
    "index-asked": _l("The board asked for the list of what is withheld"),
    "index-sent": _l("The list of what is withheld was sent"),
    "explained": _l("We explained the decision to the board"),
    "opinion-written": _l("The appellant sent a written opinion"),
    "opinion-oral": _l("The appellant was heard by the board"),
    "heard": _l("The board met"),
    "other": _l("Something else"),
}
RESULTS = {
    Result.UPHELD: _l("Granted"),
    Result.PARTLY: _l("Granted in part"),
    Result.DISMISSED: _l("Dismissed: the decision stands"),
    Result.REJECTED: _l("Rejected as unlawful"),
}
PARTS = {
    Part.PARTICIPANT: _l("Participant"),
    Part.THIRD_PARTY: _l("Third party who objects to the disclosure"),
}


def today() -> Any:
    """The day in Japan, for fields that take no later one."""
    return day_in_japan(now())


class PaperAppealForm(AppealForm, CaseForm):
    """An appeal that came on paper."""

    channel = ChoiceField(_l("How it came"), missing=_l("Please choose one."))
    filed_on = DateField(_l("Arrived on"), latest=today)
    posted_on = DateField(
        _l("Postmark"), required=False, latest=today, hint=_l("By post: the day of the postmark counts for the period.")
    )
    version = HiddenField()

    def __init__(self, letters: list[LetterDelivery], *, inactive: bool, **more: Any) -> None:
        super().__init__(letters, inactive=inactive, **more)
        self.channel.choices = [(key.value, text) for key, text in CHANNELS.items()]

    def filing(self) -> Filing:
        """What it is against, and when and how it came."""
        channel = Channel(self.channel.data)
        posted = self.posted_on.day if channel is Channel.POST else None
        return replace(super().filing(), channel=channel, filed_on=self.filed_on.day, posted_on=posted)


class StepForm(CaseForm):
    """One step: which, on what day, with what note."""

    step = HintedChoice(_l("Which step"), missing=_l("Please choose one."))
    day = DateField(_l("Day"), required=False)
    number = TextField(_l("Number of the report"), longest=80, required=False)
    note = TextAreaField(_l("Note"), longest=2000, rows=4, required=False)

    def __init__(self, possible: tuple[AppealAction, ...], state: AppealState, **more: Any) -> None:
        super().__init__(**more)
        offered = [(action.value, text) for action, text in STEPS.items() if action in possible]
        if state is AppealState.CONSULTED:
            offered += [(code, BOARD[code]) for code in BOARD_STEPS]
        self.step.choices = offered
        self.step.option_hints = {action.value: text for action, text in STEP_HINTS.items()}
        if A.REPORT not in possible:
            del self.number

    def needs_day(self) -> bool:
        """Whether the day is there that the step needs; says so in the form when not."""
        if (self.step.data == A.REPORT.value or self.step.data in BOARD) and self.day.day is None:
            self.refuse("day", N_("Please fill in this field."))
        return not self.errors


class PersonForm(CaseForm):
    """Somebody else to be told of the consultation."""

    part = ChoiceField(_l("As what"), missing=_l("Please choose one."))
    name = NameField(_l("Name"), autocomplete="off")
    postal_code = TextField(_l("Postal code"), longest=12, required=False, autocomplete="off")
    address = TextField(_l("Address"), autocomplete="off")

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.part.choices = [(part.value, text) for part, text in PARTS.items()]


class ConsultationForm(CaseForm):
    """What the letter to the board says."""

    postal_code = TextField(_l("The board's postal code"), longest=12, required=False, autocomplete="off")
    address = TextField(_l("The board's address"), autocomplete="off")
    view = TextAreaField(
        _l("Why we decided so, and what we think of the appeal"),
        longest=8000,
        rows=10,
        hint=_l("The letter prints it. The board and the appellant read it."),
    )
    attachments = TextAreaField(_l("Attachments, one a line"), longest=2000, rows=6)


class RulingForm(CaseForm):
    """What the ruling says (行政不服審査法 第50条第1項)."""

    result = ChoiceField(_l("Result"), missing=_l("Please choose one."))
    order = TextAreaField(
        _l("Order"), longest=2000, rows=4, hint=_l("For example: 本件審査請求を棄却する。")
    )  # fmt: skip
    outline = TextAreaField(_l("Outline of the case"), longest=8000, rows=6)
    positions = TextAreaField(_l("What the parties say, in short"), longest=8000, rows=6)
    why = TextAreaField(_l("Reasons"), longest=8000, rows=10)
    differs = TextAreaField(
        _l("Where the ruling differs from the board's report, and why"),
        longest=4000,
        rows=4,
        required=False,
        hint=_l("Leave it empty when the ruling follows the report."),
    )

    def __init__(self, allowed: tuple[Result, ...], *, reported: bool, **more: Any) -> None:
        super().__init__(**more)
        self.result.choices = [(result.value, RESULTS[result]) for result in allowed]
        if not reported:
            del self.differs

    def texts(self) -> dict[str, str]:
        """What was typed."""
        return {name: self[name].data or "" for name in TEXTS if name in self}


TEXTS = ("result", "order", "outline", "positions", "why", "differs")


class AnewForm(CaseForm):
    """Beginning the case in which is decided anew after a ruling."""

    records = CheckField(
        _l("Take the records and their boxes over"),
        hint=_l("Leave it empty when other records are to be attached."),
    )
