"""Form fields that every room uses. Each refuses personal numbers, control characters and over-long text.

Lengths count graphemes, what a reader calls characters; what was typed is kept exactly as it was.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, ClassVar

import wtforms
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Optional, StopValidation, ValidationError

from portal.core import detectors, names
from portal.core.errors import Invalid
from portal.core.files import CleanFile, Slot
from portal.core.wareki import parse_day
from portal.web import uploads
from portal.web.language import _, _l

PERSONAL_NUMBER = _l(
    "This looks like a 12-digit personal number (My Number). Do not write it here. Delete the digits and send again."
)
CODE_POINTS_PER_GRAPHEME = 4


def refuse_number(text: str) -> None:
    """Stop when the text holds something like a personal number; the text itself is put nowhere."""
    if detectors.scan(text).verdict == "block":
        raise StopValidation(str(PERSONAL_NUMBER))


class _Text:
    """What one-line and many-line fields share."""

    longest: int
    data: str | None
    allowed: ClassVar[dict[int, str]] = {}

    def pre_validate(self, form: Any) -> None:
        text = self.data or ""
        if len(text) > self.longest * CODE_POINTS_PER_GRAPHEME or len(names.graphemes(text)) > self.longest:
            raise StopValidation(_("Please shorten this to %(longest)s characters or fewer.", longest=self.longest))
        if problem := names.problem(text.translate(self.allowed)):
            raise StopValidation(_(problem))
        refuse_number(text)


def _needs(required: bool, message: Any) -> list[Any]:
    # Spaces alone, of any width, are no answer.
    return [DataRequired(message or _l("Please fill in this field."))] if required else [Optional()]


class TextField(_Text, wtforms.StringField):
    """One line of text, at most ``longest`` graphemes."""

    def __init__(
        self,
        label: Any,
        *,
        longest: int = 200,
        required: bool = True,
        hint: Any = "",
        missing: Any = None,
        autocomplete: str = "",
        validators: Sequence[Any] = (),
        **more: Any,
    ) -> None:
        self.longest, self.hint, self.autocomplete, self.required = longest, hint, autocomplete, required
        super().__init__(label, [*_needs(required, missing), *validators], **more)

    def pre_validate(self, form: Any) -> None:
        if any(c in (self.data or "") for c in "\r\n\u2028\u2029"):
            raise StopValidation(_("Please write this on one line."))
        super().pre_validate(form)


class TextAreaField(_Text, wtforms.TextAreaField):
    """Many lines of text, at most ``longest`` graphemes; ends of lines and tabs are no control characters here."""

    allowed: ClassVar[dict[int, str]] = dict.fromkeys(map(ord, "\r\n\t"), " ")

    def __init__(
        self,
        label: Any,
        *,
        longest: int = 2000,
        required: bool = True,
        hint: Any = "",
        missing: Any = None,
        rows: int = 6,
        validators: Sequence[Any] = (),
        **more: Any,
    ) -> None:
        self.longest, self.hint, self.rows, self.required = longest, hint, rows, required
        super().__init__(label, [*_needs(required, missing), *validators], **more)


class NameField(TextField):
    """A person's name, exactly as typed."""

    def __init__(self, label: Any, *, longest: int = 100, **more: Any) -> None:
        more.setdefault("autocomplete", "name")
        super().__init__(label, longest=longest, **more)


class KanaField(TextField):
    """A reading in hiragana or katakana of any width; letters and digits are no reading."""

    def __init__(self, label: Any, *, longest: int = 100, **more: Any) -> None:
        super().__init__(label, longest=longest, **more)

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        for char in unicodedata.normalize("NFKC", self.data or ""):
            if not (char.isspace() or char in "ー・゠,.、-" or "\u3041" <= char <= "\u30ff" or char in "\u3099\u309a"):
                raise StopValidation(_("Please write the reading in hiragana or katakana."))


class DateField(TextField):
    """A day, in wareki or western style and any width; ``day`` is the date when it is one."""

    def __init__(self, label: Any, *, earliest: date | None = None, latest: Any = None, **more: Any) -> None:
        more.setdefault("hint", _l("For example: 平成2年4月1日 or 1990-04-01"))
        self.day: date | None = None
        self.earliest, self.latest = earliest, latest
        super().__init__(label, longest=40, **more)

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        self.day = None
        if not (self.data or "").strip():
            return
        try:
            self.day = parse_day(self.data or "")
        except ValueError:
            raise StopValidation(
                _("This day does not exist or cannot be read. Please write it like 平成2年4月1日 or 1990-04-01.")
            ) from None
        latest = self.latest() if callable(self.latest) else self.latest
        if (self.earliest and self.day < self.earliest) or (latest and self.day > latest):
            raise StopValidation(_("This day cannot be right. Please check the year."))


class EmailField(TextField):
    """An e-mail address; checked for form only."""

    def __init__(self, label: Any, **more: Any) -> None:
        more.setdefault("autocomplete", "email")
        super().__init__(label, longest=254, **more)

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if text := (self.data or "").strip():
            from_at = text.rpartition("@")
            if not (from_at[0] and "." in from_at[2] and text.isascii() and not any(c.isspace() for c in text)):
                raise StopValidation(_("Please check the e-mail address. It should look like name@example.jp."))


class CodeField(TextField):
    """A receipt number or access code: any width, any case, spaces and hyphens as one likes."""

    def __init__(self, label: Any, **more: Any) -> None:
        more.setdefault("autocomplete", "off")
        super().__init__(label, longest=60, **more)


class AccessCodeField(CodeField):
    """The code that opens something again, as it stands on a receipt."""

    def __init__(self, label: Any = None, **more: Any) -> None:
        more.setdefault("hint", _l("16 letters and digits in four groups. Capital or small letters do not matter."))
        more.setdefault("missing", _l("Enter the access code."))
        super().__init__(label or _l("Access code"), **more)


def _options(choices: Iterable[tuple[str, Any]]) -> list[SelectChoice]:
    return [SelectChoice(value=value, label=label) for value, label in choices]


class _Choice:
    """What fields with options share: only what is offered is taken, and nothing that was sent is said back."""

    asks: ClassVar[Any] = _l("Please choose one.")
    needs: ClassVar[type[InputRequired | DataRequired]] = InputRequired
    data: Any

    def __init__(
        self,
        label: Any,
        *,
        choices: Iterable[tuple[str, Any]] = (),
        required: bool = True,
        hint: Any = "",
        missing: Any = None,
        **more: Any,
    ) -> None:
        self.hint, self.required = hint, required
        needs = [self.needs(missing or self.asks)] if required else [Optional()]
        super().__init__(label, needs, choices=_options(choices), **more)  # type: ignore[call-arg]

    def pre_validate(self, form: Any) -> None:
        if not self.data:
            return  # whether an answer is needed is said by the field's own validator, in its own words
        try:
            super().pre_validate(form)  # type: ignore[misc]
        except ValidationError:
            raise StopValidation(_("Please choose from what is offered.")) from None


class ChoiceField(_Choice, wtforms.RadioField):
    """One of several, as radio buttons in a fieldset."""


class SelectField(_Choice, wtforms.SelectField):
    """One of many, as a list; its empty choice is none."""

    asks = _l("Please fill in this field.")
    needs = DataRequired


class ChoicesField(_Choice, wtforms.SelectMultipleField):
    """Any of several, as checkboxes in a fieldset."""

    widget = wtforms.widgets.ListWidget(prefix_label=False)
    option_widget = wtforms.widgets.CheckboxInput()
    asks = _l("Please choose at least one.")


class CheckField(wtforms.BooleanField):
    """A single box to tick."""

    def __init__(self, label: Any, *, required: bool = False, hint: Any = "", missing: Any = None, **more: Any) -> None:
        self.hint, self.required = hint, required
        needs = [InputRequired(missing or _l("Please tick this box to go on."))] if required else []
        super().__init__(label, needs, **more)


class PasswordField(wtforms.PasswordField):
    """A password; never sent back to the browser."""

    def __init__(self, label: Any, *, hint: Any = "", autocomplete: str = "current-password", **more: Any) -> None:
        self.hint, self.required, self.autocomplete = hint, True, autocomplete
        super().__init__(label, [InputRequired(_l("Please fill in this field."))], **more)

    def pre_validate(self, form: Any) -> None:
        if len(self.data or "") > 512:
            raise StopValidation(_("Please shorten this to %(longest)s characters or fewer.", longest=128))


class UploadField(wtforms.FileField):
    """A file; after validation ``clean`` is the re-encoded file, or None when nothing was chosen."""

    def __init__(self, label: Any, *, slot: Slot, required: bool = True, hint: Any = "", **more: Any) -> None:
        self.hint, self.required, self.slot = hint, required, slot
        self.clean: CleanFile | None = None
        super().__init__(label, **more)

    def pre_validate(self, form: Any) -> None:
        self.clean = None
        chosen = self.data if getattr(self.data, "filename", "") else None
        if chosen is None:
            if self.required:
                raise StopValidation(_("Please choose a file."))
            return
        try:
            refuse_number(chosen.filename)
            self.clean = uploads.outcome(self.name, chosen, self.slot)
        except Invalid as error:
            raise StopValidation(_(error.message, **error.params)) from None
