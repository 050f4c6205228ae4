"""Which page or button carries out which action: the one obvious next step, and the others beside it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from disclosure import policy
from disclosure.queries.case_law import discloses, grants, is_claim
from disclosure.queries.case_page import CasePage
from disclosure.queries.wording import ACTIONS, NEXT
from disclosure.rules.states import Action, State
from disclosure.views.staff import wording
from portal.core.actor import Actor
from portal.core.errors import N_
from portal.web.language import _, _l

PAGES = {
    Action.CONFIRM_IDENTITY: "identity",
    Action.ASK_CORRECTION: "correction",
    Action.ANSWER_CORRECTION: "answer",
    Action.ATTACH_RECORD: "records",
    Action.DRAFT: "decision",
    Action.SEND_FOR_APPROVAL: "letter",
    Action.APPROVE: "letter",
    Action.SEND_BACK: "send_back",
    Action.ISSUE: "letter",
    Action.CHOOSE_METHOD: "method",
    Action.ASK_FURTHER: "further",
    Action.RELEASE: "release",
    Action.LAPSE: "lapse",
    Action.ACCEPT_LATE: "late_choice",
    Action.WITHDRAW: "withdraw",
    Action.DEEM_WITHDRAWN: "capacity_lost",
    Action.EXTEND: "extension",
    Action.APPLY_SPECIAL_PERIOD: "special_period",
    Action.TRANSFER: "transfer",
    Action.CARRY_OUT: "carry_out",
}
BUTTONS = {
    Action.START_IDENTITY_CHECK: "start_identity",
    Action.GIVE_UP_CORRECTION: "give_up",
    Action.CLOSE: "close",
}
TEXTS = {
    Action.START_IDENTITY_CHECK: _l("Begin the identity check"),
    Action.CONFIRM_IDENTITY: _l("Check the identity document"),
    Action.ATTACH_RECORD: _l("Attach the record found"),
    Action.SEND_FOR_APPROVAL: _l("Read the draft and send it for approval"),
    Action.APPROVE: _l("Read the draft and approve it"),
    Action.ISSUE: _l("Read the letter and issue it"),
    Action.ANSWER_CORRECTION: _l("Enter an answer that came on paper"),
}
WHY = {
    Action.START_IDENTITY_CHECK: _l("The case is then yours, and the requester sees that the check has begun."),
    Action.CONFIRM_IDENTITY: _l("Compare the document with what was typed; what does not agree leads to a correction."),
    Action.ATTACH_RECORD: _l("Look for the record, compare whose it is, attach it. Without one, write the decision."),
    Action.DRAFT: _l("Choose whether everything, a part or nothing is disclosed, with the reasons."),
    Action.SEND_FOR_APPROVAL: _l("The decision is complete. A second person has to approve it."),
    Action.APPROVE: _l("A colleague drafted the decision. Approve it, or send it back with a reason."),
    Action.ISSUE: _l("The decision is approved. Issuing gives the letter its number and tells the requester."),
    Action.RELEASE: _l("The decision is notified. Compare the records once more, then the requester can read them."),
    Action.CARRY_OUT: _l("The claim was granted. Have it carried out, then say here what was changed."),
    Action.CLOSE: _l("Nothing remains to be done. The requester can still read the letter."),
}


# Documents are given to everybody alike: nobody's identity is checked, and no record is anybody's own.
OF_DOCUMENTS = {
    Action.START_IDENTITY_CHECK: (
        _l("Begin to look for the documents"),
        _l("The case is then yours, and the requester sees that the search has begun."),
    ),
    Action.ATTACH_RECORD: (
        _l("Attach the documents found"),
        _l("Look for the documents and attach them. If it is not clear which are meant, ask; without any, decide so."),
    ),
    Action.RELEASE: (
        _l("Disclose the documents"),
        _l("The decision is notified. Charge what the disclosure costs, then hand the documents out."),
    ),
}
NOTICE = _l("A colleague drafted a notice about the period. It must go out before the day that is due.")
CLAIM_WHY = _l("Examine the claim, then choose whether everything, a part or nothing is granted, with the reasons.")
PENDING = N_("The requester's periods have not begun. See to the letter by %(day)s.")


@dataclass(frozen=True)
class Door:
    """A link, or a button when ``posts``."""

    action: Action
    text: str
    href: str
    posts: bool
    why: str = ""


def door(page: CasePage, action: Action) -> Door | None:
    """The door of an action that has one of its own."""
    endpoint = BUTTONS.get(action) or PAGES.get(action)
    if endpoint is None:
        return None
    text = str(TEXTS.get(action) or _(ACTIONS[action]))
    href = url_for(f"disclosure_staff.{endpoint}", number=page.case.number)
    why = str(CLAIM_WHY if action is Action.DRAFT and is_claim(page.case) else WHY.get(action, ""))
    if not page.case.records.personal and action in OF_DOCUMENTS:
        text, why = (str(said) for said in OF_DOCUMENTS[action])
    return Door(action, text, href, action in BUTTONS, why)


def next_door(page: CasePage) -> Door | None:
    """The one obvious next step; a notice about the period goes before all else, for its day does not wait."""
    if page.notice_waits:
        href = url_for("disclosure_staff.period_notice", number=page.case.number)
        return Door(Action.EXTEND, str(_("Read the notice and issue it")), href, False, str(NOTICE))
    return door(page, page.next_action) if page.next_action else None


def other_doors(page: CasePage, *, late: bool) -> list[Door]:
    """Everything else that this person can do now. ``late``: the requester's own time to act has passed."""
    first = None if page.notice_waits else page.next_action
    hidden = {first}
    if not late:
        hidden.add(Action.GIVE_UP_CORRECTION)
    if first in (Action.SEND_FOR_APPROVAL, Action.APPROVE, Action.ISSUE):
        hidden |= {Action.SEND_FOR_APPROVAL, Action.APPROVE, Action.ISSUE}
        if page.case.state in (State.NOTIFIED, State.METHOD_CHOICE) and (discloses(page.case) or grants(page.case)):
            hidden.add(Action.CLOSE)
    found = (door(page, action) for action in Action if action in page.can and action not in hidden)
    return [row for row in found if row is not None]


def waiting(page: CasePage, actor: Actor) -> str:
    """Why there is no next step for this person: whose turn it is."""
    state = page.case.state
    if state is State.CORRECTION and page.corrections:
        day = wording.plain_day(page.corrections[-1].due_on)
        if not page.clocks[0].due.paused:
            return str(_("The requester's answer is awaited until %(day)s. The period runs on meanwhile.", day=day))
        return str(_("The requester's answer is awaited until %(day)s. The clock stands still.", day=day))
    if state in wording.TURNS:
        return str(_("Nothing remains to be done."))
    if page.underway is not None and page.underway.due_on is not None:
        return wording.way(page.underway) + " " + wording.words(PENDING, {"day": page.underway.due_on})
    action = NEXT[state]
    if state is State.NOTIFIED and discloses(page.case):
        action = Action.RELEASE
    elif state is State.NOTIFIED and grants(page.case):
        action = Action.CARRY_OUT
    if action is None:
        return ""
    if state is State.APPROVED and page.not_yet is not None:
        return wording.words(page.not_yet.message, page.not_yet.params)
    if state is State.APPROVAL and page.decision and page.decision.drafted_by == actor.id:
        return str(_("You drafted this decision, so somebody else with the role of approver must approve it."))
    who = wording.roles(policy.STAFF[action])
    return str(_("Next: %(step)s. This is for: %(roles)s", step=_(ACTIONS[action]), roles=who))
