"""The day before something is due at the desk of question letters, and on the day: how much it is, and whose."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from content.queries.question_letters.desk import everything
from portal.accounts.queries import departments


@dataclass(frozen=True)
class Due:
    """How many things wait that are due tomorrow, today, or overdue; of a department, or (None) of nobody yet."""

    department: str | None
    tomorrow: int
    today: int
    overdue: int


def due_now(session: Session, *, today: date) -> list[Due]:
    """What is due, by department (its Japanese name), those without one first; nothing where nothing is due."""
    tomorrow = today + timedelta(days=1)
    counts = Counter[tuple[str | None, str]]()
    for one in everything(session, today=today):
        when = "overdue" if one.overdue_days else {today: "today", tomorrow: "tomorrow"}.get(one.due_on, "")
        for key in one.departments or {None}:
            counts[key, when] += bool(when)
    names: dict[str | None, str] = {row.id: row.name_ja for row in departments(session)}
    found = [
        Due(names.get(key), counts[key, "tomorrow"], counts[key, "today"], counts[key, "overdue"])
        for key in (None, *names)
    ]
    return [one for one in found if one.tomorrow or one.today or one.overdue]
