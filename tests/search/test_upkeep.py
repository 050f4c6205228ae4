"""How every engine keeps its index: put, replaced, removed, built afresh."""

import pytest

from search.backend import Backend
from search.query import parse
from tests.search.samples import RECORDS, a_record, keys


def test_putting_again_replaces_and_removing_removes_every_language(engine: Backend) -> None:
    engine.put([a_record("incident/katsushika", "新しい題", "新しい本文")])
    assert keys(engine, "葛飾区") == []
    assert keys(engine, "新しい題") == ["incident/katsushika"]
    engine.remove(["incident/relay-server", "no/such"])
    assert keys(engine, "relay") == []
    assert keys(engine, "中継サーバー") == []
    before = engine.stats().records
    engine.put([a_record("page/tokyo", "港", "")], instead_of=["page/tokyo", "page/kyoto"])
    assert engine.stats().records == before - 1
    assert keys(engine, "港") == ["page/tokyo"]


def test_the_first_of_two_records_with_one_id_counts(empty: Backend) -> None:
    empty.put([a_record("page/1", "一番目", ""), a_record("page/1", "二番目", "")])
    assert empty.stats().records == 1
    assert keys(empty, "一番目") == ["page/1"]


def test_building_afresh_forgets_the_old_and_wiping_forgets_all(engine: Backend) -> None:
    engine.put([a_record("page/only", "ただ一つ")], afresh=True)
    assert engine.stats().records == 1
    assert keys(engine, "葛飾区") == []
    engine.wipe()
    assert engine.stats().records == 0
    assert engine.stats().ready
    assert engine.find(parse("ただ一つ")).total == 0


def test_a_failing_source_leaves_the_index_as_it_was(engine: Backend) -> None:
    def broken():  # type: ignore[no-untyped-def]
        yield a_record("page/new", "途中")
        raise RuntimeError("source")

    for afresh in (False, True):
        if afresh or type(engine).__name__ != "MemoryEngine":
            with pytest.raises(RuntimeError):
                engine.put(broken(), afresh=afresh)
            assert keys(engine, "途中") == []
            assert keys(engine, "葛飾区") == ["incident/katsushika"]


def test_statistics_know_each_record(engine: Backend) -> None:
    stats = engine.stats()
    assert stats.records == len(RECORDS)
    assert stats.fingerprints == {record.id: record.fingerprint() for record in RECORDS}


def test_an_index_says_when_it_answers_anew(empty: Backend) -> None:
    states = [empty.state()]
    for step in (lambda: empty.put(RECORDS), lambda: empty.remove(["no-such-key"]), lambda: empty.put(RECORDS[:1])):
        step()
        states.append(empty.state())
        assert empty.state() == states[-1]
    assert len(set(states)) == len(states) or states[1] == states[2]  # taking out nothing may change nothing
    empty.wipe()
    assert empty.state() not in states


def test_frequent_words_are_found_in_what_comes_later_and_not_in_what_went(empty: Backend) -> None:
    empty.put(a_record(f"page/{number}", f"頁{number}", "中継サーバの障害。") for number in range(300))
    empty.put(a_record(f"page/{number}", f"新しい頁{number}", "中継サーバの障害。") for number in range(298, 303))
    empty.put([a_record("page/7", "頁", "中継サーバの更新。")])
    empty.remove(["page/8", "page/301"])
    for text, total in (("障害", 300), ("中継サーバ", 301), ("新しい頁 障害", 4), ("障害 -新しい頁", 296), ("更新", 1)):
        assert empty.find(parse(text)).total == total, text
    assert empty.find(parse("障害"), facets=("kind",)).facets["kind"] == (("page", 300),)
