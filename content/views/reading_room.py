"""The reading room: documents that were disclosed to somebody, open to everybody."""

from __future__ import annotations

from typing import Any

from flask import Response, g, jsonify, make_response, render_template, request, url_for

from content.models.reading_room import ReadingDocument
from content.queries import reading_room
from content.queries.reading_room import PARTLY, WHOLE, Filters
from content.rules import tags
from content.rules.reading_room import file_name
from content.rules.reuse import licence
from content.views import atom
from content.views.incidents import page_number
from content.views.xml_text import put, root, written
from portal.core import detectors
from portal.core.clock import day_in_japan
from portal.core.errors import Gone, NotFound
from portal.web import freshness
from portal.web.access import public
from portal.web.building import settings
from portal.web.downloads import csv_file, download
from portal.web.language import _, choose, current, local_url

LONGEST = 100
IN_FEED = 50
FOR_A_DAY = "public, max-age=86400"
HEAD = (
    "key", "request", "title_ja", "title_en", "disclosed_on", "published_on", "law_ja", "complete", "withheld_articles",
    "pages", "size", "sha256", "address", "file",
)  # fmt: skip


def asked() -> Filters:
    """The filters of the address; what cannot be meant, and what looks like a personal number, is left out."""
    words, year = request.args.get("q", "").strip()[:LONGEST], request.args.get("year", "")
    shown = request.args.get("shown", "")
    return Filters(
        words="" if detectors.scan(words).verdict == "block" else words,
        year=int(year) if year.isascii() and year.isdecimal() and len(year) == 4 else None,
        shown=shown if shown in (WHOLE, PARTLY) else "",
        article=request.args.get("article", "")[:LONGEST],
    )


@public
def list_all() -> str:
    """All documents, by words and filters."""
    filters = asked()
    return render_template(
        "content/documents.html",
        filters=filters,
        page=reading_room.documents(g.session, filters, number=page_number()),
        choices=reading_room.choices(g.session, filters),
        whole=WHOLE,
    )


@public
def show(key: str) -> str | Response:
    """One document; where it was taken back its place, the day and the reason."""
    found = reading_room.document(g.session, key)
    if found.withdrawal is not None:
        response = make_response(render_template("content/document_gone.html", found=found))
        response.status_code = 410
        return response
    name = file_name(key, found.document.media_type)
    return render_template("content/document.html", found=found, name=name, place=settings().public_url)


@public
def file(key: str, name: str) -> Response:
    """The file as it was handed out. It is looked for anew each day, so that one that was taken back is gone."""
    found = reading_room.document(g.session, key)
    document = found.document
    if name != file_name(key, document.media_type):
        raise NotFound
    data = None if found.withdrawal is not None else reading_room.file_data(g.session, key)
    if data is None:
        raise Gone
    answer = freshness.unchanged(document.sha256)
    if answer is None:
        made = download(data, name=name, media_type=document.media_type, inline=True)
        answer = freshness.marked(made, document.sha256)
    answer.headers["Cache-Control"] = FOR_A_DAY
    answer.headers["X-Robots-Tag"] = "noarchive"
    return answer


def _plain(row: ReadingDocument) -> dict[str, Any]:
    """One document for programs."""
    return {
        "key": row.key,
        "request": row.request_number,
        "title": {"ja": row.title_ja, "en": row.title_en},
        "description": {"ja": row.description_ja, "en": row.description_en},
        "disclosed_on": row.disclosed_on.isoformat(),
        "published_at": row.published_at.isoformat(),
        "law": {"ja": row.law_ja, "en": row.law_en},
        "complete": not row.withheld,
        "withheld": row.withheld,
        "file": {
            "address": url_for("content.document_file", key=row.key, name=file_name(row.key, row.media_type)),
            "media_type": row.media_type,
            "size": row.size,
            "pages": row.pages,
            "sha256": row.sha256,
        },
        "address": url_for("content.document", key=row.key),
    }


@public
def list_json() -> Response:
    """The list for programs, page by page."""
    page = reading_room.documents(g.session, asked(), number=page_number(), size=100)
    items = [_plain(row) for row in page.items]
    return jsonify(total=page.total, page=page.number, pages=page.pages, documents=items, licence=licence())


@public
def show_json(key: str) -> Response:
    """One document for programs."""
    found = reading_room.document(g.session, key)
    if found.withdrawal is not None:
        raise Gone
    return jsonify(**_plain(found.document), licence=licence())


@public
def table() -> Response:
    """What the filters leave, for a spreadsheet."""
    rows = []
    for row in reading_room.every(g.session, asked()):
        articles = " ".join(sorted({str(one["article"]) for one in row.withheld}))
        name = file_name(row.key, row.media_type)
        rows.append(
            (
                row.key, row.request_number, row.title_ja, row.title_en, row.disclosed_on,
                day_in_japan(row.published_at), row.law_ja, "yes" if not row.withheld else "no", articles, row.pages,
                row.size, row.sha256, url_for("content.document", key=row.key),
                url_for("content.document_file", key=row.key, name=name),
            )
        )  # fmt: skip
    return csv_file("documents.csv", HEAD, rows)


@public
def feed() -> Response:
    """The newest documents as Atom."""
    base = settings().public_url

    def absolute(path: str) -> str:
        return base + local_url(path)

    rows = reading_room.latest(g.session, IN_FEED)
    top = root("feed", xmlns=atom.ATOM, xml__lang=current())
    put(top, "id", tags.feed_tag(settings().tag_authority, "/documents", current()))
    put(top, "title", _("Disclosed documents"))
    put(top, "updated", atom.stamp(max((row.published_at for row in rows), default=atom.NEVER)))
    put(put(top, "author"), "name", settings().organisation.named(current()))
    put(top, "link", rel="self", type=atom.TYPE, href=absolute("/documents.atom"))
    put(top, "link", rel="alternate", type="text/html", href=absolute("/documents"))
    for row in rows:
        made, path = put(top, "entry"), f"/documents/{row.key}"
        put(made, "id", tags.feed_tag(settings().tag_authority, path, current()))
        put(made, "title", choose(row, "title"))
        put(made, "updated", atom.stamp(row.published_at))
        put(made, "link", rel="alternate", type="text/html", hreflang=current(), href=absolute(path))
        if said := choose(row, "description"):
            put(made, "summary", said)
    return Response(written(top), mimetype=atom.TYPE)


ADDRESSES = (
    ("/documents", "documents", list_all),
    ("/documents.json", "documents_json", list_json),
    ("/documents.csv", "documents_table", table),
    ("/documents.atom", "documents_feed", feed),
    ("/documents/<key>", "document", show),
    ("/documents/<key>.json", "document_json", show_json),
)
