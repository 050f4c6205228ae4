"""Answers that were written elsewhere, taken apart."""

from __future__ import annotations

from content.rules.question_letters.pasted import pasted_answers

ASKED = {"1-1": "いつ分かりましたか。", "1-2": "なぜ公表しなかったのですか。", "1-3": "今後どうしますか。"}
TEXT = """［１］ 障害について
(１) いつ分かりましたか。
【回答】
1月18日です。午後に
公表しました。
（２）なぜ公表しなかったのか。
(３)今後どうしますか。
【回答】点検の後にお答えします。
以上
"""


def test_each_answer_goes_to_the_questions_right_above_it() -> None:
    found = pasted_answers(TEXT, ASKED)
    assert [answer.codes for answer in found.answers] == [("1-1",), ("1-2", "1-3")]
    assert found.answers[1].text == "点検の後にお答えします。"
    assert found.unknown == ()


def test_what_is_quoted_otherwise_is_kept_as_it_is_quoted() -> None:
    found = pasted_answers(TEXT, ASKED)
    assert dict(found.answers[0].quoted) == {}
    assert dict(found.answers[1].quoted) == {"1-2": "なぜ公表しなかったのか。"}


def test_a_question_that_the_letter_does_not_ask_is_said() -> None:
    found = pasted_answers(TEXT, {code: text for code, text in ASKED.items() if code != "1-1"})
    assert found.unknown == ("1-1",)
    assert [answer.codes for answer in found.answers] == [("1-2", "1-3")]


def test_lines_that_a_page_broke_are_joined_and_others_are_not() -> None:
    lines = ["あ" * 20, "い" * 20 + "う" * 5, "え" * 6 + "。", "お" * 10]
    broken = "\n".join(["あ" * 25, "い" * 25, "う" * 25, "え" * 25, "お" * 8 + "。", "か" * 4])
    text = f"［１］ 章\n(１) いつ分かりましたか。\n【回答】\n{broken}\n以上\n"
    joined = pasted_answers(text, ASKED).answers[0].text
    assert joined.split("\n") == ["あ" * 25 + "い" * 25 + "う" * 25 + "え" * 25 + "お" * 8 + "。", "か" * 4]
    free = f"［１］ 章\n(１) いつ分かりましたか。\n【回答】\n{chr(10).join(lines)}\n以上\n"
    assert pasted_answers(free, ASKED).answers[0].text.split("\n") == lines


def test_a_text_without_answers_has_none() -> None:
    assert pasted_answers("回答は後日お送りします。", ASKED).answers == ()
