"""Tables of codes are kept by the operator's keepers; what was offered on a day stays known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from discrepancy.operations.keep_codes import NO_CODE_ABOVE, NOT_CHANGED, keep_code
from discrepancy.queries.codes import codes
from discrepancy.rules.codes import ENDS_BEFORE, FOLLOWED, KEY, NAME_TAKEN, Code, CodeTable, find, offered
from portal.core.actor import Actor
from portal.core.audit import Entry
from portal.core.errors import Conflict, Forbidden, Invalid
from tests.discrepancy.operations.conftest import AT, AUDITOR, OPERATOR, PROVIDER
from tests.discrepancy.operations.test_bodies import ADMINISTRATOR

TABLE = CodeTable.SYSTEM_CAUSE
DAY, BEFORE = date(2026, 11, 1), date(2026, 10, 31)
NEW = Code(
    table=TABLE, key="sample-gateway", name_ja="見本の接続装置", name_en="Sample gateway", effective_from=DAY,
    within=("provider",), confirmed=True,
)  # fmt: skip
SHIPPED = "existing-system"


def keys(session: Session, day: date, *, under: str = "") -> list[str]:
    return [row.key for row in offered(codes(session), TABLE, day, under=under)]


@pytest.mark.parametrize("by", [OPERATOR, ADMINISTRATOR])
def test_a_new_code_is_offered_from_its_day_and_under_its_choice(bodies: Session, by: Actor) -> None:
    keep_code(bodies, NEW, by=by, at=AT)
    assert NEW.key not in keys(bodies, BEFORE)
    assert NEW.key in keys(bodies, DAY, under="provider")
    assert NEW.key not in keys(bodies, DAY, under="inquirer")
    entry = bodies.scalars(select(Entry).where(Entry.action == "discrepancy.code.keep")).one()
    assert (entry.subject, entry.detail) == ("system-cause/sample-gateway", {"from": "2026-11-01"})


@pytest.mark.parametrize("by", [PROVIDER, AUDITOR])
def test_nobody_else_keeps_codes(bodies: Session, by: Actor) -> None:
    with pytest.raises(Forbidden):
        keep_code(bodies, NEW, by=by, at=AT)


def test_another_name_from_a_day_on_ends_the_row_before_it_and_forgets_nothing(bodies: Session) -> None:
    old = find(codes(bodies), TABLE, SHIPPED)
    assert old is not None
    keep_code(bodies, replace(old, name_ja="新しい名称", name_en="A new name", effective_from=DAY), by=OPERATOR, at=AT)
    for day, name in ((BEFORE, old.name_ja), (DAY, "新しい名称")):
        (row,) = [row for row in offered(codes(bodies), TABLE, day) if row.key == SHIPPED]
        assert row.name_ja == name
    assert find(codes(bodies), TABLE, old.name_ja) is not None, "an earlier report is still read"


def test_a_code_is_ended_and_the_same_row_changed_again(bodies: Session) -> None:
    keep_code(bodies, NEW, by=OPERATOR, at=AT)
    keep_code(bodies, replace(NEW, until=date(2026, 12, 31)), by=OPERATOR, at=AT)
    assert NEW.key in keys(bodies, date(2026, 12, 31))
    assert NEW.key not in keys(bodies, date(2027, 1, 1))


@pytest.mark.parametrize(
    ("changed", "field", "message"),
    [
        ({"key": "Bad key"}, "key", KEY),
        ({"until": BEFORE}, "until", ENDS_BEFORE),
        ({"name_ja": "既存業務システム"}, "name_ja", NAME_TAKEN),
        ({"name_en": "Existing business system"}, "name_en", NAME_TAKEN),
        ({"within": ("nobody",)}, "within", NO_CODE_ABOVE),
        ({"key": SHIPPED, "effective_from": date(2017, 1, 1)}, "until", FOLLOWED),
        ({"name_ja": "番号は123456789018"}, "name_ja", None),
    ],
)
def test_what_cannot_be_is_refused_next_to_its_field(
    bodies: Session, changed: dict[str, object], field: str, message: str | None
) -> None:
    with pytest.raises(Invalid) as refused:
        keep_code(bodies, replace(NEW, **changed), by=OPERATOR, at=AT)  # type: ignore[arg-type]
    assert refused.value.params["field"] == field
    assert message in (None, refused.value.message)
    assert NEW.key not in keys(bodies, DAY)


def test_the_table_that_decides_over_steps_cannot_be_changed(bodies: Session) -> None:
    with pytest.raises(Conflict) as refused:
        keep_code(bodies, replace(NEW, table=CodeTable.CAUSER, within=()), by=OPERATOR, at=AT)
    assert refused.value.message == NOT_CHANGED
