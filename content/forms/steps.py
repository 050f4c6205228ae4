"""Short forms of the desk: steps of a draft, a first bulletin from a template, withdrawals, reports on measures."""

from __future__ import annotations

from typing import Any

from content.forms.values import AreaField, TimeField
from content.models.bulletins import Bulletin
from content.queries.drafts import Options
from content.rules.archive.kinds import Effect, MeasureStatus
from content.rules.areas import COUNTRY
from content.rules.templates import NEXT_MINUTES, Template
from content.rules.writing import WrittenReport, WrittenWithdrawal
from portal.web.fields import CheckField, ChoiceField, DateField, SelectField, TextAreaField, TextField
from portal.web.forms import Form
from portal.web.language import _, _l


class ReasonForm(Form):
    """Why a draft goes back."""

    reason = TextAreaField(_l("Why it goes back"), longest=1000, rows=3)


class StepForm(Form):
    """A step without anything to fill in."""


class FindForm(Form):
    """Which published incidents are wanted; the words stand in the address."""

    class Meta:
        csrf = False

    words = TextField(_l("Words of the title, or the address"), longest=100, required=False, hint="")


class AtOnceForm(Form):
    """Publish without waiting for another person; the reason is published."""

    reason = TextAreaField(
        _l("Why this cannot wait for another person"), longest=300, rows=2, hint=_l("The reason is published with it.")
    )


class QuickForm(Form):
    """A first bulletin from a template: few fields, for a small screen; planned maintenance has a day and an end."""

    template = SelectField(_l("What happens"), choices=[])
    system = SelectField(_l("System"), choices=[])
    area = AreaField(_l("Where"), default=COUNTRY)
    since = TimeField(
        _l("Since about what time today"),
        hint=_l("For example: 14:05. A later time than now is yesterday's. Of planned maintenance: when it begins."),
    )
    day = DateField(_l("Day of the maintenance"), required=False, hint=_l("Empty: today."))
    until = TimeField(_l("Until what time"), required=False, hint=_l("Earlier than it begins: on the next day."))
    next_minutes = SelectField(
        _l("Next bulletin in"), choices=[], hint=_l("From now; of planned maintenance from its end.")
    )
    exercise = CheckField(_l("This is an exercise"))

    def offer(self, templates: list[Template], options: Options, name: Any, find: Any) -> None:
        """Fill the lists."""
        self.template.choices = [(one.key, name(one, "name")) for one in templates]
        self.system.choices = [(one.key, name(one, "name")) for one in options.systems]
        self.next_minutes.choices = [(str(n), _("%(n)s minutes", n=n)) for n in NEXT_MINUTES]
        self.area.find = find


class WithdrawalForm(Form):
    """Which bulletin is taken back, and why."""

    number = ChoiceField(_l("Bulletin to take back"), choices=[])
    reason_ja = TextAreaField(_l("Why, Japanese"), longest=1000, rows=3, hint=_l("The reason is published."))
    reason_en = TextAreaField(_l("Why, English"), longest=1500, rows=3)

    def offer(self, bulletins: list[Bulletin], name: Any, called: Any) -> None:
        """The bulletins that are shown."""
        self.number.choices = [(str(one.number), f"{called(one.number)} – {name(one, 'title')}") for one in bulletins]

    def written(self) -> WrittenWithdrawal:
        return WrittenWithdrawal(
            number=int(self.number.data), reason_ja=self.reason_ja.data or "", reason_en=self.reason_en.data or ""
        )


class ReportForm(Form):
    """What is to be said about a measure: how far it is, whether it worked, what shows it."""

    status = SelectField(_l("How far it is"), choices=[])
    effect = SelectField(_l("Whether it worked"), choices=[])
    due_on = DateField(_l("Promised until"), required=False)
    text_ja = TextAreaField(_l("Report, Japanese"), longest=1000, rows=4)
    text_en = TextAreaField(_l("Report, English"), longest=1500, rows=4)
    evidence_ja = TextAreaField(_l("What shows it, Japanese"), longest=500, required=False, rows=2)
    evidence_en = TextAreaField(_l("What shows it, English"), longest=800, required=False, rows=2)

    def offer(self, words: dict[str, Any]) -> None:
        """Fill the lists."""
        self.status.choices = [(one.value, words["measures"][one][0]) for one in MeasureStatus]
        self.effect.choices = [(one.value, words["effects"][one][0]) for one in Effect]

    def written(self, measure_id: str) -> WrittenReport:
        return WrittenReport(
            measure_id=measure_id,
            status=self.status.data,
            effect=self.effect.data,
            text_ja=self.text_ja.data or "",
            text_en=self.text_en.data or "",
            due_on=self.due_on.day,
            evidence_ja=self.evidence_ja.data or None,
            evidence_en=self.evidence_en.data or None,
        )
