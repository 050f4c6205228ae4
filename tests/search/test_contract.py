"""What every engine must do, in the same words for all of them."""

from dataclasses import replace
from datetime import date

import pytest

from search.backend import Backend, Run
from search.queries import Reading, find
from search.query import parse
from search.record import Body
from search.text import folded
from tests.search.samples import RECORDS, a_record, keys


@pytest.mark.parametrize("language", [None, "ja", "en"])
@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("中継サーバ", "incident/relay-server"),
        ("ｻｰﾊﾞｰ", "system/servers"),
        ("葛飾区", "incident/katsushika"),
        ("うるう日", "incident/leap-day"),
        ("2万6千", "incident/withheld-cards"),
        ("差し控え", "letter/questions-2016"),
        ("relay server", "incident/relay-server"),
    ],
)
def test_ordinary_queries_find_the_right_page(engine: Backend, text: str, first: str, language: str | None) -> None:
    found = keys(engine, text, language=language)
    assert first in found[:2]


@pytest.mark.parametrize(
    "spellings",
    [
        ("サーバ", "サーバー", "ｻｰﾊﾞ", "ｻｰﾊﾞｰ", "サ−バ−", "サーバ―"),
        ("2万6千", "２万６千", "26000", "26,000", "２６，０００", "二万六千", "2.6万"),
        ("2万6千枚", "26000枚", "26,000枚", "二万六千枚"),
        ("プログラム", "ﾌﾟﾛｸﾞﾗﾑ", "ぷろぐらむ"),
        ("LGWAN", "lgwan", "ＬＧＷＡＮ", "ｌｇｗａｎ"),
        ("J-LIS", "jlis", "Ｊ－ＬＩＳ", "j‐lis", "ｊｌｉｓ"),
        (
            "平成28年1月18日",
            "2016年1月18日",
            "2016-01-18",
            "2016/1/18",
            "H28.1.18",
            "平成二十八年一月十八日",
            "18 January 2016",
        ),
        ("ICカード", "ＩＣカード", "ic カード"),
        ("国土", "國土"),
        ("relay server", "Relay Servers", "relay serv"),
        ("98.5", "９８.５"),
        ("第3報", "第３報", "第三報"),
    ],
)
def test_spellings_of_one_thing_find_the_same(engine: Backend, spellings: tuple[str, ...]) -> None:
    results = {text: sorted(keys(engine, text)) for text in spellings}
    assert results[spellings[0]], results
    assert len({tuple(found) for found in results.values()}) == 1, results


def test_a_word_in_the_body_is_found_inside_a_longer_form(engine: Backend) -> None:
    assert set(keys(engine, "差し控え")) == {"incident/withheld-cards", "letter/questions-2016"}
    assert keys(engine, "差し控えさせて") == ["letter/questions-2016"]


def test_one_character_is_found(engine: Backend) -> None:
    assert "incident/katsushika" in keys(engine, "区")


def test_kyoto_comes_before_tokyo_to(engine: Backend) -> None:
    found = keys(engine, "京都")
    assert found[0] == "page/kyoto"
    assert set(found[1:]) == {"page/tokyo", "incident/katsushika"}


def test_hiragana_and_katakana_stay_distinct(empty: Backend) -> None:
    empty.put([a_record("page/1", "読むためも", ""), a_record("page/2", "メモ帳", "")])
    assert keys(empty, "メモ") == ["page/2"]


def test_numbers_are_whole(empty: Backend) -> None:
    empty.put([a_record("page/1", "126000件", ""), a_record("page/2", "26000件", "")])
    assert keys(empty, "26000") == ["page/2"]
    assert keys(empty, "26000件") == ["page/2"]


def test_the_day_of_a_record_is_found_though_no_text_has_it(empty: Backend) -> None:
    empty.put(
        [a_record("page/1", "題", "本文", day=date(2016, 1, 18)), a_record("page/2", "題", "", day=date(2017, 1, 1))]
    )
    assert keys(empty, "平成28年1月") == ["page/1"]
    assert keys(empty, "2016年") == ["page/1"]


def test_all_words_must_be_there(engine: Backend) -> None:
    assert keys(engine, "カード 葛飾区") == ["incident/katsushika"]


def test_or_minus_and_phrases(engine: Backend) -> None:
    assert set(keys(engine, "葛飾区 OR うるう日")) == {"incident/katsushika", "incident/leap-day"}
    assert set(keys(engine, "葛飾区 | うるう日")) == {"incident/katsushika", "incident/leap-day"}
    assert "incident/katsushika" not in keys(engine, "通知カード -葛飾区")
    assert keys(engine, "通知カード NOT 葛飾区") == ["figure/returns"]
    assert keys(engine, "「relay servers」") == ["incident/relay-server"]
    assert keys(engine, '"servers relay"') == []


def test_only_a_minus_leaves_the_rest(engine: Backend) -> None:
    total = engine.find(parse("-カード")).total
    assert 0 < total < len({record.key for record in RECORDS})


def test_things_count_once_though_they_exist_in_two_languages(engine: Backend) -> None:
    found = engine.find(parse("2016-01-18"))
    assert found.total == len(found.hits) == 1


def test_the_readers_language_gives_title_and_address_the_other_still_matches(engine: Backend) -> None:
    hit = engine.find(parse("relay server"), language="ja").hits[0]
    assert hit.title == "中継サーバの負荷によるカード管理システムの障害"
    assert (hit.language, hit.passage_language) == ("ja", "en")
    assert [run.text for run in hit.passage if run.marked] == ["relay", "servers"] or [
        run.text for run in hit.passage if run.marked
    ] == ["relay servers"]


def test_what_exists_in_the_readers_language_comes_first(empty: Backend) -> None:
    empty.put(
        [a_record("page/1", "LGWAN LGWAN", "LGWAN", language="en"), a_record("page/2", "通信網", "LGWANという網")]
    )
    assert keys(empty, "LGWAN", language="ja") == ["page/2", "page/1"]
    assert keys(empty, "LGWAN", language="en") == ["page/1", "page/2"]


def test_marks_stand_in_the_original_text(engine: Backend) -> None:
    hit = engine.find(parse("プログラム")).hits[0]
    assert Run("ﾌﾟﾛｸﾞﾗﾑ", True) in hit.passage
    hit = engine.find(parse("サーバー")).hits[0]
    assert Run("ｻｰﾊﾞｰ", True) in hit.title_runs
    hit = engine.find(parse("5000世帯")).hits[0]
    assert Run("5,000世帯", True) in hit.passage


def test_runs_put_together_are_the_original(engine: Backend) -> None:
    for record in RECORDS:
        for text in ("サーバ カード", "区 OR の OR 年", "relay OR server", "2016"):
            for hit in engine.find(parse(text), language=record.language).hits:
                if (hit.key, hit.language) == (record.key, record.language):
                    assert "".join(run.text for run in hit.title_runs) == record.title
                if (hit.key, hit.passage_language) == (record.key, record.language):
                    assert "".join(run.text for run in hit.passage).strip("…") in record.body


def test_the_passage_is_where_the_words_are(empty: Backend) -> None:
    body = "はじめに述べる。" * 60 + "\n\nその後に中継サーバが停止した。\n\n" + "おわりに述べる。" * 60
    empty.put([a_record("page/1", "長い頁", body)])
    passage = empty.find(parse("中継サーバ 停止")).hits[0].passage
    assert [run.text for run in passage if run.marked] == ["中継サーバ", "停止"]
    assert len("".join(run.text for run in passage)) < 250


def test_facets_count_things_and_filters_narrow(engine: Backend) -> None:
    found = engine.find(parse("カード"), facets=("kind", "system", "area"))
    assert dict(found.facets["kind"])["incident"] == 4
    assert dict(found.facets["system"]) == {"card-management": 1}
    narrowed = engine.find(parse("カード"), filters={"kind": "figure"})
    assert [hit.key for hit in narrowed.hits] == ["figure/returns"]
    assert engine.find(parse("カード"), filters={"kind": "no such"}).total == 0


def test_pages_follow_one_another_without_gap_or_repetition(empty: Backend) -> None:
    empty.put([a_record(f"page/{n}", f"頁{n}", "同じ本文") for n in range(45)])
    seen = [key for offset in range(0, 60, 20) for key in keys(empty, "同じ本文", limit=20, offset=offset)]
    assert len(seen) == len(set(seen)) == 45
    assert empty.find(parse("同じ本文"), limit=20).total == 45


def test_more_matches_than_are_read_in_full_are_all_counted(empty: Backend) -> None:
    empty.put([a_record(f"page/{n}", "障害" if n == 7 else f"頁{n}", "障害の本文") for n in range(900)])
    found = empty.find(parse("障害"))
    assert found.total == 900
    assert found.hits[0].key == "page/7"


def test_newer_comes_first_among_equals(empty: Backend) -> None:
    empty.put([a_record(f"page/{year}", "報告", "同じ", day=date(year, 1, 1)) for year in (2015, 2017, 2016)])
    assert keys(empty, "報告") == ["page/2017", "page/2016", "page/2015"]


def test_weight_lifts_a_record(empty: Backend) -> None:
    empty.put([a_record("page/1", "報告", "同じ"), a_record("page/2", "報告", "同じ", weight=1.2)])
    assert keys(empty, "報告") == ["page/2", "page/1"]


def test_a_long_word_that_stands_nowhere_is_looked_for_in_parts(engine: Backend) -> None:
    answer = find(engine, "葛飾区における通知カード")
    assert answer.reading is Reading.PARTS
    assert [hit.key for hit in answer.found.hits] == ["incident/katsushika"]


def test_when_not_all_words_are_found_some_are_enough(engine: Backend) -> None:
    answer = find(engine, "葛飾区 火星人")
    assert answer.reading is Reading.ANY
    assert answer.found.hits[0].key == "incident/katsushika"


def test_every_word_of_the_corpus_is_found_like_a_scan_finds_it(engine: Backend) -> None:
    texts = {record.id: folded(record.title) + "\x00" + folded(record.body) for record in RECORDS}
    body = "".join(texts.values())
    words = {body[n : n + size] for n in range(0, len(body) - 5, 7) for size in (1, 2, 3, 5)}
    checked = 0
    for word in words:
        if not all("\u3041" <= c <= "\u9fff" and c not in "。、ー・" for c in word):
            continue
        wanted = {name.rpartition("@")[0] for name, text in texts.items() if word in text}
        found = {hit.key for hit in engine.find(parse(f'"{word}"'), limit=100).hits}
        assert wanted <= found, word
        checked += 1
    assert checked > 100


def test_a_hit_says_where_in_the_thing_it_is(empty: Backend) -> None:
    body = Body()
    body.add("はじめに")
    for number, said in ((1, "中継サーバが停止した。"), (2, "機器を交換した。"), (2, "")):
        body.begin("bulletin", str(number), f"/incidents/x#bulletin-{number}", f"/incidents/x/versions/{number}")
        body.add(said)
    record = replace(a_record("incident/x", "障害", body.text), spots=body.spots)
    empty.put(
        [record, replace(a_record("letter/y#q-1", "いつ直るか"), within="質問状"), a_record("letter/y", "質問状")]
    )
    found = {text: empty.find(parse(text)).hits[0] for text in ("交換", "停止", "はじめに", "障害", "いつ直るか")}
    assert [found[text].spot and found[text].spot.url for text in ("交換", "停止", "はじめに", "障害")] == [
        "/incidents/x#bulletin-2",
        "/incidents/x#bulletin-1",
        None,
        None,
    ]
    assert found["交換"].spot.version == "/incidents/x/versions/2"
    assert found["いつ直るか"].within == "質問状"
    empty.put([a_record("letter/y", "別の質問状")], instead_of=["letter/y"])
    assert keys(empty, "いつ直るか OR 質問状") == ["letter/y"]
