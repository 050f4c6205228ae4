"""Reports that come as files, one or a folder of them: all are taken in together, or none."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from sqlalchemy import select
from sqlalchemy.orm import Session

from discrepancy import policy
from discrepancy.models.bodies import Body
from discrepancy.models.reports import Report
from discrepancy.operations.link_cases import Linked, link
from discrepancy.operations.report import TABLE, put, vault_report
from discrepancy.operations.tally import counted_as, tally
from discrepancy.queries.codes import codes
from discrepancy.rules.fields import FormKind, form
from discrepancy.rules.report_name import ReportName, read_file_name
from discrepancy.rules.reporting import ReportAction, ReportState
from discrepancy.rules.sent_files import OTHER_NAME, FileFault, examine
from portal.core import audit, form_sheets, press, sheets
from portal.core.actor import Actor
from portal.core.clock import day_in_japan
from portal.core.db import new_id
from portal.core.errors import N_, Invalid
from portal.core.form_sheets import FormSheet
from portal.core.sealed import seal_json
from portal.core.vault import OfficeVault

MAX_FILES, MAX_BYTES = 200, 20 * 1024 * 1024
TOO_MANY = N_("These are too many files. Send at most %(n)s at a time.")
TOO_LARGE = N_("The files are too large together. They may have at most %(n)s MB.")
LOCKED = N_("The archive has a password. Send it without one.")
NO_FILE = N_("There is no report in it.")
HERE = N_("A report of this body, day and number is here already.")
TWICE = N_("Another file of these is of the same body, day and number.")
NO_BODY = N_("No body of the register has this code.")
NOT_YOURS = N_("This is a report of a body for which you do not send.")
FAULTS = N_("Something is wrong with the files. Nothing was taken in.")
# What operating systems and offices leave beside the files that people mean.
_BESIDE = ("__MACOSX/", "~$", ".")
_BESIDE_NAMES = frozenset({"thumbs.db", "desktop.ini"})


@dataclass(frozen=True)
class SentFile:
    """A file as it came."""

    name: str
    data: bytes


@dataclass(frozen=True)
class ReadFile:
    """A file as a child of the press read it: either a ``sheet`` with the ``report`` of its name, or ``faults``."""

    name: str
    report: ReportName | None = None
    mended: bool = False
    sheet: FormSheet | None = None
    faults: tuple[FileFault, ...] = ()


@dataclass(frozen=True)
class Examined:
    """A report that can be taken in, or what is wrong with its file."""

    file: ReadFile
    body: Body | None
    values: dict[str, str]
    faults: tuple[FileFault, ...]


@dataclass(frozen=True)
class TakenIn:
    """A report that was taken in, of which file, and the cases that it belongs to."""

    file: str
    report: Report
    linked: Linked


class TakeInFaults(Invalid):
    """What is wrong where; nothing was taken in."""

    def __init__(self, faults: Sequence[FileFault]) -> None:
        super().__init__(FAULTS)
        self.faults = tuple(faults)


def unpack(sent: Sequence[SentFile]) -> list[SentFile]:
    """The files, those of archives (.zip) among them; what systems leave beside is left out. Invalid."""
    found = []
    for one in sent:
        if one.name.lower().endswith(".zip"):
            found += press.run(_unzipped, one.data, seconds=sheets.SECONDS)
        elif not _is_beside(one.name):
            found.append(one)
    if len(found) > MAX_FILES:
        raise Invalid(TOO_MANY, n=MAX_FILES)
    if sum(len(one.data) for one in found) > MAX_BYTES:
        raise Invalid(TOO_LARGE, n=MAX_BYTES // (1024 * 1024))
    if not found:
        raise Invalid(NO_FILE)
    return found


def _unzipped(data: bytes) -> list[SentFile]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [part for part in archive.infolist() if not part.is_dir() and not _is_beside(part.filename)]
            if len(parts) > MAX_FILES:
                raise Invalid(TOO_MANY, n=MAX_FILES)
            if sum(part.file_size for part in parts) > MAX_BYTES:
                raise Invalid(TOO_LARGE, n=MAX_BYTES // (1024 * 1024))
            if any(part.flag_bits & 1 for part in parts):
                raise Invalid(LOCKED)
            return [SentFile(PurePosixPath(_name(part)).name, archive.read(part)) for part in parts]
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, OSError):
        raise Invalid(sheets.BROKEN) from None


def _name(part: zipfile.ZipInfo) -> str:
    """A name as it was meant: archives made in Japan without UTF-8 have Shift_JIS."""
    if part.flag_bits & 0x800:
        return part.filename
    try:
        return part.filename.encode("cp437").decode("cp932")
    except UnicodeError:
        return part.filename


def _is_beside(name: str) -> bool:
    last = PurePosixPath(name).name
    return name.startswith(_BESIDE[0]) or last.startswith(_BESIDE[1:]) or last.lower() in _BESIDE_NAMES


def read_files(files: Iterable[SentFile]) -> list[ReadFile]:
    """Read each file in a child; long work, to be done before a transaction begins."""
    return [_read(one) for one in files]


def _read(one: SentFile) -> ReadFile:
    report, mended, sheet, faults = None, False, None, []
    try:
        found = read_file_name(one.name)
        report, mended = found.name, found.mended
    except Invalid as error:
        faults.append(_fault(one.name, error))
    try:
        sheet = form_sheets.read(one.data, one.name, form(FormKind.REPORT).name_ja)
    except Invalid as error:
        faults.append(_fault(one.name, error))
    return ReadFile(one.name, report, mended, sheet, tuple(faults))


def _fault(file: str, error: Invalid) -> FileFault:
    return FileFault(
        file, error.message, params={name: str(value) for name, value in error.params.items() if name != "field"}
    )


def examine_files(session: Session, files: Sequence[ReadFile], *, by: Actor, at: datetime) -> list[Examined]:
    """Check each file against its name, the register and what is here."""
    rows, today = codes(session), day_in_japan(at)
    found, seen = [], set[tuple[str, ReportName]]()
    for one in files:
        if one.report is None or one.sheet is None:
            found.append(Examined(one, None, {}, one.faults))
            continue
        values, faults = examine(one.name, one.report, one.sheet, rows, today=today)
        body = session.get(Body, values.get("body_code", ""))
        cell = form(FormKind.REPORT).by_key["body_code"].cell
        if not any(fault.key == "body_code" for fault in faults):
            if body is None:
                faults.append(FileFault(one.name, NO_BODY, cell, "body_code"))
            else:
                faults += _against(session, one, one.report, body, by=by)
                twice = (body.code, one.report)
                faults += [FileFault(one.name, TWICE)] if twice in seen else []
                seen.add(twice)
        found.append(Examined(one, body, values, tuple(faults)))
    return found


def _against(session: Session, one: ReadFile, name: ReportName, body: Body, *, by: Actor) -> list[FileFault]:
    """What the register and the reports that are here say against it."""
    if not policy.may_take_in(by, body):
        return [FileFault(one.name, NOT_YOURS)]
    if name.name != body.name_ja or bool(name.code) != bool(body.prefecture):
        return [FileFault(one.name, OTHER_NAME, params={"name": body.name_ja})]
    same = select(Report.id).where(
        Report.body_code == body.code, Report.filed_on == name.filed_on, Report.nth == name.nth
    )
    return [FileFault(one.name, HERE)] if session.scalar(same.limit(1)) else []


def take_in(
    session: Session, files: Sequence[ReadFile], *, vault: OfficeVault, by: Actor, at: datetime
) -> list[TakenIn]:
    """Take in all of the files as filed reports, with their cases. TakeInFaults where anything is wrong with any."""
    found = examine_files(session, files, by=by, at=at)
    if faults := [fault for one in found for fault in one.faults]:
        raise TakeInFaults(faults)
    return [_add(session, one, vault=vault, by=by, at=at) for one in found]


def _add(session: Session, one: Examined, *, vault: OfficeVault, by: Actor, at: datetime) -> TakenIn:
    name, report_id = one.file.report, new_id()
    if name is None or one.body is None:
        raise Invalid(FAULTS)
    key, wrap = vault.new_case(vault_report(report_id))
    report = Report(
        id=report_id,
        state=ReportState.FILED,
        body_code=one.body.code,
        filed_on=name.filed_on,
        nth=name.nth,
        content=seal_json(key, TABLE, "content", report_id, {}),
        office_wrap=wrap,
        created_at=at,
        changed_at=at,
        changed_by=by.id,
    )
    put(report, one.values, vault=vault)
    session.add(report)
    session.flush()
    tally(session, frozenset(), counted_as(report))
    detail = {"by": "file", "body": one.body.code}
    action = f"discrepancy.report.{ReportAction.FILE}"
    audit.record(session, at=at, actor=by, action=action, subject=report.id, detail=detail)
    return TakenIn(one.file.name, report, link(session, report, one.values, vault=vault, by=by, at=at))
