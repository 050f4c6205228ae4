"""The answer letter: every question as quoted, its answer under it."""

from __future__ import annotations

from io import BytesIO

import pypdfium2

from content.letters.samples import ARCHIVE, sample_context, samples
from content.letters.versions import LETTERS
from content.rules.archive.reading import read_archive
from portal.core import pdf


def letter():
    (found,) = (one for one in read_archive(ARCHIVE).letters if one.key == "question-letter-2016-05-25")
    return found


def exchanges():
    for section in sample_context()["sections"]:
        for part in section["parts"]:
            for exchange in part["exchanges"]:
                yield section["label"] + part["label"], exchange


def test_every_question_and_every_answer_stands_once_in_the_letters_order() -> None:
    asked = [question["text"] for _, exchange in exchanges() for question in exchange["questions"]]
    answered = [exchange["answer"] for _, exchange in exchanges() if exchange["answer"]]
    assert sorted(asked) == sorted(question.text_ja for question in letter().questions)
    assert sorted(answered) == sorted(answer.text_ja for answer in letter().answers)
    assert len(answered) == 33


def test_questions_that_have_one_answer_stand_together_before_it() -> None:
    together = [
        (place, [question["label"] for question in exchange["questions"]])
        for place, exchange in exchanges()
        if len(exchange["questions"]) > 1
    ]
    assert together == [("［３］（１）", ["１）", "２）"]), ("［３］（２）", ["１）", "２）", "３）"])]


def test_numbers_follow_sections_groups_and_questions() -> None:
    context = sample_context()
    assert [section["label"] for section in context["sections"]] == ["［１］", "［２］", "［３］", "［４］"]
    first = context["sections"][0]
    assert [part["label"] for part in first["parts"]] == [*(f"（{n}）" for n in "１２３４５６７"), ""]
    assert first["parts"][-1]["exchanges"][0]["questions"][0]["label"] == "（８）"
    assert len(first["facts"]) == 7


def test_the_letter_of_2016_is_marked_as_reconstructed_and_has_the_parts_of_an_answer() -> None:
    sample = next(samples())
    html = sample.templates.html(LETTERS.named(sample.template), sample.context)
    data = pdf.render(html, title=sample.context["title"])
    document = pypdfium2.PdfDocument(BytesIO(data))
    pages = ["".join(page.get_textpage().get_text_range().split()) for page in document]
    document.close()
    assert 10 <= len(pages) <= 13
    for words in (
        "【再構成】",
        "平成28年10月13日",
        "共通番号・カードの廃止をめざす市民連絡会御中",
        "平成28年5月25日付け",
        "下記のとおり回答",
    ):
        assert words in pages[0], words
    said = "".join(pages)
    assert "様御中" not in said
    assert said.count("【回答】") == 33
    assert said.index("以上") < said.index("【問合せ先】") < said.index("別紙１") < said.index("別紙２")
