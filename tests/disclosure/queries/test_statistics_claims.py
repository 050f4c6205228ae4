"""Claims are counted apart from requests, by both databases."""

from __future__ import annotations

from datetime import date

from disclosure.queries.published_figures import pack, unpack
from disclosure.queries.statistics import figures, report
from disclosure.queries.statistics_data import claim_rows
from disclosure.rules.decisions import DecisionType as T
from disclosure.rules.kinds import CaseKind
from portal.core.db import Database
from tests.factories.requests import a_row, store

DAY = date(2024, 5, 10)


def test_claims_have_a_table_of_their_own_and_are_no_requests(any_database: Database) -> None:
    correction = {"kind": CaseKind.CORRECTION}
    with any_database.session(write=True) as session:
        claims = [a_row(DAY, decided=T.FULL, days=20) | correction for _ in range(6)]
        claims += [a_row(DAY, decided=T.NONE, days=40) | correction for _ in range(7)]
        store(session, claims)
        store(session, [a_row(DAY, decided=T.FULL, days=20) for _ in range(3)])
    with any_database.session(write=False) as session:
        found = figures(session, profile="public-body", today=date(2025, 7, 1))
        assert report(session, 2024)["received"] == 3
        assert figures(session, profile="public-body", today=date(2025, 6, 1)).claims == ()
    (year,) = found.claims
    assert (year.year, year.kind, year.lines["claims-received"]) == (2024, CaseKind.CORRECTION, 13)
    assert [year.lines[f"claims-{line}"] for line in ("granted", "not-granted", "in-time", "late")] == [6, 7, 6, 7]
    assert year.took is not None
    assert year.took.median == 40
    assert unpack(pack(found)) == found
    assert {row["part"] for row in claim_rows(found)} == {"claims-correction"}
