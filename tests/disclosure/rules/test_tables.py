"""The data files of the room, and how faults in them are told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from disclosure.rules import grounds, kinds, remedies, retention, routing, tables
from disclosure.rules.deadlines import CLOCKS
from disclosure.rules.decisions import DecisionType
from disclosure.rules.regimes import REGIMES, of_profile, regime
from disclosure.rules.statutes import cite
from disclosure.rules.tables import TableError, _row, in_force
from portal.core.settings import Settings, SettingsError, law_folder


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
        _row("x.toml, [[law]] 1", row, Law)


def test_every_clock_and_citation_of_a_regime_exists():
    clocks = {row.code for row in CLOCKS}
    for law in REGIMES:
        names = {law.decision_clock, law.extension_clock, law.method_clock, law.claim_clock, law.appeal_clock}
        assert names | {law.suit_clock} <= clocks | {""}
        for key in (law.request_citation, law.disclose_citation, law.withhold_citation, law.period_citation):
            assert not key or cite(key, law.effective_from)
        assert set(law.decision_types) <= {kind.value for kind in DecisionType}


def test_every_draftable_refusal_has_a_ground():
    for law in REGIMES:
        for kind in {"B", "C", "E", "F"} & set(law.decision_types):
            assert grounds.available(law, kind, date(2026, 4, 1)), (law.code, kind)


def test_the_profile_chooses_the_regime():
    assert of_profile("public-body", date(2026, 4, 1)).code == "P2"
    assert of_profile("j-lis-like", date(2026, 4, 1)).code == "P1"
    with pytest.raises(KeyError):
        of_profile("nobody", date(2026, 4, 1))
    with pytest.raises(KeyError):
        regime("P2", date(2021, 4, 1))


def test_the_remedies_name_the_organisation_and_its_court(settings: Settings):
    first, second = remedies.paragraphs("T-P2", date(2026, 4, 1), settings.organisation)
    assert "知った日の翌日から起算して3か月以内に、見本情報システム機構理事長に対して審査請求" in first
    assert "東京地方裁判所に処分の取消しの訴え" in second
    assert "{" not in first + second


def test_each_record_has_its_purpose_and_name():
    for part in kinds.RecordKind.BOTH.parts:
        assert kinds.purpose(part, date(2026, 4, 1)).ja
        assert kinds.RECORDS[part].ja


def test_an_application_form_is_kept_for_fifteen_years():
    assert retention.keep_until("application-form", date(2021, 9, 1), law_day=date(2026, 4, 1)) == date(2036, 9, 1)


def test_the_routing_table_sends_server_data_to_the_municipality():
    row = routing.route("intermediate-server", "j-lis-like", date(2026, 4, 1))
    assert row is not None
    assert row.holder is routing.Holder.MUNICIPALITY


SHIPPED = [
    {"code": "P1", "fee": 0, "unconfirmed": ["fee", "days"], "effective_from": date(2022, 4, 1)},
    {"code": "P2", "fee": 300, "unconfirmed": [], "effective_from": date(2022, 4, 1)},
]


def own(folder, text):
    (folder / "x.toml").write_text(text, "utf-8")
    return tables._with_own(SHIPPED, "x.toml", "row", folder)


def test_an_organisation_puts_values_of_its_own_over_a_row_and_so_confirms_them(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "OWN", [])
    rows = own(tmp_path, '[[row]]\nwhere = { code = "P1" }\nfee = 500\n')
    assert rows[0] == {**SHIPPED[0], "fee": 500, "unconfirmed": ["days"]}
    assert rows[1] == SHIPPED[1]
    assert SHIPPED[0]["fee"] == 0, "what was shipped stays as it is"
    (said,) = tables.OWN
    assert said == tables.OwnRow("x.toml", "row", "code = P1", ("fee",))


def test_a_change_of_law_is_a_row_without_where(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "OWN", [])
    rows = own(tmp_path, '[[row]]\ncode = "P1"\nfee = 700\neffective_from = 2027-04-01\n')
    assert [row["fee"] for row in rows] == [0, 300, 700]


@pytest.mark.parametrize("where", ['{ code = "P9" }', "{ effective_from = 2022-04-01 }", "{ }"])
def test_where_names_exactly_one_row(where, tmp_path):
    with pytest.raises(TableError, match="exactly one row"):
        own(tmp_path, f"[[row]]\nwhere = {where}\nfee = 1\n")


def test_a_folder_without_the_file_changes_nothing_and_a_broken_file_is_named(tmp_path):
    assert tables._with_own(SHIPPED, "y.toml", "row", tmp_path) is SHIPPED
    with pytest.raises(TableError, match=r"x\.toml cannot be read"):
        own(tmp_path, "[[row]\n")


def test_the_folder_of_own_rows_must_be_there(tmp_path):
    assert law_folder({}) is None
    assert law_folder({"KAIJI_LAW_FOLDER": str(tmp_path)}) == tmp_path.resolve()
    with pytest.raises(SettingsError, match="KAIJI_LAW_FOLDER"):
        law_folder({"KAIJI_LAW_FOLDER": str(tmp_path / "none")})
