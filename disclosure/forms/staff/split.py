"""Which part of a request this case decides, and which is the rest."""

from __future__ import annotations

from disclosure.forms.staff.case import CaseForm
from disclosure.rules.extensions import LONGEST_FACTS
from portal.web.fields import TextAreaField
from portal.web.language import _l


class SplitForm(CaseForm):
    """Both parts in words; the letters print them."""

    part = TextAreaField(
        _l("What this case decides"),
        longest=LONGEST_FACTS,
        rows=3,
        missing=_l("Say which part it is."),
        hint=_l("The substantial part, for example the applications of which years. The letters print it."),
    )
    rest = TextAreaField(
        _l("What the rest is"),
        longest=LONGEST_FACTS,
        rows=3,
        missing=_l("Say which part it is."),
        hint=_l("Together both parts are everything that was asked for."),
    )
