"""Pages as files: the same bytes as the site's own, written anew where they changed and nowhere else."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import brotli
import pytest
from flask import Flask
from sqlalchemy import select

from content.models.replies import Reply
from content.operations.page_book import opened
from content.operations.public_change import public_changed
from content.operations.write_pages import WRITE, CannotRead, Writer
from content.pages_cli import pages_cli
from content.queries.written_things import addresses
from content.rules.writing import Writing, WrittenRelation, WrittenStatus
from content.rules.written import file_of, of_letter
from portal.core.db import Database
from portal.core.jobs import Job
from portal.web.reader import Answer, Reader
from tests.factories.content import (
    NOW,
    a_correction,
    a_document,
    a_fact,
    a_filed_letter,
    a_published,
    a_published_at_once,
    a_withdrawal,
    a_writing,
)

KEY, LONG = "slow-2026", 600.0


class Paper:
    """Answers every address with a line that says how often the record was told to change."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.edition, self.gone, self.breaks_at = 1, set[str](), ""

    def ask(self, address: str) -> Answer:
        self.asked.append(address)
        if address == self.breaks_at:
            return Answer(500, "text/html", b"broken")
        if address in self.gone:
            return Answer(410, "text/html", b"gone")
        return Answer(200, "text/html", f"{address} {self.edition}".encode())


@pytest.fixture
def paper() -> Paper:
    return Paper()


@pytest.fixture
def record(tmp_path: Path, loaded_sqlite: Path) -> Iterator[Database]:
    """A database that holds the archive, without a site around it."""
    database = Database(f"sqlite:///{shutil.copy(loaded_sqlite, tmp_path / 'record.db')}")
    yield database
    database.close()


@pytest.fixture
def writer(record: Database, paper: Paper, tmp_path: Path) -> Writer:
    """A writer that knows the archive, and has written its front pages."""
    made = Writer(record, tmp_path / "published", paper.ask, "made")
    made.run(now=NOW, seconds=LONG)
    paper.asked.clear()
    return made


def publish(store: Database, writing: Writing | None = None, *, key: str = KEY, new: bool = False) -> None:
    with store.session(write=True) as session:
        a_published(session, writing, key=key, new=new)


def run(writer: Writer, paper: Paper, *, at: datetime = NOW) -> set[str]:
    """Run; returns what was asked for."""
    paper.asked.clear()
    assert writer.run(now=at, seconds=LONG).waiting == 0
    return set(paper.asked)


@pytest.fixture
def site(app: Flask, store: Database) -> Writer:
    """A writer that asks the application itself."""
    settings = app.extensions["kaiji"].settings
    return Writer(store, settings.published_folder, Reader(app.wsgi_app, settings).ask, "made")


def test_a_written_page_is_what_the_site_answers_whatever_was_published(
    app: Flask, store: Database, site: Writer
) -> None:
    publish(store, new=True)
    publish(store, a_writing(a_fact(number=900.0), incident={"areas": ("13", "131016")}))
    assert site.run(now=NOW, seconds=LONG).waiting == 0
    assert site.check() == []
    publish(store, a_correction(f"{KEY}/2/1", number=950.0))
    publish(store, a_writing(incident={"relations": (WrittenRelation(kind="same-cause", to=KEY),)}), key="b", new=True)
    with store.session(write=True) as session:
        a_withdrawal(session, KEY, 2)
    assert site.run(now=NOW, seconds=LONG).waiting == 0
    assert site.check() == []
    client = app.test_client()
    for address, file in (("/en/incidents/slow-2026", "en/incidents/slow-2026/index.html"), ("/", "index.html")):
        data = client.get(address).data
        assert (site.folder / file).read_bytes() == data
        assert gzip.decompress((site.folder / f"{file}.gz").read_bytes()) == data
        assert brotli.decompress((site.folder / f"{file}.br").read_bytes()) == data
    assert client.get(f"/incidents/{KEY}/bulletins/2").status_code == 410
    assert not (site.folder / f"incidents/{KEY}/bulletins/2/index.html").exists()


def test_a_bulletin_rewrites_its_incident_and_what_lists_it_and_nothing_else(
    record: Database, writer: Writer, paper: Paper
) -> None:
    publish(record, new=True)
    publish(record)
    run(writer, paper)
    publish(record)
    asked = run(writer, paper)
    assert {"/", "/en/", f"/incidents/{KEY}", f"/en/incidents/{KEY}.json", "/systems/jpki", "/causes/unknown"} <= asked
    assert {f"/incidents/{KEY}/bulletins/3", f"/incidents/{KEY}/versions/2", "/archive/2026-04"} <= asked
    assert f"/incidents/{KEY}/versions/1" not in asked  # nothing of it changed
    others = {path for path in asked if "/incidents/" in path and KEY not in path}
    assert others == set()
    assert not {path for path in asked if "/systems/" in path and "jpki" not in path}
    assert run(writer, paper) == set()


def test_a_document_rewrites_its_own_pages_and_those_of_the_reading_room(
    record: Database, writer: Writer, paper: Paper
) -> None:
    with record.session(write=True) as session:
        for row in a_document():
            session.add(row)
            session.flush()
        public_changed(session, ["document/r08-000001-1"], at=NOW, alone=True)
    asked = run(writer, paper)
    own = {f"{prefix}/documents/r08-000001-1{ending}" for prefix in ("", "/en") for ending in ("", ".json")}
    assert {path for path in asked if "/documents" in path} - own == {
        f"{prefix}/documents{ending}" for prefix in ("", "/en") for ending in ("", ".json", ".atom")
    }
    assert own <= asked
    paper.gone = own
    with record.session(write=True) as session:
        public_changed(session, ["document/r08-000001-1"], at=NOW, alone=True)
    run(writer, paper)
    assert not (writer.folder / "documents" / "r08-000001-1").exists()


def test_the_files_of_what_answered_a_letter_are_written_with_it(record: Database) -> None:
    with record.session(write=True) as session:
        for row in a_filed_letter():
            session.add(row)
            session.flush()
        made = {"letter_key": "q-2026-0001", "writers": ["w"], "created_at": NOW, "changed_at": NOW}
        session.add(Reply(id="r1", number=1, kind="answer", state="draft", **made))
        session.flush()
        found = addresses(session, "letter/q-2026-0001")
    assert found == [
        *(f"/letters/q-2026-0001{ending}" for ending in ("", ".json", ".txt")), "/feeds/letters/q-2026-0001.atom",
    ]  # fmt: skip
    assert "/letters/a/replies/2.pdf" in of_letter("a", filed=True, replies=[2])
    assert file_of("/letters/a/replies/2.pdf") == "letters/a/replies/2.pdf"


def test_what_counts_incidents_is_asked_for_when_one_counts_otherwise(
    record: Database, writer: Writer, paper: Paper
) -> None:
    counted, letters = {"/causes", "/en/figures/incidents-by-year", "/archive"}, {"/letters", "/figures/letters"}
    publish(record, new=True)
    assert counted <= run(writer, paper)
    publish(record)
    assert not (counted | letters) & run(writer, paper)
    publish(record, a_writing(incident={"severity": 4}))
    asked = run(writer, paper)
    assert counted <= asked
    assert not letters & asked
    assert not {path for path in asked if path.endswith(("/2.cap.xml", "/2/cite"))}  # they lead to no other bulletin
    assert letters <= run(writer, paper, at=NOW + timedelta(days=1))


def test_what_is_as_it_was_is_not_written_again(record: Database, writer: Writer, paper: Paper) -> None:
    publish(record, new=True)
    run(writer, paper)
    file = writer.folder / "systems" / "index.html"
    before = file.stat().st_mtime_ns
    publish(record)
    done = writer.run(now=NOW, seconds=LONG)
    assert done.same > 20
    assert file.stat().st_mtime_ns == before


def test_a_run_that_broke_off_is_taken_up_where_it_was(record: Database, writer: Writer, paper: Paper) -> None:
    publish(record, new=True)
    paper.breaks_at = f"/incidents/{KEY}.json"
    with pytest.raises(CannotRead, match="500"):
        writer.run(now=NOW, seconds=LONG)
    paper.breaks_at = ""
    asked = run(writer, paper)
    assert {f"/incidents/{KEY}.json", f"/incidents/{KEY}", "/"} <= asked
    assert writer.check() == []


def test_work_that_takes_long_goes_on_in_the_next_job(record: Database, writer: Writer, paper: Paper) -> None:
    publish(record, new=True)
    assert writer.run(now=NOW, seconds=0).waiting > 3
    assert paper.asked == []
    assert f"/incidents/{KEY}" in run(writer, paper)


def test_what_was_withdrawn_is_taken_away(record: Database, writer: Writer, paper: Paper) -> None:
    publish(record, new=True)
    run(writer, paper)
    assert (writer.folder / f"incidents/{KEY}/index.html").exists()
    with record.session(write=True) as session:
        a_withdrawal(session, KEY, 1)
    run(writer, paper)
    assert list(writer.folder.glob(f"**/{KEY}*")) == []
    paper.gone = {"/privacy"}
    with opened(writer.folder) as book:
        book.ask(["standing"], 0)
    run(writer, paper)
    assert not (writer.folder / "privacy").exists()


def test_a_new_day_turns_the_pages_that_say_how_things_are_now(record: Database, writer: Writer, paper: Paper) -> None:
    publish(record, new=True)
    publish(record, a_writing(incident={"state": "closed"}, final=True), key="over-2026", new=True)
    run(writer, paper)
    asked = run(writer, paper, at=NOW + timedelta(days=1))
    assert {"/", f"/incidents/{KEY}", "/systems/jpki"} <= asked
    assert "/incidents/over-2026" not in asked


def test_systems_that_need_one_that_is_down_are_written_with_it(record: Database, writer: Writer, paper: Paper) -> None:
    calm = a_writing(statuses=(WrittenStatus(system="jpki", status="operating", area="JP"),))
    publish(record, calm, new=True)
    with opened(writer.folder) as book:
        book.ask(["system/convenience-store"], 0)
    run(writer, paper)
    publish(record, calm)
    assert "/systems/convenience-store" not in run(writer, paper)
    with record.session(write=True) as session:
        a_published_at_once(session)
    assert "/systems/convenience-store" in run(writer, paper)


def test_places_within_a_wider_one_are_left_to_the_site_until_they_are_named_again(
    record: Database, writer: Writer, paper: Paper
) -> None:
    publish(record, a_writing(incident={"areas": ("131016",)}), new=True)
    assert {"/places/131016", "/places/13"} <= run(writer, paper)
    publish(record, a_writing(incident={"areas": ("13",)}), key="wide-2026", new=True)
    assert "/places/131016" not in run(writer, paper)
    assert not (writer.folder / "places/131016").exists()
    publish(record, a_writing(incident={"areas": ("JP",)}), key="all-2026", new=True)
    run(writer, paper)
    assert not (writer.folder / "places/13").exists()
    assert (writer.folder / "places/JP/index.html").exists()


def test_after_any_other_change_all_that_is_written_is_looked_at(
    record: Database, writer: Writer, paper: Paper
) -> None:
    publish(record, new=True)
    run(writer, paper)
    with record.session(write=True) as session:
        public_changed(session, [], at=NOW)
    assert f"/incidents/{KEY}/versions/1" in run(writer, paper)
    newer = Writer(record, writer.folder, paper.ask, "made otherwise")
    assert f"/incidents/{KEY}/versions/1" in run(newer, paper)


def test_the_command_writes_checks_and_finds_what_is_wrong(app: Flask, store: Database, site: Writer) -> None:
    publish(store, new=True)
    with store.session(write=False) as session:
        assert session.scalars(select(Job).where(Job.kind == WRITE)).first() is not None
    runner = app.test_cli_runner()
    assert "pages written" in runner.invoke(pages_cli, ["write"]).output
    (site.folder / "index.html.gz").write_bytes(b"half")
    (site.folder / "en" / "about" / "index.html").unlink()
    (site.folder / "en" / "stray.html").write_text("old")
    answer = runner.invoke(pages_cli, ["check"])
    assert answer.exit_code == 1
    for line in ("/: unreadable", "/en/about: missing", "en/stray.html: not in the book"):
        assert line in answer.output
    assert len(answer.output.splitlines()) == 4
