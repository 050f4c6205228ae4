"""Cases under laws of their own: the first day counts, more time has no limit, and what there is not is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from disclosure.operations.extend import Wanted, draft_extension, issue_extension
from disclosure.operations.moving import begin
from disclosure.queries.keys import case_key, letter_context
from disclosure.rules.extensions import ExtensionGround, ExtensionKind
from disclosure.rules.kinds import RecordKind
from disclosure.rules.states import Action, State
from portal.core.errors import Conflict, Invalid
from tests.factories.disclosure import APPROVER, NOON, OFFICER, a_case, submitted

LONG = Wanted(ExtensionKind.EXTENSION, "履歴の確認に時間を要しています。", 90, ExtensionGround.BURDEN)
SPECIAL = Wanted(ExtensionKind.SPECIAL, "大量です。", rest_on=date(2026, 9, 30))


@pytest.fixture
def business(settings):
    return replace(settings, organisation=replace(settings.organisation, profile="j-lis-like"))


@pytest.mark.parametrize(
    ("record", "code", "due"),
    [
        (RecordKind.IDENTITY_DATA, "P3", date(2026, 4, 30)),
        (RecordKind.CERTIFICATES, "P4", date(2026, 4, 30)),
        (RecordKind.BOTH, "P1", date(2026, 5, 1)),
    ],
)
def test_the_day_that_is_due_follows_the_law_of_the_record(session, business, office, record, code, due):
    case = submitted(session, business, office, records=record).case
    assert (case.regime, case.due_on) == (code, due)


def test_a_record_of_another_body_or_without_words_is_not_filed(session, settings, office):
    with pytest.raises(Invalid, match="We do not hold this record"):
        submitted(session, settings, office, records=RecordKind.CERTIFICATES)
    with pytest.raises(Invalid, match="Say in words"):
        submitted(session, settings, office, records=RecordKind.OTHER, details=" ")


def test_more_time_under_the_register_act_has_no_limit_and_is_told_by_its_letter(session, business, office):
    case = a_case(session, business, office, state=State.SEARCH, records=RecordKind.IDENTITY_DATA)
    at = NOON + timedelta(days=14)
    with pytest.raises(Conflict, match="no special period"):
        draft_extension(session, case, SPECIAL, vault=office, by=OFFICER, at=at)
    draft_extension(session, case, LONG, vault=office, by=OFFICER, at=at)
    letter = issue_extension(session, case, settings=business, vault=office, signer=None, by=APPROVER, at=at)
    assert case.due_on == date(2026, 7, 29)  # 30 April and 90 days
    context = letter_context(case_key(office, case), letter)
    assert context["title"] == "開示の期限の延長について（通知）"
    assert context["article"] == "第30条の33第2項"


@pytest.mark.parametrize("action", [Action.TRANSFER, Action.EXTEND, Action.APPLY_SPECIAL_PERIOD])
def test_a_business_is_told_what_its_law_does_not_know(session, business, office, action):
    case = a_case(session, business, office, state=State.SEARCH)
    with pytest.raises(Conflict, match="The law of this request knows no"):
        begin(session, case, action, by=OFFICER)
