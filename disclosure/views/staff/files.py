"""The files of a case: as they are, and the pages of a PDF as pictures, one at a time. Each look is recorded."""

from __future__ import annotations

from flask import g, render_template
from werkzeug.wrappers import Response

from disclosure import policy
from disclosure.operations.look import read_file, read_page
from disclosure.policy import Right
from disclosure.queries.find import find
from disclosure.queries.keys import case_file, case_key, file_data, file_name
from disclosure.views.staff.held import for_action, found, opened
from portal.core import clock, press
from portal.core.errors import NotFound
from portal.core.files import PDF, PagePicture, draw_page
from portal.web import prepared
from portal.web.building import office
from portal.web.downloads import download

DRAWING_SECONDS = 20.0


@for_action(Right.READ_FILES, look=True)
def file(number: str, file_id: str) -> Response:
    """One file: pictures are shown, everything else is downloaded."""
    one = found(number)
    key = case_key(office(), one)
    row, data = read_file(g.session, one, file_id, key=key, by=g.actor, at=clock.now())
    picture = row.media_type in ("image/jpeg", "image/png")
    return download(data, name=file_name(key, row), media_type=row.media_type, inline=picture)


@for_action(Right.READ_FILES, look=True)
def file_page(number: str, file_id: str, page: int) -> str:
    """A page of a PDF with the ways to the others; its picture has an address of its own."""
    one = found(number)
    seen = opened(one, "file")
    files = (*seen.identity_files, *seen.correction_files, *seen.record_files)
    row = next((row for row in files if row.id == file_id), None)
    if row is None or row.media_type != PDF or not 1 <= page <= row.pages:
        raise NotFound
    return render_template("disclosure/staff/file_page.html", case=one, file=row, shown=page)


def draw(number: str, file_id: str, page: int) -> PagePicture:
    """The picture of a page, drawn in a child process before the look at it is written down."""
    one = find(g.session, number, actor=g.actor)
    policy.check(g.actor, Right.READ_FILES, one)
    row = case_file(g.session, one, file_id)
    if row.media_type != PDF or not 1 <= page <= row.pages:
        raise NotFound
    data = file_data(case_key(office(), one), row)
    g.session.close()
    return press.run(draw_page, data, page, seconds=DRAWING_SECONDS)


@for_action(Right.READ_FILES, look=True)
@prepared.prepared_by(draw)
def page_picture(number: str, file_id: str, page: int) -> Response:
    """The picture itself, never the file: nothing of what a PDF may hold reaches the browser."""
    picture: PagePicture = prepared.result()
    row = read_page(g.session, found(number), file_id, page, by=g.actor, at=clock.now())
    return download(picture.data, name=f"{row.id}-{page}.jpg", media_type="image/jpeg", inline=True)
