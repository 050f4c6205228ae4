"""Who may do what in the publishing room. Reading what is published needs nobody's leave."""

from __future__ import annotations

from content.models.bulletins import Bulletin
from content.models.drafts import Draft
from content.models.letters import Letter
from content.models.replies import Reply
from content.rules import states
from content.rules.question_letters.states import REPLIES, ReplyAction, ReplyState, reply_after
from content.rules.states import DraftKind, Step
from portal.core.actor import SYSTEM, Actor, ActorKind, Role
from portal.core.errors import N_, Forbidden

REPLYING = (Role.PUBLISHER, Role.OFFICER, Role.APPROVER)
# The steps of a letter that answers, and the roles that may take them.
REPLY_ROLES: dict[ReplyAction, tuple[Role, ...]] = {
    ReplyAction.EDIT: (Role.PUBLISHER,),
    ReplyAction.SEND: (Role.PUBLISHER,),
    ReplyAction.DISCARD: (Role.PUBLISHER,),
    ReplyAction.CLEAR: (Role.OFFICER, Role.APPROVER),
    ReplyAction.APPROVE: (Role.APPROVER,),
    ReplyAction.SEND_BACK: REPLYING,
    ReplyAction.ISSUE: (Role.PUBLISHER, Role.APPROVER),
}


def may_write(actor: Actor) -> bool:
    """Whether the actor may begin a bulletin and see the publishing desk."""
    return actor.kind is ActorKind.STAFF and actor.has(Role.PUBLISHER)


def may_see_desk(actor: Actor) -> bool:
    """Whether the actor may look at drafts: who writes, and who approves."""
    return actor.kind is ActorKind.STAFF and actor.has(Role.PUBLISHER, Role.APPROVER)


def check_see_desk(actor: Actor) -> None:
    """Raise Forbidden unless the actor may look at drafts."""
    if not may_see_desk(actor):
        raise Forbidden


def may_load(actor: Actor) -> bool:
    """Whether the actor may load the archive."""
    return actor == SYSTEM


def may(actor: Actor, step: Step, draft: Draft) -> bool:
    """Whether the actor may take this step now. Writers edit and send; another person approves or sends back.

    Every publisher may change a draft and send it; whoever did is one of its writers.
    """
    if step not in states.steps(draft.state) or not may_see_desk(actor):
        return False
    if step in (Step.PUBLISH, Step.SEND_BACK):
        return not wrote(actor, draft)
    if step is Step.PUBLISH_NOW and draft.kind != DraftKind.BULLETIN:
        return False
    if step is Step.EDIT:
        return may_write(actor)
    return may_write(actor) and (actor.id == draft.written_by or (step is Step.SEND and wrote(actor, draft)))


def wrote(actor: Actor, draft: Draft) -> bool:
    """Whether the actor wrote the draft, or a part of it."""
    return actor.id == draft.written_by or actor.id in draft.editors


def check(actor: Actor, step: Step, draft: Draft) -> None:
    """Raise Conflict where the state allows no such step, Forbidden where the actor may not take it."""
    states.after(draft.state, step)
    if may(actor, step, draft):
        return
    if step is Step.PUBLISH and wrote(actor, draft):
        raise Forbidden(N_("Another person must approve what you wrote."))
    raise Forbidden


def check_write(actor: Actor) -> None:
    """Raise Forbidden unless the actor may write."""
    if not may_write(actor):
        raise Forbidden


def may_approve_afterwards(actor: Actor, bulletin: Bulletin, draft: Draft | None = None) -> bool:
    """Whether the actor may approve what another person published alone in an emergency, out of this ``draft``."""
    if bulletin.emergency_reason is None or not may_see_desk(actor) or actor.id == bulletin.written_by:
        return False
    return draft is None or not wrote(actor, draft)


def check_approve_afterwards(actor: Actor, bulletin: Bulletin, draft: Draft | None = None) -> None:
    """Raise Forbidden unless the actor may approve it."""
    if not may_approve_afterwards(actor, bulletin, draft):
        raise Forbidden(N_("Another person must approve what you wrote."))


def may_receive(actor: Actor) -> bool:
    """Whether the actor may enter letters that came on paper and open what came over the web."""
    return actor.kind is ActorKind.STAFF and actor.has(Role.RECEPTION)


def check_receive(actor: Actor) -> None:
    """Raise Forbidden unless the actor may receive letters."""
    if not may_receive(actor):
        raise Forbidden


def may_see_questions(actor: Actor) -> bool:
    """Whether the actor may look at the desk of question letters: who opens, writes, checks and approves."""
    return actor.kind is ActorKind.STAFF and actor.has(Role.RECEPTION, *REPLYING)


def check_see_questions(actor: Actor) -> None:
    """Raise Forbidden unless the actor may look at the desk of question letters."""
    if not may_see_questions(actor):
        raise Forbidden


def may_reply(actor: Actor, action: ReplyAction, reply: Reply) -> bool:
    """Whether the actor may take this step with a letter that answers now.

    Publishers write; who checks and who approves are two further people; who approved or wrote may issue it.
    """
    if action not in REPLIES[ReplyState(reply.state)] or actor.kind is not ActorKind.STAFF:
        return False
    if not actor.has(*REPLY_ROLES[action]):
        return False
    if action is ReplyAction.CLEAR:
        return actor.id not in reply.writers
    if action is ReplyAction.APPROVE:
        return actor.id not in reply.writers and actor.id != reply.checked_by
    return True


def check_reply(actor: Actor, action: ReplyAction, reply: Reply) -> None:
    """Raise Conflict where the state allows no such step, Forbidden where the actor may not take it."""
    reply_after(ReplyState(reply.state), action)
    if may_reply(actor, action, reply):
        return
    if actor.has(*REPLY_ROLES[action]) and actor.kind is ActorKind.STAFF:
        raise Forbidden(N_("Three people are needed: who writes, who checks, who approves."))
    raise Forbidden


def may_assign(actor: Actor) -> bool:
    """Whether the actor may say who answers a question, and what it is about."""
    return actor.kind is ActorKind.STAFF and actor.has(Role.RECEPTION, Role.PUBLISHER)


def check_assign(actor: Actor) -> None:
    """Raise Forbidden unless the actor may give questions to departments."""
    if not may_assign(actor):
        raise Forbidden


def may_speak(actor: Actor, letter: Letter) -> bool:
    """Whether the actor is the sender of the letter, who opened it with its access code."""
    return actor.kind is ActorKind.RESIDENT and actor.id == letter.key


def check_speak(actor: Actor, letter: Letter) -> None:
    """Raise Forbidden unless the actor is the letter's sender."""
    if not may_speak(actor, letter):
        raise Forbidden


def check_withdraw(actor: Actor, letter: Letter) -> None:
    """Raise Forbidden unless the actor is the letter's sender, or reception, who was told so."""
    if not (may_speak(actor, letter) or may_receive(actor)):
        raise Forbidden


def may_show_documents(actor: Actor) -> bool:
    """Whether the actor may put disclosed documents into the reading room, and take one back."""
    return actor.kind is ActorKind.STAFF and actor.has(Role.APPROVER, Role.PUBLISHER)


def check_show_documents(actor: Actor) -> None:
    """Raise Forbidden unless the actor may do so."""
    if not may_show_documents(actor):
        raise Forbidden
