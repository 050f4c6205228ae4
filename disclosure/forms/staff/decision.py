"""The decision and, part by part, why something is withheld. Rows are added by a button, without a script."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import wtforms
from wtforms import FieldList, FormField

from disclosure.forms.staff.case import CaseForm, HintedChoice
from disclosure.rules import decisions
from disclosure.rules.decisions import DecisionType, Problem, Reason, Rest
from disclosure.rules.grounds import Ground, Wording
from disclosure.rules.kinds import CaseKind
from portal.web.fields import SelectField, TextAreaField
from portal.web.language import _, _l, choose

MOST_ROWS = 30
HINTS = {
    DecisionType.FULL: _l("Everything that was asked for is disclosed."),
    DecisionType.PARTIAL: _l("Some parts are withheld; each needs a ground and a reason."),
    DecisionType.NONE: _l("Everything is withheld; each part needs a ground and a reason."),
    DecisionType.NOT_HELD: _l("There is no such record; say where you searched and why there is none."),
    DecisionType.FORM: _l("A defect of form was not mended in time."),
    DecisionType.NEITHER: _l("To say whether it exists would itself reveal what is withheld. Nothing may be attached."),
    DecisionType.OUTSIDE: _l("The law on disclosure does not apply to this information."),
    DecisionType.INFORMED: _l("Another body holds it: the requester is told whom to ask and how. This is no decision."),
}
CLAIM_HINTS = {
    DecisionType.FULL: _l("Everything that was claimed is done; say for each part what is changed, and why."),
    DecisionType.PARTIAL: _l("Some parts are done, others are not; each needs a ground and a reason."),
    DecisionType.NONE: _l("Nothing is changed; each part needs a ground and a reason."),
    DecisionType.FORM: _l("A defect of form was not mended, or the claim came after its time."),
}
# What the last two texts of a reason are about, by the wording that the ground asks for.
TEXTS = {
    Wording.HARM: (
        _l("Nature of the information"),
        _l("What kind of information this is, without revealing it."),
        _l("Harm that would follow"),
        _l("Concretely for this part; repeating the words of the law is not a reason."),
    ),
    Wording.NOT_HELD: (
        _l("Where you searched"),
        _l("Systems, periods and the values you searched for."),
        _l("Why it is not held"),
        _l("Never made, retention ended, or held elsewhere; name the other holder."),
    ),
    Wording.CLAIM: (
        _l("What was found, and what is done"),
        _l("What you examined and what it showed. Where it is granted: what is changed, from what to what."),
        _l("Why it is decided so"),
        _l("Concretely for this part; repeating the words of the law is not a reason."),
    ),
    Wording.FORM: (
        _l("The defect"),
        _l("What was missing or wrong."),
        _l("That it was not mended"),
        _l("When a correction was asked for and until which day."),
    ),
    Wording.NEITHER: (
        _l("What an answer would reveal"),
        _l("The fact that anybody could read from a yes or a no."),
        _l("Why that is not disclosed"),
        _l("The item of the law that would apply to it, and the harm. Do not let it sound as if something existed."),
    ),
    Wording.DISCRETION: (
        _l("The ground that would apply"),
        _l("Which information it is, and on which ground it could be withheld."),
        _l("The public interest that outweighs it"),
        _l("Concretely for this part: why it must be disclosed all the same."),
    ),
    Wording.ELSEWHERE: (
        _l("Who holds it"),
        _l("Name of the body and its office."),
        _l("How to ask there"),
        _l("By which procedure, what to take along, how to reach the office."),
    ),
}
RESTS = (
    (Rest.NOT_SEPARABLE, _l("What is withheld cannot be separated easily from the rest")),
    (Rest.MEANS_NOTHING, _l("What would be left means nothing")),
)


class ReasonForm(wtforms.Form):
    """One part. All four are needed in the end, but a draft may be kept without them."""

    part = TextAreaField(
        _l("Which part"), longest=200, rows=1, required=False, hint=_l("As exactly as the letter should name it.")
    )
    ground = SelectField(_l("Ground"), required=False)
    nature = TextAreaField(_l("Nature of the information"), longest=500, rows=2, required=False)
    harm = TextAreaField(_l("Harm that would follow"), longest=1000, rows=3, required=False)
    rest = SelectField(_l("Why nothing beside it is disclosed"), required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for field in (self.part, self.ground, self.nature, self.harm, self.rest):
            field.required = True
        self.rest.choices = [("", _("Choose one")), *((rest.value, text) for rest, text in RESTS)]

    def reason(self) -> Reason:
        """What was typed."""
        rest = (self.rest.data or "") if "rest" in self else ""
        part, ground = self.part.data or "", self.ground.data or ""
        return Reason(part, ground, self.nature.data or "", self.harm.data or "", rest)


class DecisionForm(CaseForm):
    """The type and its reasons."""

    kind = HintedChoice(_l("Decision"))
    rows = FieldList(FormField(ReasonForm), max_entries=MOST_ROWS)

    def __init__(
        self, kinds: Sequence[DecisionType], asked: CaseKind = CaseKind.DISCLOSURE, *args: Any, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        hints = HINTS if asked is CaseKind.DISCLOSURE else CLAIM_HINTS
        self.kind.choices = [(kind.value, _(decisions.label(asked, kind))) for kind in kinds]
        self.kind.option_hints = {kind.value: hints[kind] for kind in kinds}

    @property
    def chosen(self) -> DecisionType | None:
        """The type, once one of those offered is chosen."""
        return DecisionType(self.kind.data) if self.kind.data in self.kind.option_hints else None

    def offer(self, grounds: Sequence[Ground], *, rest: bool = False) -> None:
        """Put the grounds of the chosen type into every row, and words for its texts. ``rest``: it is asked for too."""
        first = grounds[0].wording if grounds else Wording.HARM
        wordings = {row.code: row.wording for row in grounds}
        choices = [
            ("", _("Choose a ground")),
            *((row.code, f"{row.article_ja}　{choose(row, 'label')}") for row in grounds),
        ]
        for number, row in enumerate(self.rows, start=1):
            row.label.text = _("Part %(n)s", n=number)
            row.form.ground.choices = choices
            nature, nature_hint, harm, harm_hint = TEXTS[wordings.get(row.form.ground.data, first)]
            row.form.nature.label.text, row.form.nature.hint = nature, nature_hint
            row.form.harm.label.text, row.form.harm.hint = harm, harm_hint
            if not rest and "rest" in row.form:
                del row.form.rest

    def reasons(self) -> list[Reason]:
        """The rows in which something was typed."""
        found = [row.form.reason() for row in self.rows]
        return [reason for reason in found if any(text.strip() for text in reason.plain().values())]

    def drop(self, index: int) -> None:
        """Take one row away; the others keep what was typed."""
        kept = [row.form.reason().plain() for number, row in enumerate(self.rows) if number != index]
        while self.rows.entries:
            self.rows.pop_entry()
        for values in kept:
            self.rows.append_entry(values)

    def mark(self, problems: Iterable[Problem]) -> None:
        """Show next to each text what the rules still miss."""
        for problem in problems:
            if problem.number and problem.number <= len(self.rows):
                field = self.rows[problem.number - 1].form[problem.field]
                field.errors = [*field.errors, _(problem.message)]
            else:
                self.stop(problem.message)


class SendBackForm(CaseForm):
    """Why a draft goes back to its author."""

    reason = TextAreaField(
        _l("Reason"), longest=1000, rows=4, hint=_l("Your colleague reads this. Say what has to change."),
        missing=_l("Give the reason."),
    )  # fmt: skip
