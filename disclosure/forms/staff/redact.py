"""The boxes on one page of a record, as a table of numbers; a script may draw them instead of typing."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

import wtforms
from wtforms import FieldList, FormField, HiddenField
from wtforms.validators import StopValidation

from disclosure.forms.staff.case import CaseForm
from disclosure.rules.grounds import Ground
from disclosure.rules.redaction import Covering
from portal.core.redaction import MOST_BOXES, WHOLE
from portal.web.fields import SelectField, TextField
from portal.web.language import _, _l, choose

HUNDREDTHS = WHOLE // 100  # parts of one per cent


class PercentField(TextField):
    """A share of the page in per cent, to two places."""

    def __init__(self, label: Any, **more: Any) -> None:
        super().__init__(label, longest=12, missing=_l("Give a number."), **more)

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if (self.data or "").strip() and self.share is None:
            raise StopValidation(_("Give a number between 0 and 100, for example 12.5."))

    @property
    def share(self) -> int | None:
        """Ten-thousandths of the page, or None for what is no share of it."""
        said = unicodedata.normalize("NFKC", self.data or "").strip().removesuffix("%").strip()
        try:
            per_cent = Decimal(said)
        except InvalidOperation:
            return None
        possible = per_cent.is_finite() and 0 <= per_cent <= 100
        return int((per_cent * HUNDREDTHS).to_integral_value()) if possible else None


class BoxForm(wtforms.Form):
    """One box: where it begins, how large it is, why it covers."""

    left = PercentField(_l("From the left (per cent)"))
    top = PercentField(_l("From the top (per cent)"))
    width = PercentField(_l("Width (per cent)"))
    height = PercentField(_l("Height (per cent)"))
    ground = SelectField(_l("Ground"))

    @property
    def place(self) -> tuple[int, int, int, int] | None:
        """Left, top, width, height in ten-thousandths, or None while they are no rectangle on a page."""
        x, y, w, h = self.left.share, self.top.share, self.width.share, self.height.share
        if x is None or y is None or not w or not h or x + w > WHOLE or y + h > WHOLE:
            return None
        return x, y, w, h

    def check_place(self) -> bool:
        """Whether it lies on the page; says so next to the number that does not fit."""
        fields = (self.left, self.top, self.width, self.height)
        unfit = [field for field in fields if not field.validate(self)]  # every one, so that each says what is amiss
        if not unfit and self.place is None:
            self.width.errors = [_("The box reaches beyond the page, or has no size.")]
        return self.place is not None


class RedactForm(CaseForm):
    """The boxes of a page. ``known`` names those that stood there when the page was made."""

    known = HiddenField()
    rows = FieldList(FormField(BoxForm), max_entries=MOST_BOXES)

    def offer(self, grounds: Iterable[Ground]) -> None:
        """Put the grounds into every row, and its number above it."""
        choices = options(grounds)
        for number, row in enumerate(self.rows, start=1):
            row.label.text = _("Box %(n)s", n=number)
            row.form.ground.choices = choices

    def add(self, boxes: Sequence[Covering]) -> None:
        """Append a row for each box, as far as there is room."""
        for box in boxes[: max(0, MOST_BOXES - len(self.rows))]:
            self.rows.append_entry(typed(box))

    def drop(self, index: int) -> None:
        """Take one row away; the others keep what was typed."""
        kept = [row.form.data for number, row in enumerate(self.rows) if number != index]
        while self.rows.entries:
            self.rows.pop_entry()
        for values in kept:
            self.rows.append_entry(values)

    def boxes(self, page: int) -> list[Covering]:
        """What was typed, once it is valid."""
        found = [(row.form.place, row.form.ground.data or "") for row in self.rows]
        return [Covering(page, *place, ground) for place, ground in found if place is not None]

    def places_are_right(self) -> bool:
        """Whether every box lies on its page; says so in the form where not."""
        wrong = [row for row in self.rows if not row.form.check_place()]
        if wrong:
            self.rows.errors = [row.form.errors for row in self.rows]
        return not wrong


def options(grounds: Iterable[Ground]) -> list[tuple[str, str]]:
    """The grounds as choices."""
    return [
        ("", _("Choose a ground")),
        *((row.code, f"{row.article_ja}　{choose(row, 'label')}".strip()) for row in grounds),
    ]


def typed(box: Covering) -> dict[str, str]:
    """A box as somebody would have typed it."""
    shares = {"left": box.x, "top": box.y, "width": box.w, "height": box.h}
    return {name: f"{Decimal(value) / HUNDREDTHS:f}" for name, value in shares.items()} | {"ground": box.ground}
