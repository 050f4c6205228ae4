"""Which documents of a case are, or could be, in the public reading room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.models.file import CaseFile
from disclosure.models.publication import Publication, PublicationState
from disclosure.queries.keys import file_name, latest_decision, reasons
from disclosure.queries.redaction import standings
from disclosure.rules.grounds import ground
from portal.core.errors import NotFound
from portal.core.sealed import open_json
from portal.core.vault import CaseKey


@dataclass(frozen=True)
class Said:
    """What is to stand beside a document; ``withheld`` is a list of ground codes with the part in words."""

    title_ja: str
    title_en: str
    description_ja: str
    description_en: str
    withheld: tuple[tuple[str, str], ...]

    def plain(self) -> dict[str, Any]:
        """As a plain dict, for sealing as JSON."""
        return {**vars(self), "withheld": [list(row) for row in self.withheld]}


@dataclass(frozen=True)
class Place:
    """A record that was handed out, its name, and how far it has come on its way to the public."""

    file: CaseFile
    name: str
    publication: Publication | None


def publications(session: Session, case: Case) -> Sequence[Publication]:
    """Every proposal of a case, oldest first."""
    wanted = select(Publication).where(Publication.case_id == case.id)
    return session.scalars(wanted.order_by(Publication.proposed_at, Publication.id)).all()


def publication(session: Session, case: Case, publication_id: str) -> Publication:
    """One proposal; NotFound for another case's."""
    row = session.get(Publication, publication_id)
    if row is None or row.case_id != case.id:
        raise NotFound
    return row


def places(session: Session, case: Case, key: CaseKey) -> tuple[Place, ...]:
    """The records of a case that were handed out; none before, and none of somebody's own."""
    if case.records.personal or case.released_at is None:
        return ()
    rows = {row.file_id: row for row in publications(session, case) if row.state is not PublicationState.DROPPED}
    return tuple(Place(one.file, file_name(key, one.file), rows.get(one.file.id)) for one in standings(session, case))


def said(key: CaseKey, row: Publication) -> Said:
    """What was proposed to stand beside the document."""
    found = open_json(key, Publication.__tablename__, "said", row.id, row.said_sealed)
    return Said(**{**found, "withheld": tuple((code, part) for code, part in found["withheld"])})


def covered_parts(session: Session, case: Case, file: CaseFile, key: CaseKey) -> tuple[tuple[str, str], ...]:
    """The grounds on which something of this record is covered, each with the part as the letter names it."""
    one = next((row for row in standings(session, case) if row.file.id == file.id), None)
    decision = latest_decision(session, case)
    if one is None or decision is None:
        return ()
    used = {row.ground for row in one.coverings}
    found = [
        (why.ground, why.part)
        for why in reasons(key, decision)
        if why.ground in used and not ground(case.regime, why.ground).discloses
    ]
    told = {code for code, _part in found}
    return (*found, *((code, "") for code in sorted(used - told) if _is_ground(case, code)))


def _is_ground(case: Case, code: str) -> bool:
    try:
        ground(case.regime, code)
    except KeyError:
        return False
    return True
