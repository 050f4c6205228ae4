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
    rules = read(None)
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


def test_an_organisation_changes_a_rule_and_a_wrong_one_is_named(tmp_path: Path) -> None:
    own = tmp_path / counting.FILE
    own.write_text('[[rule]]\nwhere = { key = "published-here" }\neffective_from = 2026-07-01\n', "utf-8")
    assert [rule.effective_from for rule in read(tmp_path)] == [date(1900, 1, 1), date(2026, 7, 1)]
    own.write_text('[[rule]]\nwhere = { key = "published-here" }\neffective_from = 1900-01-01\n', "utf-8")
    with pytest.raises(SettingsError, match="its own first day"):
        read(tmp_path)
    own.write_text('[[rule]]\nkey = "x"\n', "utf-8")
    with pytest.raises(SettingsError, match=r"\[\[rule\]\] 3"):
        read(tmp_path)


def test_the_last_day_of_a_period() -> None:
    assert [last_day(text) for text in ("2016", "2016-02", "2016-12")] == [
        date(2016, 12, 31), date(2016, 2, 29), date(2016, 12, 31),
    ]  # fmt: skip
