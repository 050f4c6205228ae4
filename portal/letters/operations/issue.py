"""Issuing a letter: number, text, file, signature, register and tree, all in the caller's transaction.

The number's series is locked first and the tree last, so that a letter that fails takes nothing and leaves no gap.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from portal.core import signing
from portal.core.clock import day_in_japan
from portal.core.db import new_id
from portal.core.errors import N_, KaijiError
from portal.core.settings import Settings
from portal.core.signing import Signer
from portal.letters import leaves, numbering, pictures
from portal.letters.draft import Draft, TreeHead
from portal.letters.engine import Context, Templates
from portal.letters.make import engine, plain, remake
from portal.letters.models.numbers import LetterNumber
from portal.letters.models.register import IssuedLetter, Signed
from portal.letters.operations import grow, numbers, stand
from portal.letters.queries.register import TOKEN_LENGTH
from portal.letters.queries.tree import head


class BadSignature(KaijiError):
    """The letter was signed, but the signature does not verify: the key and the trusted roots do not fit."""

    status = 500
    default = N_("The letter's electronic signature could not be verified, so the letter was not issued.")


@dataclass(frozen=True)
class Issued:
    """An issued letter, to be kept by its room.

    ``context`` makes the file again with ``template``; ``pdf`` is the file and ``sha256`` its hash. The first
    ``base_bytes`` of it are what the context makes, with hash ``base_sha256``.
    ``tree`` is the head that the letter itself names; ``tree_index`` is its own place.
    """

    id: str
    token: str
    verify_url: str
    series: str
    fiscal_year: int
    sequence: int
    number: str
    kind: str
    template: str
    issued_on: date
    sha256: str
    base_sha256: str
    base_bytes: int
    engine: str
    signed: Signed
    tree: TreeHead
    tree_index: int
    context: Context
    pdf: bytes


Make = Callable[[Draft], Context]


def issue_letter(
    session: Session,
    *,
    templates: Templates,
    kind: str,
    make: Make,
    settings: Settings,
    signer: Signer | None,
    at: datetime,
    replaces: str | None = None,
) -> Issued:
    """Issue one letter and enter it in the register.

    ``make`` gives the letter's values for the draft; ``Draft.shared`` is put over them. ``replaces`` is the id of a
    letter in force that this one stands for from today on. The caller has checked that the actor may, keeps
    ``context`` and ``pdf``, and writes the journal. Invalid for a character that no font has; NotFound and Conflict for
    ``replaces``; CannotSign, BadSignature, PressFailed, BadLetter. After any of them the transaction must be rolled
    back, or its savepoint.
    """
    today = day_in_japan(at)
    old = stand.in_force(session, replaces) if replaces is not None else None
    fiscal = numbering.fiscal_year(today)
    sequence = numbers.take(session, numbers.LETTERS, fiscal)
    token, before = new_token(), head(session)
    signed = _signed(signer)
    draft = Draft(
        id=new_id(),
        number=numbering.letter_number(settings.organisation.letter_mark, sequence),
        issued_on=today,
        verify_url=verify_url(settings, token),
        tree=before,
        signed=signed.value,
        seal_picture=_seal_picture(settings, signer),
    )
    context = plain({**make(draft), **draft.shared})
    template = templates.current(kind, today)
    base = remake(templates, template, context)
    data = _sign(base, signer, settings, at)
    issued = Issued(
        id=draft.id,
        token=token,
        verify_url=draft.verify_url,
        series=numbers.LETTERS,
        fiscal_year=fiscal,
        sequence=sequence,
        number=draft.number,
        kind=kind,
        template=template.name,
        issued_on=today,
        sha256=hashlib.sha256(data).hexdigest(),
        base_sha256=hashlib.sha256(base).hexdigest(),
        base_bytes=len(base),
        engine=engine(),
        signed=signed,
        tree=before,
        tree_index=grow.lock(session),
        context=context,
        pdf=data,
    )
    row = register(session, issued, at=at)
    if old is not None:
        stand.replace(session, old, row, since=today, at=at)
    return issued


def register(session: Session, issued: Issued, *, at: datetime) -> IssuedLetter:
    """Enter a letter in the register, the ledger of numbers and the tree, at the place that it names."""
    data = leaves.letter(kind=issued.kind, number=issued.number, issued_on=issued.issued_on, sha256=issued.sha256)
    index = grow.append(session, data, at=at)
    row = IssuedLetter(
        id=issued.id,
        token=issued.token,
        series=issued.series,
        fiscal_year=issued.fiscal_year,
        sequence=issued.sequence,
        number=issued.number,
        kind=issued.kind,
        issued_on=issued.issued_on,
        issued_at=at,
        sha256=issued.sha256,
        base_sha256=issued.base_sha256,
        base_bytes=issued.base_bytes,
        engine=issued.engine,
        signed=issued.signed.value,
        tree_index=index,
    )
    session.add(row)
    session.flush()
    session.add(
        LetterNumber(
            series=issued.series,
            fiscal_year=issued.fiscal_year,
            sequence=issued.sequence,
            letter_id=issued.id,
            void_reason=None,
            at=at,
        )
    )
    session.flush()
    return row


def new_token() -> str:
    """26 characters of base32, 130 bits: short enough for a QR code, too many to guess."""
    return base64.b32encode(secrets.token_bytes(17)).decode("ascii")[:TOKEN_LENGTH]


def verify_url(settings: Settings, token: str) -> str:
    """The address of a letter's public page, as its QR code holds it."""
    return f"{settings.public_url}/verify/{token}"


def _signed(signer: Signer | None) -> Signed:
    if signer is None:
        return Signed.NONE
    return Signed.SAMPLE if signer.sample else Signed.ORGANISATION


def _seal_picture(settings: Settings, signer: Signer | None) -> str:
    picture = signing.seal(settings) if signer is not None else None
    return pictures.seal(picture) if picture else ""


def _sign(base: bytes, signer: Signer | None, settings: Settings, at: datetime) -> bytes:
    """The file as it goes out; nothing goes out that would not verify."""
    if signer is None:
        return base
    data = signer.sign(base, at=at)
    verdict = signing.verify(data, anchors=signing.anchors(settings))
    if verdict is None or not verdict.valid or not data.startswith(base):
        failed = BadSignature()
        failed.add_note(verdict.reason if verdict else "no signature")
        raise failed
    return data
