"""The base of all forms: a CSRF token, no hidden surprises, errors in plain words."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm

from portal.web.language import _


class Form(FlaskForm):
    """A form. ``validate_on_submit()`` as usual; ``refuse(field, message)`` adds what a rule said."""

    def refuse(self, field: str, message: str, **params: Any) -> None:
        """Put a rule's message next to the field that it concerns."""
        target = getattr(self, field)
        target.errors = [*target.errors, _(message, **params) if params else _(message)]
