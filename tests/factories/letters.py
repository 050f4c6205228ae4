"""Sample letters of no room in particular. The persons do not exist."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from portal.core.clock import day_in_japan
from portal.core.db import new_id
from portal.core.settings import Settings
from portal.core.signing import Signer
from portal.letters import numbering
from portal.letters.draft import NO_HEAD, Draft
from portal.letters.engine import Context, Templates
from portal.letters.models.register import IssuedLetter, Signed
from portal.letters.operations import numbers
from portal.letters.operations.issue import Issued, issue_letter, new_token, register

SMALL = Templates(Path(__file__).parent / "letter_templates", places={"addressee": "Name"})
MARK = "見情機"


def small_context(_draft: Draft) -> Context:
    """The values of the smallest letter."""
    return {"title": "見本の通知", "addressee": "葛󠄀城　見本"}


def a_letter(session: Session, settings: Settings, *, signer: Signer | None, at: datetime, **more: Any) -> Issued:
    """A whole letter: laid out, signed, registered."""
    asked: dict[str, Any] = {"make": small_context, "kind": "small", **more}
    return issue_letter(session, templates=SMALL, settings=settings, signer=signer, at=at, **asked)


def an_entry(session: Session, *, at: datetime, series: str = numbers.LETTERS) -> IssuedLetter:
    """A letter with everything but a file: its number, its place in the register and in the tree."""
    day = day_in_japan(at)
    fiscal = numbering.fiscal_year(day)
    sequence = numbers.take(session, series, fiscal)
    number, token = numbering.letter_number(MARK, sequence), new_token()
    sha256 = hashlib.sha256(token.encode("ascii")).hexdigest()
    issued = Issued(
        id=new_id(), token=token, verify_url="", series=series, fiscal_year=fiscal, sequence=sequence, number=number,
        kind="small", template="", issued_on=day, sha256=sha256, base_sha256=sha256, base_bytes=1, engine="none",
        signed=Signed.NONE, tree=NO_HEAD, tree_index=0, context={}, pdf=b"",
    )  # fmt: skip
    return register(session, issued, at=at)
