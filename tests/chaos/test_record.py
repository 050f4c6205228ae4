"""People publish and read while web and worker are killed at random: none is lost, no page is half written.

With ``make chaos`` they are fifty, and it takes minutes; else a few, and one process of each kind is killed once.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import postgres as postgres_server
from tests.chaos import books
from tests.chaos.killer import BACKGROUND, ROUND, WEB, Killer
from tests.chaos.newsroom import ADDRESS, Room, prepare
from tests.chaos.site import Site
from tests.chaos.test_kill import installation

pytestmark = pytest.mark.chaos
long = pytest.mark.skipif("CHAOS_REQUESTS" not in os.environ, reason="make chaos")


@dataclass(frozen=True)
class Size:
    """How many people write how many bulletins ``each`` while how many read; ``gap``: answers between two kills."""

    writers: int
    readers: int
    each: int
    round_of: tuple[str, ...]
    rounds: int
    gap: tuple[int, int]


FEW = Size(writers=1, readers=2, each=3, round_of=(WEB, BACKGROUND), rounds=1, gap=(2, 6))
FIFTY = Size(writers=25, readers=25, each=8, round_of=ROUND, rounds=4, gap=(50, 400))


def survive(home: Path, size: Size, *, seed: int, **more: str) -> None:
    home.mkdir()
    building, given = installation(home, public_url=ADDRESS, **more)
    try:
        writer = prepare(building, size.writers)
        with Site(home, **given) as site:
            room = Room(site, building, writer, seed, writers=size.writers, readers=size.readers, each=size.each)
            killer = Killer(site, seed, gap=size.gap, answers=room.answers, round_of=size.round_of, rounds=size.rounds)
            killer.start()
            try:
                room.go()
            finally:
                killer.stop()
        print(f"\n{room}; killed {dict(killer.kills)}, started {site.starts} times")
        assert all(killer.kills[kind] for kind in set(size.round_of)), killer.kills
        books.finish_jobs(building)
        room.check()
        with building.database.session(write=False) as session:
            books.check_foundations(session)
    finally:
        building.database.close()


def test_no_bulletin_is_lost_and_no_page_half_written_when_a_process_of_each_kind_dies(tmp_path: Path) -> None:
    survive(tmp_path / "var", FEW, seed=20260403, web_processes="1")


@long
def test_no_bulletin_is_lost_and_no_page_half_written_on_sqlite(tmp_path: Path) -> None:
    survive(tmp_path / "var", FIFTY, seed=20260401)


@long
@pytest.mark.postgres
def test_no_bulletin_is_lost_and_no_page_half_written_on_postgresql(
    tmp_path: Path, postgres: postgres_server.Server
) -> None:
    postgres.sql("CREATE DATABASE chaos_record")
    try:
        survive(tmp_path / "var", FIFTY, seed=20260402, database_url=postgres.url("chaos_record"))
    finally:
        postgres.sql("DROP DATABASE chaos_record WITH (FORCE)")
