"""Charging, paying, giving back, waiving: the ledger, what it adds up to, and what an open fee holds up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from disclosure.letters import fee_receipt
from disclosure.models.fee import WaiverState
from disclosure.operations import fees as work
from disclosure.operations.waive_fee import ask_waiver, decide_waiver
from disclosure.queries.fees import fee_account, unpaid, waiver_texts
from disclosure.queries.hindrances import hindrances
from disclosure.queries.keys import case_key
from disclosure.queries.opening import resident
from disclosure.rules import regimes
from disclosure.rules.fees import FeeKind, Way
from disclosure.rules.kinds import Delivery, Field
from disclosure.rules.states import Action
from portal.core.errors import Conflict, Forbidden, Invalid, NotFound
from tests.factories.disclosure import APPROVER, NOON, OFFICER, RECEPTION, a_case

DAY = date(2026, 4, 2)
LATER = NOON + timedelta(days=1)


@pytest.fixture
def administrative(monkeypatch):
    """The room of an administrative body, which charges for requests."""
    rows = tuple(replace(row, holder="administrative") if row.code == "P2" else row for row in regimes.REGIMES)
    monkeypatch.setattr(regimes, "REGIMES", rows)


@pytest.fixture
def case(session, settings, office):
    return a_case(session, settings, office, delivery=Delivery.POST)


def charged(session, case, what=FeeKind.POSTAGE, yen=660):
    return work.charge(session, case, what, yen, by=RECEPTION, at=LATER)


def paid(session, case, charge, yen=660, way=Way.CASH, **more):
    return work.pay(session, case, charge.id, way, yen, by=RECEPTION, at=LATER, **{"paid_on": DAY, **more})


def test_a_request_without_a_fee_owes_nothing(session, case):
    account = fee_account(session, case)
    assert (account.charges, account.open_yen) == ((), 0)


def test_the_fee_of_a_request_is_charged_when_it_arrives(session, settings, office, administrative):
    case = a_case(session, settings, office)
    (charge,) = fee_account(session, case).charges
    assert (charge.entry.what, charge.entry.yen, charge.open_yen) == (FeeKind.REQUEST, 200, 200)
    found = unpaid(session, case, Action.RELEASE)
    assert found in hindrances(session, case, Action.RELEASE, today=DAY)
    assert found.params == {"yen": "200"}
    work.pay(session, case, charge.entry.id, Way.ONLINE, 200, paid_on=DAY, by=RECEPTION, at=LATER)
    assert unpaid(session, case, Action.RELEASE) is None


def test_payments_are_numbered_without_a_gap_and_add_up(session, case):
    charge = charged(session, case)
    first, second = paid(session, case, charge, 160), paid(session, case, charge, 500)
    assert [row.number.split("-")[2] for row in (first, second)] == ["000001", "000002"]
    assert fee_account(session, case).open_yen == 0
    work.refund(session, case, second.id, by=RECEPTION, at=LATER)
    assert fee_account(session, case).open_yen == 500
    with pytest.raises(Conflict):
        work.refund(session, case, second.id, by=RECEPTION, at=LATER)
    with pytest.raises(Conflict):
        work.strike(session, case, charge.id, by=RECEPTION, at=LATER)
    work.refund(session, case, first.id, by=RECEPTION, at=LATER)
    work.strike(session, case, charge.id, by=RECEPTION, at=LATER)
    assert fee_account(session, case).open_yen == 0


def test_postage_holds_up_what_goes_by_post_only(session, case):
    charged(session, case)
    assert unpaid(session, case, Action.RELEASE)
    case.delivery = Delivery.DOWNLOAD
    assert unpaid(session, case, Action.RELEASE) is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"yen": 661}, "yen"),
        ({"yen": 0}, "yen"),
        ({"yen": -5}, "yen"),
        ({"way": Way.STAMP}, "way"),
        ({"paid_on": date(2026, 4, 3)}, "paid-on"),
        ({"paid_on": date(2026, 3, 31)}, "paid-on"),
    ],
)
def test_a_payment_that_cannot_be_is_refused(session, case, changes, field):
    charge = charged(session, case)
    with pytest.raises(Invalid) as caught:
        paid(session, case, charge, **changes)
    assert caught.value.params["field"] == field
    assert fee_account(session, case).open_yen == 660


def test_only_what_the_law_lets_be_charged_is_charged_and_by_the_desk_only(session, case):
    for what, yen in ((FeeKind.COPIES, 10), (FeeKind.REQUEST, 300), (FeeKind.POSTAGE, 0), (FeeKind.POSTAGE, 10**7)):
        with pytest.raises(Invalid):
            charged(session, case, what, yen)
    with pytest.raises(Forbidden):
        work.charge(session, case, FeeKind.POSTAGE, 100, by=APPROVER, at=LATER)
    with pytest.raises(NotFound):
        fee_account(session, case).charge("another")


def test_a_waiver_is_asked_for_with_a_reason_and_decided_by_somebody_else(session, settings, office, administrative):
    case = a_case(session, settings, office)
    charge, key, both = (
        fee_account(session, case).charges[0].entry,
        case_key(office, case),
        replace(OFFICER, roles=OFFICER.roles | APPROVER.roles),
    )
    row = ask_waiver(session, case, charge.id, "生活に困窮しています。", key=key, by=both, at=LATER)
    with pytest.raises(Forbidden):
        decide_waiver(session, case, row.id, grant=True, answer="認めます。", key=key, by=both, at=LATER)
    with pytest.raises(Forbidden):
        decide_waiver(session, case, row.id, grant=True, answer="認めます。", key=key, by=RECEPTION, at=LATER)
    with pytest.raises(Conflict):
        ask_waiver(session, case, charge.id, "もう一度。", key=key, by=resident(case), at=LATER)
    decide_waiver(session, case, row.id, grant=True, answer="認めます。", key=key, by=APPROVER, at=LATER)
    assert (row.state, fee_account(session, case).open_yen) == (WaiverState.GRANTED, 0)
    assert waiver_texts(key, row) == ("生活に困窮しています。", "認めます。")
    with pytest.raises(Conflict):
        decide_waiver(session, case, row.id, grant=False, answer="認めません。", key=key, by=APPROVER, at=LATER)


def test_a_refused_waiver_leaves_the_fee_open_and_can_be_asked_for_again(session, settings, office, administrative):
    case = a_case(session, settings, office)
    charge, key = fee_account(session, case).charges[0].entry, case_key(office, case)
    for reason in ("個人番号は123456789018です", " "):
        with pytest.raises(Invalid):
            ask_waiver(session, case, charge.id, reason, key=key, by=resident(case), at=LATER)
    row = ask_waiver(session, case, charge.id, "理由", key=key, by=resident(case), at=LATER)
    decide_waiver(session, case, row.id, grant=False, answer="資料がありません。", key=key, by=APPROVER, at=LATER)
    assert fee_account(session, case).open_yen == 200
    ask_waiver(session, case, charge.id, "理由と資料", key=key, by=resident(case), at=LATER + timedelta(hours=1))
    assert fee_account(session, case).charges[0].waiver_waits
    with pytest.raises(Conflict):
        ask_waiver(session, case, charged(session, case).id, "送料も", key=key, by=resident(case), at=LATER)


def test_a_fee_is_lowered_by_no_more_than_is_open(session, settings, office, administrative):
    case = a_case(session, settings, office)
    key, (charge,) = case_key(office, case), fee_account(session, case).charges
    row = ask_waiver(session, case, charge.entry.id, "困窮しています。", key=key, by=resident(case), at=LATER)
    decided = {"grant": True, "answer": "一部を認めます。", "key": key, "by": APPROVER, "at": LATER}
    for yen in (0, 201):
        with pytest.raises(Invalid) as found, session.begin_nested():
            decide_waiver(session, case, row.id, **decided, yen=yen)
        assert found.value.params["field"] == "yen"
    session.refresh(row)
    decide_waiver(session, case, row.id, **decided, yen=150)
    (charge,) = fee_account(session, case).charges
    assert (charge.waived_yen, charge.open_yen) == (150, 50)


def test_a_receipt_names_who_paid(settings, monkeypatch):
    made = []
    monkeypatch.setattr(fee_receipt.LETTERS, "render", lambda _template, context: made.append(context) or b"")
    values = {Field.NAME: "髙橋　見本"}
    for one in (values, {**values, Field.AGENT_NAME: "髙橋　親"}):
        fee_receipt.fee_receipt(
            "領-R08-000001-A", "開-R08-000123-Q", one,
            what=FeeKind.POSTAGE, way=Way.CASH, yen=660, day=DAY, settings=settings,
        )  # fmt: skip
    assert [context["addressee"] for context in made] == ["髙橋　見本", "髙橋　親"]


def test_the_ledger_only_grows(session, case):
    charge = charged(session, case)
    session.flush()
    for statement in ("UPDATE disclosure_fee SET yen = 1", "DELETE FROM disclosure_fee"):
        with pytest.raises(DatabaseError, match="append-only"), session.begin_nested():
            session.execute(text(statement))
    assert fee_account(session, case).charges[0].entry.id == charge.id
