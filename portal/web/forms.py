"""The base of all forms: a CSRF token, no hidden surprises, errors in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_wtf import FlaskForm

from portal.core.errors import KaijiError
from portal.web.language import _


class Form(FlaskForm):
    """A form. ``validate_on_submit()`` as usual; ``tell(error)`` adds what a rule said."""

    def refuse(self, field: str, message: str, **params: Any) -> None:
        """Put a rule's message next to the field that it concerns."""
        target = getattr(self, field)
        target.errors = [*target.errors, _(message, **params)]

    def stop(self, message: str, **params: Any) -> None:
        """Put what keeps the whole form from being taken above it."""
        self.form_errors.append(_(message, **params))

    def tell(self, error: KaijiError, *, otherwise: str = "", fields: Mapping[str, str] | None = None) -> None:
        """Put an error next to the field that it names, else next to ``otherwise``; without one, above the form.

        ``fields``: names of the form's fields by those that rules give them, where they differ.
        """
        params = {name: value for name, value in error.params.items() if name != "field"}
        named = str(error.params.get("field", "")).replace("-", "_")
        field = (fields or {}).get(named, named)
        if field := field if field in self else otherwise:
            self.refuse(field, error.message, **params)
        else:
            self.stop(error.message, **params)
