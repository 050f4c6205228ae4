"""The day before something is due at the desk of question letters, and on the day: how much it is, and whose."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from content.queries.question_letters.desk import everything
from portal.accounts.models import Department
from portal.accounts.queries import departments


@dataclass(frozen=True)
class Due:
    """How many things wait that are due tomorrow, today, or overdue; of a department, or (None) of nobody yet.

    ``email``: where the department is told; empty: nowhere.
    """

    department: str | None
    tomorrow: int
    today: int
    overdue: int
    email: str = ""


def due_now(session: Session, *, today: date) -> list[Due]:
    """What is due, by department (its Japanese name), those without one first; nothing where nothing is due."""
    tomorrow = today + timedelta(days=1)
    counts = Counter[tuple[str | None, str]]()
    for one in everything(session, today=today):
        when = "overdue" if one.overdue_days else {today: "today", tomorrow: "tomorrow"}.get(one.due_on, "")
        for key in one.departments or {None}:
            counts[key, when] += bool(when)
    rows: dict[str | None, Department] = {row.id: row for row in departments(session)}
    found = [
        Due(
            row.name_ja if row else None,
            counts[key, "tomorrow"],
            counts[key, "today"],
            counts[key, "overdue"],
            row.email if row else "",
        )
        for key, row in ((None, None), *rows.items())
    ]
    return [one for one in found if one.tomorrow or one.today or one.overdue]
