"""Who may do what to a request. A resident acts on their own case only; to anybody else a case does not exist."""

from __future__ import annotations

from enum import StrEnum

from disclosure.models.case import Case
from disclosure.rules.states import Action
from portal.core.actor import Actor, ActorKind, Role
from portal.core.errors import Forbidden, NotFound


class Right(StrEnum):
    """What can be done besides moving a case."""

    FILE = "file"
    SEE_DESK = "see-desk"
    READ = "read"
    READ_FILES = "read-files"
    SEE_ACCESS = "see-access"
    DELIVER = "deliver"
    DRAFT_REPLACEMENT = "draft-replacement"
    ISSUE_REPLACEMENT = "issue-replacement"
    DROP_REPLACEMENT = "drop-replacement"
    ISSUE_EXTENSION = "issue-extension"
    DROP_EXTENSION = "drop-extension"
    HOLD = "hold"
    ERASE = "erase"
    READ_NOTICE = "read-notice"
    DRAFT_NOTICE = "draft-notice"
    SEND_NOTICE = "send-notice"
    ISSUE_NOTICE = "issue-notice"
    CONSULT = "consult"
    PROTECT = "protect"
    HANDLE_FEES = "handle-fees"
    ASK_WAIVER = "ask-waiver"
    WAIVE_FEE = "waive-fee"
    APPOINT = "appoint"
    KEEP_SLOTS = "keep-slots"
    HAND_OUT = "hand-out"
    SECOND_LOOK = "second-look"
    HANDLE_LEAK = "handle-leak"
    HANDLE_APPEAL = "handle-appeal"
    RULE_APPEAL = "rule-appeal"
    HANDLE_COMPLAINT = "handle-complaint"
    EXPORT = "export"
    APPEAL = "appeal"
    SAVE_FILTER = "save-filter"
    KEEP_ABSENCES = "keep-absences"
    PROPOSE_DOCUMENT = "propose-document"
    PUBLISH_DOCUMENT = "publish-document"
    DROP_DOCUMENT = "drop-document"


RECEPTION = frozenset({Role.RECEPTION, Role.OFFICER})
OFFICER = frozenset({Role.OFFICER})
APPROVER = frozenset({Role.APPROVER})
DESK = frozenset({Role.RECEPTION, Role.OFFICER, Role.APPROVER})

STAFF: dict[Action | Right, frozenset[Role]] = {
    Action.START_IDENTITY_CHECK: RECEPTION,
    Action.CONFIRM_IDENTITY: RECEPTION,
    Action.ASK_CORRECTION: RECEPTION,
    Action.ANSWER_CORRECTION: RECEPTION,
    Action.GIVE_UP_CORRECTION: OFFICER,
    Action.ATTACH_RECORD: OFFICER,
    Action.REMOVE_RECORD: OFFICER,
    Action.DRAFT: OFFICER,
    Action.SEND_FOR_APPROVAL: OFFICER,
    Action.APPROVE: APPROVER,
    Action.SEND_BACK: APPROVER,
    Action.ISSUE: OFFICER | APPROVER,
    Action.CHOOSE_METHOD: RECEPTION,
    Action.ASK_FURTHER: RECEPTION,
    Action.RELEASE: OFFICER,
    Action.CLOSE: OFFICER,
    Action.WITHDRAW: RECEPTION,
    Action.EXTEND: OFFICER,
    Action.APPLY_SPECIAL_PERIOD: OFFICER,
    Action.ASSIGN: DESK,
    Action.NOTE: DESK,
    Right.FILE: RECEPTION,
    Right.SEE_DESK: DESK | {Role.AUDITOR},
    Right.READ: DESK,
    Right.READ_FILES: DESK,
    Right.SEE_ACCESS: DESK | {Role.AUDITOR},
    Right.DELIVER: RECEPTION,
    Right.DRAFT_REPLACEMENT: OFFICER,
    Right.ISSUE_REPLACEMENT: APPROVER,
    Right.DROP_REPLACEMENT: OFFICER | APPROVER,
    Right.ISSUE_EXTENSION: APPROVER,
    Right.DROP_EXTENSION: OFFICER | APPROVER,
    Right.HOLD: OFFICER | APPROVER,
    Right.ERASE: frozenset({Role.ADMINISTRATOR}),
    Action.CARRY_OUT: OFFICER,
    Action.LAPSE: OFFICER,
    Action.ACCEPT_LATE: APPROVER,
    Action.DEEM_WITHDRAWN: RECEPTION,
    Action.TRANSFER: OFFICER,
    Right.READ_NOTICE: DESK,
    Right.DRAFT_NOTICE: OFFICER,
    Right.SEND_NOTICE: RECEPTION,
    Right.ISSUE_NOTICE: APPROVER,
    Right.CONSULT: OFFICER,
    Right.PROTECT: RECEPTION,
    Right.HANDLE_FEES: RECEPTION,
    Right.ASK_WAIVER: RECEPTION,
    Right.WAIVE_FEE: APPROVER,
    Right.APPOINT: RECEPTION,
    Right.KEEP_SLOTS: RECEPTION,
    Right.HAND_OUT: RECEPTION,
    Right.SECOND_LOOK: OFFICER | APPROVER,
    Right.HANDLE_LEAK: OFFICER | APPROVER,
    Right.HANDLE_APPEAL: OFFICER,
    Right.RULE_APPEAL: APPROVER,
    Right.HANDLE_COMPLAINT: RECEPTION,
    Right.EXPORT: OFFICER,
    Right.APPEAL: RECEPTION,
    Right.SAVE_FILTER: DESK,
    Right.KEEP_ABSENCES: DESK,
    Right.PROPOSE_DOCUMENT: OFFICER,
    Right.PUBLISH_DOCUMENT: APPROVER,
    Right.DROP_DOCUMENT: OFFICER | APPROVER,
}
RESIDENT: frozenset[Action | Right] = frozenset(
    {
        Action.ANSWER_CORRECTION,
        Action.WITHDRAW,
        Action.CHOOSE_METHOD,
        Action.ASK_FURTHER,
        Action.DEEM_WITHDRAWN,
        Right.APPOINT,
        Right.READ,
        Right.READ_FILES,
        Right.SEE_ACCESS,
        Right.APPEAL,
        Right.ASK_WAIVER,
    }
)


def may(actor: Actor, action: Action | Right, case: Case | None = None) -> bool:
    """Whether the actor may do this; a resident's ``id`` is the id of the case that number and code opened."""
    if actor.kind is ActorKind.SYSTEM:
        return True
    if actor.kind is ActorKind.STAFF:
        return actor.has(*STAFF[action])
    return actor.kind is ActorKind.RESIDENT and case is not None and actor.id == case.id and action in RESIDENT


def check(actor: Actor, action: Action | Right, case: Case | None = None) -> None:
    """Raise Forbidden for staff without the role, NotFound for anybody to whom the case does not exist."""
    if may(actor, action, case):
        return
    if actor.kind is ActorKind.STAFF or (case is not None and actor.id == case.id):
        raise Forbidden
    raise NotFound


def may_be_listed(case: Case) -> bool:
    """Whether the requester's name and address may stand on a list that several people see, as the post office's.

    Never those of somebody whose whereabouts must not become known (被害者の保護).
    """
    return case.keys is not None and not case.protected
