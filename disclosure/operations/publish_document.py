"""Putting a document that was handed out into the public reading room: one person proposes it, another agrees.

What goes out is the bytes that were handed out and words that say nothing of whoever asked.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from content.models.reading_room import ReadingDocument
from content.operations.reading_room import NewDocument, Withheld, check_words, publish_document
from disclosure import policy
from disclosure.models.case import Case
from disclosure.models.event import Audience
from disclosure.models.publication import Publication, PublicationState
from disclosure.operations.history import book, tell
from disclosure.policy import Right
from disclosure.queries.case_law import case_law
from disclosure.queries.further import first_received_on
from disclosure.queries.keys import case_key
from disclosure.queries.leaks import open_leak
from disclosure.queries.publications import Said, publication, publications, said
from disclosure.queries.redaction import record, record_data, standing
from disclosure.rules.grounds import ground
from portal.core import screening
from portal.core.actor import Actor
from portal.core.clock import day_in_japan
from portal.core.db import new_id
from portal.core.errors import N_, Conflict, Forbidden, Invalid
from portal.core.files import PDF
from portal.core.sealed import seal_json
from portal.core.vault import OfficeVault

NOT_HANDED_OUT = N_("Only documents that were handed out can be put into the reading room.")
STANDS = N_("This document is proposed or published already.")
YOURS = N_("You proposed this document, so somebody else with the role of approver must agree to it.")
LEAK = N_("A leak is open for this case. Nothing is published before it is closed.")


def propose(
    session: Session, case: Case, file_id: str, text: Said, *, vault: OfficeVault, by: Actor, at: datetime
) -> Publication:
    """Propose a record for the reading room. Conflict before it was handed out; Invalid with ``field`` for a text."""
    policy.check(by, Right.PROPOSE_DOCUMENT, case)
    file = record(session, case, file_id)
    _insist(session, case)
    if any(row.file_id == file.id and row.state is not PublicationState.DROPPED for row in publications(session, case)):
        raise Conflict(STANDS)
    check_words(text.title_ja, text.title_en, text.description_ja, text.description_en)
    _check_withheld(session, case, file_id, text)
    key = case_key(vault, case)
    one = standing(session, file)
    row = Publication(
        id=new_id(),
        case_id=case.id,
        file_id=file.id,
        state=PublicationState.PROPOSED,
        sha256=one.copy.sha256 if one.copy is not None else file.sha256,
        proposed_by=by.id,
        proposed_name=by.name,
        proposed_at=at,
    )
    row.said_sealed = seal_json(key, Publication.__tablename__, "said", row.id, text.plain())
    session.add(row)
    session.flush()
    tell(session, case, "publication-proposed", by=by, at=at, audience=Audience.STAFF)
    book(session, case, "propose-document", by=by, at=at, publication=row.id, file=file.id)
    return row


def publish(
    session: Session, case: Case, publication_id: str, *, text: str, vault: OfficeVault, by: Actor, at: datetime
) -> ReadingDocument:
    """Agree: the document is open to everybody from now on. ``text`` is that of the bytes that were handed out.

    Forbidden for whoever proposed it; Conflict when it was decided on already, or the file is another one by now;
    Invalid where the file's text holds what looks like a personal number.
    """
    policy.check(by, Right.PUBLISH_DOCUMENT, case)
    row = _proposed(session, case, publication_id)
    if row.proposed_by == by.id:
        raise Forbidden(YOURS)
    _insist(session, case)
    key, law = case_key(vault, case), case_law(case)
    file = record(session, case, row.file_id)
    data, media_type = record_data(session, key, file)
    one = standing(session, file)
    if (one.copy.sha256 if one.copy is not None else file.sha256) != row.sha256:
        raise Conflict(N_("The document is another one than was proposed. Propose it anew."))
    words = said(key, row)
    grounds = [(ground(case.regime, code), part) for code, part in words.withheld]
    shown = publish_document(
        session,
        NewDocument(
            request_number=case.number,
            title_ja=words.title_ja,
            title_en=words.title_en,
            description_ja=words.description_ja,
            description_en=words.description_en,
            law_ja=law.name_ja,
            law_en=law.name_en,
            withheld=tuple(Withheld(part, why.article_ja, why.label_ja, why.label_en) for why, part in grounds),
            disclosed_on=first_received_on(session, case) or day_in_japan(case.released_at or at),
            media_type=media_type,
            pages=one.copy.pages if one.copy is not None else file.pages,
            data=data,
            text=text if media_type == PDF else "",
            proposed_by=row.proposed_by,
        ),
        by=by,
        at=at,
    )
    row.state, row.document_key = PublicationState.PUBLISHED, shown.key
    row.decided_by, row.decided_name, row.decided_at = by.id, by.name, at
    session.flush()
    tell(session, case, "document-published", by=by, at=at, key=shown.key)
    book(session, case, "publish-document", by=by, at=at, publication=row.id, document=shown.key, sha256=row.sha256)
    return shown


def drop(session: Session, case: Case, publication_id: str, *, by: Actor, at: datetime) -> None:
    """Give a proposal up: by whoever made it, or by an approver who does not agree."""
    policy.check(by, Right.DROP_DOCUMENT, case)
    row = _proposed(session, case, publication_id)
    row.state, row.decided_by, row.decided_name, row.decided_at = PublicationState.DROPPED, by.id, by.name, at
    session.flush()
    tell(session, case, "publication-dropped", by=by, at=at, audience=Audience.STAFF)
    book(session, case, "drop-document", by=by, at=at, publication=row.id)


def _proposed(session: Session, case: Case, publication_id: str) -> Publication:
    row = publication(session, case, publication_id)
    if row.state is not PublicationState.PROPOSED:
        raise Conflict(N_("This was decided on already. Look at the case again."))
    return row


def _insist(session: Session, case: Case) -> None:
    if case.records.personal or case.released_at is None:
        raise Conflict(NOT_HANDED_OUT)
    if open_leak(session, case) is not None:
        raise Conflict(LEAK)


def _check_withheld(session: Session, case: Case, file_id: str, text: Said) -> None:
    covered = {one.ground for one in standing(session, record(session, case, file_id)).coverings}
    for code, part in text.withheld:
        if code not in covered:
            raise Invalid(N_("Nothing is covered on this ground."), field="parts")
        if not part.strip():
            raise Invalid(N_("Say which part is withheld."), field="parts")
        screening.lines(part, field="parts")
