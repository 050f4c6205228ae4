"""The one answer to a request about inquiries, and its day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from disclosure.rules.decisions import DecisionType, problems
from disclosure.rules.kinds import CaseKind, RecordKind
from disclosure.rules.periods import Pause
from disclosure.rules.regimes import regime
from disclosure.rules.states import Action, State
from disclosure.rules.uniform import CLASSES, after, answer, choices, is_uniform, issue_on, refusal
from portal.core.calendar import is_business_day

DAY = date(2026, 4, 1)
LAW = regime("P2", DAY)


def same(code="P2"):
    found = answer(RecordKind.INQUIRY, regime(code, DAY), DAY)
    assert found is not None
    return found


def test_only_requests_about_inquiries_get_one_answer():
    assert list(CLASSES) == [RecordKind.INQUIRY]
    assert is_uniform(RecordKind.INQUIRY)
    assert not is_uniform(RecordKind.INQUIRY, CaseKind.CORRECTION)
    assert answer(RecordKind.OTHER, LAW, DAY) is None


@pytest.mark.parametrize("code", ["P1", "P2"])
def test_the_answer_is_complete_under_each_law_and_confirms_nothing(code):
    one, law = same(code), regime(code, DAY)
    assert one.type is DecisionType.NEITHER
    assert problems(one.type, one.reasons, regime=law, day=DAY, records=0) == []
    assert choices(RecordKind.INQUIRY, law, DAY) == (DecisionType.NEITHER, DecisionType.FORM)
    (reason,) = one.reasons
    text = reason.nature + reason.harm
    assert "第78条第1項第7号ロ" in text if code == "P2" else "施行令第5条第4号" in text
    for word in ("存在しません", "存在します", "照会がありました", "照会はありません", "保有していません"):
        assert word not in text


def test_nothing_is_searched_attached_transferred_or_extended():
    assert after(RecordKind.INQUIRY, State.SEARCH) is State.DRAFTING
    assert after(RecordKind.FORM, State.SEARCH) is State.SEARCH
    for action in (Action.ATTACH_RECORD, Action.EXTEND, Action.APPLY_SPECIAL_PERIOD, Action.TRANSFER):
        assert "gets one answer in one way" in refusal(RecordKind.INQUIRY, action)
        assert not refusal(RecordKind.FORM, action)
    assert not refusal(RecordKind.INQUIRY, Action.ASK_CORRECTION)


@pytest.mark.parametrize(
    ("received", "today", "day"),
    [
        ("2026-04-01", "2026-04-01", "2026-04-21"),  # Tuesday
        ("2026-04-01", "2026-04-21", "2026-04-21"),
        ("2026-04-01", "2026-04-22", "2026-04-28"),  # missed: a week later
        ("2026-04-15", "2026-04-20", "2026-05-07"),  # 5 May and the days beside it are holidays
        ("2026-12-10", "2026-12-20", "2027-01-04"),  # 30 December
        ("2026-04-05", "2026-04-06", "2026-04-27"),  # 25 April is a Saturday
    ],
)
def test_the_day_follows_from_the_day_of_receipt_alone(received, today, day):
    found = issue_on(same(), date.fromisoformat(received), [], today=date.fromisoformat(today))
    assert found == date.fromisoformat(day)


def test_days_of_a_correction_are_left_out():
    pause = Pause(date(2026, 4, 3), date(2026, 4, 10))
    assert issue_on(same(), DAY, [pause], today=DAY) == date(2026, 4, 28)  # 21 April and 7 days


def test_every_day_of_a_year_gives_a_business_day_before_the_decision_is_due():
    for number in range(365):
        received = DAY + timedelta(days=number)
        found = issue_on(same(), received, [], today=received)
        assert is_business_day(found)
        assert received + timedelta(days=20) <= found <= received + timedelta(days=30)
