"""Taking a number that no letter will carry."""

from __future__ import annotations

from portal.web.fields import TextAreaField
from portal.web.forms import Form
from portal.web.language import _l


class VoidForm(Form):
    """The reason, kept with the number for good."""

    reason = TextAreaField(
        _l("Reason"),
        longest=400,
        rows=3,
        hint=_l("It stays with the number. Write no personal data."),
        missing=_l("Give the reason."),
    )
