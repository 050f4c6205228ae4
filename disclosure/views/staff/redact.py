"""The redaction desk: boxes on a page of a record, as numbers or drawn, and their pictures."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from disclosure import policy
from disclosure.forms.staff.redact import BoxForm, RedactForm, options
from disclosure.models.case import Case
from disclosure.operations.look import read_page
from disclosure.operations.redact import keep_boxes
from disclosure.policy import Right
from disclosure.queries.case_page import CasePage
from disclosure.queries.find import find
from disclosure.queries.keys import case_key, file_data
from disclosure.queries.redaction import Standing, grounds, record, standing
from disclosure.queries.status import StatusFile
from disclosure.rules.redaction import Covering, Layout, layouts
from disclosure.rules.states import Action
from disclosure.views.staff.held import attempt, for_action, found, fresh, opened
from portal.core import clock, press, redaction
from portal.core.errors import N_, NotFound
from portal.core.files import PDF, PagePicture
from portal.web import prepared
from portal.web.building import office
from portal.web.downloads import download
from portal.web.language import _

DRAWING_SECONDS = 20.0
NEW = (1000, 1000, 3000, 500)  # where a box begins that is added without drawing


@dataclass(frozen=True)
class Sheet:
    """The page of a record that is worked on, with everything that stands on it."""

    case: Case
    file: StatusFile
    page: int
    standing: Standing

    @property
    def boxes(self) -> list[Covering]:
        """The stored boxes of this page."""
        return [box for box in self.standing.coverings if box.page == self.page]

    @property
    def ids(self) -> list[str]:
        """Their ids, in the same order."""
        return [box.id for box in self.standing.boxes if box.page == self.page]


def seek(number: str, file_id: str) -> list[redaction.Box]:
    """Personal numbers in the page's text, looked for in a child process before anything is written."""
    if request.form.get("do") != "propose":
        return []
    one = find(g.session, number, actor=g.actor)
    policy.check(g.actor, Action.ATTACH_RECORD, one)
    row = record(g.session, one, file_id)
    page = page_asked(row.pages)
    if row.media_type != PDF:
        return []
    data = file_data(case_key(office(), one), row)
    g.session.close()
    return press.run(redaction.proposals, data, page, seconds=DRAWING_SECONDS)


@for_action(Action.ATTACH_RECORD, look=True)
@prepared.prepared_by(seek)
def redact(number: str, file_id: str) -> Response | str:
    """One page with its boxes; buttons add one, take one away, propose some, show them, or keep them."""
    one = found(number, Action.ATTACH_RECORD)
    sheet = sheet_of(one, opened(one, "redact"), file_id)
    form = RedactForm()
    fresh(form, one)
    do = request.form.get("do", "")
    if not form.is_submitted():
        form.add(sheet.boxes)
        form.known.data = " ".join(sheet.ids)
    elif not _rearranged(form, do, sheet):
        form.offer(grounds(one).values())
        if form.validate() and form.places_are_right():
            if attempt(form, one, lambda: _keep(sheet, form)):
                flash(_("The boxes of page %(n)s are kept.", n=sheet.page), "success")
                return redirect(here(sheet), 303)
            _join(form, sheet)
    return _shown(form, sheet)


def _rearranged(form: RedactForm, do: str, sheet: Sheet) -> bool:
    """Whether a button only changed the page; nothing is kept then."""
    if do.startswith("remove-") and do[7:].isdecimal():
        form.drop(int(do[7:]))
    elif do == "add":
        form.add([Covering(sheet.page, *NEW, "")])
    elif do == "propose":
        proposed = prepared.result() or []
        form.add([Covering(sheet.page, box.x, box.y, box.w, box.h, "") for box in proposed])
        flash(_("Boxes proposed on this page: %(n)s. Choose a ground for each, or remove it.", n=len(proposed)), "info")
    elif (layout := {row.code: row for row in _layouts(sheet)}.get(do.removeprefix("layout-"))) is not None:
        form.add(layout.coverings())
        flash(
            _("Boxes proposed on this page: %(n)s. Look whether each lies where it should.", n=len(layout.boxes)),
            "info",
        )
    elif do == "show":
        form.places_are_right()
    else:
        return False
    return True


def _layouts(sheet: Sheet) -> list[Layout]:
    """The forms that this page may be."""
    return [row for row in layouts(sheet.case.records, sheet.case.law_day) if row.page == sheet.page]


def _keep(sheet: Sheet, form: RedactForm) -> None:
    keep_boxes(g.session, sheet.case, sheet.file.id, sheet.page, form.boxes(sheet.page), by=g.actor, at=clock.now())


def _join(form: RedactForm, sheet: Sheet) -> None:
    """After a conflict: what a colleague drew meanwhile joins what was typed, so that sending again keeps both."""
    now = Sheet(sheet.case, sheet.file, sheet.page, standing(g.session, sheet.standing.file))
    known = (form.known.data or "").split()
    theirs = [box for name, box in zip(now.ids, now.boxes, strict=True) if name not in known]
    mine = form.boxes(sheet.page)
    form.add([box for box in theirs if box not in mine])
    form.known.data = " ".join(now.ids)
    if theirs:
        form.stop(
            N_("Boxes that a colleague drew meanwhile now stand at the end: %(n)s. Is it right so?"), n=len(theirs)
        )


def _shown(form: RedactForm, sheet: Sheet) -> str:
    allowed = grounds(sheet.case).values()
    form.offer(allowed)
    blank = BoxForm(prefix="rows-__n__-")
    blank.ground.choices = options(allowed)
    places = [row.form.place for row in form.rows]
    return render_template(
        "disclosure/staff/redact.html",
        form=form,
        blank=blank,
        layouts=_layouts(sheet),
        case=sheet.case,
        sheet=sheet,
        drawn=[".".join(map(str, place)) for place in places if place is not None],
    )


def sheet_of(case: Case, page: CasePage, file_id: str) -> Sheet:
    """The page that the address asks for; NotFound for another case's record or a page that is not there."""
    row = record(g.session, case, file_id)
    file = next(file for file in page.record_files if file.id == row.id)
    return Sheet(case, file, page_asked(row.pages), standing(g.session, row))


def page_asked(pages: int) -> int:
    """The number of the page in the address, 1 when it names none; NotFound."""
    said = request.args.get("page", "1")
    if not said.isdecimal() or len(said) > 6 or not 1 <= int(said) <= pages:
        raise NotFound
    return int(said)


def here(sheet: Sheet) -> str:
    """The address of the desk for a page."""
    return url_for("disclosure_staff.redact", number=sheet.case.number, file_id=sheet.file.id, page=sheet.page)


def draw(number: str, file_id: str, page: int) -> PagePicture:
    """The picture of a page with the boxes that the address names, before the look at it is written down."""
    one = find(g.session, number, actor=g.actor)
    policy.check(g.actor, Right.READ_FILES, one)
    row = record(g.session, one, file_id)
    if not 1 <= page <= row.pages:
        raise NotFound
    boxes, kind = _named(page), row.media_type
    data = file_data(case_key(office(), one), row)
    g.session.close()
    return press.run(redaction.preview, data, kind, page, boxes, seconds=DRAWING_SECONDS)


def _named(page: int) -> list[redaction.Box]:
    """The boxes that the address names as left.top.width.height in ten-thousandths; NotFound for nonsense."""
    boxes = []
    for said in request.args.getlist("b")[: redaction.MOST_BOXES]:
        parts = said.split(".")
        if len(parts) != 4 or not all(part.isdecimal() and len(part) <= 5 for part in parts):
            raise NotFound
        x, y, w, h = map(int, parts)
        boxes.append(redaction.Box(page, x, y, w, h))
    if not all(box.lies_within for box in boxes):
        raise NotFound
    return boxes


@for_action(Right.READ_FILES, look=True)
@prepared.prepared_by(draw)
def redact_picture(number: str, file_id: str, page: int) -> Response:
    """The picture itself."""
    picture: PagePicture = prepared.result()
    row = read_page(g.session, found(number), file_id, page, by=g.actor, at=clock.now())
    return download(picture.data, name=f"{row.id}-{page}.jpg", media_type="image/jpeg", inline=True)
