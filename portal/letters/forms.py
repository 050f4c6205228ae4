"""The one form of the public pages: a file to be checked."""

from __future__ import annotations

from typing import Any

import wtforms
from wtforms.validators import StopValidation

from portal.core.files import PDF, Slot
from portal.letters.verification import MOST_BYTES
from portal.web.forms import Form
from portal.web.language import _, _l

LETTER = Slot("letter", max_bytes=MOST_BYTES, types=frozenset({PDF}))


class LetterFileField(wtforms.FileField):
    """A file that is read as it is, byte for byte, and not kept."""

    def __init__(self, label: Any, *, hint: Any, **more: Any) -> None:
        self.hint, self.slot, self.required = hint, LETTER, True
        super().__init__(label, **more)

    def pre_validate(self, form: Any) -> None:
        if not getattr(self.data, "filename", ""):
            raise StopValidation(_("Please choose a file."))


class VerifyForm(Form):
    """The file of a letter."""

    file = LetterFileField(_l("The letter as a PDF file"), hint=_l("PDF, at most 20 MB."))
