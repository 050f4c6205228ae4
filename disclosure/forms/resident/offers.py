"""A choice whose options are known only when the page is made, each with a hint."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from portal.web.fields import ChoiceField


class OfferField(ChoiceField):
    """One of several, offered by ``offer``."""

    def offer(self, rows: Iterable[tuple[str, Any, Any]]) -> None:
        """The options as value, label and hint; an empty hint is none."""
        found = list(rows)
        self.choices = [SelectChoice(str(value), label) for value, label, _hint in found]
        self.option_hints = {str(value): hint for value, _label, hint in found if hint}
