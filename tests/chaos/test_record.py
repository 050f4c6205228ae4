"""Fifty people publish and read while web and worker are killed at random: none is lost, no page is half written.

It takes minutes, so it runs with ``make chaos`` alone.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests import postgres as postgres_server
from tests.chaos import books
from tests.chaos.killer import ROUND, Killer
from tests.chaos.newsroom import ADDRESS, Room, prepare
from tests.chaos.site import Site
from tests.chaos.test_kill import installation

WRITERS, READERS, EACH = 25, 25, 8
ROUNDS, GAP = 4, (50, 400)
pytestmark = [
    pytest.mark.chaos,
    pytest.mark.skipif("CHAOS_REQUESTS" not in os.environ, reason="make chaos"),
]


def survive(home: Path, *, seed: int, **more: str) -> None:
    home.mkdir()
    building, given = installation(home, public_url=ADDRESS, **more)
    try:
        writer = prepare(building, WRITERS)
        with Site(home, **given) as site:
            room = Room(site, building, writer, seed, writers=WRITERS, readers=READERS, each=EACH)
            killer = Killer(site, seed, gap=GAP, answers=room.answers, round_of=ROUND, rounds=ROUNDS)
            killer.start()
            try:
                room.go()
            finally:
                killer.stop()
        print(f"\n{room}; killed {dict(killer.kills)}, started {site.starts} times")
        assert all(killer.kills[kind] for kind in set(ROUND)), killer.kills
        books.finish_jobs(building)
        room.check()
        with building.database.session(write=False) as session:
            books.check_foundations(session)
    finally:
        building.database.close()


def test_no_bulletin_is_lost_and_no_page_half_written_on_sqlite(tmp_path: Path) -> None:
    survive(tmp_path / "var", seed=20260401)


@pytest.mark.postgres
def test_no_bulletin_is_lost_and_no_page_half_written_on_postgresql(
    tmp_path: Path, postgres: postgres_server.Server
) -> None:
    postgres.sql("CREATE DATABASE chaos_record")
    try:
        survive(tmp_path / "var", seed=20260402, database_url=postgres.url("chaos_record"))
    finally:
        postgres.sql("DROP DATABASE chaos_record WITH (FORCE)")
