"""Sample values for every template of the room: the answer of 13 October 2016, put together again from the archive."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from content.letters import answer_letter
from content.letters.versions import LETTERS
from content.rules.archive.reading import read_archive
from portal.core.errors import NotFound
from portal.letters.engine import Context
from portal.letters.samples import Sample

ARCHIVE = Path(__file__).parents[1] / "archive"
KEY = "question-letter-2016-05-25"

RECONSTRUCTED = (
    "【再構成】平成28年10月13日の回答を、公開された資料の要旨から組み直した見本です。原文ではなく、効力はありません。"
)


@cache
def sample_context() -> Context:
    """The reconstructed answer letter, with its two annexes. NotFound when the archive has no such letter."""
    archive = read_archive(ARCHIVE)
    letter = next((one for one in archive.letters if one.key == KEY), None)
    if letter is None or letter.answered_on is None:
        raise NotFound
    names = {body.key: body.name_ja for body in archive.bodies}
    made = answer_letter.context(
        letter,
        title="マイナンバー関連システムの質問書に対する回答",
        addressee=names[letter.sender],
        sender=names[letter.addressee],
        contact={
            "organisation": names[letter.addressee],
            "department": "情報化支援戦略部　企画担当",
            "telephone": "（省略）",
            "fax": "（省略）",
        },
        number="",
        issued_on=letter.answered_on,
    )
    return {**made, "seal": "", "reading_note": RECONSTRUCTED}


def samples() -> Iterator[Sample]:
    """Everything that the room prints."""
    made = sample_context()
    template = LETTERS.current(answer_letter.KIND, date.fromisoformat(made["date_iso"])).name
    yield Sample("answer-2016", "回答書（2016年10月13日の回答の再構成）", LETTERS, template, made)
