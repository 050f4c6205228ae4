"""The whole public record as files, made once for a revision: JSON Lines, CSV, SQLite.

Memory does not grow with the record, and time grows in step with it: some incidents are read at a time and written to
every file. A revision's files stand together or not at all.
"""

from __future__ import annotations

import csv
import fcntl
import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from sqlalchemy import inspect, select
from sqlalchemy.orm import DeclarativeBase, Session

from content.models.areas import Municipality
from content.models.bodies import Body
from content.models.measures import Measure
from content.models.relations import Relation
from content.models.scales import Cause, Severity
from content.models.sources import Source
from content.models.systems import System
from content.queries import open_record, revision
from content.queries.open_shapes import Shape
from content.queries.question_letters.lists import AT_ONCE, item_lines, letter_lines
from content.queries.question_letters.register import register
from content.queries.question_letters.shapes import answer_rows, letter_row, question_row
from content.rules.dictionary import ANSWER, FACT, FACTS, LETTER, QUESTION, SQLITE, Table, tables
from content.rules.question_letters.register import Sort
from content.rules.reuse import LICENCE_ID, LICENCE_URL, SCHEMA_VERSION
from portal.core.csv_rows import harmless
from portal.core.db import Database, sqlite_module

INCIDENTS, BULLETINS = "incidents.jsonl", "bulletins.jsonl"
FILES = {
    INCIDENTS: "application/jsonl",
    BULLETINS: "application/jsonl",
    FACTS: "text/csv",
    SQLITE: "application/vnd.sqlite3",
}
LICENCE_COLUMN = "licence"
KEPT = 2
# Tables of the SQLite file that are columns of ours as they are.
PLAIN: dict[str, tuple[type[DeclarativeBase], str]] = {
    "system": (System, "position"),
    "cause": (Cause, "position"),
    "severity": (Severity, "level"),
    "body": (Body, "key"),
    "source": (Source, "position"),
    "area": (Municipality, "code"),
}
OF_INCIDENTS: dict[str, tuple[type[DeclarativeBase], str]] = {
    "relation": (Relation, "from_key"),
    "measure": (Measure, "incident_key"),
}


def ready(database: Database, folder: Path, *, origin: str) -> tuple[Path, int]:
    """The folder with the files of the present revision, made if they are not there yet, and the revision."""
    folder.mkdir(parents=True, exist_ok=True)
    with database.session(write=False) as session:
        number = revision.number(session)
    found = folder / _name(number)
    if found.is_dir():
        return found, number
    with _alone(folder):
        if not found.is_dir():
            number = _make(database, folder, origin)
        return folder / _name(number), number


def _name(number: int) -> str:
    return f"r{number}-v{SCHEMA_VERSION}"


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One process makes files at a time; the others wait for them."""
    with (folder / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make(database: Database, folder: Path, origin: str) -> int:
    making = Path(tempfile.mkdtemp(prefix="making-", dir=folder))
    try:
        with database.session(write=False) as session:
            if database.dialect == "postgresql":  # one view of the record from the first row to the last
                session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            number = revision.number(session)
            write(session, making, origin=origin)
        target = folder / _name(number)
        if target.is_dir():
            shutil.rmtree(making)
        else:
            making.rename(target)
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        raise
    _sweep(folder)
    return number


def _sweep(folder: Path) -> None:
    """Forget the files of older revisions, and what a process that died left behind."""
    made = sorted(folder.glob("r*-v*"), key=lambda path: int(path.name[1:].partition("-")[0]))
    for path in [*made[:-KEPT], *folder.glob("making-*")]:
        shutil.rmtree(path, ignore_errors=True)


def write(session: Session, folder: Path, *, origin: str) -> None:
    """Write every file of the record, as this session sees it, into an empty folder."""
    with (
        (folder / INCIDENTS).open("w", encoding="utf-8", newline="\n") as incidents,
        (folder / BULLETINS).open("w", encoding="utf-8", newline="\n") as bulletins,
        (folder / FACTS).open("w", encoding="utf-8-sig", newline="") as facts,
        _sqlite(folder / SQLITE) as database,
    ):
        table = csv.writer(facts)
        table.writerow([*tables()[FACT].names, LICENCE_COLUMN])
        for name, (model, order) in PLAIN.items():
            _copy(session, database, tables()[name], model, order, None)
        for keys in open_record.incident_keys(session):
            found = open_record.incidents(session, keys, origin)
            said = open_record.bulletins_of(session, keys, origin)
            stated = [fact for one in said if not one["withdrawn"] for fact in _facts(one)]
            _lines(incidents, found)
            _lines(bulletins, said)
            table.writerows([*map(harmless, row), LICENCE_URL] for row in stated)
            _insert(database, tables()["incident"], map(_incident, found))
            _insert(database, tables()["bulletin"], map(_bulletin, said))
            _insert(database, tables()[FACT], stated)
            shown = [one["key"] for one in found]
            for name, (model, scope) in OF_INCIDENTS.items():
                _copy(session, database, tables()[name], model, "id", (scope, shown))
        _letters(session, database)
        about = {"schema_version": SCHEMA_VERSION, "revision": revision.number(session), "licence": LICENCE_ID}
        _insert(database, tables()["about"], [*about.items(), ("licence_url", LICENCE_URL), ("site", origin)])


def _letters(session: Session, database: Any) -> None:
    """The register of question letters, some at a time."""
    held = register(session)
    letters, items = (held.letters.part(held.letters.all, Sort.OLDEST), held.items.part(held.items.all, Sort.OLDEST))
    for first in range(0, len(letters), AT_ONCE):
        part = letters[first : first + AT_ONCE]
        _insert(database, tables()[LETTER], map(letter_row, letter_lines(session, part)))
        _insert(database, tables()[ANSWER], answer_rows(session, [one.key for one in part if one.items]))
        session.expunge_all()
    for first in range(0, len(items), AT_ONCE):
        _insert(database, tables()[QUESTION], map(question_row, item_lines(session, items[first : first + AT_ONCE])))
        session.expunge_all()


def _lines(file: TextIO, shapes: Sequence[Shape]) -> None:
    for shape in shapes:
        whole = {"schema_version": SCHEMA_VERSION, "licence": LICENCE_URL, **shape}
        file.write(json.dumps(whole, ensure_ascii=False, separators=(",", ":")) + "\n")


def _text(shape: Shape, name: str) -> tuple[str | None, str | None]:
    said = shape.get(name)
    return (said["ja"], said["en"]) if said else (None, None)


def _incident(one: Shape) -> tuple[Any, ...]:
    return (
        one["key"], one["kind"], *_text(one, "title"), one["state"], one["severity"], int(one["exercise"]),
        one["cause"]["class"], one["cause"]["status"], one["occurred_on"], one["occurred_until"], one["listed_on"],
        " ".join(one["systems"]), " ".join(one["areas"]), one["bulletins"], one["published_at"], one["changed_at"],
    )  # fmt: skip


def _bulletin(one: Shape) -> tuple[Any, ...]:
    gone, cause = one["withdrawn"], one.get("cause") or {}
    flags = [None if gone else int(one[name]) for name in ("final", "correction", "reconstructed")]
    reason = _text(gone, "reason") if gone else (None, None)
    return (
        one["id"], one["incident"], one["number"], one.get("day"), one.get("period"), *flags, one.get("publisher"),
        *_text(one, "title"), *_text(one, "body"), one.get("markup"), one.get("state"), cause.get("class"),
        cause.get("status"), one.get("sha256"), one["published_at"], gone["at"] if gone else None, *reason,
    )  # fmt: skip


def _facts(bulletin: Shape) -> Iterator[tuple[Any, ...]]:
    for one in bulletin["facts"]:
        cited = " ".join(dict.fromkeys(source["source"] for source in one["sources"]))
        yield (
            one["id"], one["incident"], one["bulletin"], bulletin["day"], one["field"], one["value"], one["unit"],
            one["day"], one["at"], *_text(one, "text"), one["certainty"], one["area"], one["corrects"], cited,
        )  # fmt: skip


@contextmanager
def _sqlite(path: Path) -> Iterator[Any]:
    """A new file with the tables of the dictionary; whole when the block ends well."""
    connection = sqlite_module().connect(path, isolation_level=None)
    try:
        for pragma in ("journal_mode = OFF", "synchronous = OFF"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN")
        for table in tables().values():
            columns = ", ".join(f'"{column.name}" {column.type}' for column in table.columns)
            connection.execute(f'CREATE TABLE "{table.name}" ({columns}, PRIMARY KEY ("{table.columns[0].name}"))'
                               if table.name != "relation" else f'CREATE TABLE "{table.name}" ({columns})')  # fmt: skip
        yield connection
        for table_name, column in (("bulletin", "incident"), (FACT, "incident"), (FACT, "bulletin")):
            connection.execute(f'CREATE INDEX "{table_name}_{column}" ON "{table_name}" ("{column}")')
        connection.execute("END")
    finally:
        connection.close()


def _insert(database: Any, table: Table, found: Any) -> None:
    places = ", ".join("?" * len(table.columns))
    database.executemany(f'INSERT INTO "{table.name}" VALUES ({places})', found)  # noqa: S608 - names of our own


def _copy(
    session: Session,
    database: Any,
    table: Table,
    model: type[DeclarativeBase],
    order: str,
    scope: tuple[str, Sequence[str]] | None,
) -> None:
    """Rows of a table of ours, by the dictionary's columns; days as ISO text."""
    columns = inspect(model).local_table.c
    query = select(*(columns[name] for name in table.names)).order_by(columns[order])
    if scope is not None:
        query = query.where(columns[scope[0]].in_(scope[1]))
    _insert(database, table, ([_plain(value) for value in row] for row in session.execute(query)))


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
