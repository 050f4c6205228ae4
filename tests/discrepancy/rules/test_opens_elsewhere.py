"""The workbook of a report opens in another spreadsheet program with the right cells."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from discrepancy.rules import codes
from discrepancy.rules.fields import fields
from discrepancy.rules.report_sheet import plan, shown
from portal.core import workbook_forms
from tests.discrepancy.rules.reports import PROVIDER_CAUSED

SOFFICE = shutil.which("soffice") or ""


@pytest.mark.skipif(not SOFFICE, reason="LibreOffice is not installed (apt-get install libreoffice-calc)")
def test_libreoffice_reads_every_cell_as_it_was_written(tmp_path: Path) -> None:
    rows = codes.shipped()
    book = tmp_path / "26110201101-01 北海道札幌市【顛末報告書】.xlsx"
    book.write_bytes(workbook_forms.make(plan(PROVIDER_CAUSED, rows, day=date(2026, 11, 2))))
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    subprocess.run(
        [SOFFICE, "--headless", home, "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", book.name],
        cwd=tmp_path, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    table = list(csv.reader(io.StringIO(book.with_suffix(".csv").read_text("utf-8"))))
    for field in fields():
        value = table[int(field.cell[1:]) - 1][ord(field.cell[0]) - ord("A")]
        wanted = shown(field, PROVIDER_CAUSED.get(field.key, ""), rows)
        assert value in (wanted, wanted.replace("-", "/")), field.key
