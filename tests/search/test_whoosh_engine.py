"""What only the engine on disk can get wrong: killed writers, damaged files, many processes."""

import multiprocessing
import os
import random
import shutil
import signal
import time
import tracemalloc
from pathlib import Path

import pytest

from search.memory_engine import MemoryEngine
from search.query import Query, parse
from search.whoosh_engine import WhooshEngine
from tests.search.samples import RECORDS, a_record

FORK = multiprocessing.get_context("fork")


def _write_for_ever(home: Path, started: object) -> None:
    engine = WhooshEngine(home)
    number = 0
    while True:
        number += 1
        batch = [
            a_record(f"page/{n % 50}", f"版{number}", "本文の障害について。" * 30) for n in range(number, number + 20)
        ]
        engine.put(batch, afresh=number % 5 == 0)
        started.set()  # type: ignore[attr-defined]


def test_a_killed_writer_leaves_a_working_index(tmp_path: Path) -> None:
    home = tmp_path / "index"
    WhooshEngine(home).put(RECORDS)
    reader = WhooshEngine(home)
    chance = random.Random(3)
    for _ in range(8):
        started = FORK.Event()
        writer = FORK.Process(target=_write_for_ever, args=(home, started))
        writer.start()
        assert started.wait(20)
        time.sleep(chance.random() * 0.15)
        os.kill(writer.pid or 0, signal.SIGKILL)
        writer.join()
        assert reader.find(parse("障害")).ready
        assert WhooshEngine(home).stats().ready
    before = reader.stats().records
    WhooshEngine(home).put([a_record("page/after", "その後の頁")])
    assert [hit.key for hit in reader.find(parse("その後の頁")).hits] == ["page/after"]
    assert reader.stats().records == before + 1
    assert len([path for path in home.iterdir() if path.is_dir()]) == 1


def _write_some(home: Path, name: str, rounds: int) -> None:
    engine = WhooshEngine(home)
    for number in range(rounds):
        engine.put([a_record(f"page/{name}-{number}", f"頁{name}", "共通の本文")])


def _read_on(home: Path, stop: object, failures: object) -> None:
    engine = WhooshEngine(home)
    while not stop.is_set():  # type: ignore[attr-defined]
        if not engine.find(parse("共通の本文")).ready:
            failures.value += 1  # type: ignore[attr-defined]


def test_two_writing_and_two_reading_processes_never_meet_a_lock(tmp_path: Path) -> None:
    home = tmp_path / "index"
    WhooshEngine(home).put(RECORDS)
    stop, failures = FORK.Event(), FORK.Value("i", 0)
    readers = [FORK.Process(target=_read_on, args=(home, stop, failures)) for _ in range(2)]
    writers = [FORK.Process(target=_write_some, args=(home, name, 12)) for name in "ab"]
    for process in (*readers, *writers):
        process.start()
    for writer in writers:
        writer.join(60)
        assert writer.exitcode == 0
    stop.set()
    for process in readers:
        process.join(20)
        assert process.exitcode == 0
    assert failures.value == 0
    assert WhooshEngine(home).find(parse("共通の本文")).total == 24


def test_a_reader_sees_the_commit_of_another_object_at_once(tmp_path: Path) -> None:
    reader, writer = WhooshEngine(tmp_path / "index"), WhooshEngine(tmp_path / "index")
    assert not reader.find(Query()).ready
    writer.put(RECORDS)
    assert reader.find(parse("葛飾区")).total == 1
    writer.put([a_record("page/new", "葛飾区の別の頁")])
    assert reader.find(parse("葛飾区")).total == 2
    writer.put([a_record("page/other", "葛飾区")], afresh=True)
    assert [hit.key for hit in reader.find(parse("葛飾区")).hits] == ["page/other"]


# Whoosh leaves the handle of a table of contents that it cannot read to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("damage", ["empty", "half", "gone"])
def test_a_damaged_index_is_no_error_and_can_be_built_anew(tmp_path: Path, damage: str) -> None:
    home = tmp_path / "index"
    WhooshEngine(home).put(RECORDS)
    for path in next(path for path in home.iterdir() if path.is_dir()).iterdir():
        if damage == "gone":
            path.unlink()
        else:
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2] if damage == "half" else b"")
    engine = WhooshEngine(home)
    assert not engine.find(parse("葛飾区")).ready
    assert not engine.stats().ready
    engine.put(RECORDS, afresh=True)
    assert engine.find(parse("葛飾区")).total == 1


def test_an_index_of_another_version_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    WhooshEngine(tmp_path).put(RECORDS)
    monkeypatch.setattr("search.analyzer.VERSION", 99)
    assert not WhooshEngine(tmp_path).find(parse("葛飾区")).ready


def test_a_lost_folder_counts_as_no_index_and_is_begun_anew(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path / "index")
    engine.put(RECORDS)
    assert engine.find(parse("障害")).ready
    [folder] = [path for path in (tmp_path / "index").iterdir() if path.is_dir()]
    shutil.rmtree(folder)
    assert (engine.state(), engine.find(parse("障害")).ready) == ("", False)
    engine.put(RECORDS)
    assert engine.find(parse("障害")).total


def test_threads_share_one_object(tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    engine = WhooshEngine(tmp_path)
    engine.put(RECORDS)
    with ThreadPoolExecutor(8) as pool:
        totals = list(pool.map(lambda _: engine.find(parse("カード サーバ OR 葛飾区")).total, range(60)))
    assert len(set(totals)) == 1


def test_segments_that_were_merged_answer_like_one(tmp_path: Path) -> None:
    engine, whole = WhooshEngine(tmp_path / "index"), MemoryEngine()
    chance = random.Random(11)
    for number in range(60):
        some = [
            a_record(
                f"page/{chance.randrange(700)}", f"頁{number}", "中継サーバの障害" if n % 3 else "統合端末の再起動"
            )
            for n in range(chance.choice((1, 2, 40)))
        ]
        gone = [f"page/{chance.randrange(700)}"]
        for kept in (engine, whole):
            kept.put(some, instead_of=gone)
        if not number % 10:
            asked = [
                sorted((hit.key, hit.title) for hit in kept.find(parse(text), limit=900).hits)
                for text in ("障害", "中継サーバ", "統合端末 再起動", "サーバ", "頁5")
                for kept in (engine, whole)
            ]
            assert asked[::2] == asked[1::2]
    assert len(list((tmp_path / "index").glob("*/*.seg"))) < 60


def test_an_opened_index_holds_no_copy_of_its_files(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path / "index")
    engine.put(a_record(f"page/{number}", f"頁{number}", "障害の記録。" * 2_000) for number in range(60))
    size = sum(path.stat().st_size for path in (tmp_path / "index").rglob("*.seg"))
    tracemalloc.start()
    assert engine.find(parse("障害")).total == 60
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held < size / 2 < 5_000_000
