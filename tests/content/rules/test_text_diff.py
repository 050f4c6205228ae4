"""Two texts side by side: what is marked, and that nothing is lost."""

from hypothesis import given, settings
from hypothesis import strategies as st

from content.rules.text_diff import Mark, rows, words
from tests.factories.content import the_archive


def marked(old: str, new: str) -> list[tuple[list[str], list[str]]]:
    """What is only in the old and only in the new text, row by row."""
    return [
        ([p.text for p in row.old if p.mark is Mark.OLD], [p.text for p in row.new if p.mark is Mark.NEW])
        for row in rows(old, new)
        if row.changed
    ]


def test_a_number_a_time_and_a_name_are_marked_as_a_whole() -> None:
    old = "影響を受けるカードは約26,000枚です。次の報は午前10時までにお知らせします。カード管理システムが遅れています。"
    new = "影響を受けるカードは約25,800枚です。次の報は正午までにお知らせします。中間サーバーが遅れています。"
    assert marked(old, new) == [
        (["26,000"], ["25,800"]),
        (["午前10時"], ["正午"]),
        (["カード管理システム"], ["中間サーバー"]),
    ]


def test_a_sentence_that_is_another_is_marked_whole_and_one_that_stays_is_not() -> None:
    old = "窓口で発行ができません。原因は調査中です。"
    new = "窓口で発行ができません。サーバーのメモリを増やし、復旧しました。"
    assert marked(old, new) == [(["原因は調査中です。"], ["サーバーのメモリを増やし、復旧しました。"])]


def test_english_words_are_marked_as_words() -> None:
    assert marked("Issuing is slow in Tokyo.", "Issuing is slow in Osaka.") == [(["Tokyo"], ["Osaka"])]


def test_words_are_runs_of_one_script() -> None:
    assert words("第2号機が3.5%遅れた。") == ["第", "2", "号機", "が", "3.5%", "遅", "れ", "た", "。"]


@settings(max_examples=60, deadline=None)
@given(st.text("あア亜1,。\n a", max_size=40), st.text("あア亜1,。\n a", max_size=40))
def test_both_texts_can_be_read_out_of_the_rows(old: str, new: str) -> None:
    found = rows(old, new)
    assert "".join(piece.text for row in found for piece in row.old) == old
    assert "".join(piece.text for row in found for piece in row.new) == new
    same = ["".join(p.text for p in side if p.mark is Mark.SAME) for row in found for side in (row.old, row.new)]
    assert same[::2] == same[1::2]


def test_a_long_text_is_compared_by_few_steps() -> None:
    text = "".join(one.body_ja for incident in the_archive().incidents for one in incident.bulletins)[:6000]
    changed = text.replace("市区町村", "自治体").replace("障害", "不具合")
    both = [mark for one in marked(text, changed) for side in one for mark in side]
    assert {"市区町村", "自治体"} <= set(both)
    assert len(rows("同じ文。" * 5000, "同じ文。" * 4999)) == 2
