"""Receipt number and access code."""

from __future__ import annotations

from portal.web.fields import AccessCodeField, CodeField
from portal.web.forms import Form
from portal.web.language import _l


class OpeningForm(Form):
    """What opens a case. Any width, any case, with or without hyphens."""

    number = CodeField(
        _l("Receipt number"),
        hint=_l("On your receipt, for example 開-R08-000123-K."),
        missing=_l("Enter the receipt number."),
    )
    code = AccessCodeField()
