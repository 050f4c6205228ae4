"""The form of a bulletin, in the order of the work: what happens, to whom, since when, why, what next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

import wtforms

from content.forms.rows import (
    FactRow,
    FileRow,
    MeasureRow,
    RelationRow,
    StatusRow,
    offer_around,
    offer_facts,
    offer_incident,
)
from content.forms.values import AreaField, Find, TimeField, moment
from content.models.bulletins import Fact
from content.queries.drafts import Options
from content.rules.archive.kinds import CauseStatus, FactField, IncidentKind, IncidentState, Markup
from content.rules.areas import COUNTRY
from content.rules.moments import local
from content.rules.writing import Writing, WrittenAttachment, WrittenBulletin, WrittenIncident
from portal.core.files import JPEG, OFFICE, PDF, PNG, Slot
from portal.web.fields import CheckField, ChoicesField, DateField, SelectField, TextAreaField, TextField, UploadField
from portal.web.forms import Form
from portal.web.language import _, _l

MOST_ROWS = 40
UNKNOWN_CAUSE = "unknown"
REPEATED = ("facts", "statuses", "measures", "relations")
FILE = Slot("bulletin-file", max_bytes=20 * 1024 * 1024, types=OFFICE | {PDF, JPEG, PNG}, max_pages=200)
END_OF_DAY = time(23, 59)


def _rows(row: type[wtforms.Form], label: Any, least: int = 1) -> Any:
    return wtforms.FieldList(wtforms.FormField(row), label, min_entries=least, max_entries=MOST_ROWS)


class BulletinForm(Form):
    """A bulletin and what it makes of the incident. ``key`` is asked for new incidents only.

    ``typing`` names the kept form, ``version`` the draft's version that the form was made from.
    """

    typing = wtforms.HiddenField()
    typing_version = wtforms.HiddenField(default="0")
    version = wtforms.HiddenField(default="0")
    bulletin_title_ja = TextField(
        _l("Headline of this bulletin, Japanese"), longest=150, hint=_l("What cannot be done now, or works again.")
    )
    bulletin_title_en = TextField(_l("Headline of this bulletin, English"), longest=250)
    body_ja = TextAreaField(
        _l("Text, Japanese"), longest=4000, rows=8,
        hint=_l("What happened, who is affected, what to do, what next. Short sentences. **Bold**, lists with -, "
                "headings with #, tables with | can be used."),
    )  # fmt: skip
    body_en = TextAreaField(_l("Text, English"), longest=6000, rows=8)
    what_changed_ja = TextField(_l("What changed since the last bulletin, Japanese"), longest=200, required=False,
                                hint=_l("One sentence."))  # fmt: skip
    what_changed_en = TextField(_l("What changed since the last bulletin, English"), longest=300, required=False)
    systems = ChoicesField(_l("Systems"), choices=[])
    areas = AreaField(
        _l("Areas"), many=True, default=COUNTRY,
        hint=_l("Names or codes with commas between: 札幌市, Hokkaido, 011002; JP for the whole country."),
    )  # fmt: skip
    kind = SelectField(_l("Incident or maintenance"), choices=[], default=IncidentKind.INCIDENT.value)
    state = SelectField(_l("State"), choices=[], default=IncidentState.OPEN.value)
    severity = SelectField(_l("Severity"), choices=[], coerce=int)
    occurred_on = DateField(_l("First day"), required=False)
    occurred_until = DateField(_l("Last day, if it went on"), required=False)
    occurred_text_ja = TextField(_l("When, in words, Japanese"), longest=200, required=False)
    occurred_text_en = TextField(_l("When, in words, English"), longest=300, required=False)
    planned_from_on = DateField(_l("Maintenance begins: day"), required=False)
    planned_from_at = TimeField(_l("Maintenance begins: time"), required=False)
    planned_until_on = DateField(_l("Maintenance ends: day"), required=False)
    planned_until_at = TimeField(_l("Maintenance ends: time"), required=False)
    cause_key = SelectField(_l("Class of the cause"), choices=[], default=UNKNOWN_CAUSE)
    cause_status = SelectField(_l("The cause is"), choices=[])
    next_on = DateField(_l("Next bulletin promised: day"), required=False)
    next_at = TimeField(_l("Next bulletin promised: until"), required=False)
    final = CheckField(_l("This is the final bulletin"))
    title_ja = TextField(_l("Name of the incident, Japanese"), longest=150)
    title_en = TextField(_l("Name of the incident, English"), longest=250)
    key = TextField(
        _l("Permanent address"), longest=80, required=False,
        hint=_l("Small letters, digits and hyphens, for example relay-servers-2026-04-01. It cannot be changed later."),
    )  # fmt: skip
    publisher = SelectField(_l("Published by"), choices=[])
    exercise = CheckField(_l("This is an exercise"))
    reason_ja = TextAreaField(_l("Why it was wrong, Japanese"), longest=1000, required=False, rows=3)
    reason_en = TextAreaField(_l("Why it was wrong, English"), longest=1500, required=False, rows=3)
    noticed_on = DateField(_l("Day on which the error was noticed"), required=False)
    facts = _rows(FactRow, _l("Fact"))
    statuses = _rows(StatusRow, _l("State"))
    measures = _rows(MeasureRow, _l("Measure"))
    relations = _rows(RelationRow, _l("Relation"))
    attachments = _rows(FileRow, _l("File"), 0)
    file = UploadField(
        _l("Add a file"), slot=FILE, required=False,
        hint=_l("PDF, JPEG, PNG, Excel (.xlsx) or Word (.docx). It is published with the bulletin."),
    )  # fmt: skip
    file_title_ja = TextField(_l("What the file is, Japanese"), longest=150, required=False)
    file_title_en = TextField(_l("What the file is, English"), longest=250, required=False)

    def offer(
        self, options: Options, words: dict[str, Any], name: Any, today: list[tuple[Fact, str]], find: Find
    ) -> None:
        """Fill the lists; ``name`` gives a thing's name in the page's language, ``today`` what can be corrected."""
        offer_incident(self, options, words, name)
        offer_facts(self.facts, words, today)
        offer_around(self, options, words, name)
        for field in (self.areas, *(entry.form.area for entry in (*self.facts, *self.statuses))):
            field.find = find

    def validate(self, extra_validators: Any = None) -> bool:
        """As usual, and no time of day stands without its day."""
        sound = super().validate(extra_validators)
        rows = [entry.form for entry in (*self.facts, *self.statuses)]
        pairs = [(row.day, row.time) for row in rows if row.used]
        pairs += [(self.planned_from_on, self.planned_from_at), (self.planned_until_on, self.planned_until_at)]
        for day, at in [*pairs, (self.next_on, self.next_at)]:
            if at.time and not day.day and not day.errors:
                day.errors = [*day.errors, _("A time of day needs its day.")]
                sound = False
        return sound

    def used(self, rows: str) -> list[Any]:
        """The rows of ``facts`` and so on that say something."""
        return [entry.form for entry in getattr(self, rows) if entry.form.used]

    def written(self, *, correction: bool, files: Iterable[WrittenAttachment] = ()) -> Writing:
        """What the form says, as a draft's text. Of a form that did not validate: what could be read of it."""
        return Writing(
            incident=WrittenIncident(
                title_ja=self.title_ja.data or "",
                title_en=self.title_en.data or "",
                systems=tuple(self.systems.data or ()),
                areas=self.areas.codes,
                kind=self.kind.data or IncidentKind.INCIDENT,
                state=self.state.data or IncidentState.OPEN,
                severity=self.severity.data or 1,
                cause_key=self.cause_key.data or "unknown",
                cause_status=self.cause_status.data or CauseStatus.UNDER_INVESTIGATION,
                occurred_on=self.occurred_on.day or self._other_day(),
                occurred_until=self.occurred_until.day,
                occurred_text_ja=self.occurred_text_ja.data or None,
                occurred_text_en=self.occurred_text_en.data or None,
                planned_from=moment(self.planned_from_on, self.planned_from_at),
                planned_until=moment(self.planned_until_on, self.planned_until_at),
                exercise=bool(self.exercise.data),
                relations=tuple(row.written() for row in self.used("relations")),
            ),
            bulletin=WrittenBulletin(
                title_ja=self.bulletin_title_ja.data or "",
                title_en=self.bulletin_title_en.data or "",
                body_ja=self.body_ja.data or "",
                body_en=self.body_en.data or "",
                publisher=self.publisher.data or "",
                final=bool(self.final.data),
                correction=correction,
                reason_ja=(self.reason_ja.data or None) if correction else None,
                reason_en=(self.reason_en.data or None) if correction else None,
                noticed_on=self.noticed_on.day if correction else None,
                markup=Markup.MARKDOWN,
                what_changed_ja=self.what_changed_ja.data or None,
                what_changed_en=self.what_changed_en.data or None,
                next_update_at=moment(self.next_on, self.next_at, default=END_OF_DAY),
                facts=tuple(row.written() for row in self.used("facts")),
                statuses=tuple(row.written() for row in self.used("statuses")),
                measures=tuple(row.written() for row in self.used("measures")),
                attachments=tuple(files),
            ),
        )

    def _other_day(self) -> date | None:
        """The day on which it began where only a fact or the plan tells it; none beside words."""
        if self.kind.data == IncidentKind.MAINTENANCE:
            return self.planned_from_on.day
        if self.occurred_text_ja.data or self.occurred_text_en.data:
            return None
        told = [row.day.day for row in self.used("facts") if row.field.data == FactField.OCCURRED and row.day.day]
        return min(told, default=None)


def prefill(writing: Writing, area_texts: dict[str, str]) -> dict[str, Any]:
    """A text as data for the form; days as ISO text, instants as a day and a time in Japan, areas by name."""
    values = writing.to_json()
    incident, bulletin = values["incident"], values["bulletin"]
    incident["areas"] = ", ".join(area_texts.get(code, code) for code in incident["areas"])
    for fact in bulletin["facts"]:
        fact["number"] = "" if fact["number"] is None else f"{fact['number']:,.10g}"
        fact["area"] = area_texts.get(fact["area"], fact["area"])
        _split(fact, fact.pop("at"), "day", "time")
    for status in bulletin["statuses"]:
        status["target"] = status["component"] or status["system"]
        status["area"] = area_texts.get(status["area"], status["area"])
        _split(status, status.pop("since_at"), "day", "time")
    _split(bulletin, bulletin["next_update_at"], "next_on", "next_at")
    for name in ("planned_from", "planned_until"):
        _split(incident, incident[name], f"{name}_on", f"{name}_at")
    renamed = {"bulletin_title_ja": bulletin.pop("title_ja"), "bulletin_title_en": bulletin.pop("title_en")}
    return {**bulletin, **incident, **renamed}


def _split(values: dict[str, Any], at: str | None, day: str, clock: str) -> None:
    if at:
        on, told = local(datetime.fromisoformat(at))
        values[day], values[clock] = on.isoformat(), told
