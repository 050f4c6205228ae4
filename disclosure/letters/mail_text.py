"""Mail to the requester and to the desk: fixed texts that say only that there is something new."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "mails"


def text(name: str, language: str, **values: str) -> tuple[str, str]:
    """Subject and body of ``mails/<name>.<language>.txt``; the first line is the subject."""
    source = (FOLDER / f"{name}.{language}.txt").read_text(encoding="utf-8")
    subject, _, body = source.format_map(values).partition("\n")
    return subject.strip(), body.lstrip("\n")
