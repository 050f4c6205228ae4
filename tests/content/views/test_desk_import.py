"""Another archive at the desk: seen before it is taken in, and refused by row and column."""

from __future__ import annotations

import csv
import io

from content.rules.import_columns import COLUMNS
from tests.client import Browser
from tests.content.conftest import Staff
from tests.content.operations.test_import_archive import ROW

OURS = {**ROW, "publisher": "jlis", "systems": "jpki"}


def a_file(**change: str) -> tuple[io.BytesIO, str, str]:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(COLUMNS), restval="")
    writer.writeheader()
    writer.writerow({**OURS, **change})
    return io.BytesIO(text.getvalue().encode()), "archive.csv", "text/csv"


def test_two_people_see_what_a_file_changes_before_it_is_taken_in(
    publisher: Staff, approver: Staff, browser: Browser
) -> None:
    publisher.get("/en/staff/publishing/import")
    page = publisher.send(table=a_file(severity="x"))
    assert "Rows that are refused: 1" in page.text
    assert "severity" in page.text
    publisher.get("/en/staff/publishing/import")
    page = publisher.send(table=a_file())
    assert "city-2014" in page.text
    page = publisher.send("import/take")
    assert "Another person must approve" in page.text
    assert browser.get("/incidents/city-2014").status == 404
    approver.get("/en/staff/publishing")
    page = approver.get("/en" + page.path.removeprefix("/en"))
    assert "city-2014" in page.text
    page = approver.send("/agree")
    assert "Taken in. Bulletins: 1, facts: 1." in page.text
    assert "Put together from the sources" in browser.get("/en/incidents/city-2014").text


def test_the_template_is_a_file_without_rows(publisher: Staff) -> None:
    page = publisher.get("/staff/publishing/import/template.csv")
    assert page.data.decode("utf-8-sig").strip().split(",") == list(COLUMNS)
