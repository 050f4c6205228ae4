"""Receipt number and access code."""

from __future__ import annotations

from portal.web.fields import CodeField
from portal.web.forms import Form
from portal.web.language import _l


class OpeningForm(Form):
    """What opens a case. Any width, any case, with or without hyphens."""

    number = CodeField(
        _l("Receipt number"),
        hint=_l("On your receipt, for example 開-R08-000123-K."),
        missing=_l("Enter the receipt number."),
    )
    code = CodeField(
        _l("Access code"),
        hint=_l("16 letters and digits in four groups. Capital or small letters do not matter."),
        missing=_l("Enter the access code."),
    )
