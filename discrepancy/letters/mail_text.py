"""Mails to the desks of bodies: fixed texts that say that something is new and where."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "mails"


def text(name: str, **values: str) -> tuple[str, str]:
    """Subject and body of ``mails/<name>.ja.txt``; the first line is the subject."""
    subject, _, body = (FOLDER / f"{name}.ja.txt").read_text(encoding="utf-8").partition("\n")
    return subject.strip(), body.lstrip("\n").format_map(values)
