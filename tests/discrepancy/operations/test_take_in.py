"""A folder of reports is taken in whole, or not at all."""

from __future__ import annotations

import io
import zipfile

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from discrepancy.models.reports import Report
from discrepancy.operations import take_in as files
from discrepancy.operations.report import content_of, name_of
from discrepancy.operations.take_in import SentFile, TakeInFaults, read_files, take_in, unpack
from discrepancy.rules import report_checks
from discrepancy.rules.reporting import ReportState
from portal.core import press
from portal.core.actor import Actor
from portal.core.vault import OfficeVault
from tests.discrepancy import hostile_books as make
from tests.discrepancy.operations.conftest import AT, INQUIRER, OPERATOR, PROVIDER, person_of
from tests.discrepancy.rules.reports import PROVIDER_CAUSED

LATER = AT.replace(month=11, day=3)
FIRST, SECOND = (f"26110201101-{n} 北海道見本市【顛末報告書】.xlsx" for n in ("01", "02"))


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(press, "_is_child", True)


def folder(**parts: bytes) -> SentFile:
    """An archive as Japanese systems make it, with what they leave beside."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, data in {FIRST: make.sound(), "Thumbs.db": b"x", "~$beside.xlsx": b"x", **parts}.items():
            made.writestr(f"報告/{name}", data)
    return SentFile("reports.zip", out.getvalue())


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Report)) or 0


def faults(session: Session, office: OfficeVault, sent: SentFile, by: Actor = OPERATOR) -> list[tuple[str, str, str]]:
    with pytest.raises(TakeInFaults) as caught:
        take_in(session, read_files(unpack([sent])), vault=office, by=by, at=LATER)
    return [(fault.file, fault.cell, fault.message) for fault in caught.value.faults]


def test_nothing_is_half_taken_in(bodies: Session, office: OfficeVault) -> None:
    assert faults(bodies, office, folder(**{SECOND: make.text("C8", "")})) == [(SECOND, "C8", report_checks.EMPTY)]
    assert count(bodies) == 0
    made = take_in(bodies, read_files(unpack([folder(**{SECOND: make.sound()})])), vault=office, by=OPERATOR, at=LATER)
    reports = [one.report for one in made]
    assert [name_of(bodies, report).file_name for report in reports] == [FIRST, SECOND]
    assert {report.state for report in reports} == {ReportState.FILED}
    assert content_of(reports[0], office) == PROVIDER_CAUSED
    assert (reports[0].cause_table, reports[0].cause) == ("human-cause", "duplicate-late")
    assert faults(bodies, office, folder()) == [(FIRST, "", files.HERE)]
    assert count(bodies) == 2


@pytest.mark.parametrize(
    ("by", "taken"), [(PROVIDER, True), (person_of("010006"), True), (INQUIRER, False), (person_of("020001"), False)]
)
def test_a_body_and_its_prefecture_hand_in_its_reports(
    bodies: Session, office: OfficeVault, by: Actor, taken: bool
) -> None:
    if not taken:
        assert faults(bodies, office, folder(), by) == [(FIRST, "", files.NOT_YOURS)]
    else:
        assert len(take_in(bodies, read_files(unpack([folder()])), vault=office, by=by, at=LATER)) == 1
