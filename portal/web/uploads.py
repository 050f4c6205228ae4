"""Marks a view that takes files, and how large its whole body may be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


def accepts_uploads(max_bytes: int) -> Callable[[View], View]:
    """Let a view's request body be up to ``max_bytes``; everything larger is refused before it is read."""

    def mark(view: View) -> View:
        view.max_bytes = max_bytes  # type: ignore[attr-defined]
        return view

    return mark
