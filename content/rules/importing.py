"""Tables of other archives: one row a bulletin, further rows for further facts, read into records with every fault.

The columns of an incident stand in its first row and those of a bulletin in that one's first row; in further rows they
may be empty, or say the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from content.rules.archive.checks import Known
from content.rules.archive.errors import ArchiveError, Place
from content.rules.archive.incident_checks import check_incident
from content.rules.archive.kinds import SourceKind
from content.rules.archive.records import Bulletin, Fact, Incident, Source
from content.rules.archive.references import SourceRef
from content.rules.import_columns import COLUMNS, EVERY_ROW, Column, Part, day, number
from portal.core import sheets
from portal.core.errors import N_, Invalid
from portal.core.sheets import Cell, Row, Table

NO_ROWS = N_("There is no bulletin in this file.")
UNKNOWN_HEADING = N_("The heading in column %(column)s is not known, or stands there twice.")
NO_HEADING = N_("The column “%(heading)s” is missing.")
HIDDEN = N_("This row or column is hidden. Show it, or delete it.")
BESIDE = N_("This stands in a column without a heading.")
NEEDED = N_("This is needed here.")
OTHERWISE = N_("Row %(row)s says something else of the same thing.")
NO_FACT = N_("This belongs to a fact, but the row names no field.")
NOT_RIGHT = N_("The incident cannot be taken as it is: %(problem)s")


@dataclass(frozen=True)
class Fault:
    """What is refused, and why: the row in the file, the column as spreadsheets name it and its heading."""

    row: int
    column: str
    heading: str
    message: str
    params: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True)
class Imported:
    """An incident as the file tells it, and the rows that tell of it and of each of its bulletins."""

    record: Incident
    row: int
    bulletin_rows: tuple[int, ...]


@dataclass
class Read:
    """What a file holds; ``sources`` are documents that the record does not know yet."""

    incidents: list[Imported] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def read(table: Table, known: Known) -> Read:
    """What a table holds, with every fault. Invalid when the table as a whole cannot be taken."""
    if len(table.rows) < 2:
        raise Invalid(NO_ROWS)
    places = _places(table)
    found = Read()
    rows = [_Values(row, *_read_row(row, places, table.hidden_columns)) for row in table.rows[1:]]
    for one in rows:
        found.faults += one.faults
    _group(rows, places, known, found)
    found.faults.sort(key=lambda fault: (fault.row, len(fault.column), fault.column))
    return found


def _places(table: Table) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, cell in enumerate(table.rows[0].cells):
        name = cell.text.strip().lower()
        if not name and not cell.fault:
            continue
        if name not in COLUMNS or name in places:
            raise Invalid(UNKNOWN_HEADING, column=sheets.column_name(place))
        places[name] = place
    for column in COLUMNS.values():
        if column.required and column.name not in places:
            raise Invalid(NO_HEADING, heading=column.name)
    return places


@dataclass
class _Values:
    row: Row
    values: dict[str, Any]
    faults: list[Fault]

    @property
    def number(self) -> int:
        return self.row.number


def _read_row(row: Row, places: Mapping[str, int], hidden: frozenset[int]) -> tuple[dict[str, Any], list[Fault]]:
    values: dict[str, Any] = {}
    faults = [Fault(row.number, "", "", HIDDEN)] if row.hidden or hidden & set(places.values()) else []
    by_place = {place: name for name, place in places.items()}
    for place in range(len(row.cells)):
        cell, name = row.cell(place), by_place.get(place)
        try:
            if name is None:
                if cell.text.strip() or cell.fault:
                    raise Invalid(cell.fault or BESIDE)
            elif (value := _cell(COLUMNS[name], cell)) is not None:
                values[name] = value
        except Invalid as error:
            faults.append(_fault(row.number, name or "", place, error))
    for name in EVERY_ROW:
        if name not in values and not any(fault.heading == name for fault in faults):
            faults.append(_fault(row.number, name, places[name], Invalid(NEEDED)))
    return values, faults


def _cell(column: Column, cell: Cell) -> Any:
    if cell.fault:
        raise Invalid(cell.fault)
    text = cell.text.strip()
    if not text:
        return None
    if column.read is day and cell.day is not None:
        return cell.day
    return column.read(text)


def _fault(row: int, name: str, place: int, error: Invalid) -> Fault:
    return Fault(row, sheets.column_name(place), name, error.message, tuple(error.params.items()))


def _group(rows: Sequence[_Values], places: Mapping[str, int], known: Known, found: Read) -> None:
    """Rows of one incident, of each its bulletins, of each its facts; an incident with a fault makes no record."""
    by_incident: dict[str, list[_Values]] = {}
    for one in rows:
        if "incident" in one.values and "number" in one.values:
            by_incident.setdefault(one.values["incident"], []).append(one)
    for key, group in by_incident.items():
        faults: list[Fault] = []
        whole = _said(group, Part.INCIDENT, places, faults)
        bulletins: dict[int, list[_Values]] = {}
        for one in group:
            bulletins.setdefault(one.values["number"], []).append(one)
        made = [_bulletin(part, places, known, found, faults) for part in bulletins.values()]
        if whole is None or None in made or faults or any(one.faults for one in group):
            found.faults += faults
            continue
        record = _incident(key, whole, [one for one in made if one is not None])
        imported = Imported(record, group[0].number, tuple(part[0].number for part in bulletins.values()))
        fault = _checked(imported, known, found.sources)
        if fault is None:
            found.incidents.append(imported)
        else:
            found.faults.append(fault)


def _said(
    group: Sequence[_Values], part: Part, places: Mapping[str, int], faults: list[Fault]
) -> dict[str, Any] | None:
    """What the first row says; a later one may say nothing else. None where something needed is missing."""
    first = group[0]
    told = {name: value for name, value in first.values.items() if COLUMNS[name].part is part}
    refused = {fault.heading for fault in first.faults}
    missing = [c.name for c in COLUMNS.values() if c.part is part and c.required and c.name not in told]
    for name in missing:
        if name not in refused:
            faults.append(_fault(first.number, name, places[name], Invalid(NEEDED)))
    for later in group[1:]:
        for name, value in later.values.items():
            if COLUMNS[name].part is part and name not in missing and told.get(name) != value:
                faults.append(_fault(later.number, name, places[name], Invalid(OTHERWISE, row=first.number)))
    return None if missing else told


def _bulletin(
    group: Sequence[_Values], places: Mapping[str, int], known: Known, found: Read, faults: list[Fault]
) -> Bulletin | None:
    told = _said(group, Part.BULLETIN, places, faults)
    if told is None:
        return None
    ref = SourceRef(source=told["source"], place=told["source_place"])
    if told["source"] not in known.sources and told["source"] not in found.sources:
        titles = {name: told.get(f"source_{name}") for name in ("title_ja", "title_en")}
        for name, title in titles.items():
            if title is None:
                place = places.get(f"source_{name}", places["source"])
                faults.append(_fault(group[0].number, f"source_{name}", place, Invalid(NEEDED)))
                return None
        found.sources[told["source"]] = Source(
            key=told["source"],
            title_ja=titles["title_ja"] or "",
            title_en=titles["title_en"] or "",
            publisher=told["publisher"],
            kind=SourceKind.REPORT,
            day=told.get("day"),
        )
    facts = [_fact(one, ref, places, faults) for one in group]
    given = {name: told[name] for name in ("title_ja", "title_en", "body_ja", "body_en", "publisher", "number")}
    more = {name: told[name] for name in ("day", "period", "final") if name in told}
    return Bulletin(
        **given, **more, reconstructed=True, sources=(ref,), facts=tuple(one for one in facts if one is not None)
    )


def _fact(one: _Values, ref: SourceRef, places: Mapping[str, int], faults: list[Fault]) -> Fact | None:
    told = {name: value for name, value in one.values.items() if COLUMNS[name].part is Part.FACT}
    if "field" not in told:
        if not any(fault.heading == "field" for fault in one.faults):
            faults += [_fault(one.number, name, places[name], Invalid(NO_FACT)) for name in told]
        return None
    for name in ("certainty", "area"):
        if name not in told:
            if not any(fault.heading == name for fault in one.faults):
                faults.append(_fault(one.number, name, places.get(name, places["field"]), Invalid(NEEDED)))
            return None
    value: Any = told.get("value")
    if value is not None:
        try:
            cell = one.row.cell(places["value"])
            value = number(value) if "unit" in told else cell.day or day(value)
        except Invalid as error:
            faults.append(_fault(one.number, "value", places["value"], error))
            return None
    words = {name: told.get(name) for name in ("text_ja", "text_en")}
    return Fact(
        field=told["field"], certainty=told["certainty"], area=told["area"], sources=(ref,), value=value,
        unit=told.get("unit"), **words,
    )  # fmt: skip


def _incident(key: str, told: Mapping[str, Any], bulletins: Sequence[Bulletin]) -> Incident:
    names_ = ("occurred_on", "occurred_until", "occurred_text_ja", "occurred_text_en", "exercise")
    return Incident(
        key=key,
        title_ja=told["incident_title_ja"],
        title_en=told["incident_title_en"],
        state=told["state"],
        severity=told["severity"],
        cause_class=told["cause"],
        cause_status=told["cause_status"],
        areas=told["areas"],
        systems=told.get("systems", ()),
        sources=tuple(dict.fromkeys(ref for one in bulletins for ref in one.sources)),
        bulletins=tuple(bulletins),
        **{name: told[name] for name in names_ if name in told},
    )


def _checked(one: Imported, known: Known, new: Mapping[str, Source]) -> Fault | None:
    """What the archive's own rules say of an incident, named by the row of the bulletin that it is about."""
    whole = Known(**{**vars(known), "sources": {*known.sources, *new}})
    try:
        check_incident(one.record, whole, Place("file"))
    except ArchiveError as error:
        row = one.row
        if error.key.startswith("bulletin["):
            place = int(error.key.partition("[")[2].partition("]")[0])
            row = one.bulletin_rows[place - 1]
        problem = f"{error.key}: {error.problem}" if error.key else error.problem
        return Fault(row, "", error.key.rpartition(".")[2], NOT_RIGHT, (("problem", problem),))
    return None
