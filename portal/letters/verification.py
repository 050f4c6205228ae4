"""Is a file one of our letters, to the last byte? The answer, and what it rests on."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from portal.core import press, signing
from portal.core.errors import TooMany
from portal.core.settings import Settings
from portal.core.signing import Verdict
from portal.letters import inspection
from portal.letters.inspection import Claims
from portal.letters.models.register import IssuedLetter, Signed
from portal.letters.queries import register
from portal.letters.queries.register import Registered
from portal.letters.queries.tree import Inclusion, holds, inclusion

MOST_BYTES = 20 * 1024 * 1024
SECONDS = 20.0


class Outcome(StrEnum):
    """What a file is."""

    GENUINE = "genuine"
    DOUBTFUL = "doubtful"
    UNREGISTERED = "unregistered"
    CHANGED = "changed"
    FOREIGN = "foreign"
    NOT_PDF = "not-pdf"
    TOO_LARGE = "too-large"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Findings:
    """What the file itself says: computed without the register, in child processes."""

    sha256: str
    size: int
    pdf: bool
    stopped: bool = False
    verdict: Verdict | None = None
    claims: Claims | None = None


@dataclass(frozen=True)
class Result:
    """The answer. ``letter`` is the letter that the file is, or was before it was changed.

    ``named`` are the letters whose number the file carries. GENUINE: the hash is in the register, the signature is
    valid if the letter has one, and ``proof`` leads to the tree's head. DOUBTFUL: the hash is in the register, but one
    of the two others fails, which only we can have caused.
    """

    outcome: Outcome
    findings: Findings
    letter: Registered | None = None
    named: tuple[IssuedLetter, ...] = ()
    proof: Inclusion | None = None


def examine(data: bytes, *, settings: Settings) -> Findings:
    """Hash, signature and claims of a file. Takes up to ``2 * SECONDS``; never raises for what the file holds."""
    sha256 = hashlib.sha256(data).hexdigest()
    if len(data) > MOST_BYTES or not inspection.is_pdf(data):
        return Findings(sha256, len(data), inspection.is_pdf(data))
    anchors, mark = signing.anchors(settings), settings.organisation.letter_mark
    try:
        verdict = press.run(signing.verify, data, anchors=anchors, seconds=SECONDS)
        claims = press.run(inspection.claims, data, mark=mark, seconds=SECONDS)
    except press.PressFailed as failed:
        if failed.message == press.BUSY:
            raise
        return Findings(sha256, len(data), True, stopped=True)
    return Findings(sha256, len(data), True, verdict=verdict, claims=claims)


def judge(session: Session, findings: Findings) -> Result:
    """What the file is, by the register and the tree. TooMany when one of our own could not be read in time."""
    if findings.size > MOST_BYTES:
        return Result(Outcome.TOO_LARGE, findings)
    known = register.by_hash(session, findings.sha256)
    if known is not None and findings.stopped:
        raise TooMany(press.BUSY)  # our own letters are quickly read: the machine is at its limits
    if known is not None:
        return _known(session, findings, known)
    if not findings.pdf:
        return Result(Outcome.NOT_PDF, findings)
    if findings.stopped or findings.claims is None:
        return Result(Outcome.UNREADABLE, findings)
    if findings.verdict is not None and findings.verdict.valid:
        return Result(Outcome.UNREGISTERED, findings)
    letter = _claimed(session, findings.claims)
    named = tuple(row for number in findings.claims.numbers for row in register.by_number(session, number))
    if letter is not None or named:
        return Result(Outcome.CHANGED, findings, letter, named)
    return Result(Outcome.FOREIGN if findings.claims.readable else Outcome.UNREADABLE, findings)


def _known(session: Session, findings: Findings, known: Registered) -> Result:
    proof = inclusion(session, known.letter.tree_index)
    signed = known.letter.signed != Signed.NONE
    signature = not signed or (findings.verdict is not None and findings.verdict.valid)
    whole = signature and holds(proof) and findings.sha256 in proof.leaf
    return Result(Outcome.GENUINE if whole else Outcome.DOUBTFUL, findings, known, proof=proof)


def _claimed(session: Session, claims: Claims) -> Registered | None:
    """The letter that the file was made from: it begins with it, or carries its address."""
    found = register.by_base(session, list(claims.bases))
    if found is not None:
        return found
    for token in claims.tokens:
        letter = register.find_token(session, token)
        if letter is not None:
            return letter
    return None
