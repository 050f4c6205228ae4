"""The form with which a publisher takes in another archive."""

from __future__ import annotations

from typing import Any

import wtforms
from wtforms import HiddenField
from wtforms.validators import StopValidation

from portal.web.forms import Form
from portal.web.language import _, _l


class TableField(wtforms.FileField):
    """The file; it is read before the view begins, so that only its presence is looked at here."""

    hint = _l("CSV, Excel (.xlsx) or JSON, at most 10 MB.")
    required = True

    def pre_validate(self, form: Any) -> None:
        if not getattr(self.data, "filename", ""):
            raise StopValidation(_("Please choose a file."))


class ImportForm(Form):
    """The file to be looked through."""

    table = TableField(_l("The file"))


class ImportSendForm(Form):
    """``key`` is the file's own, so that what was seen is what is taken in."""

    key = HiddenField()
