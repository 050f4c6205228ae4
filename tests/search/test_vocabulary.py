"""What a reader may have meant: by sound, by a slip of the finger, by words written without spaces."""

import pytest

from search.backend import Backend
from search.memory_engine import MemoryEngine
from search.names import Name, of
from search.queries import Offer, Reading, find, suggestions
from search.sounds import sound
from search.vocabulary import Vocabulary
from tests.search.samples import RECORDS, a_record

NAMES = of(
    [
        Name("area", "131229", "葛飾区", "Katsushika", ("かつしかく",)),
        Name("system", "lgwan", "総合行政ネットワーク", ""),
    ]
)


@pytest.fixture(scope="module")
def held() -> MemoryEngine:
    """One engine for what is common code; each engine's own words are tried by the suggestions."""
    engine = MemoryEngine()
    engine.put(RECORDS)
    return engine


def words(engine: Backend) -> Vocabulary:
    return Vocabulary(engine.words(), NAMES, ("中継サーバー", "J-LIS"))


@pytest.mark.parametrize(
    "spellings",
    [
        ("ちゅうけいサーバ", "chuukei saaba", "tyuukei sa-ba-", "チュウケイサーバー"),
        ("かつしかく", "katsushikaku", "katusikaku"),
        ("じゅうきねっと", "jyuuki netto", "zyuuki netto"),
        ("しんせい", "shinsei", "sinsei"),
        ("こんびに交付", "コンビニ交付"),
        ("しんぶん", "shimbun", "shinbun"),
    ],
)
def test_what_sounds_the_same_is_one_string(spellings: tuple[str, ...]) -> None:
    assert len({sound(text) for text in spellings}) == 1


def test_kanji_alone_have_no_sound() -> None:
    assert sound("中継") == sound("！") == sound("") == ""


@pytest.mark.parametrize(
    ("typed", "meant", "first"),
    [
        ("中継サーパ", "中継サーバー", "incident/relay-server"),
        ("chuukei saaba", "中継サーバー", "incident/relay-server"),
        ("葛鹿区", "葛飾区", "incident/katsushika"),
        ("かつしかく", "葛飾区", "incident/katsushika"),
        ("ブログラム", "プログラム", "system/servers"),
        ("relay sevrers", "servers", "incident/relay-server"),
    ],
)
def test_a_word_that_stands_nowhere_is_taken_for_the_nearest(
    held: MemoryEngine, typed: str, meant: str, first: str
) -> None:
    answer = find(held, typed, language="ja", names=NAMES, words=lambda: words(held))
    assert answer.reading is Reading.MEANT
    assert meant in [other for _, other in answer.meant]
    assert answer.found.hits[0].key == first


def test_a_spelling_that_finds_many_times_more_is_offered_and_never_forced() -> None:
    engine = MemoryEngine()
    engine.put([a_record(f"page/{n}", "中継サーバの障害") for n in range(9)])
    engine.put([a_record("page/slip", "中継サーパの障害"), a_record("page/a", "大津市"), a_record("page/b", "大阪市")])
    answer = find(engine, "サーパ 障害", words=lambda: words(engine))
    assert (answer.reading, [hit.key for hit in answer.found.hits]) == (Reading.EXACT, ["page/slip"])
    assert answer.offer == Offer("サーバ 障害", 9)
    engine.put([a_record(f"page/ohtsu-{n}", "大津市") for n in range(9)])
    for typed in ("大阪市", "サーバ", '"サーパ"', "火星"):  # another word, many hits, a wording, none
        assert find(engine, typed, words=lambda: words(engine)).offer is None


def test_a_question_is_cut_into_what_it_asks_about(held: MemoryEngine) -> None:
    answer = find(held, "葛飾区で通知カードが届かなかったのはなぜですか", words=lambda: words(held))
    assert answer.found.hits[0].key == "incident/katsushika"
    known = Vocabulary(["電子証明書", "更新", "障害", "うるう日"])
    assert known.cut("電子証明書更新障害") == ["電子証明書", "更新", "障害"]
    assert known.cut("うるう日の未知語と１件") == ["うるう日", "未知語"]


def test_suggestions_begin_as_typed_or_sound_so_and_find_something(engine: Backend) -> None:
    known = words(engine)
    assert suggestions(engine, "葛", known, {}) == ["葛飾区"]
    assert suggestions(engine, "交付 かつし", known, {}) == ["交付 葛飾区"]
    assert "relay" in suggestions(engine, "rel", known, {})
    assert suggestions(engine, "総合行政", known, {})
    engine.remove(["system/lgwan"])
    assert suggestions(engine, "総合行政", known, {}) == []


def test_nothing_is_suggested_for_nothing(held: MemoryEngine) -> None:
    for typed in ("", " ", "。", "ー", "\x00"):
        assert suggestions(held, typed, words(held), {}) == []
    assert Vocabulary().near("火") == Vocabulary().sounding("火星") == []
