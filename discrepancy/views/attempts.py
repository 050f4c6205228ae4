"""Doing what a form asks for: whole or not at all, and what a rule says goes next to its field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import g

from discrepancy.operations.ask import EnquiryFaults
from discrepancy.operations.keep_register import DeskFaults
from portal.core.errors import Conflict, Invalid
from portal.web.forms import Form


def attempt(form: Form, act: Callable[[], Any], *, fields: Mapping[str, str] | None = None) -> Any:
    """What ``act`` returns (True for None), or None where a rule refused; what was typed stays in the form.

    ``fields``: names of fields of the form by those that the rule names, where they differ.
    """
    try:
        with g.session.begin_nested():
            done = act()
    except (Invalid, Conflict) as error:
        found = error.faults if isinstance(error, EnquiryFaults | DeskFaults) else {}
        for fault in (Invalid(message, field=name) for name, message in found.items()):
            form.tell(fault, fields=fields)
        if not found:
            form.tell(error, fields=fields)
        return None
    return True if done is None else done
