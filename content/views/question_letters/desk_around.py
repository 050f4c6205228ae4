"""What stands around the answers of a letter: a form that is kept from the first keystroke, like those of answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import g, request, url_for
from werkzeug.datastructures import MultiDict

from content import policy
from content.forms.question_letters.answers import ReplyForm
from content.models.replies import Reply
from content.models.typings import Typing
from content.queries import desk_lists
from content.queries.question_letters import reply_work
from content.rules.question_letters.states import ReplyAction, ReplyKind
from content.views import desk_typing
from portal.core.errors import NotFound
from portal.web.language import _

PAGE = "edit"


def place(reply: Reply) -> str:
    """Under what the open form is kept."""
    return f"questions/{reply.letter_key}/replies/{reply.number}/{PAGE}"


def address(reply: Reply) -> str:
    """Where the form is sent."""
    return url_for("content_staff.question_reply_edit", key=reply.letter_key, number=reply.number)


def form_of(reply: Reply) -> ReplyForm:
    """The form as it was sent, as it was kept (``typing`` in the address), or as the letter stands. NotFound."""
    asked_for = request.args.get("typing", "")
    if asked_for and request.method == "GET":
        kept = desk_lists.find_form(g.session, asked_for, g.actor)
        if kept.place != place(reply):
            raise NotFound
        form = ReplyForm(formdata=MultiDict(kept.values))
        desk_typing.go_on(form, kept)
        return form
    covered = {key for draft in reply_work.draft_answers(g.session, reply) for key in draft.questions}
    rows = [
        {"question": key, "why": reply.unanswered.get(key, "")}
        for key in reply_work.asked(g.session, reply.letter_key)
        if reply.kind == ReplyKind.ANSWER and (key not in covered or key in reply.unanswered)
    ]
    data = {
        "preface": reply.preface,
        "promised_on": reply.promised_on.isoformat() if reply.promised_on else "",
        "unanswered": rows,
        "version": str(reply.version),
    }
    return ReplyForm(data=data)


def kept_forms(reply: Reply, form: ReplyForm) -> Sequence[Typing]:
    """One's own open forms of this letter that were not sent, but for this one; none for who does not write it."""
    if not policy.may_reply(g.actor, ReplyAction.EDIT, reply):
        return ()
    mine = desk_lists.open_forms(g.session, g.actor, below=place(reply))
    return [one for one in mine if one.id != form.typing.data]


def keep_sent(reply: Reply) -> tuple[Typing, list[str]]:
    """Keep what was sent of the form; with it the fields that were left out."""
    return desk_typing.keep_sent(place(reply), f"{reply.letter_key} {_('Words before the answers')}")


def keep(reply: Reply) -> dict[str, Any]:
    """The same for the script."""
    kept, refused = keep_sent(reply)
    return desk_typing.for_script(kept, refused, ReplyForm(MultiDict(kept.values)))
