"""Letters beside the decision: drafted, read by a second person, numbered, signed, kept. One way for all of them.

A kind of letter is registered once with its rights, its values and what follows from its issue.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.letters.frame import Paper, set_on
from disclosure.letters.versions import LETTERS
from disclosure.models.case import Case
from disclosure.models.event import Audience
from disclosure.models.letter import Letter
from disclosure.models.notice import Notice, NoticeState
from disclosure.operations.draft_letter import DraftLetter
from disclosure.operations.history import book, tell
from disclosure.operations.issue import keep_letter
from disclosure.operations.look import What, look
from disclosure.operations.moving import reckon
from disclosure.operations.notify import notify_resident
from disclosure.operations.order_post import order_post, post_if_wanted
from disclosure.policy import Right
from disclosure.queries.keys import case_key, fields
from disclosure.queries.notices import notices, said
from disclosure.rules.arrival import Cause
from disclosure.rules.kinds import Field
from disclosure.rules.states import Action
from portal.core.actor import Actor
from portal.core.clock import day_in_japan
from portal.core.db import new_id
from portal.core.errors import N_, Conflict, Forbidden
from portal.core.sealed import seal_json
from portal.core.settings import Settings
from portal.core.signing import Signer
from portal.core.vault import CaseKey, OfficeVault
from portal.letters import kinds
from portal.letters.draft import Draft, unissued
from portal.letters.engine import Context
from portal.letters.operations.issue import issue_letter

YOURS = N_("You drafted this notice, so somebody else with the role of approver must issue it.")
ISSUED_ALREADY = N_("This notice was issued already.")


@dataclass(frozen=True)
class Making:
    """What a kind of letter makes its values from: ``said`` was typed for it, ``fields`` are the case's own values."""

    session: Session
    case: Case
    key: CaseKey
    notice: Notice
    said: Mapping[str, Any]
    fields: Mapping[Field, str]
    paper: Paper


@dataclass(frozen=True)
class Following:
    """What follows from the issue of a letter gets this."""

    session: Session
    case: Case
    key: CaseKey
    notice: Notice
    said: Mapping[str, Any]
    letter: Letter
    by: Actor
    at: datetime


@dataclass(frozen=True)
class NoticeKind:
    """One kind of letter. ``check`` raises what the law or the case forbids, at drafting and again at issuing.

    ``to_requester`` is false for letters to somebody else: these go by post and the requester does not see them.
    ``together`` are the kinds drafted about the same thing that go out, or are given up, in the same step. ``not_yet``
    says, as a message id, what has to happen before a draft can be issued; empty when nothing has. ``announced``: the
    step to which it belongs tells the requester by mail already.
    """

    code: str
    drafts: Right | Action
    issues: Right | Action
    context: Callable[[Making], Context]
    check: Callable[[Session, Case, Mapping[str, Any], date], None]
    follow: Callable[[Following], None]
    to_requester: bool = True
    alone: bool = False
    announced: bool = False
    together: tuple[str, ...] = ()
    not_yet: Callable[[Session, Case], str] = lambda _session, _case: ""

    @property
    def name(self) -> str:
        """What it is called, as a message id."""
        return kinds.name(self.code)


KINDS: dict[str, NoticeKind] = {}


def register(kind: NoticeKind) -> None:
    """Make a kind known. ValueError when its code is taken."""
    if KINDS.setdefault(kind.code, kind) is not kind:
        raise ValueError(f"Two kinds of notice {kind.code}")


def draft_notice(
    session: Session,
    case: Case,
    code: str,
    values: Mapping[str, Any],
    *,
    vault: OfficeVault,
    by: Actor,
    at: datetime,
    about_id: str | None = None,
    instead_of: Notice | None = None,
) -> Notice:
    """Write a notice, or write it again; ``values`` are plain and were screened by the caller."""
    kind = KINDS[code]
    policy.check(by, kind.drafts, case)
    kind.check(session, case, values, day_in_japan(at))
    row = instead_of
    if row is None:
        row = Notice(id=new_id(), case_id=case.id, kind=code, about_id=about_id, alone=kind.alone)
    elif row.state is not NoticeState.DRAFTED:
        raise Conflict(ISSUED_ALREADY)
    row.said_sealed = seal_json(case_key(vault, case), Notice.__tablename__, "said", row.id, dict(values))
    row.drafted_by, row.drafted_name, row.drafted_at = by.id, by.name, at
    session.add(row)
    session.flush()
    tell(session, case, "notice-drafted", by=by, at=at, audience=Audience.STAFF, kind=code)
    book(session, case, "draft-notice", by=by, at=at, notice=row.id, kind=code)
    return row


def drop_notice(session: Session, case: Case, row: Notice, *, by: Actor, at: datetime) -> None:
    """Give a draft up: whoever may draft it, or whoever may issue it and does not agree."""
    kind = KINDS[row.kind]
    if not policy.may(by, kind.drafts, case):
        policy.check(by, kind.issues, case)
    if row.state is not NoticeState.DRAFTED:
        raise Conflict(ISSUED_ALREADY)
    _drop(session, case, (row, *_companions(session, case, row)), by=by, at=at)


def drop_drafts(session: Session, case: Case, *, by: Actor, at: datetime) -> None:
    """Give every draft up, because the case has ended; whoever ends it may."""
    drafted = [row for row in notices(session, case) if row.state is NoticeState.DRAFTED]
    _drop(session, case, drafted, by=by, at=at)


def _drop(session: Session, case: Case, rows: Sequence[Notice], *, by: Actor, at: datetime) -> None:
    for one in rows:
        one.state = NoticeState.DROPPED
        session.flush()
        tell(session, case, "notice-dropped", by=by, at=at, audience=Audience.STAFF, kind=one.kind)
        book(session, case, "drop-notice", by=by, at=at, notice=one.id, kind=one.kind)


def _companions(session: Session, case: Case, row: Notice) -> list[Notice]:
    """The drafts that go out together with this one."""
    wanted = KINDS[row.kind].together
    rows = notices(session, case, about_id=row.about_id) if wanted and row.about_id else []
    return [one for one in rows if one.kind in wanted and one.id != row.id and one.state is NoticeState.DRAFTED]


def preview_notice(
    session: Session, case: Case, row: Notice, *, settings: Settings, vault: OfficeVault, by: Actor, at: datetime
) -> DraftLetter:
    """The notice as it would be issued today, with a place for its number; reading it is a look."""
    look(session, case, What.DRAFT, by=by, at=at)
    today, key = day_in_japan(at), case_key(vault, case)
    unnumbered = unissued(settings.organisation.letter_mark, today)
    context = _context(session, case, row, key, settings, unnumbered, is_draft=True)
    return DraftLetter({**context, **unnumbered.shared}, LETTERS.current(row.kind, today), approved=False)


def check_again(session: Session, case: Case, row: Notice, *, vault: OfficeVault, at: datetime) -> None:
    """Raise what now keeps a draft from being issued, other than who asks."""
    KINDS[row.kind].check(session, case, said(case_key(vault, case), row), day_in_japan(at))


def issue_notice(
    session: Session,
    case: Case,
    row: Notice,
    *,
    settings: Settings,
    vault: OfficeVault,
    signer: Signer | None,
    by: Actor,
    at: datetime,
) -> Letter:
    """Number, sign, keep and send it and what goes out with it, and do what follows; returns its own letter.

    Forbidden for whoever drafted it, unless its kind needs one person only; Conflict when the case has moved on;
    Invalid names a character that no font has. Nothing is changed then.
    """
    with_it = _companions(session, case, row)
    letter = _issue(session, case, row, settings=settings, vault=vault, signer=signer, by=by, at=at)
    for one in with_it:
        _issue(session, case, one, settings=settings, vault=vault, signer=signer, by=by, at=at)
    return letter


def _issue(
    session: Session,
    case: Case,
    row: Notice,
    *,
    settings: Settings,
    vault: OfficeVault,
    signer: Signer | None,
    by: Actor,
    at: datetime,
) -> Letter:
    kind = KINDS[row.kind]
    policy.check(by, kind.issues, case)
    if row.state is not NoticeState.DRAFTED:
        raise Conflict(ISSUED_ALREADY)
    if row.drafted_by == by.id and not kind.alone:
        raise Forbidden(YOURS)
    if early := kind.not_yet(session, case):
        raise Conflict(early)
    today, key = day_in_japan(at), case_key(vault, case)
    kind.check(session, case, said(key, row), today)

    def make(draft: Draft) -> Context:
        return _context(session, case, row, key, settings, draft)

    issued = issue_letter(
        session,
        templates=LETTERS,
        kind=row.kind,
        make=make,
        settings=settings,
        signer=signer,
        at=at,
    )
    letter = keep_letter(session, case, None, issued, key=key, by=by, at=at, to_requester=kind.to_requester)
    row.state, row.letter_id = NoticeState.ISSUED, letter.id
    row.issued_by, row.issued_name, row.issued_at, row.issued_on = by.id, by.name, at, today
    session.flush()
    kind.follow(Following(session, case, key, row, said(key, row), letter, by, at))
    if kind.to_requester:
        post_if_wanted(session, case, letter, by=by, at=at)
        if not kind.announced:
            notify_resident(session, case, f"letter:{letter.id}", at=at)
    else:
        order_post(session, case, letter, Cause.ASKED, by=by, at=at)
    reckon(session, case, today=today)
    audience = Audience.RESIDENT if kind.to_requester else Audience.STAFF
    tell(session, case, "notice-issued", by=by, at=at, audience=audience, kind=row.kind, number=letter.number)
    book(session, case, "issue-notice", by=by, at=at, letter=letter.id, kind=row.kind, sha256=letter.sha256)
    return letter


def _context(
    session: Session, case: Case, row: Notice, key: CaseKey, settings: Settings, draft: Draft, *, is_draft: bool = False
) -> Context:
    return KINDS[row.kind].context(
        Making(
            session=session,
            case=case,
            key=key,
            notice=row,
            said=said(key, row),
            fields=fields(key, case),
            paper=set_on(draft, settings, draft=is_draft),
        )
    )
