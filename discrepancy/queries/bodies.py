"""Looking bodies up: in the register by name or code, and the one that somebody means."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import Session

from discrepancy.models.bodies import Body
from discrepancy.rules.enquiry import BodyKind
from portal.accounts.models import StaffAccount

A_PAGE = 50
LONGEST, MOST = 60, 200
# Bodies of the State and the operator stand before prefectures, these before municipalities.
_ORDER = case((Body.kind == "prefecture", 1), (Body.kind == "municipality", 2), else_=0)


@dataclass(frozen=True)
class Register:
    """A page of the register; ``people``: how many open accounts each of these bodies has, by its code."""

    rows: list[Body]
    people: dict[str, int]
    total: int
    number: int
    pages: int


def register(session: Session, text: str = "", kind: str = "", page: int = 1) -> Register:
    """Bodies whose name holds ``text`` or whose code begins with it, closed ones last."""
    wanted = [*_fits(text)]
    if kind in list(BodyKind):
        wanted.append(Body.kind == kind)
    total = session.scalar(select(func.count()).select_from(Body).where(*wanted)) or 0
    pages = max(1, -(-total // A_PAGE))
    number = min(max(1, page), pages)
    query = select(Body).where(*wanted).order_by(Body.closed_on.is_not(None), _ORDER, Body.code)
    rows = list(session.scalars(query.limit(A_PAGE).offset((number - 1) * A_PAGE)))
    return Register(rows, people_of(session, [row.code for row in rows]), total, number, pages)


def _fits(text: str) -> list[ColumnElement[bool]]:
    said = text.strip()[:LONGEST]
    if not said:
        return []
    return [
        or_(
            Body.name_ja.contains(said, autoescape=True),
            Body.name_en.icontains(said, autoescape=True),
            Body.code.startswith(said.upper(), autoescape=True),
        )
    ]


def meant(session: Session, said: str, *, most: int = 8) -> list[Body]:
    """The open bodies that somebody may mean: one where code or name are whole, else those that fit, at most ``most``.

    A municipality's code may lack its check digit.
    """
    text = said.strip()[:LONGEST]
    if not text:
        return []
    open_now = Body.closed_on.is_(None)
    whole = or_(
        Body.code == text.upper(),
        Body.name_ja == text,
        func.lower(Body.name_en) == text.lower(),
        (func.substr(Body.code, 1, 5) == text) & (Body.prefecture != ""),
    )
    exact = list(session.scalars(select(Body).where(open_now, whole).limit(2)))
    if len(exact) == 1:
        return exact
    query = select(Body).where(open_now, *_fits(text)).order_by(_ORDER, func.length(Body.name_ja), Body.code)
    return list(session.scalars(query.limit(most)))


def fitting(session: Session, text: str) -> list[str]:
    """The codes of the bodies that a text of a search fits, at most :data:`MOST`."""
    return list(session.scalars(select(Body.code).where(*_fits(text)).limit(MOST)))


def looked_at(session: Session, text: str) -> int:
    """How many bodies a search by a text looks at where the text fits more of them; else 0."""
    if not text.strip():
        return 0
    found = session.scalars(select(Body.code).where(*_fits(text)).limit(MOST + 1)).all()
    return MOST if len(found) > MOST else 0


def by_codes(session: Session, codes: set[str | None]) -> dict[str | None, Body]:
    """Bodies by their codes."""
    return {row.code: row for row in session.scalars(select(Body).where(Body.code.in_({c for c in codes if c})))}


def of_kind(session: Session, kind: BodyKind) -> list[Body]:
    """The open bodies of a kind, by code."""
    query = select(Body).where(Body.kind == kind, Body.closed_on.is_(None)).order_by(Body.code)
    return list(session.scalars(query))


def people_of(session: Session, codes: list[str]) -> dict[str, int]:
    """How many open accounts each body has, by its code; those without any are left out."""
    query = select(StaffAccount.body_code, func.count()).where(
        StaffAccount.body_code.in_(codes), StaffAccount.disabled_at.is_(None)
    )
    return {code or "": count for code, count in session.execute(query.group_by(StaffAccount.body_code))}


def correspondents(session: Session, code: str) -> list[StaffAccount]:
    """The accounts of a body, open ones first."""
    query = select(StaffAccount).where(StaffAccount.body_code == code)
    return list(session.scalars(query.order_by(StaffAccount.disabled_at.is_not(None), StaffAccount.login)))
