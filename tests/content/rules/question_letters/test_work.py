"""What a letter waits for, cell by cell; what is masked in one."""

from __future__ import annotations

import pytest

from content.rules.question_letters.masking import masked, masks_only, to_mask
from content.rules.question_letters.states import LetterState, ReplyKind, ReplyState
from content.rules.question_letters.work import Stage, Standing, stages

RECEIVED, OPEN, ANSWERED = LetterState.RECEIVED, LetterState.OPEN, LetterState.ANSWERED
A, L, SOON = ReplyKind.ANSWER, ReplyKind.LATER, ReplyKind.INTERIM


@pytest.mark.parametrize(
    ("standing", "waits"),
    [
        (Standing(RECEIVED, False), (Stage.ACKNOWLEDGE, Stage.OPEN)),
        (Standing(RECEIVED, True), (Stage.OPEN,)),
        (Standing(OPEN, True, 3, 0), (Stage.ASSIGN, Stage.DRAFT)),
        (Standing(OPEN, True, 3, 3), (Stage.DRAFT,)),
        (Standing(OPEN, True, 3, 3, ((A, ReplyState.DRAFT),)), (Stage.DRAFT,)),
        (Standing(OPEN, True, 3, 3, ((A, ReplyState.CHECK),)), (Stage.CHECK,)),
        (Standing(OPEN, True, 3, 0, ((A, ReplyState.APPROVAL),)), (Stage.APPROVE,)),
        (Standing(OPEN, True, 3, 3, ((SOON, ReplyState.APPROVED), (A, ReplyState.DRAFT))), (Stage.DRAFT, Stage.ISSUE)),
        (Standing(ANSWERED, True, 3, 3, ((L, ReplyState.CHECK),)), (Stage.CHECK,)),
        (Standing(ANSWERED, True, 3, 3), ()),
        (Standing(LetterState.RETURNED, True), ()),
        (Standing(LetterState.WITHDRAWN, True, 3, 3), ()),
    ],
)
def test_what_a_letter_waits_for(standing: Standing, waits: tuple[Stage, ...]) -> None:
    assert stages(standing) == waits


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("会の見本 花子です。", ["見本花子"], "会の■■です。"),
        ("会の見　本　花　子です。", ["見本 花子"], "会の■■です。"),
        ("花子と太郎", ["太郎", "花子", " "], "■■と■■"),
        ("花子花子", ["花子"], "■■■■"),
        ("だれもいない", ["花子", ""], "だれもいない"),
    ],
)
def test_words_are_masked_wherever_they_stand(text: str, words: list[str], shown: str) -> None:
    assert masked(text, words) == shown
    assert masks_only(text, shown)


def test_addresses_are_proposed_to_be_masked() -> None:
    texts = ["電話 03-1234-5678、０３（１２３４）５６７８、yomu@example.jp", "2026-11-04、第12-34-567号、見本 花子"]
    found = to_mask(texts, ["見本花子", "ここに無い", ""])
    assert found == ("見本花子", "yomu@example.jp", "03-1234-5678", "０３（１２３４）５６７８")
