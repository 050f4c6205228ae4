"""What published files say is read once, after publication, and found until the bulletin is withdrawn."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.models.file_texts import FileText
from content.operations import read_files
from content.operations.blobs import store
from content.operations.read_files import Unread, first_unread, keep, read
from content.queries.stored_files import refused
from content.records import records
from content.rules.file_reading import Reading
from content.rules.writing import WrittenAttachment
from portal.core import jobs, press
from portal.core.files import DOCX, PDF, PNG, CleanFile
from portal.core.sheets import XLSX
from search.models import DirtyRecord
from search.record import Record
from tests.content.mail_office import Office
from tests.factories.content import NOW, a_document, a_published, a_withdrawal, a_writing
from tests.factories.smtp import words
from tests.portal.core import hostile, office_samples, workbook_files
from tests.portal.core.test_pdf_pictures import paper

KEY = {"incident/slow-2026"}


def attached(session: Session, data: bytes, *, name: str = "経過 1.pdf", media_type: str = PDF) -> WrittenAttachment:
    """A stored file as a bulletin lists it."""
    sha256 = hashlib.sha256(data).hexdigest()
    store(session, CleanFile(media_type, data, 1, sha256), at=NOW)
    said = {"title_ja": "経過の報告", "title_en": "Report", "media_type": media_type}
    return WrittenAttachment(name=name, size=len(data), sha256=sha256, **said)


def read_all(session: Session) -> list[Reading]:
    found = []
    while file := first_unread(session):
        state, parts = read(file)
        keep(session, file, state, parts, at=NOW)
        found.append(state)
    return found


def files(session: Session) -> list[Record]:
    return [record for record in records(session, KEY) if record.kind == "file"]


@pytest.mark.usefixtures("archive")
def test_a_file_is_found_at_its_page_until_its_bulletin_is_withdrawn(session: Session) -> None:
    a_published(session)
    a_published(session, a_writing(attachments=(attached(session, paper("Nothing here", "The fuse blew")),)), new=False)
    assert session.scalar(select(jobs.Job.id).where(jobs.Job.kind == read_files.READ))
    assert not files(session)
    marks = len(session.scalars(select(DirtyRecord.id)).all())
    assert read_all(session) == [Reading.READ]
    assert len(session.scalars(select(DirtyRecord.id)).all()) == marks + 1
    ja, en = files(session)
    assert (ja.title, ja.body, en.title) == ("経過の報告", "", "Report")
    assert en.within == "Certificates delayed"
    assert en.url == "/incidents/slow-2026/bulletins/2/files/1/%E7%B5%8C%E9%81%8E%201.pdf"
    place = en.spots[-1]
    assert en.body[place.at :] == "The fuse blew"
    assert (place.kind, place.number, place.url) == ("page", "2", f"{en.url}#page=2")
    assert place.version == "/incidents/slow-2026/bulletins/2"
    assert en.facets["system"] == ("jpki",)
    a_withdrawal(session, "slow-2026", 2)
    assert not files(session)


@pytest.mark.usefixtures("archive")
def test_workbooks_and_word_files_are_found_at_sheets_and_headings(session: Session) -> None:
    book = attached(session, office_samples.municipalities(), name="一覧.xlsx", media_type=XLSX)
    text = office_samples.word(
        office_samples.paragraph("Notice"),
        office_samples.paragraph("Effects", style="1"),
        office_samples.paragraph("The fuse of the relay blew"),
    )
    notice = attached(session, text, name="notice.docx", media_type=DOCX)
    a_published(session)
    a_published(session, a_writing(attachments=(book, notice)), new=False)
    assert read_all(session) == [Reading.READ, Reading.READ]
    found = {record.id: record for record in files(session)}
    ja, en = found["incident/slow-2026#file-2-1@ja"], found["incident/slow-2026#file-2-2@en"]
    assert [(spot.kind, spot.number) for spot in ja.spots] == [("sheet", "一覧"), ("sheet", "備考")]
    assert ja.body[ja.spots[1].at :] == "The fuse blew"
    assert ja.spots[1].url == ja.url == "/incidents/slow-2026/bulletins/2/files/1/%E4%B8%80%E8%A6%A7.xlsx"
    assert ja.spots[1].version == "/incidents/slow-2026/bulletins/2"
    assert [(spot.kind, spot.number) for spot in en.spots] == [("file", ""), ("heading", "Effects")]
    assert "The fuse of the relay blew" in en.body[en.spots[1].at :]
    a_withdrawal(session, "slow-2026", 2)
    assert not files(session)


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize("where", ["text", "value", "boxes", "sheet"])
def test_a_workbook_with_a_personal_number_is_neither_kept_nor_found(session: Session, where: str) -> None:
    file = attached(session, office_samples.with_number(where), name="a.xlsx", media_type=XLSX)
    codes = attached(session, office_samples.codes(), name="b.xlsx", media_type=XLSX)
    a_published(session, a_writing(attachments=(file,)))
    a_published(session, a_writing(attachments=(codes,)), new=False)
    assert sorted(read_all(session)) == [Reading.READ, Reading.REFUSED]
    assert [record.key for record in files(session)] == ["incident/slow-2026#file-2-1"] * 2
    assert refused(session) == ["slow-2026/1"]


@pytest.mark.usefixtures("archive")
def test_the_same_bytes_are_read_once(session: Session) -> None:
    file = attached(session, paper("The fuse blew"))
    a_published(session, a_writing(attachments=(file,)))
    a_published(session, a_writing(attachments=(file,)), key="other-2026")
    assert read_all(session) == [Reading.READ]
    unread = Unread(file.sha256, PDF, b"")
    keep(session, unread, Reading.UNREADABLE, [], at=NOW)  # a second worker that was slower
    assert session.get_one(FileText, file.sha256).state == Reading.READ


@pytest.mark.usefixtures("archive")
def test_pictures_drafts_and_withdrawn_bulletins_are_not_read(session: Session) -> None:
    attached(session, paper("of a draft"))
    a_published(session, a_writing(attachments=(attached(session, b"png", name="a.png", media_type=PNG),)))
    a_published(session, a_writing(attachments=(attached(session, paper("gone")),)), new=False)
    a_withdrawal(session, "slow-2026", 2)
    assert first_unread(session) is None


@pytest.mark.usefixtures("archive")
def test_a_personal_number_is_neither_kept_nor_found(session: Session) -> None:
    data = paper("harmless", "1234 5678 9018")
    a_published(session, a_writing(attachments=(attached(session, data),)))
    assert read_all(session) == [Reading.REFUSED]
    assert session.scalars(select(FileText)).one().parts == []
    assert not files(session)
    assert refused(session) == ["slow-2026/1"]


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(read_files, "SECONDS", 2.0)
    yield
    press.close()


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("make", [lambda: b"%PDF-1.7 broken", hostile.laughs, hostile.itself])
def test_hostile_files_hold_up_a_child_and_nothing_else(make: hostile.Make) -> None:
    state, parts = read(Unread("", PDF, make()))
    assert state in (Reading.UNREADABLE, Reading.READ)
    assert parts == []


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("make", [lambda: b"PK broken", workbook_files.laughs, workbook_files.bomb])
def test_hostile_workbooks_hold_up_nobody_either(make: hostile.Make) -> None:
    state, parts = read(Unread("", XLSX, make()))
    assert "".join(text for _, text in parts).strip("a") == ""
    assert state in (Reading.UNREADABLE, Reading.READ)


def test_a_file_that_cannot_be_read_now_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_arguments: object, **_more: object) -> None:
        raise press.PressFailed(press.BUSY)

    monkeypatch.setattr(press, "run", busy)
    with pytest.raises(press.PressFailed):
        read(Unread("", PDF, b""))


def test_a_disclosed_document_is_found_at_its_pages_and_a_redacted_one_by_its_description(session: Session) -> None:
    row, file = a_document(media_type=PDF, size=9, pages=2)
    file.text = "契約書\f仕様書の本文"  # type: ignore[attr-defined]
    picture = a_document("r08-000001-2")
    picture[1].text = ""  # type: ignore[attr-defined]  # redacted pages are pictures
    session.add_all([row, *picture])
    session.flush()
    session.add(file)
    session.flush()
    found = {record.id: record for record in records(session, {"document/r08-000001-1", "document/r08-000001-2"})}
    body, spots = (found["document/r08-000001-1@ja"].body, found["document/r08-000001-1@ja"].spots)
    assert body[spots[-1].at :] == "仕様書の本文"
    assert spots[-1].url == "/documents/r08-000001-1/r08-000001-1.pdf#page=2"
    assert found["document/r08-000001-2@ja"].body == "改修の契約書です。\n\n氏名"


def test_whoever_follows_a_search_is_told_when_only_the_file_has_the_word(office: Office) -> None:
    office.follow(topic="search", search="fuse")
    office.follow(topic="search", search="電子証明書", address="other@kaiji.example")
    with office.store.session(write=True) as session:
        writing = a_writing(attachments=(attached(session, paper("The fuse blew")),))
    office.publish(writing)
    office.work()
    office.later(seconds=1)
    office.work()
    news = [message for message in office.box.received if "List-Unsubscribe" in message]
    assert len([message for message in news if "検索：fuse" in words(message)]) == 1
    assert len(news) == 2, "nobody is told twice"


def test_what_a_crash_left_is_found_by_the_clock(session: Session) -> None:
    jobs.enqueue_scheduled(session, now=NOW)
    assert session.scalar(select(jobs.Job.id).where(jobs.Job.kind == read_files.READ))
