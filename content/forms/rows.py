"""Rows of the bulletin's form: facts, statuses, measures, relations, files. A row that says nothing is left out."""

from __future__ import annotations

import re
from typing import Any

import wtforms
from wtforms.validators import Optional, Regexp

from content.forms.values import AreaField, NumberField, TimeField, moment
from content.models.bulletins import Fact
from content.queries.drafts import Options
from content.rules.archive.kinds import (
    CauseStatus,
    Certainty,
    FactField,
    IncidentKind,
    IncidentState,
    MeasureStatus,
    RelationKind,
    ServiceStatus,
    Unit,
)
from content.rules.areas import COUNTRY
from content.rules.writing import WrittenFact, WrittenMeasure, WrittenRelation, WrittenStatus
from portal.web.fields import CheckField, DateField, SelectField, TextField
from portal.web.language import _, _l

NOTHING = ("", "–")
_ADDRESS = re.compile(r".*/incidents/")


class FactRow(wtforms.Form):
    """One fact; a row without a field counts as empty."""

    field = SelectField(_l("What about"), required=False, choices=[])
    number = NumberField(_l("Number"), required=False)
    unit = SelectField(_l("Unit"), required=False, choices=[])
    day = DateField(_l("Day"), required=False, hint="")
    time = TimeField(_l("Time of day"), required=False, hint="")
    text_ja = TextField(_l("In words, Japanese"), longest=500, required=False)
    text_en = TextField(_l("In words, English"), longest=500, required=False)
    certainty = SelectField(_l("Certainty"), required=False, choices=[])
    area = AreaField(_l("Area"), required=False, default=COUNTRY, hint="")
    corrects = SelectField(_l("Takes the place of"), required=False, choices=[])

    @property
    def used(self) -> bool:
        return bool(self.field.data)

    def written(self) -> WrittenFact:
        """The row as a fact; where a time is given, the day is its day in Japan."""
        return WrittenFact(
            field=self.field.data,
            certainty=self.certainty.data or Certainty.CONFIRMED,
            area=self.area.codes[0] if self.area.codes else COUNTRY,
            number=self.number.value,
            unit=self.unit.data or None,
            day=self.day.day,
            at=moment(self.day, self.time),
            text_ja=self.text_ja.data or None,
            text_en=self.text_en.data or None,
            corrects=self.corrects.data or None,
        )


class StatusRow(wtforms.Form):
    """How a system or a part of it works, where and since when; a row without a status counts as empty."""

    status = SelectField(_l("State of the service"), required=False, choices=[])
    target = SelectField(_l("System or part of it"), required=False, choices=[])
    area = AreaField(_l("Area"), required=False, default=COUNTRY, hint="")
    day = DateField(_l("Since: day"), required=False, hint="")
    time = TimeField(_l("Since: time"), required=False, hint="")

    @property
    def used(self) -> bool:
        return bool(self.status.data)

    def written(self) -> WrittenStatus:
        """The row as a status; a part's key begins with its system's and a dot."""
        target = self.target.data or ""
        return WrittenStatus(
            system=target.partition(".")[0],
            component=target if "." in target else None,
            status=self.status.data,
            area=self.area.codes[0] if self.area.codes else COUNTRY,
            since_at=moment(self.day, self.time),
        )


class MeasureRow(wtforms.Form):
    """A measure that is announced; a row without words counts as empty."""

    text_ja = TextField(_l("What is done, Japanese"), longest=500, required=False)
    text_en = TextField(_l("What is done, English"), longest=800, required=False)
    owner = SelectField(_l("Who does it"), required=False, choices=[])
    status = SelectField(_l("How far it is"), required=False, choices=[])
    due_on = DateField(_l("Promised until"), required=False, hint="")
    cause_key = SelectField(_l("Cause that it works against"), required=False, choices=[])
    letter_key = SelectField(_l("Letter that asked for it"), required=False, choices=[])

    @property
    def used(self) -> bool:
        return bool(self.text_ja.data or self.text_en.data)

    def written(self) -> WrittenMeasure:
        """The row as a measure."""
        return WrittenMeasure(
            text_ja=self.text_ja.data or "",
            text_en=self.text_en.data or "",
            owner=self.owner.data or "",
            status=self.status.data or MeasureStatus.PROMISED,
            due_on=self.due_on.day,
            cause_key=self.cause_key.data or None,
            letter_key=self.letter_key.data or None,
        )


class RelationRow(wtforms.Form):
    """How the incident stands to another one; a row without a kind counts as empty."""

    kind = SelectField(_l("This incident"), required=False, choices=[])
    to = TextField(_l("Address of the other incident"), longest=200, required=False)
    said_by = SelectField(_l("Who says so, if not we"), required=False, choices=[])

    @property
    def used(self) -> bool:
        return bool(self.kind.data)

    def written(self) -> WrittenRelation:
        """The row as a relation; of a whole address the key counts."""
        key = _ADDRESS.sub("", (self.to.data or "").strip()).partition("/")[0].partition("?")[0]
        return WrittenRelation(kind=self.kind.data, to=key, said_by=self.said_by.data or None)


class FileRow(wtforms.Form):
    """A file that is stored already, by its hash."""

    sha256 = wtforms.HiddenField(validators=[Optional(), Regexp(r"[0-9a-f]{64}\Z")])
    name = TextField(_l("Name of the file"), longest=150, required=False)
    title_ja = TextField(_l("What the file is, Japanese"), longest=150, required=False)
    title_en = TextField(_l("What the file is, English"), longest=250, required=False)
    remove = CheckField(_l("Leave this file out"))

    @property
    def used(self) -> bool:
        return bool(self.sha256.data) and not self.remove.data


def offer_facts(rows: Any, words: dict[str, Any], today: list[tuple[Fact, str]]) -> None:
    """The lists of the rows of facts."""
    for entry in rows:
        row = entry.form
        row.field.choices = [NOTHING, *((one.value, words["fields"][one]) for one in FactField)]
        row.unit.choices = [NOTHING, *((one.value, words["units"][one]) for one in Unit)]
        row.certainty.choices = [(one.value, words["certainties"][one][0]) for one in Certainty]
        row.corrects.choices = [NOTHING, *((fact.id, text) for fact, text in today)]


def offer_around(form: Any, options: Options, words: dict[str, Any], name: Any) -> None:
    """The lists of the rows of statuses, measures and relations."""
    systems = {system.key: name(system, "name") for system in options.systems}
    parts = [(one.key, f"{systems[one.system_key]}{_(': ')}{name(one, 'name')}") for one in options.components]
    targets = [NOTHING, *systems.items(), *parts]
    bodies = [(body.key, name(body, "name")) for body in options.bodies]
    for entry in form.statuses:
        entry.form.status.choices = [NOTHING, *((one.value, words["statuses"][one][0]) for one in ServiceStatus)]
        entry.form.target.choices = targets
    for entry in form.measures:
        entry.form.owner.choices = [NOTHING, *bodies]
        entry.form.status.choices = [(one.value, words["measures"][one][0]) for one in MeasureStatus]
        entry.form.cause_key.choices = [NOTHING, *((one.key, name(one, "name")) for one in options.causes)]
        entry.form.letter_key.choices = [NOTHING, *((one.key, name(one, "title")) for one in options.letters)]
    for entry in form.relations:
        entry.form.kind.choices = [NOTHING, *((one.value, words["relations"][one, True]) for one in RelationKind)]
        entry.form.said_by.choices = [NOTHING, *bodies]


def offer_incident(form: Any, options: Options, words: dict[str, Any], name: Any) -> None:
    """The lists about the incident as a whole."""
    form.kind.choices = [(one.value, words["kinds"][one]) for one in IncidentKind]
    form.publisher.choices = [(body.key, name(body, "name")) for body in options.publishers]
    form.state.choices = [(one.value, words["states"][one][0]) for one in IncidentState]
    form.severity.choices = [(one.level, f"{one.level} {name(one, 'name')}") for one in options.severities]
    form.systems.choices = [(one.key, name(one, "name")) for one in options.systems]
    form.cause_key.choices = [(one.key, name(one, "name")) for one in options.causes]
    form.cause_status.choices = [(one.value, words["cause_statuses"][one]) for one in CauseStatus]
