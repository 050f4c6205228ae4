"""The verbs of a walk: each step that residents and staff can take, with what the walk writes down about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from disclosure.operations import extend
from disclosure.operations.correct import answer_correction, ask_correction, give_up_correction
from disclosure.operations.decide import approve, draft, send_back, send_for_approval
from disclosure.operations.deliver import hand_over
from disclosure.operations.extend import Wanted
from disclosure.operations.identity_check import confirm_identity, start_identity_check
from disclosure.operations.issue import issue
from disclosure.operations.records import attach_record, remove_record
from disclosure.operations.release import choose_method, close, release
from disclosure.operations.withdraw import withdraw
from disclosure.queries.deliveries import deliveries, in_force
from disclosure.queries.keys import case_files
from disclosure.rules.decisions import DecisionType, Reason
from disclosure.rules.extensions import ExtensionGround, ExtensionKind
from disclosure.rules.identity import Checked
from disclosure.rules.kinds import Delivery, FileKind, Format
from disclosure.rules.states import Action
from portal.core.actor import Actor
from portal.core.errors import Conflict
from tests.disclosure import walking_beside as beside
from tests.factories import disclosure as make

if TYPE_CHECKING:
    from tests.disclosure.walking import Walker

DAY = timedelta(days=1)
REASONS = {
    DecisionType.NONE: [make.REASON],
    DecisionType.NOT_HELD: [make.NOT_HELD],
    DecisionType.FORM: [Reason("請求書", "N10", "補正を求めた事項", "期限までに補正されませんでした")],
}


def _ask(walk: Walker, choice: int) -> None:
    ask_correction(walk.session, walk.case, ["address"], vault=walk.world.office, by=make.RECEPTION, at=walk.at)
    walk.book.corrections.append([walk.today, None])


def _answer(walk: Walker, choice: int) -> None:
    sent = walk.book.corrections[-1][0] if walk.book.corrections else walk.today
    arrived = max(sent or walk.today, walk.today - choice % 3 * DAY)
    answer_correction(
        walk.session, walk.case, key=walk.key, vault=walk.world.office, by=make.RECEPTION, at=walk.at,
        answer="見本", arrived_on=arrived,
    )  # fmt: skip
    walk.book.corrections[-1][1] = arrived


def _give_up(walk: Walker, choice: int) -> None:
    give_up_correction(walk.session, walk.case, by=make.OFFICER, at=walk.at)
    walk.book.corrections[-1][1] = walk.today


def _attach(walk: Walker, choice: int) -> None:
    upload = make.an_upload("申請書.png")
    attach_record(walk.session, walk.case, upload, vault=walk.world.office, by=make.OFFICER, at=walk.at)


def _remove(walk: Walker, choice: int) -> None:
    found = case_files(walk.session, walk.case, FileKind.RECORD)
    file_id = found[0].id if found else "none"
    if not found:
        raise Conflict
    remove_record(walk.session, walk.case, file_id, by=make.OFFICER, at=walk.at)


def _draft(walk: Walker, choice: int) -> None:
    kind = (DecisionType.FULL, DecisionType.NONE, DecisionType.NOT_HELD, DecisionType.FORM)[choice % 4]
    why = REASONS.get(kind, [])
    draft(walk.session, walk.case, kind, why, vault=walk.world.office, by=make.OFFICER, at=walk.at)


def _approver(choice: int) -> Actor:
    """Mostly the approver; at times the officer who drafted, who must not."""
    return make.OFFICER if choice % 5 == 0 else make.APPROVER


def _issue(walk: Walker, choice: int) -> None:
    issue(
        walk.session, walk.case, settings=walk.world.settings, vault=walk.world.office, signer=None,
        by=make.APPROVER, at=walk.at,
    )  # fmt: skip


def _extend(walk: Walker, choice: int) -> None:
    days = 1 + choice % 40
    wanted = Wanted(ExtensionKind.EXTENSION, "見本の理由", days, ExtensionGround.BURDEN)
    _tell(walk, wanted, choice)
    walk.book.more_days = days


def _special(walk: Walker, choice: int) -> None:
    wanted = Wanted(ExtensionKind.SPECIAL, "見本の理由", rest_on=walk.case.received_on + (100 + choice % 100) * DAY)
    _tell(walk, wanted, choice)
    walk.book.part_in = 60


def _tell(walk: Walker, wanted: Wanted, choice: int) -> None:
    world = walk.world
    extend.draft_extension(walk.session, walk.case, wanted, vault=world.office, by=make.OFFICER, at=walk.at)
    extend.issue_extension(
        walk.session, walk.case, settings=world.settings, vault=world.office, signer=None, by=_approver(choice),
        at=walk.at,
    )  # fmt: skip


def _arrive(walk: Walker, choice: int) -> None:
    letter = in_force(deliveries(walk.session, walk.case))
    if letter is None or letter.arrival is not None:
        raise Conflict
    hand_over(walk.session, walk.case, letter.letter.id, walk.today, by=make.RECEPTION, at=walk.at)


def _choose(walk: Walker, choice: int) -> None:
    way = list(Delivery)[choice % len(Delivery)]
    choose_method(walk.session, walk.case, way, Format.PDF, by=make.RECEPTION, at=walk.at)


Verb = Callable[["Walker", int], object]

VERBS: dict[str, Verb] = {
    Action.START_IDENTITY_CHECK: lambda walk, n: start_identity_check(
        walk.session, walk.case, by=make.RECEPTION, at=walk.at
    ),
    Action.CONFIRM_IDENTITY: lambda walk, n: confirm_identity(
        walk.session, walk.case, [Checked("driving-licence", date(2040, 1, 1), True, n % 6 != 0)],
        by=make.RECEPTION, at=walk.at,
    ),
    Action.ASK_CORRECTION: _ask,
    Action.ANSWER_CORRECTION: _answer,
    Action.GIVE_UP_CORRECTION: _give_up,
    Action.ATTACH_RECORD: _attach,
    Action.REMOVE_RECORD: _remove,
    Action.DRAFT: _draft,
    Action.SEND_FOR_APPROVAL: lambda walk, n: send_for_approval(
        walk.session, walk.case, vault=walk.world.office, by=make.OFFICER, at=walk.at
    ),
    Action.SEND_BACK: lambda walk, n: send_back(
        walk.session, walk.case, "見本" if n % 4 else " ", vault=walk.world.office, by=make.APPROVER, at=walk.at
    ),
    Action.APPROVE: lambda walk, n: approve(walk.session, walk.case, by=_approver(n), at=walk.at),
    Action.ISSUE: _issue,
    Action.EXTEND: _extend,
    Action.APPLY_SPECIAL_PERIOD: _special,
    Action.CHOOSE_METHOD: _choose,
    Action.RELEASE: lambda walk, n: release(
        walk.session, walk.case, compared=n % 5 != 0, by=make.OFFICER, at=walk.at
    ),
    Action.CLOSE: lambda walk, n: close(walk.session, walk.case, by=make.OFFICER, at=walk.at),
    Action.WITHDRAW: lambda walk, n: withdraw(walk.session, walk.case, by=make.RECEPTION, at=walk.at),
    "arrive": _arrive,
    **beside.VERBS,
}  # fmt: skip
BESIDE = frozenset({"arrive", *beside.VERBS} - {action.value for action in Action})
STRAIGHT = (
    Action.START_IDENTITY_CHECK, Action.CONFIRM_IDENTITY, Action.ATTACH_RECORD, Action.DRAFT,
    Action.SEND_FOR_APPROVAL, Action.APPROVE, Action.ISSUE, Action.RELEASE,
)  # fmt: skip
AGAINST = (
    Action.START_IDENTITY_CHECK, Action.CONFIRM_IDENTITY, Action.ATTACH_RECORD, "ask-third-party", "hear-third-party",
    Action.DRAFT, "tell-opponent", Action.SEND_FOR_APPROVAL, Action.APPROVE, Action.ISSUE, "tell-opponent",
)  # fmt: skip
FORWARD = (*STRAIGHT, Action.ANSWER_CORRECTION)
RARE = (Action.REMOVE_RECORD, Action.SEND_BACK, "charge-fee")
WEIGHTS = {Action.WITHDRAW: 1, Action.DEEM_WITHDRAWN: 1} | dict.fromkeys(RARE, 2) | dict.fromkeys(FORWARD, 12)
