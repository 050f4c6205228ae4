"""The tables of the request room, one noun a file; importing the package registers all of them."""

from disclosure.models import (
    case,
    correction,
    decision,
    delivery,
    event,
    extension,
    file,
    identity,
    legal_hold,
    letter,
    letter_correction,
    notice,
    print_run,
    redaction,
    sealed,
)

__all__ = [
    "case",
    "correction",
    "decision",
    "delivery",
    "event",
    "extension",
    "file",
    "identity",
    "legal_hold",
    "letter",
    "letter_correction",
    "notice",
    "print_run",
    "redaction",
    "sealed",
]
