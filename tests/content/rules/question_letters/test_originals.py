"""The letter of 2016 and its answer as they were written, where the documents lie beside the repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from content.rules.question_letters.blocks import BlockKind, DoubtKind
from content.rules.question_letters.parsing import ParsedLetter, parse
from content.rules.question_letters.quoting import departures
from tests.content.rules.question_letters.test_parsing import FOUR_SECTIONS, codes, nothing_is_lost

ORIGINALS = Path(__file__).parents[5] / "shared" / "seeds" / "000_qa_letters.txt"
# Where the answer quotes otherwise: kind of place and its number.
QUOTED_OTHERWISE = {
    *(("fact", code) for code in ("1-f3", "1-f6", "1-f7")),
    *(("question", code) for code in ("1-1-2", "1-2-2", "1-3-1", "1-5-2", "1-5-4", "1-6-2", "3-1-4", "4-7")),
    *(("passage", code) for code in ("1-3", "1-5", "3-1", "3-2")),
    ("group", "1-6"),
}


@pytest.fixture(scope="module")
def originals() -> tuple[str, str]:
    """The letter that asks and the letter that answers."""
    if not ORIGINALS.exists():
        pytest.skip("the original letters are not at hand")
    return split(ORIGINALS.read_text(encoding="utf-8"))


def split(text: str) -> tuple[str, str]:
    """The document's two letters: the one that asks, and the one that answers, which stands first."""
    answer, _, rest = text.partition("※回答は")
    return rest[rest.index("[1]") :], answer[answer.index("共通番号・カードの廃止") :]


def numbers(letter: ParsedLetter) -> list[str]:
    return [doubt.kind for doubt in letter.doubts if doubt.kind is not DoubtKind.PAGE_NUMBER]


def test_the_letter_has_its_thirty_six_questions_and_seven_facts(originals: tuple[str, str]) -> None:
    read = parse(originals[0])
    assert codes(read, BlockKind.QUESTION) == FOUR_SECTIONS
    assert codes(read, BlockKind.FACT) == tuple(f"1-f{n}" for n in range(1, 8))
    assert not numbers(read)
    nothing_is_lost(originals[0])


def test_the_answer_has_thirty_three_answers_to_the_same_questions(originals: tuple[str, str]) -> None:
    read = parse(originals[1])
    assert codes(read, BlockKind.QUESTION) == FOUR_SECTIONS
    assert len(read.of(BlockKind.ANSWER)) == 33
    nothing_is_lost(originals[1])


def test_every_place_that_is_quoted_otherwise_is_found(originals: tuple[str, str]) -> None:
    found = departures(parse(originals[0]), parse(originals[1]))
    assert {(one.kind, one.code) for one in found} == QUOTED_OTHERWISE
    told = {one.code: one for one in found}
    assert "それは解決したのか" in told["1-3-1"].asked
    assert "それは解決したのか" not in told["1-3-1"].quoted
    assert "カード発行業務" in told["1-2-2"].asked
    assert "（中略）" in told["1-5-4"].quoted
    assert "4月に各紙報道" in told["1-f6"].asked
    assert told["1-5"].quoted == told["3-1"].quoted == ""
