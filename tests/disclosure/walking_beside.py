"""Verbs of the walk that stand beside the states: third parties, transfer, fees, a lapse, an agency that ends.

The book remembers who objects and what is open, so that what leaves too early is seen.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from disclosure.operations import fees, third_parties, third_party_letters, transfer
from disclosure.operations.choose import lapse
from disclosure.operations.lose_capacity import lose_capacity
from disclosure.operations.notices import issue_notice
from disclosure.queries.fees import fee_account
from disclosure.queries.notices import notices
from disclosure.queries.third_parties import Matter, Who, parties
from disclosure.queries.transfers import transfer_in_work
from disclosure.rules.fees import FeeKind, Way
from disclosure.rules.states import NOTIFIED, Action
from disclosure.rules.third_parties import Answer, PartyState
from portal.core.errors import Conflict
from tests.factories import disclosure as make

if TYPE_CHECKING:
    from disclosure.models.notice import Notice
    from tests.disclosure.walking import Walker

WHO = Who("見本商事", "御中", "100-0000", "東京都千代田区見本町二丁目1番1号", "")
ABOUT = Matter("見本商事の担当者の氏名", "", "")
BODY = {
    "body": "見本市", "head": "見本市長", "department": "総務課", "postal_code": "100-0000",
    "address": "東京都千代田区見本町三丁目1番1号", "telephone": "03-0000-0000", "asked_of": "見本係",
    "reason": "見本市から提供された情報のため",
}  # fmt: skip


def ask_third_party(walk: Walker, choice: int) -> None:
    """List somebody, draft the inquiry, issue it by a second person."""
    row = third_parties.list_party(
        walk.session, walk.case, WHO, ABOUT, None, vault=walk.world.office, by=make.OFFICER, at=walk.at
    )
    until = walk.today + timedelta(days=7 + choice % 14)
    _issue(
        walk,
        third_party_letters.draft_inquiry(
            walk.session, walk.case, row, until, vault=walk.world.office, by=make.OFFICER, at=walk.at
        ),
    )


def hear_third_party(walk: Walker, choice: int) -> None:
    """Enter the answer of the first who was asked: mostly an objection."""
    asked = [row for row in parties(walk.session, walk.case) if row.state in (PartyState.ASKED, PartyState.ANSWERED)]
    if not asked:
        raise Conflict
    answer = (Answer.OPPOSED, Answer.OPPOSED, Answer.CONSENT, Answer.NONE)[choice % 4]
    row = asked[choice % len(asked)]
    third_parties.take_answer(
        walk.session, walk.case, row, answer, answered_on=walk.today, parts="氏名", reasons="見本",
        vault=walk.world.office, by=make.OFFICER, at=walk.at,
    )  # fmt: skip
    walk.book.opposed.discard(row.id)
    if answer is Answer.OPPOSED:
        walk.book.opposed.add(row.id)


def tell_opponent(walk: Walker, choice: int) -> None:
    """Draft what an opponent is told, or issue it once the decision is out."""
    drafted = [row for row in notices(walk.session, walk.case, "f13") if row.state == "drafted"]
    if drafted:
        return _issue(walk, drafted[0])
    opposed = [row for row in parties(walk.session, walk.case) if row.answer is Answer.OPPOSED]
    if not opposed:
        raise Conflict
    third_party_letters.draft_objection_notice(
        walk.session, walk.case, opposed[0], "見本の理由", vault=walk.world.office, by=make.OFFICER, at=walk.at
    )
    return None


def hand_on(walk: Walker, choice: int) -> None:
    """Consult another body, hear that it agrees, draft the letters, issue them: one of these each time."""
    row = transfer_in_work(walk.session, walk.case)
    office = walk.world.office
    if row is None:
        wanted = transfer.Wanted(**BODY, part="" if choice % 3 else "顔写真", consulted_on=walk.today)
        transfer.consult(walk.session, walk.case, wanted, vault=office, by=make.OFFICER, at=walk.at)
        return
    drafted = [one for one in notices(walk.session, walk.case, about_id=row.id) if one.state == "drafted"]
    if row.state == "consulted":
        transfer.answer_consultation(
            walk.session, walk.case, row, agreed=choice % 4 > 0, answered_on=walk.today, note="",
            vault=office, by=make.OFFICER, at=walk.at,
        )  # fmt: skip
    elif not drafted:
        transfer.draft_letters(
            walk.session, walk.case, row, enclosed="請求書の写し", vault=office, by=make.OFFICER, at=walk.at
        )
    else:
        for one in drafted:
            _issue(walk, one)


def charge_fee(walk: Walker, choice: int) -> None:
    fees.charge(walk.session, walk.case, FeeKind.POSTAGE, 300, by=make.RECEPTION, at=walk.at)


def pay_fee(walk: Walker, choice: int) -> None:
    open_rows = [row for row in fee_account(walk.session, walk.case).charges if row.open_yen]
    if not open_rows:
        raise Conflict
    fees.pay(
        walk.session, walk.case, open_rows[0].entry.id, Way.CASH, open_rows[0].open_yen, paid_on=walk.today,
        by=make.RECEPTION, at=walk.at,
    )  # fmt: skip


def end_agency(walk: Walker, choice: int) -> None:
    lose_capacity(walk.session, walk.case, walk.today, by=make.RECEPTION, at=walk.at)


def let_lapse(walk: Walker, choice: int) -> None:
    lapse(walk.session, walk.case, by=make.OFFICER, at=walk.at)


def _issue(walk: Walker, row: Notice) -> None:
    issue_notice(
        walk.session, walk.case, row, settings=walk.world.settings, vault=walk.world.office, signer=None,
        by=make.APPROVER, at=walk.at,
    )  # fmt: skip


def nothing_left_under_a_lock(walk: Walker) -> None:
    """Two whole weeks lie between the decision and what is handed out against an objection (第86条第3項)."""
    row = walk.stored
    if walk.book.opposed and row.state in NOTIFIED and row.notified_on is not None and row.released_on is not None:
        assert row.released_on > row.notified_on + timedelta(days=14), walk.taken


VERBS = {
    Action.TRANSFER.value: hand_on,
    Action.LAPSE.value: let_lapse,
    Action.DEEM_WITHDRAWN.value: end_agency,
    "ask-third-party": ask_third_party,
    "hear-third-party": hear_third_party,
    "tell-opponent": tell_opponent,
    "charge-fee": charge_fee,
    "pay-fee": pay_fee,
}
