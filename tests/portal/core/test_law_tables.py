"""Tables of law: the row of a day, an organisation's own rows, and how faults are told."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import get_type_hints

import pytest

from portal.core import law_tables
from portal.core.law_tables import TableError, _row, in_force
from portal.core.settings import SettingsError, law_folder


@dataclass(frozen=True)
class Law:
    key: str
    days: int
    effective_from: date


OLD, NEW = Law("a", 30, date(2022, 4, 1)), Law("a", 20, date(2026, 10, 1))


@pytest.mark.parametrize(
    ("day", "found"), [("2022-03-31", None), ("2022-04-01", OLD), ("2026-09-30", OLD), ("2026-10-01", NEW)]
)
def test_an_old_case_keeps_the_law_of_its_day(day, found):
    assert in_force([NEW, OLD], date.fromisoformat(day)) is found


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({"key": "a", "days": 3}, "effective_from is missing"),
        ({"key": "a", "days": "3", "effective_from": date(2022, 4, 1)}, "days must be int"),
        ({"key": "a", "days": True, "effective_from": date(2022, 4, 1)}, "days must be int"),
        ({"key": "a", "days": 3, "effective_from": date(2022, 4, 1), "dais": 3}, "dais is not a known key"),
    ],
)
def test_a_fault_in_a_row_is_named_with_its_place(row, fault):
    with pytest.raises(TableError, match=rf"x.toml, \[\[law\]\] 1: {fault}"):
        _row("x.toml, [[law]] 1", row, Law, get_type_hints(Law), {field.name: field for field in fields(Law)})


SHIPPED = [
    {"code": "P1", "fee": 0, "unconfirmed": ["fee", "days"], "effective_from": date(2022, 4, 1)},
    {"code": "P2", "fee": 300, "unconfirmed": [], "effective_from": date(2022, 4, 1)},
]


def own(folder, text):
    (folder / "x.toml").write_text(text, "utf-8")
    return law_tables._with_own(SHIPPED, "x.toml", "row", folder)


def test_an_organisation_puts_values_of_its_own_over_a_row_and_so_confirms_them(tmp_path, monkeypatch):
    monkeypatch.setattr(law_tables, "OWN", [])
    rows = own(tmp_path, '[[row]]\nwhere = { code = "P1" }\nfee = 500\n')
    assert rows[0] == {**SHIPPED[0], "fee": 500, "unconfirmed": ["days"]}
    assert rows[1] == SHIPPED[1]
    assert SHIPPED[0]["fee"] == 0, "what was shipped stays as it is"
    (said,) = law_tables.OWN
    assert said == law_tables.OwnRow("x.toml", "row", "code = P1", ("fee",))


def test_a_change_of_law_is_a_row_without_where(tmp_path, monkeypatch):
    monkeypatch.setattr(law_tables, "OWN", [])
    rows = own(tmp_path, '[[row]]\ncode = "P1"\nfee = 700\neffective_from = 2027-04-01\n')
    assert [row["fee"] for row in rows] == [0, 300, 700]


@pytest.mark.parametrize("where", ['{ code = "P9" }', "{ effective_from = 2022-04-01 }", "{ }"])
def test_where_names_exactly_one_row(where, tmp_path):
    with pytest.raises(TableError, match="exactly one row"):
        own(tmp_path, f"[[row]]\nwhere = {where}\nfee = 1\n")


def test_a_folder_without_the_file_changes_nothing_and_a_broken_file_is_named(tmp_path):
    assert law_tables._with_own(SHIPPED, "y.toml", "row", tmp_path) is SHIPPED
    with pytest.raises(TableError, match=r"x\.toml cannot be read"):
        own(tmp_path, "[[row]\n")


def test_the_folder_of_own_rows_must_be_there(tmp_path):
    assert law_folder({}) is None
    assert law_folder({"KAIJI_LAW_FOLDER": str(tmp_path)}) == tmp_path.resolve()
    with pytest.raises(SettingsError, match="KAIJI_LAW_FOLDER"):
        law_folder({"KAIJI_LAW_FOLDER": str(tmp_path / "none")})
