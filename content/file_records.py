"""The search records of files that came with bulletins: parts of their incident, found at pages, sheets, headings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import quote

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.models.bulletins import Attachment
from content.models.file_texts import FileText
from content.queries.bulletin_views import BulletinView
from content.queries.incident_page import IncidentPage
from content.rules.owners import Owner
from portal.core.clock import day_in_japan
from portal.core.file_texts import Parts
from portal.core.files import PDF
from portal.core.sheets import XLSX
from search.record import Body, Record, part_of

LANGUAGES = ("ja", "en")
FILE = 0.8  # what a bulletin itself says stands before what came with it
_PAGE, _SHEET, _HEADING, _WHOLE = "page", "sheet", "heading", "file"


def file_records(session: Session, page: IncidentPage, facets: Mapping[str, tuple[str, ...]]) -> Iterator[Record]:
    """One for each file that was read and says anything, and each language. None of a bulletin that was withdrawn."""
    files = [(view, file) for view in page.shown for file in view.attachments]
    if not files:
        return
    said = _texts(session, {file.sha256 for _, file in files})
    for view, file in files:
        if parts := said.get(file.sha256):
            for language in LANGUAGES:
                yield _file(page, view, file, parts, language, facets)


def _texts(session: Session, files: set[str]) -> dict[str, Parts]:
    query = select(FileText.sha256, FileText.parts).where(FileText.sha256.in_(files))
    return {sha256: [(name, text) for name, text in parts] for sha256, parts in session.execute(query) if parts}


def _file(
    page: IncidentPage,
    view: BulletinView,
    file: Attachment,
    parts: Parts,
    language: str,
    facets: Mapping[str, tuple[str, ...]],
) -> Record:
    """The text stands in the record of the language that it is written in; the other one has the title alone."""
    key, number = page.incident.key, view.bulletin.number
    bulletin = f"/incidents/{key}/bulletins/{number}"
    address = f"{bulletin}/files/{file.position}/{quote(file.name)}"
    body = Body()
    if language == written_in(parts):
        if file.media_type == PDF:
            add_pages(body, parts, address, bulletin)
        else:
            _add_parts(body, parts, address, bulletin, _SHEET if file.media_type == XLSX else _HEADING)
    return Record(
        key=part_of(f"{Owner.INCIDENT}/{key}", f"file-{number}-{file.position}"),
        kind="file",
        title=_in(file, "title", language),
        body=body.text,
        language=language,
        day=view.bulletin.day or day_in_japan(view.bulletin.published_at),
        url=address,
        facets=facets,
        weight=FILE,
        spots=body.spots,
        within=_in(page.incident, "title", language),
        changed=view.bulletin.published_at,
    )


def add_pages(body: Body, parts: Parts, address: str, beside: str = "") -> None:
    """The text of a PDF, each page a spot; ``beside`` is the page of the site on which the file is linked."""
    for name, text in parts:
        body.begin(_PAGE, name, f"{address}#page={name}", beside)
        body.add(text)


def _add_parts(body: Body, parts: Parts, address: str, beside: str, kind: str) -> None:
    """The text of a workbook or a Word file: it is a download, in which no link leads to a place."""
    for name, text in parts:
        body.begin(kind if name else _WHOLE, name, address, beside)
        body.add(text)


def written_in(parts: Parts) -> str:
    """``ja`` where a text has as many kana and kanji as a sentence of Japanese; else ``en``."""
    sample = "".join(text for _, text in parts)[:4000]
    japanese = sum("\u3041" <= char <= "\u30ff" or "\u4e00" <= char <= "\u9fff" for char in sample)
    return "ja" if japanese * 10 >= len(sample) else "en"


def _in(thing: object, name: str, language: str) -> str:
    return getattr(thing, f"{name}_{language}") or ""
