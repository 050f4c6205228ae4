"""Taking a document of the reading room back."""

from __future__ import annotations

from portal.web.fields import TextAreaField
from portal.web.forms import Form
from portal.web.language import _l


class WithdrawForm(Form):
    """Why, in both languages: everybody reads it in the document's place."""

    reason_ja = TextAreaField(_l("Reason, in Japanese"), longest=1000, rows=3)
    reason_en = TextAreaField(_l("Reason, in English"), longest=1000, rows=3)
