"""Making an issued letter again from what its room keeps, and comparing the bytes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.core import audit
from portal.core.actor import Actor
from portal.core.errors import NotFound
from portal.core.vault import OfficeVault
from portal.letters import keepers
from portal.letters.make import engine, remake
from portal.letters.models.register import IssuedLetter


@dataclass(frozen=True)
class Remade:
    """Whether the letter came out the same, whether its kept file is the one of the register, and the versions."""

    same: bool
    kept_is_registered: bool
    engine_then: str
    engine_now: str


def remake_letter(session: Session, letter: IssuedLetter, *, vault: OfficeVault, by: Actor, at: datetime) -> Remade:
    """Make a letter again. NotFound when no room keeps it, Gone when its keys were destroyed. The look is recorded."""
    kept = keepers.find(session, vault, letter.id)
    if kept is None:
        raise NotFound
    audit.record(session, at=at, actor=by, action="letters.letter.remake", subject=letter.id)
    base = remake(kept.templates, kept.templates.named(kept.template), kept.context)
    digest = hashlib.sha256(base).hexdigest()
    return Remade(
        same=digest == letter.base_sha256 and kept.pdf[: letter.base_bytes] == base,
        kept_is_registered=hashlib.sha256(kept.pdf).hexdigest() == letter.sha256,
        engine_then=letter.engine,
        engine_now=engine(),
    )
