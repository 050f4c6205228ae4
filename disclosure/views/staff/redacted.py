"""The redacted copy: making it, seeing it beside the original, taking it along."""

from __future__ import annotations

from flask import g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from disclosure import policy
from disclosure.operations.look import What, look
from disclosure.operations.redact import keep_copy
from disclosure.policy import Right
from disclosure.queries.find import find
from disclosure.queries.keys import case_key, file_data
from disclosure.queries.redaction import as_boxes, copy_data, grounds, record, standing
from disclosure.rules.redaction import fingerprint
from disclosure.rules.states import Action, possible
from disclosure.views.staff.held import for_action, found, opened
from disclosure.views.staff.held import press as press_button
from disclosure.views.staff.redact import DRAWING_SECONDS, sheet_of
from portal.core import clock, press, redaction
from portal.core.errors import KaijiError, NotFound
from portal.core.files import PagePicture
from portal.web import prepared
from portal.web.building import office
from portal.web.downloads import download

COVERING_SECONDS, PAGE_SECONDS = 30.0, 0.8  # the web server gives a request two minutes
ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}


def cover(number: str, file_id: str) -> tuple[str, redaction.Redacted | KaijiError]:
    """The boxes' fingerprint and the copy, made and compared in a child process before anything is written."""
    one = find(g.session, number, actor=g.actor)
    policy.check(g.actor, Action.ATTACH_RECORD, one)
    row = record(g.session, one, file_id)
    coverings, kind = standing(g.session, row).coverings, row.media_type
    boxes, seconds = as_boxes(one, coverings), COVERING_SECONDS + PAGE_SECONDS * row.pages
    data = file_data(case_key(office(), one), row)
    g.session.close()
    try:
        return fingerprint(coverings), press.run(redaction.cover, data, kind, boxes, seconds=seconds)
    except KaijiError as error:
        return "", error


@for_action(Action.ATTACH_RECORD)
@prepared.prepared_by(cover)
def make_copy(number: str, file_id: str) -> Response:
    """Keep the copy that was made, then show it beside the original."""
    one = found(number)
    boxes, made = prepared.result()
    if isinstance(made, KaijiError):
        raise made
    press_button(
        one,
        lambda: keep_copy(g.session, one, file_id, made, boxes=boxes, vault=office(), by=g.actor, at=clock.now()),
    )
    return redirect(url_for("disclosure_staff.redacted", number=one.number, file_id=file_id), 303)


@for_action(Right.READ_FILES, look=True)
def redacted(number: str, file_id: str) -> str:
    """Original and result side by side, page by page, with every box, its ground, and who drew it."""
    one = found(number)
    return render_template(
        "disclosure/staff/redacted.html",
        case=one,
        sheet=sheet_of(one, opened(one, "redacted"), file_id),
        grounds=grounds(one),
        may_change=Action.ATTACH_RECORD in possible(one.state) and policy.may(g.actor, Action.ATTACH_RECORD, one),
    )


@for_action(Right.READ_FILES, look=True)
def redacted_copy(number: str, file_id: str) -> Response:
    """The copy as it is handed out."""
    one = found(number)
    row = record(g.session, one, file_id)
    copy = standing(g.session, row).copy
    if copy is None:
        raise NotFound
    look(g.session, one, What.FILE, by=g.actor, at=clock.now(), file=row.id, kind=row.kind.value, copy="redacted")
    name = f"{one.number}-record-{row.position}-redacted.{ENDINGS[copy.media_type]}"
    return download(copy_data(case_key(office(), one), copy), name=name, media_type=copy.media_type)


def draw(number: str, file_id: str, page: int) -> PagePicture:
    """The picture of a page of the copy."""
    one = find(g.session, number, actor=g.actor)
    policy.check(g.actor, Right.READ_FILES, one)
    copy = standing(g.session, record(g.session, one, file_id)).copy
    if copy is None or not 1 <= page <= copy.pages:
        raise NotFound
    kind, data = copy.media_type, copy_data(case_key(office(), one), copy)
    g.session.close()
    return press.run(redaction.preview, data, kind, page, seconds=DRAWING_SECONDS)


@for_action(Right.READ_FILES, look=True)
@prepared.prepared_by(draw)
def redacted_picture(number: str, file_id: str, page: int) -> Response:
    """The picture itself."""
    picture: PagePicture = prepared.result()
    one = found(number)
    row = record(g.session, one, file_id)
    look(
        g.session, one, What.FILE, by=g.actor, at=clock.now(), file=row.id, kind=row.kind.value, page=str(page),
        copy="redacted",
    )  # fmt: skip
    return download(picture.data, name=f"{row.id}-{page}-redacted.jpg", media_type="image/jpeg", inline=True)
