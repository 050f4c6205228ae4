"""Sending the request: the declaration, and what ties the button to the answers that were shown."""

from __future__ import annotations

from wtforms import HiddenField

from portal.web.fields import CheckField
from portal.web.forms import Form
from portal.web.language import _, _l


class SeenForm(Form):
    """``key`` is the draft's submission key, ``seen`` the fingerprint of the answers on the page."""

    key = HiddenField()
    seen = HiddenField()


class SendForm(SeenForm):
    """One's own records: who asks declares who they are."""

    declared = CheckField(
        _l("I am the person named above, and what I wrote is true."),
        required=True,
        missing=_l("Tick the box to declare that you are the person named above."),
    )

    def for_another(self) -> None:
        """What a representative declares."""
        self.declared.label.text = _("I may act for the person named above, and what I wrote is true.")
