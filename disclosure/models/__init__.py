"""The tables of the request room, one noun a file; importing the package registers all of them."""

from disclosure.models import case, correction, decision, event, file, identity, letter, sealed

__all__ = ["case", "correction", "decision", "event", "file", "identity", "letter", "sealed"]
