"""Question letters are read with their numbering, and no line is lost or moved."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.rules.question_letters.blocks import BlockKind, DoubtKind
from content.rules.question_letters.head import Wish
from content.rules.question_letters.lines import LineKind
from content.rules.question_letters.parsing import ParsedLetter, parse

LETTERS = Path(__file__).parent / "letters"
# The numbering of the letter of 2016 and of the letter in other words that has its anatomy.
FOUR_SECTIONS = (
    *("1-1-1", "1-1-2", "1-1-3", "1-2-1", "1-2-2", "1-3-1", "1-3-2", "1-4-1", "1-4-2"),
    *("1-5-1", "1-5-2", "1-5-3", "1-5-4", "1-6-1", "1-6-2", "1-6-3", "1-7-1", "1-7-2", "1-8"),
    *("2-1", "2-2", "2-3"),
    *("3-1-1", "3-1-2", "3-1-3", "3-1-4", "3-2-1", "3-2-2", "3-2-3"),
    *("4-1", "4-2", "4-3", "4-4", "4-5", "4-6", "4-7"),
)


def letter(name: str) -> ParsedLetter:
    return parse((LETTERS / f"{name}.txt").read_text(encoding="utf-8"))


def codes(read: ParsedLetter, kind: BlockKind) -> tuple[str, ...]:
    return tuple(block.code for block in read.of(kind))


def test_the_letter_with_four_sections_has_its_thirty_six_questions() -> None:
    read = letter("four_sections")
    assert codes(read, BlockKind.QUESTION) == FOUR_SECTIONS
    assert codes(read, BlockKind.FACT) == tuple(f"1-f{n}" for n in range(1, 8))
    assert codes(read, BlockKind.SECTION) == ("1", "2", "3", "4")
    assert codes(read, BlockKind.GROUP) == (*(f"1-{n}" for n in range(1, 8)), "3-1", "3-2")
    assert [doubt.kind for doubt in read.doubts] == [DoubtKind.PAGE_NUMBER] * 2


def test_lines_that_the_page_broke_are_one_text_again() -> None:
    read = letter("four_sections")
    texts = {block.code: block.text for block in read.blocks if block.code}
    assert texts["1-2-2"].endswith("原因が分からないまま、なぜ受け渡しを続けたのか")
    assert texts["1-5-1"] == "(５）の原因は、資料の１と３に書かれたものと考えてよいか"
    assert texts["1-f7"].endswith("カードが読めなくなった件")
    assert texts["1-5-4"].split("\n")[1].startswith("見込みの中に")
    assert texts["4-6"].endswith("2026年1月に別の事業者に決まった。辞退の理由を明らかにされたい")


def test_the_head_says_who_wrote_to_whom_when_and_what_for() -> None:
    read = letter("four_sections")
    assert read.sent_on == date(2026, 11, 2)
    assert read.text(BlockKind.ADDRESSEE) == "地方公共団体情報システム機構\n理事長 見 本  太 郎 様"
    assert read.text(BlockKind.SENDER) == "カードの記録を読む会（見本）\n（読む会）"
    assert read.text(BlockKind.TITLE) == "カードの発行と記録の公開についての質問書"
    assert read.wishes.day == date(2026, 12, 15)
    assert read.wishes.ways == (Wish.POST, Wish.MAIL, Wish.MEETING)
    assert read.text(BlockKind.CONTACT).startswith("ご回答とお問い合わせは")


def test_official_numbering_goes_down_to_its_fourth_level() -> None:
    read = letter("official")
    expected = ("1-1-1", "1-1-2", "1-2-1", "1-2-2-1", "1-2-2-2", "2-1", "2-2")
    assert codes(read, BlockKind.QUESTION) == expected
    assert codes(read, BlockKind.SECTION) == ("1", "2")
    assert (read.sent_on, read.wishes.day) == (date(2026, 9, 1), date(2026, 9, 22))
    assert read.text(BlockKind.TITLE) == "システム障害に関する照会について"
    assert not read.doubts


def test_a_mail_with_numbered_questions_keeps_what_belongs_to_each() -> None:
    read = letter("mail")
    assert codes(read, BlockKind.QUESTION) == ("1", "2-1", "2-2", "3", "4")
    texts = {block.code: block.text for block in read.blocks if block.code}
    assert texts["2"] == "復旧までに4時間かかった理由は何ですか。"
    assert "前回の報告書" in texts["3"]
    assert "If not, when will it be?" in texts["4"]
    assert read.wishes.ways == (Wish.MAIL,)


def test_a_list_of_facts_is_told_from_the_questions_about_it() -> None:
    read = letter("circled")
    assert codes(read, BlockKind.FACT) == ("1-f1", "1-f2", "1-f3")
    assert codes(read, BlockKind.QUESTION) == ("1-1", "1-2", "2-1", "2-3")
    assert [doubt.kind for doubt in read.doubts] == [DoubtKind.NUMBER_LEFT_OUT]


def test_a_letter_without_numbers_is_read_by_its_paragraphs() -> None:
    read = parse("質問です。\n\nカードはいつ届きますか。\n\n遅れています。\n\nなぜ遅れたのですか。\n")
    assert codes(read, BlockKind.QUESTION) == ("1", "2")
    assert read.doubts[0].kind is DoubtKind.NO_NUMBERS


@pytest.mark.parametrize(
    ("text", "expected", "doubt"),
    [
        ("1. なぜか。\n1. いつか。\n1. どこか。", ("1", "1.2", "1.3"), DoubtKind.NUMBER_AGAIN),
        ("1. なぜか。\n3. いつか。\n2. どこか。", ("1", "3", "2"), DoubtKind.NUMBER_LEFT_OUT),
        ("5. なぜか。\n6. いつか。", ("5", "6"), DoubtKind.NUMBER_LEFT_OUT),
        ("1. なぜか。\n以上\n2. いつか。", ("1",), DoubtKind.AFTER_CLOSING),
        ("1. 反対である。", ("1",), DoubtKind.NOT_A_QUESTION),
        ("", (), DoubtKind.NOTHING_ASKED),
    ],
)
def test_what_is_malformed_is_kept_in_its_order_and_doubted(
    text: str, expected: tuple[str, ...], doubt: DoubtKind
) -> None:
    read = parse(text)
    assert codes(read, BlockKind.QUESTION) == expected
    assert doubt in [one.kind for one in read.doubts]


def told(text: str) -> str:
    return "".join(text.split())


def nothing_is_lost(text: str) -> None:
    """Every line of text is in one block, the blocks stand in the letter's order, and they say what the lines say."""
    read = parse(text)
    blocks = read.blocks
    assert [block.first_line for block in blocks] == sorted({block.first_line for block in blocks})
    lines = {line.number: line.text for line in read.lines if line.kind is LineKind.TEXT}
    covered = [n for block in blocks for n in range(block.first_line, block.last_line + 1) if n in lines]
    assert covered == sorted(lines)
    own = [block.code for block in blocks if block.code and block.kind is not BlockKind.ANSWER]
    assert len(set(own)) == len(own)
    for block in blocks:
        inside = "".join(lines[n] for n in range(block.first_line, block.last_line + 1) if n in lines)
        assert told(block.label + block.text) == told(inside)


@pytest.mark.parametrize("name", ["four_sections", "official", "mail", "circled"])
def test_no_line_of_the_letters_is_lost_or_moved(name: str) -> None:
    nothing_is_lost((LETTERS / f"{name}.txt").read_text(encoding="utf-8"))


LABELS = ["[1]", "［２］", "(１）", "（２)", "１）", "2)", "1. ", "３．", "①", "②"]
OTHERS = ["ア ", "(イ)", "第１\u3000", "一、", "問1 ", "・", "a) ", "【回答】", "- 2 -", "以上"]
WORDS = ["なぜか", "件について", "これらについて教えてください。", "様", "2026年5月1日", "に"]
LONG = "窓口で長い時間を待たされたことについて、原因と対応を分かるように説明されたい。しかし"
PIECES = st.sampled_from([*LABELS, *OTHERS, *WORDS, LONG, "　", " ", "", "\f", "\u2028"])


@given(st.lists(st.tuples(PIECES, PIECES, PIECES).map("".join), max_size=14))
def test_no_line_of_any_letter_is_lost_or_moved(lines: list[str]) -> None:
    nothing_is_lost("\n".join(lines))
