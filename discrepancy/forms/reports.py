"""Short forms about reports."""

from __future__ import annotations

from portal.web.fields import DateField, SelectField, TextAreaField, TextField
from portal.web.forms import Form
from portal.web.language import _l


class ReturnForm(Form):
    """Why a report goes back."""

    because = TextAreaField(_l("Why it goes back"), longest=2000, rows=4)


class CasesForm(Form):
    """To which cases a report belongs that came as a file."""

    numbers = TextField(
        _l("Numbers of the cases"),
        longest=400,
        hint=_l("For example d-2026-000123; several with spaces between them. They have to wait for this report."),
    )


class LessonForm(Form):
    """What the public learns; the counts are added by rule, small ones are not told."""

    happened_ja = TextAreaField(
        _l("What happened (Japanese)"), longest=2000, rows=4, hint=_l("Name nobody and no body.")
    )
    happened_en = TextAreaField(_l("What happened (English)"), longest=2000, rows=4)
    prevent_ja = TextAreaField(_l("How to keep it from happening (Japanese)"), longest=2000, rows=4)
    prevent_en = TextAreaField(_l("How to keep it from happening (English)"), longest=2000, rows=4)
    system = SelectField(_l("System"), choices=[])
    same_cause = TextField(
        _l("Address of a published incident of the same cause"),
        longest=80,
        required=False,
        hint=_l("The last part of its address; leave it empty where there is none."),
    )


class FindForm(Form):
    """What the operator looks for; it stands in the address."""

    class Meta:
        csrf = False

    text = TextField(_l("Receipt number, or name or code of a body"), longest=60, required=False)
    state = SelectField(_l("State"), choices=[], required=False)
    cause = SelectField(_l("Main cause"), choices=[], required=False)
    affair = SelectField(_l("Affair"), choices=[], required=False)
    first_on = DateField(_l("Filed from"), required=False, hint="")
    last_on = DateField(_l("Filed until"), required=False, hint="")


class PeriodForm(Form):
    """What figures count, and from when until when; it stands in the address."""

    class Meta:
        csrf = False

    by = SelectField(_l("Counted by"), choices=[], required=False)
    first_on = DateField(_l("Filed from"), required=False, hint="")
    last_on = DateField(_l("Filed until"), required=False, hint="")
