"""The notice that somebody no longer acts for the person concerned (代理資格喪失届)."""

from __future__ import annotations

from disclosure.forms.resident.questions import today
from portal.web.fields import CheckField, DateField
from portal.web.forms import Form
from portal.web.language import _l


class CapacityLostForm(Form):
    """Since when, and that one means it."""

    lost_on = DateField(
        _l("Since when do you no longer act for this person?"), latest=today, missing=_l("Enter the day.")
    )
    sure = CheckField(
        _l("I no longer act for this person."),
        required=True,
        missing=_l("Tick the box if you no longer act for this person."),
    )
