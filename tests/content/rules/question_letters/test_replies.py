"""What a letter that answers must say before it goes out."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from content.rules.question_letters.replies import Part, Problem, ProblemKind, cautions, problems
from content.rules.question_letters.states import ReplyKind

TODAY = date(2026, 12, 1)
ASKED = ("q/1", "q/2", "q/3")
WHOLE = Part(ASKED, "そのとおりです。", ("A3",))


def found(kind: ReplyKind, *parts: Part, **more: Any) -> tuple[Problem, ...]:
    given: dict[str, Any] = {"asked": ASKED, "unanswered": {}, "promised_on": None, "today": TODAY, **more}
    return problems(kind, parts, **given)


def test_an_answer_that_covers_every_question_may_go_out() -> None:
    assert found(ReplyKind.ANSWER, WHOLE) == ()
    two = Part(("q/1", "q/3"), "停止は午前9時に始まりました。", ("A1",))
    assert found(ReplyKind.ANSWER, two, Part(("q/2", "q/3"), "別紙のとおりです。", ("A2",), links=1)) == ()


def test_a_question_is_answered_or_named_as_unanswered_with_the_reason() -> None:
    part = Part(("q/1", "q/2"), "そのとおりです。", ("A3",))
    left_out = Problem(ProblemKind.LEFT_OUT, question="q/3")
    assert found(ReplyKind.ANSWER, part) == (left_out,)
    assert found(ReplyKind.ANSWER, part, unanswered={"q/3": "資料が残っていないため"}) == ()
    assert found(ReplyKind.ANSWER, part, unanswered={"q/3": " "}) == (Problem(ProblemKind.NO_REASON, question="q/3"),)
    both = found(ReplyKind.ANSWER, WHOLE, unanswered={"q/2": "不明"})
    assert both == (Problem(ProblemKind.ANSWERED_AND_NOT, 0, "q/2"),)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"questions": ()}, ProblemKind.NO_QUESTION),
        ({"questions": ("q/1", "other/1")}, ProblemKind.FOREIGN_QUESTION),
        ({"text": " \n"}, ProblemKind.EMPTY),
        ({"types": ()}, ProblemKind.NO_TYPE),
        ({"types": ("A2",)}, ProblemKind.NO_LINK),
        ({"types": ("A6",), "ground": "under-review"}, ProblemKind.NO_DAY),
        ({"due": TODAY}, ProblemKind.DAY_IS_PAST),
        ({"types": ("A5", "A1")}, ProblemKind.NO_GROUND),
        ({"types": ("A7",)}, ProblemKind.NO_GROUND),
        ({"types": ("A1",), "ground": "operations"}, ProblemKind.NOTHING_DECLINED),
    ],
)
def test_what_an_answer_lacks_stops_the_letter(changes: dict[str, Any], problem: ProblemKind) -> None:
    part = Part(**{"questions": ASKED, "text": "システムの詳細は差し控えます。", "types": ("A1",), **changes})
    assert problem in {one.kind for one in found(ReplyKind.ANSWER, part)}


def test_a_later_letter_answers_only_what_is_open() -> None:
    part = Part(("q/2",), "点検が終わりました。", ("A1",), follows="q/A2")
    assert found(ReplyKind.LATER, part, open_items={"q/2"}) == ()
    assert found(ReplyKind.LATER, part) == (Problem(ProblemKind.NOT_OPEN, 0, "q/2"),)
    assert found(ReplyKind.LATER) == (Problem(ProblemKind.NOTHING_SAID),)


def test_an_interim_reply_only_promises() -> None:
    assert found(ReplyKind.INTERIM, promised_on=date(2026, 12, 20)) == ()
    assert found(ReplyKind.INTERIM) == (Problem(ProblemKind.NO_PROMISE),)
    assert found(ReplyKind.INTERIM, promised_on=TODAY) == (Problem(ProblemKind.PROMISE_IS_PAST),)
    assert found(ReplyKind.INTERIM, WHOLE, promised_on=date(2026, 12, 20))[0].kind is ProblemKind.INTERIM_ANSWERS


def test_the_writer_is_warned_of_formulas_and_of_quotations_that_depart() -> None:
    asked = {"q/1": "原因はなにか。それは直ったのか。", "q/2": "２つの市か。"}
    part = Part(
        ("q/1", "q/2"),
        "関係法令に基づき適正に対応いたします。",
        quoted={"q/1": "原因はなにか。", "q/2": "2つの市か"},
    )
    assert [one.name for one in cautions(part, asked)] == ["formula", "quoted-otherwise:q/1"]
    assert cautions(Part(("q/1",), "午前9時に電源が切れたことが原因です。"), asked) == ()
