"""Which incidents count in figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from content.rules import counting
from content.rules.counting import counted, in_force, last_day, read
from content.rules.shelf import Entry, Shelf
from portal.core.settings import SettingsError

DAY = date(2016, 1, 25)
ENTRY = Entry("a", DAY, DAY, 2, "closed", "incident", "capacity", "presumed", False, False, ("jpki",), ("JP",))


def test_each_incident_counts_by_the_rule_of_its_day() -> None:
    rules = read(counting.DATA)
    later = rules[1].effective_from
    shelf = Shelf.of(
        [
            ENTRY,
            replace(ENTRY, key="merged-early", merged=True),
            replace(ENTRY, key="merged-late", merged=True, day=later),
            replace(ENTRY, key="late", day=later),
            replace(ENTRY, key="drill", exercise=True),
            replace(ENTRY, key="planned", kind="maintenance"),
        ]
    )
    assert {entry.key for entry in shelf.each(counted(shelf, rules))} == {"a", "merged-early", "late"}
    assert in_force(rules, date(1850, 1, 1)) is rules[0]
    assert in_force(rules, later) is rules[1]


def test_a_rule_without_its_parts_is_named(tmp_path: Path) -> None:
    path = tmp_path / counting.FILE
    path.write_text('[[rule]]\nkey = "x"\n', "utf-8")
    with pytest.raises(SettingsError, match=r"\[\[rule\]\] 1"):
        read(path)


def test_the_last_day_of_a_period() -> None:
    assert [last_day(text) for text in ("2016", "2016-02", "2016-12")] == [
        date(2016, 12, 31), date(2016, 2, 29), date(2016, 12, 31),
    ]  # fmt: skip
