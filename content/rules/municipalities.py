"""Prefectures and municipalities of Japan by their codes: ``content/data/municipalities.csv``, checked when read."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from content.rules.archive.periods import code_problem

NAME = "content/data/municipalities.csv"


@dataclass(frozen=True)
class Place:
    """``code``: six digits with the check digit (全国地方公共団体コード); ``name_en`` ends with City, Town or Village.

    ``until_on``: the last day of one that is no more; ``into_code``: what took its place.
    """

    code: str
    name_ja: str
    kana: str
    name_en: str
    until_on: date | None = None
    into_code: str | None = None

    @property
    def prefecture(self) -> str:
        """The two digits of its prefecture (JIS X 0401)."""
        return self.code[:2]

    @property
    def is_prefecture(self) -> bool:
        return self.code[2:5] == "000"


def read(lines: Iterable[str]) -> tuple[Place, ...]:
    """The places of a file in order; ValueError names the code that is wrong. Lines that begin with # are remarks."""
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    found = tuple(_place(row) for row in rows)
    codes = [place.code for place in found]
    if codes != sorted(set(codes)):
        raise ValueError(f"{NAME}: codes stand in order, each once")
    for place in found:
        problem = code_problem(place.code)
        if problem:
            raise ValueError(f"{NAME}: {place.code}: {problem}")
        if (place.until_on is None) != (place.into_code is None) or place.into_code not in {None, *codes}:
            raise ValueError(f"{NAME}: {place.code}: its last day stands with what took its place")
    return found


def all_places() -> tuple[Place, ...]:
    """The file of this repository."""
    text = (files("content") / "data" / "municipalities.csv").read_text(encoding="utf-8")
    return read(text.splitlines())


def _place(row: dict[str, str]) -> Place:
    until = date.fromisoformat(row["until_on"]) if row["until_on"] else None
    return Place(row["code"], row["name_ja"], row["kana"], row["name_en"], until, row["into_code"] or None)
