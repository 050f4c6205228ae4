"""Random ways through the procedure, regime by regime: no day lost, no duty skipped, nothing released under a lock.

A few hundred ways each time; `make walk` goes ten thousand for each regime.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count as count_from
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from disclosure.rules.kinds import RecordKind
from portal import schema
from portal.core.db import Database
from tests.conftest import make_settings
from tests.disclosure.walking import Count, Walker, World, same_secrets
from tests.disclosure.walking_ground import Ground
from tests.disclosure.walking_steps import AGAINST, STRAIGHT
from tests.factories import disclosure as make

WALKS = int(os.environ.get("WALKS", "25"))
STEPS = 12
FORM = {"records": RecordKind.FORM}
# Regime, profile, what is asked for, how its clock counts (written down by hand), and straight ways to stray from.
REGIMES = {
    "P2": ("public-body", FORM, Count(), (STRAIGHT, AGAINST)),
    "P1": ("j-lis-like", FORM, Count(), (STRAIGHT,)),
    "P3": ("j-lis-like", {"records": RecordKind.IDENTITY_DATA}, Count(first_day=True, pauses=False), (STRAIGHT,)),
    "P4": ("j-lis-like", {"records": RecordKind.CERTIFICATES}, Count(first_day=True, pauses=False), (STRAIGHT,)),
    "P5": ("public-body", {"records": RecordKind.EXCHANGE_LOG}, Count(), (STRAIGHT, AGAINST)),
}
# Days that are hard to count from: before a leap day, at the end of years, months and fiscal years, in holidays.
BEGINS = tuple(
    datetime(*day, 3, tzinfo=UTC)
    for day in (
        (2024, 1, 30), (2024, 2, 28), (2024, 12, 4), (2025, 3, 31), (2025, 11, 30), (2026, 4, 1), (2026, 4, 3),
        (2026, 8, 31), (2027, 1, 31), (2027, 12, 31),
    )
)  # fmt: skip
DAYS = (0, 0, 0, 1, 1, 2, 5, 9, 14, 31, 47)
STEP = struct.Struct(">HHB")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One database for all walks; nothing in it is kept, so that all of it stays in memory."""
    home = tmp_path_factory.mktemp("walk")
    database = Database(make_settings(home).database_url)
    schema.upgrade(database)
    database.engine.dispose()

    @event.listens_for(database.engine, "connect")
    def _keep_in_memory(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA cache_size = -200000")

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
    profile, asks, count, straight = REGIMES[regime]
    home = tmp_path_factory.mktemp("office")
    config, office = make_settings(home, profile=profile), make.an_office(home / "keys")
    with database.open(write=True) as session:
        ground = Ground(session)
        world = World(ground, config, office, regime, count, same_secrets(office), asks)
        ways: dict[tuple[datetime, tuple[str, ...]], Walker] = {}
        starts = [way[:far] for way in straight for far in range(len(way) + 1)]
        seen: dict[str, int] = {}
        walked = count_from(1)

        @settings(
            max_examples=WALKS, deadline=None, database=None, derandomize=WALKS < 1000,
            phases=(Phase.explicit, Phase.generate), suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(
            begins=st.sampled_from(BEGINS),
            ahead=st.sampled_from(starts),
            steps=st.binary(min_size=STEPS * STEP.size, max_size=STEPS * STEP.size),
        )
        def walk(begins: datetime, ahead: tuple[str, ...], steps: bytes) -> None:
            way = ways.get((begins, ahead)) or ways.setdefault((begins, ahead), straight_on(world, begins, ahead))
            with ground.apart():
                stray(way.again(), steps, seen)
            if (done := next(walked)) % 1000 == 0:
                print(regime, done, "walks", flush=True)

        walk()
        session.rollback()
    print(regime, dict(sorted(seen.items())))
    assert {"confirm-identity", "ask-correction", "draft", "issue", "release"} <= seen.keys()


def straight_on(world: World, begins: datetime, ahead: tuple[str, ...]) -> Walker:
    """A request that has come so far without any detour."""
    walker = Walker.files(world, begins)
    assert walker.case.regime == world.regime
    walker.check()
    for verb in ahead:
        assert walker.tries(verb, 4), (verb, walker.taken)
        walker.check()
    return walker


def stray(walker: Walker, steps: bytes, seen: dict[str, int]) -> None:
    """Go on at random: each step is which verb, how, and after which days, drawn in one piece for speed."""
    for pick, choice, days in STEP.iter_unpack(steps):
        walker.wait(DAYS[days % len(DAYS)])
        likely = walker.likely()
        verb = likely[pick % len(likely)]
        if walker.tries(verb, choice):
            seen[verb] = seen.get(verb, 0) + 1
        walker.check()
