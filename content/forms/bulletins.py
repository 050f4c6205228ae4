"""The form of a bulletin: what happened first, the incident as a whole below, facts in rows."""

from __future__ import annotations

import unicodedata
from typing import Any

import wtforms
from wtforms.validators import StopValidation

from content.models.bulletins import Fact
from content.queries.drafts import Options
from content.rules.archive.kinds import CauseStatus, Certainty, FactField, IncidentState, Unit
from content.rules.areas import COUNTRY
from content.rules.writing import Writing, WrittenBulletin, WrittenFact, WrittenIncident
from portal.web.fields import (
    CheckField,
    ChoicesField,
    DateField,
    SelectField,
    TextAreaField,
    TextField,
)
from portal.web.forms import Form
from portal.web.language import _, _l

ROWS = 3
MOST_ROWS = 30


class NumberField(TextField):
    """A number of any width, with or without separators; ``value`` is the number when it is one."""

    def __init__(self, label: Any, **more: Any) -> None:
        self.value: float | None = None
        super().__init__(label, longest=20, **more)

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        text = unicodedata.normalize("NFKC", self.data or "").replace(",", "").strip()
        self.value = None
        if not text:
            return
        if not (text.isascii() and text.replace(".", "", 1).isdigit()):
            raise StopValidation(_("Please write a number, for example 26,000."))
        self.value = float(text)


class FactRow(wtforms.Form):
    """One fact; a row without a field counts as empty."""

    field = SelectField(_l("What about"), required=False, choices=[])
    number = NumberField(_l("Number"), required=False)
    unit = SelectField(_l("Unit"), required=False, choices=[])
    day = DateField(_l("Day"), required=False, hint="")
    text_ja = TextField(_l("In words, Japanese"), longest=500, required=False)
    text_en = TextField(_l("In words, English"), longest=500, required=False)
    certainty = SelectField(_l("Certainty"), required=False, choices=[])
    area = TextField(_l("Area"), longest=6, required=False, default=COUNTRY)
    corrects = SelectField(_l("Takes the place of"), required=False, choices=[])

    def written(self) -> WrittenFact:
        """The row as a fact."""
        return WrittenFact(
            field=self.field.data,
            certainty=self.certainty.data or Certainty.CONFIRMED,
            area=(self.area.data or COUNTRY).strip(),
            number=self.number.value,
            unit=self.unit.data or None,
            day=self.day.day,
            text_ja=self.text_ja.data or None,
            text_en=self.text_en.data or None,
            corrects=self.corrects.data or None,
        )


class BulletinForm(Form):
    """A bulletin and what it makes of the incident. ``key`` is asked for new incidents only."""

    key = TextField(
        _l("Permanent address"), longest=80, required=False,
        hint=_l("Small letters, digits and hyphens, for example relay-servers-2026-04-01. It cannot be changed later."),
    )  # fmt: skip
    bulletin_title_ja = TextField(_l("Headline of this bulletin, Japanese"), longest=150)
    bulletin_title_en = TextField(_l("Headline of this bulletin, English"), longest=250)
    body_ja = TextAreaField(_l("Text, Japanese"), longest=4000, hint=_l("What happened, who is affected, what next."))
    body_en = TextAreaField(_l("Text, English"), longest=6000)
    final = CheckField(_l("This is the final bulletin"))
    publisher = SelectField(_l("Published by"), choices=[])
    reason_ja = TextAreaField(_l("Why it was wrong, Japanese"), longest=1000, required=False, rows=3)
    reason_en = TextAreaField(_l("Why it was wrong, English"), longest=1500, required=False, rows=3)
    noticed_on = DateField(_l("Day on which the error was noticed"), required=False)
    title_ja = TextField(_l("Name of the incident, Japanese"), longest=150)
    title_en = TextField(_l("Name of the incident, English"), longest=250)
    state = SelectField(_l("State"), choices=[], default=IncidentState.OPEN.value)
    severity = SelectField(_l("Severity"), choices=[], coerce=int)
    systems = ChoicesField(_l("Systems"), choices=[])
    areas = TextField(
        _l("Areas"), longest=200, default=COUNTRY, hint=_l("JP for the whole country, or codes with commas.")
    )
    occurred_on = DateField(_l("First day"), required=False)
    occurred_until = DateField(_l("Last day, if it went on"), required=False)
    occurred_text_ja = TextField(_l("When, in words, Japanese"), longest=200, required=False)
    occurred_text_en = TextField(_l("When, in words, English"), longest=300, required=False)
    cause_key = SelectField(_l("Class of the cause"), choices=[])
    cause_status = SelectField(_l("The cause is"), choices=[])
    exercise = CheckField(_l("This is an exercise"))
    facts = wtforms.FieldList(wtforms.FormField(FactRow), min_entries=ROWS, max_entries=MOST_ROWS)

    def offer(self, options: Options, words: dict[str, Any], name: Any, today: list[tuple[Fact, str]]) -> None:
        """Fill the lists; ``name`` gives a thing's name in the page's language, ``today`` what can be corrected."""
        self.publisher.choices = [(body.key, name(body, "name")) for body in options.publishers]
        self.state.choices = [(one.value, words["states"][one][0]) for one in IncidentState]
        self.severity.choices = [(one.level, f"{one.level} {name(one, 'name')}") for one in options.severities]
        self.systems.choices = [(one.key, name(one, "name")) for one in options.systems]
        self.cause_key.choices = [(one.key, name(one, "name")) for one in options.causes]
        self.cause_status.choices = [(one.value, words["cause_statuses"][one]) for one in CauseStatus]
        for entry in self.facts:
            row = entry.form
            row.field.choices = [("", "–"), *((one.value, words["fields"][one]) for one in FactField)]
            row.unit.choices = [("", "–"), *((one.value, words["units"][one]) for one in Unit)]
            row.certainty.choices = [(one.value, words["certainties"][one][0]) for one in Certainty]
            row.corrects.choices = [("", "–"), *((fact.id, text) for fact, text in today)]

    def written(self, *, correction: bool) -> Writing:
        """What the form says, as a draft's text; only after it validated."""
        codes = unicodedata.normalize("NFKC", self.areas.data or "").replace("、", ",").split(",")
        return Writing(
            incident=WrittenIncident(
                title_ja=self.title_ja.data or "",
                title_en=self.title_en.data or "",
                systems=tuple(self.systems.data or ()),
                areas=tuple(code.strip() for code in codes if code.strip()),
                state=self.state.data,
                severity=self.severity.data,
                cause_key=self.cause_key.data,
                cause_status=self.cause_status.data,
                occurred_on=self.occurred_on.day,
                occurred_until=self.occurred_until.day,
                occurred_text_ja=self.occurred_text_ja.data or None,
                occurred_text_en=self.occurred_text_en.data or None,
                exercise=self.exercise.data,
            ),
            bulletin=WrittenBulletin(
                title_ja=self.bulletin_title_ja.data or "",
                title_en=self.bulletin_title_en.data or "",
                body_ja=self.body_ja.data or "",
                body_en=self.body_en.data or "",
                publisher=self.publisher.data,
                final=self.final.data,
                correction=correction,
                reason_ja=(self.reason_ja.data or None) if correction else None,
                reason_en=(self.reason_en.data or None) if correction else None,
                noticed_on=self.noticed_on.day if correction else None,
                facts=tuple(entry.form.written() for entry in self.facts if entry.form.field.data),
            ),
        )


def prefill(writing: Writing) -> dict[str, Any]:
    """A text as data for the form; days as ISO text, as the fields show them."""
    values = writing.to_json()
    incident, bulletin = values["incident"], values["bulletin"]
    incident["areas"] = ", ".join(incident["areas"])
    for fact in bulletin["facts"]:
        fact["number"] = "" if fact["number"] is None else f"{fact['number']:,.10g}"
    renamed = {"bulletin_title_ja": bulletin.pop("title_ja"), "bulletin_title_en": bulletin.pop("title_en")}
    return {**bulletin, **incident, **renamed}


class ReasonForm(Form):
    """Why a draft goes back."""

    reason = TextAreaField(_l("Why it goes back"), longest=1000, rows=3)


class StepForm(Form):
    """A step without anything to fill in."""
