"""Another archive: what is refused, cell by cell; what is taken in, and that it is all or nothing."""

from __future__ import annotations

import csv
import io
import json

import pytest
from sqlalchemy.orm import Session

from content.models.bodies import Body
from content.models.bulletins import Bulletin, Fact
from content.models.incidents import Incident
from content.models.scales import Cause, Severity
from content.models.systems import System
from content.operations.ask_import import ask_import, asked_file, mark, publish_import
from content.operations.import_archive import import_archive, plan, table_of
from content.queries import revision
from content.rules.import_columns import COLUMNS
from content.rules.import_json import read as read_json
from portal.core.actor import SYSTEM
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.core.sheets import Limits, Table, parse
from tests.factories.content import APPROVER, NOW, WRITER

ROW = {
    "incident": "city-2014", "incident_title_ja": "停止", "incident_title_en": "Stopped", "state": "closed",
    "severity": "2", "cause": "unknown", "cause_status": "unknown", "systems": "counter", "areas": "JP",
    "occurred_on": "平成26年5月1日", "number": "1", "day": "2014-05-02", "publisher": "city", "title_ja": "第1報",
    "title_en": "First", "body_ja": "止まった。", "body_en": "They stopped.", "source": "city-log",
    "source_title_ja": "記録簿", "source_title_en": "Log", "source_place": "p. 3", "field": "affected-persons",
    "value": "1,200", "unit": "persons", "certainty": "confirmed", "area": "JP",
}  # fmt: skip


@pytest.fixture
def known(session: Session) -> Session:
    """The little that a file may name."""
    session.add_all(
        [
            Body(key="city", name_ja="見本市", name_en="Sample City", kind="municipality"),
            Cause(key="unknown", name_ja="不明", name_en="Unknown", position=1),
            Severity(level=2, name_ja="中", name_en="Middle", rule_ja="見本", rule_en="Sample"),
        ]
    )
    session.flush()
    names = {"name_ja": "窓口", "name_en": "Counter", "summary_ja": "見本", "summary_en": "Sample"}
    session.add(System(key="counter", operator_key="city", aliases_ja=[], aliases_en=[], position=1, **names))
    session.flush()
    return session


def a_table(*rows: dict[str, str]) -> Table:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(COLUMNS), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return parse(text.getvalue().encode(), "csv", Limits(max_columns=60))


def test_a_file_is_taken_in_once_with_its_days_and_sources(known: Session) -> None:
    more = {
        "incident": "city-2014",
        "number": "1",
        "field": "recovered",
        "value": "2014-05-03",
        "certainty": "reported",
        "area": "JP",
    }
    table = a_table(ROW, more)
    dry = plan(known, table, at=NOW)
    assert (len(dry.new), dry.bulletins, dry.facts, list(dry.sources)) == (1, ["city-2014/1"], 2, ["city-log"])
    assert known.get(Incident, "city-2014") is None
    import_archive(known, table, by=SYSTEM, at=NOW)
    bulletin = known.get_one(Bulletin, "city-2014/1")
    assert (bulletin.reconstructed, bulletin.day.isoformat() if bulletin.day else "") == (True, "2014-05-02")
    assert known.get_one(Incident, "city-2014").sort_on.isoformat() == "2014-05-01"
    assert known.get_one(Fact, "city-2014/1/1").number == 1200
    number = revision.number(known)
    again = import_archive(known, table, by=SYSTEM, at=NOW)
    assert (again.anything, again.unchanged, revision.number(known)) == (False, ["city-2014"], number)
    grown = [ROW, more, {**ROW, "number": "2", "day": "2014-06-01", "state": "", "field": ""}]
    for name in ("value", "unit", "certainty", "area"):
        grown[2][name] = ""
    assert import_archive(known, a_table(*grown), by=SYSTEM, at=NOW).bulletins == ["city-2014/2"]
    assert known.get_one(Incident, "city-2014").last_number == 2


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"severity": "x"}, (2, "severity")),
        ({"state": "broken"}, (2, "state")),
        ({"day": "2014-02-30"}, (2, "day")),
        ({"value": "many"}, (2, "value")),
        ({"unit": ""}, (2, "value")),
        ({"field": ""}, (2, "value")),
        ({"publisher": ""}, (2, "publisher")),
        ({"publisher": "nobody"}, (2, "publisher")),
        ({"systems": "unheard-of"}, (2, "systems[1]")),
        ({"areas": "99"}, (2, "areas[1]")),
        ({"number": "2"}, (2, "number")),
        ({"source_title_en": ""}, (2, "source_title_en")),
        ({"body_ja": "番号は123456789018です"}, (2, "body_ja")),
        ({"title_ja": "=1+1"}, (2, "title_ja")),
    ],
)
def test_what_is_wrong_is_named_by_row_and_column(
    known: Session, change: dict[str, str], place: tuple[int, str]
) -> None:
    table = a_table({**ROW, **change}, {**ROW, "incident": "city-2015"})
    found = plan(known, table, at=NOW)
    assert place in {(fault.row, fault.heading) for fault in found.faults}
    assert {fault.row for fault in found.faults} == {2}
    with pytest.raises(Invalid):
        import_archive(known, table, by=SYSTEM, at=NOW)
    assert known.get(Incident, "city-2015") is None


def test_every_fault_is_named_and_rows_must_agree(known: Session) -> None:
    table = a_table(
        {**ROW, "severity": "x", "day": "?"}, {**ROW, "title_en": "Other words"}, {**ROW, "incident": "BAD KEY"}
    )
    found = plan(known, table, at=NOW)
    named = {(fault.row, fault.heading) for fault in found.faults}
    assert {(2, "severity"), (2, "day"), (3, "title_en"), (4, "incident")} <= named


def test_what_is_published_is_never_overwritten(known: Session) -> None:
    import_archive(known, a_table(ROW), by=SYSTEM, at=NOW)
    for change, heading in (({"body_en": "Other words"}, "number"), ({"state": "open"}, "incident")):
        found = plan(known, a_table({**ROW, **change}), at=NOW)
        assert [fault.heading for fault in found.faults] == [heading]


def test_json_is_the_same_table(known: Session) -> None:
    table = table_of(json.dumps([{**ROW, "severity": 2, "systems": ["counter"], "exercise": False}]).encode(), "a.json")
    assert plan(known, table, at=NOW).bulletins == ["city-2014/1"]
    for bad in (b"{", b"[1]", b'[{"a": 1, "a": 2}]', b"[" * 100_000, b'[{"severity": NaN}]', b"\xff"):
        with pytest.raises(Invalid):
            read_json(bad, Limits())


def test_two_people_take_in_an_archive(known: Session) -> None:
    table = a_table(ROW)
    for actor in (WRITER, APPROVER):
        with pytest.raises(Forbidden):
            import_archive(known, table, by=actor, at=NOW)
    with pytest.raises(Forbidden):
        ask_import(known, "a.csv", b"x", table, by=APPROVER, at=NOW)
    draft = ask_import(known, "a.csv", b"x", table, by=WRITER, at=NOW)
    seen = mark(plan(known, table, at=NOW))
    with pytest.raises(Forbidden):
        publish_import(known, draft, table, seen=seen, by=WRITER, at=NOW)
    with pytest.raises(Conflict):
        publish_import(known, draft, table, seen="something else", by=APPROVER, at=NOW)
    assert asked_file(known, draft) == ("a.csv", b"x")
    assert publish_import(known, draft, table, seen=seen, by=APPROVER, at=NOW).bulletins == ["city-2014/1"]
    assert (draft.state, draft.decided_by) == ("published", APPROVER.id)
    with pytest.raises(Invalid):
        ask_import(known, "a.csv", b"x", table, by=WRITER, at=NOW)
