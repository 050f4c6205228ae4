"""Reading the register of issued letters."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.errors import NotFound
from portal.letters.models.numbers import LetterNumber, Series
from portal.letters.models.register import IssuedLetter, Standing

TOKEN_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"  # noqa: S105 - an alphabet, no secret
TOKEN_LENGTH = 26


@dataclass(frozen=True)
class Registered:
    """A letter of the register with what became of it; ``successor`` is the letter that stands in its place."""

    letter: IssuedLetter
    standing: Standing | None
    successor: IssuedLetter | None

    @property
    def in_force(self) -> bool:
        """Whether the letter was neither replaced nor withdrawn."""
        return self.standing is None


def registered(session: Session, letter: IssuedLetter) -> Registered:
    """The letter with what became of it. A replaced letter names the one that is in its place today."""
    standing = session.get(Standing, letter.id)
    successor, step, seen = None, standing, {letter.id}
    while step is not None and step.replaced_by is not None and step.replaced_by not in seen:
        seen.add(step.replaced_by)
        successor = session.get(IssuedLetter, step.replaced_by)
        step = session.get(Standing, step.replaced_by)
    return Registered(letter, standing, successor)


def by_id(session: Session, letter_id: str) -> Registered:
    """The letter with this id; NotFound."""
    letter = session.get(IssuedLetter, letter_id)
    if letter is None:
        raise NotFound
    return registered(session, letter)


def find_token(session: Session, typed: str) -> Registered | None:
    """The letter whose QR code holds this token, in any case."""
    token = typed.upper()
    if len(token) != TOKEN_LENGTH or set(token) - set(TOKEN_CHARACTERS):
        return None
    letter = session.scalar(select(IssuedLetter).where(IssuedLetter.token == token))
    return registered(session, letter) if letter else None


def by_token(session: Session, typed: str) -> Registered:
    """The letter whose QR code holds this token; NotFound."""
    found = find_token(session, typed)
    if found is None:
        raise NotFound
    return found


def by_hash(session: Session, sha256: str) -> Registered | None:
    """The letter that was issued as the file with this SHA-256, hexadecimal."""
    letter = session.scalar(select(IssuedLetter).where(IssuedLetter.sha256 == sha256))
    return registered(session, letter) if letter else None


def by_base(session: Session, hashes: list[str]) -> Registered | None:
    """The letter whose unsigned beginning has one of these hashes."""
    wanted = select(IssuedLetter).where(IssuedLetter.base_sha256.in_(hashes)).limit(1)
    letter = session.scalar(wanted) if hashes else None
    return registered(session, letter) if letter else None


def by_number(session: Session, number: str) -> list[IssuedLetter]:
    """The letters with this number, the newest first: a number comes again each fiscal year."""
    wanted = select(IssuedLetter).where(IssuedLetter.number == number)
    return list(session.scalars(wanted.order_by(IssuedLetter.fiscal_year.desc(), IssuedLetter.id.desc())))


def last_number(session: Session, series: str, fiscal_year: int) -> int:
    """How many numbers of a series were taken in a fiscal year."""
    wanted = select(Series.last).where(Series.series == series, Series.fiscal_year == fiscal_year)
    return session.scalar(wanted) or 0


def ledger(session: Session, series: str, fiscal_year: int) -> list[tuple[LetterNumber, IssuedLetter | None]]:
    """Every number of a series in a fiscal year: with its letter, or void with its reason."""
    wanted = (
        select(LetterNumber, IssuedLetter)
        .outerjoin(IssuedLetter, IssuedLetter.id == LetterNumber.letter_id)
        .where(LetterNumber.series == series, LetterNumber.fiscal_year == fiscal_year)
        .order_by(LetterNumber.sequence)
    )
    return [(row[0], row[1]) for row in session.execute(wanted)]
