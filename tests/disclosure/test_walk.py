"""Random ways through the procedure, regime by regime: no day lost, no duty skipped, nothing released under a lock.

A few hundred ways each time; `make walk` goes ten thousand for each regime.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from portal import schema
from portal.core.db import Database
from tests.conftest import make_settings
from tests.disclosure.walking import STRAIGHT, Walker, World, same_secrets
from tests.factories import disclosure as make

WALKS = int(os.environ.get("WALKS", "60"))
STEPS = 12
# Regime, profile, what is asked for, days of the decision, whether the first day counts: written down by hand.
REGIMES = {
    "P2": ("public-body", {}, 30, False),
    "P1": ("j-lis-like", {}, 30, False),
}
BEGINS = st.datetimes(datetime(2024, 1, 1, 3), datetime(2027, 12, 31, 3)).map(lambda at: at.replace(tzinfo=UTC))
STEP = st.tuples(st.integers(0, 999), st.integers(0, 999), st.sampled_from((0, 0, 0, 1, 1, 2, 5, 9, 14, 31, 47)))


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One database for all walks; each is rolled back."""
    home = tmp_path_factory.mktemp("walk")
    database = Database(make_settings(home).database_url)
    schema.upgrade(database)
    yield database
    database.close()


@pytest.fixture(autouse=True)
def _plain_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    """Letters are laid out in other tests; here their number, day and place in the register count."""

    def sheet(_templates: object, _template: object, context: dict[str, Any]) -> bytes:
        return f"%PDF-1.7 {context['number']} {context['verify_url']}".encode()

    monkeypatch.setattr("portal.letters.operations.issue.remake", sheet)


@pytest.mark.parametrize("regime", REGIMES)
def test_no_way_through_the_procedure_breaks_a_promise(
    regime: str, database: Database, tmp_path_factory: pytest.TempPathFactory
) -> None:
    profile, asks, days, first = REGIMES[regime]
    home = tmp_path_factory.mktemp("office")
    config, office = make_settings(home, profile=profile), make.an_office(home / "keys")
    secrets = same_secrets(office)
    seen: dict[str, int] = {}

    @settings(
        max_examples=WALKS, deadline=None, database=None, derandomize=WALKS < 1000,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(begins=BEGINS, ahead=st.integers(0, len(STRAIGHT)), steps=st.lists(STEP, min_size=STEPS, max_size=STEPS))
    def walk(begins: datetime, ahead: int, steps: list[tuple[int, int, int]]) -> None:
        with database.open(write=True) as session:
            try:
                world = World(session, config, office, regime, days, first, secrets, asks)
                _go(world, begins, STRAIGHT[:ahead], steps, seen)
            finally:
                session.rollback()

    walk()
    print(regime, dict(sorted(seen.items())))
    assert {"confirm-identity", "ask-correction", "draft", "issue", "release"} <= seen.keys()


def _go(
    world: World, begins: datetime, straight: Sequence[str], steps: list[tuple[int, int, int]], seen: dict[str, int]
) -> None:
    walker = Walker(world, begins)
    assert walker.case.regime == world.regime
    walker.check()
    for verb in straight:
        assert walker.tries(verb, 4), (verb, walker.taken)
        walker.check()
    for pick, choice, days in steps:
        walker.wait(days)
        likely = walker.likely()
        verb = likely[pick % len(likely)]
        if walker.tries(verb, choice):
            seen[verb] = seen.get(verb, 0) + 1
        walker.check()
