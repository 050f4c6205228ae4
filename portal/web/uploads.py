"""Marks a view that takes files: how large its whole body may be, and which fields hold files.

The files are taken in, that is decoded and drawn anew or cleaned, before the view's transaction begins.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import g, request

from portal.core.errors import Invalid
from portal.core.files import CleanFile, Slot, accept_file
from portal.web import prepared

View = TypeVar("View", bound=Callable[..., Any])
Outcomes = dict[tuple[str, Slot], CleanFile | Invalid]


def accepts_uploads(max_bytes: int, **slots: Slot) -> Callable[[View], View]:
    """Let a view's request body be up to ``max_bytes``; everything larger is refused before it is read.

    ``slots``: the form's upload fields by name.
    """

    def take_in_all(**_arguments: object) -> Outcomes:
        chosen = {name: request.files.get(name) for name in slots}
        g.session.close()
        return {(name, slots[name]): take_in(file, slots[name]) for name, file in chosen.items() if file}

    def mark(view: View) -> View:
        view.max_bytes = max_bytes  # type: ignore[attr-defined]
        return prepared.prepared_by(take_in_all)(view) if slots else view

    return mark


def take_in(file: Any, slot: Slot) -> CleanFile | Invalid:
    """The file as it is kept, or why it is not."""
    try:
        return accept_file(file.stream.read(slot.max_bytes + 1), file.filename, slot=slot)
    except Invalid as error:
        return error


def outcome(name: str, file: Any, slot: Slot) -> CleanFile:
    """What became of the file of a field. Invalid."""
    done: Outcomes = prepared.result() or {}
    found = done.get((name, slot)) or take_in(file, slot)
    if isinstance(found, Invalid):
        raise found
    return found
