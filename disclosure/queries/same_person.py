"""Open requests of what seems to be the same person: the same name in any spelling, and the same date of birth."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.models.case import Case
from disclosure.queries.keys import case_key
from disclosure.queries.names import birth_index, name_indexes
from disclosure.rules.kinds import Field
from portal.core.actor import Actor
from portal.core.sealed import open_text
from portal.core.vault import OfficeVault

AT_ONCE = 200


def same_person(
    session: Session, people: Sequence[tuple[str, date]], *, vault: OfficeVault, actor: Actor
) -> list[tuple[Case, ...]]:
    """For each name and date of birth the open cases with both, by number. Forbidden for who may not file.

    Both are compared by blind index, so that nothing is opened; only of cases without an index of the date of birth,
    which are older than it, that date is. Whoever shows the result to a person records the look.
    """
    policy.check(actor, policy.Right.FILE)
    indexes = [name_indexes(vault, name).name for name, _birth in people]
    wanted, found = sorted(set(indexes)), list[Case]()
    for start in range(0, len(wanted), AT_ONCE):
        part = wanted[start : start + AT_ONCE]
        found += session.scalars(select(Case).where(Case.name_index.in_(part), Case.ended_on.is_(None)))
    known: dict[tuple[str | None, str], list[Case]] = {}
    for case in sorted(found, key=lambda case: case.number):
        if (birth := case.birth_index or _opened_index(vault, case)) is not None:
            known.setdefault((case.name_index, birth), []).append(case)
    return [
        tuple(known.get((index, birth_index(vault, birth)), ()))
        for index, (_name, birth) in zip(indexes, people, strict=True)
    ]


def _opened_index(vault: OfficeVault, case: Case) -> str | None:
    if case.keys is None:
        return None
    row = next((row for row in case.fields if row.name is Field.BIRTH_DATE), None)
    if row is None:
        return None
    text = open_text(case_key(vault, case), "disclosure_case_field", row.name.value, row.id, row.sealed)
    return birth_index(vault, date.fromisoformat(text))
