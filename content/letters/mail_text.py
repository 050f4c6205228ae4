"""Mails to followers: fixed texts around what was published."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "mails"


def text(name: str, language: str, **values: str) -> tuple[str, str]:
    """Subject and body of ``mails/<name>.<language>.txt``; the first line is the subject, which is kept in one line."""
    source = (FOLDER / f"{name}.{language}.txt").read_text(encoding="utf-8")
    subject, _, body = source.partition("\n")
    given = {key: " ".join(value.split()) for key, value in values.items()}
    return subject.format_map(given).strip(), body.lstrip("\n").format_map(values)
