"""A person corrects what a letter was read as, or writes one here; nothing of the text is lost or changes its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.rules.question_letters import composing, editing
from content.rules.question_letters.blocks import BlockKind, DoubtKind
from content.rules.question_letters.parsing import parse
from content.rules.question_letters.structure import says_the_same, structure
from portal.core.errors import Conflict, Invalid

LETTERS = Path(__file__).parent / "letters"
NAMES = ("four_sections", "official", "mail", "circled")
SHORT = "質問書\n\n1. 遅れた。なぜか。\n(1) いつか。\n(2) どこか。\n2. 誰か。\n以上\n"


def text_of(name: str) -> str:
    return (LETTERS / f"{name}.txt").read_text(encoding="utf-8")


def shape(blocks):
    return [(block.kind.value, block.code, block.label, block.text) for block in blocks if block.kind in editing.ITEMS]


@pytest.mark.parametrize("name", NAMES)
def test_codes_and_lines_that_are_found_anew_are_those_of_the_reading(name: str) -> None:
    text = text_of(name)
    blocks = parse(text).blocks
    assert editing.recode(blocks) == blocks
    assert editing.relined(blocks, text) == blocks


# What is done to the short letter's parts; what its numbered parts are then.
S, G, Q, P = "section", "group", "question", "passage"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda b: b, [(S, "1"), (Q, "1-1"), (Q, "1-2"), (Q, "2")]),
        (lambda b: editing.join(b, 3), [(S, "1"), (Q, "1-1"), (Q, "2")]),
        (lambda b: editing.as_kind(b, 2, BlockKind.FACT), [(S, "1"), ("fact", "1-f1"), (Q, "1-2"), (Q, "2")]),
        (lambda b: editing.as_kind(b, 4, BlockKind.PASSAGE), [(S, "1"), (Q, "1-1"), (Q, "1-2")]),
        (lambda b: editing.as_deep(b, 4, 1), [(S, "1"), (Q, "1-1"), (Q, "1-2"), (Q, "1-2.2")]),
        (lambda b: editing.as_deep(b, 3, 9), [(S, "1"), (Q, "1-1"), (Q, "1-1-2"), (Q, "2")]),
        (lambda b: editing.relabel(b, 2, ""), [(S, "1"), (Q, "1-1"), (Q, "1-2"), (Q, "2")]),
        (lambda b: editing.join(editing.join(b, 2), 2), [(S, "1"), (Q, "2")]),
    ],
)
def test_corrections_of_a_reading(change, expected) -> None:
    blocks = parse(SHORT).blocks
    assert [block.kind.value for block in blocks] == ["title", S, Q, Q, Q, "closing"]
    changed = change(blocks)
    assert [(block.kind.value, block.code) for block in changed if block.kind in editing.ITEMS] == expected
    assert says_the_same(changed, SHORT)


def test_a_part_is_cut_where_a_line_or_a_sentence_begins() -> None:
    blocks = parse(SHORT).blocks
    heading = blocks[1]
    places = editing.cuts(blocks, 1, SHORT)
    assert [heading.text[place:] for place in places] == ["なぜか。"]
    cut = editing.relined(editing.split(blocks, 1, places[0]), SHORT)
    assert [(b.kind, b.code, b.text) for b in cut[2:4]] == [
        (BlockKind.QUESTION, "1-1", "なぜか。"),
        (BlockKind.QUESTION, "1-1.2", "いつか。"),
    ]
    assert (cut[1].first_line, cut[2].first_line, cut[3].first_line) == (3, 3, 4)
    joined = editing.join(parse("1. なぜか。\n2. いつか。").blocks, 1)
    (place,) = editing.cuts(joined, 0, "1. なぜか。\n2. いつか。")
    assert shape(editing.split(joined, 0, place)) == shape(parse("1. なぜか。\n2. いつか。").blocks)


def test_what_cannot_be_is_refused() -> None:
    blocks = parse(SHORT).blocks
    for wrong in (
        lambda: editing.join(blocks, 0),
        lambda: editing.split(blocks, 0, 0),
        lambda: editing.join(blocks, 9),
    ):
        with pytest.raises(Conflict):
            wrong()
    with pytest.raises(Invalid):
        editing.relabel(blocks, 2, "(3)")
    assert editing.relabel(blocks, 4, "2. 誰")[4].text == "か。"


def test_a_doubt_stands_at_its_part_until_it_is_done_away_with() -> None:
    read = parse("1. なぜか。\n3. 反対である。\n")
    assert [doubt.kind for doubt in editing.doubts_of(read.blocks[1], read.doubts)] == [
        DoubtKind.NUMBER_LEFT_OUT,
        DoubtKind.NOT_A_QUESTION,
    ]
    passage = editing.as_kind(read.blocks, 1, BlockKind.PASSAGE)[1]
    assert [doubt.kind for doubt in editing.doubts_of(passage, read.doubts)] == [DoubtKind.NUMBER_LEFT_OUT]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(NAMES), st.lists(st.tuples(st.sampled_from("jksdl"), st.integers(0, 70), st.integers(0, 9))))
def test_no_correction_loses_or_moves_a_character(name: str, steps: list[tuple[str, int, int]]) -> None:
    text = text_of(name)
    blocks = parse(text).blocks
    kinds = list(BlockKind)
    for what, place, value in steps:
        at = place % len(blocks)
        try:
            if what == "j":
                blocks = editing.join(blocks, at)
            elif what == "k":
                blocks = editing.as_kind(blocks, at, kinds[value])
            elif what == "s" and (places := editing.cuts(blocks, at, text)):
                blocks = editing.split(blocks, at, places[value % len(places)])
            elif what == "d":
                blocks = editing.as_deep(blocks, at, value)
            elif what == "l":
                blocks = editing.relabel(blocks, at, (blocks[at].label + blocks[at].text)[: value * 2])
        except Conflict:
            continue
    assert says_the_same(blocks, text)
    codes = [block.code for block in blocks if block.kind in editing.ITEMS]
    assert len(set(codes)) == len(codes)
    structure(editing.relined(blocks, text))


def test_a_letter_that_is_written_here_is_numbered_as_it_grows() -> None:
    blocks = composing.write(composing.begun(), 1, "なぜ遅れたのですか。")
    assert shape(blocks) == [(Q, "1", "1.", "なぜ遅れたのですか。")]
    blocks = composing.add(blocks, 1, BlockKind.SECTION)
    blocks = composing.write(blocks, 2, "発行について")
    blocks = composing.write(composing.add(blocks, 2, BlockKind.FACT), 3, "11月に止まった。")
    blocks = composing.write(composing.add(blocks, 3, BlockKind.QUESTION), 4, "原因は何ですか。")
    blocks = composing.write(composing.add(blocks, 4, BlockKind.QUESTION), 5, "いつ分かりましたか。")
    assert [(b.code, b.label) for b in blocks[1:6]] == [
        ("1", "[1]"),
        ("2", "[2]"),
        ("2-f1", "(1)"),
        ("2-1", "(1)"),
        ("2-2", "(2)"),
    ]
    nested = composing.deeper(blocks, 5, 1)
    assert (nested[5].code, nested[5].label) == ("2-1-1", "①")
    assert composing.deeper(nested, 5, -1) == blocks
    swapped = composing.move(blocks, 5, up=True)
    assert [b.text for b in swapped[4:6]] == ["いつ分かりましたか。", "原因は何ですか。"]
    assert composing.move(swapped, 4, up=False) == blocks
    first = composing.move(blocks, 2, up=True)
    assert [(b.code, b.text) for b in first if b.kind in editing.ITEMS][-1] == ("2", "なぜ遅れたのですか。")
    assert composing.move(blocks, 3, up=True) == blocks
    done, text = composing.finished(composing.add(blocks, 5, BlockKind.QUESTION))
    assert text == (
        "[1]　なぜ遅れたのですか。\n\n[2]　発行について\n(1)　11月に止まった。\n(1)　原因は何ですか。\n"
        "(2)　いつ分かりましたか。\n\n以上"
    )
    assert says_the_same(done, text)
    assert [b.kind for b in parse(text).blocks if b.kind in editing.ITEMS] == [Q, S, "fact", Q, Q]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from("amdwr"), st.integers(0, 30), st.integers(0, 4), st.text("問い1/ -\n(）。", max_size=12)
        ),
        max_size=25,
    )
)
def test_a_written_letter_keeps_its_texts_and_says_what_its_parts_say(steps: list[tuple[str, int, int, str]]) -> None:
    blocks = composing.write(composing.begun(), 1, "なぜか")
    kinds = [BlockKind.SECTION, BlockKind.GROUP, BlockKind.FACT, BlockKind.QUESTION, BlockKind.PASSAGE]
    for what, place, value, text in steps:
        at, before = place % len(blocks), sorted(block.text for block in blocks)
        if what == "a":
            blocks = composing.add(blocks, at, kinds[value])
            assert sorted(block.text for block in blocks) == sorted([*before, ""])
        elif what == "m":
            blocks = composing.move(blocks, at, up=bool(value % 2))
            assert sorted(block.text for block in blocks) == before
        elif what == "d":
            blocks = composing.deeper(blocks, at, value - 2)
            assert sorted(block.text for block in blocks) == before
        elif what == "w":
            blocks = composing.write(blocks, at, text)
        elif not blocks[at].text and len(blocks) > 1:
            blocks = composing.remove(blocks, at)
            assert sorted(["", *(block.text for block in blocks)]) == before
    done, text = composing.finished(blocks)
    assert says_the_same(done, text)
