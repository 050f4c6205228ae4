"""This room's letters for the letters' room: kept in the open, since nothing in them is personal."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.letters.versions import LETTERS
from content.models.replies import Reply
from portal.core.vault import OfficeVault
from portal.letters import keepers
from portal.letters.keepers import Kept


def kept(session: Session, _vault: OfficeVault, letter_id: str) -> Kept | None:
    """A letter that answered; None when it is none of this room."""
    reply = session.scalar(select(Reply).where(Reply.register_id == letter_id))
    if reply is None or reply.template is None or reply.context is None or reply.pdf is None:
        return None
    return Kept(LETTERS, reply.template, reply.context, reply.pdf)


keepers.register(kept)
