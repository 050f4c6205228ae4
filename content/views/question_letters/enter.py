"""Reception enters a letter that came on paper, by fax or by e-mail, beside the letter as it came."""

from __future__ import annotations

from typing import Any

from flask import flash, g, request
from werkzeug.wrappers import Response

from content.forms.question_letters.writing import ENCLOSURE, PAPER, EnterForm
from content.operations.question_letters import drafts
from content.operations.question_letters.drafts import Draft
from content.rules.question_letters.states import FileRole
from content.views.question_letters import parts as editor
from content.views.question_letters import sending, writing
from content.views.question_letters.journey import ENTER
from portal.core import files, press
from portal.core.actor import Role
from portal.core.errors import Conflict, Invalid, NotFound
from portal.core.files import PDF, CleanFile, PagePicture
from portal.web import prepared, uploads
from portal.web.access import requires
from portal.web.downloads import download
from portal.web.language import _
from portal.web.uploads import Outcomes

Answer = Any
UPLOAD_BYTES = 24_000_000
READING_SECONDS = 20.0
SLOTS = {"paper": PAPER, "enclosure": ENCLOSURE}


def take_in() -> Outcomes:
    """Decode what was uploaded, and take the text out of a PDF, before the transaction that writes."""
    chosen = {name: request.files.get(name) for name in SLOTS}
    g.session.close()
    found: Outcomes = {(name, SLOTS[name]): uploads.take_in(file, SLOTS[name]) for name, file in chosen.items() if file}
    paper = found.get(("paper", PAPER))
    g.letter_text = _text(paper) if isinstance(paper, CleanFile) and paper.media_type == PDF else ""
    return found


def _text(paper: CleanFile) -> str:
    """What a PDF says; nothing where that cannot be taken out: it is typed beside its picture then."""
    try:
        return press.run(files.text_of, paper.data, seconds=READING_SECONDS)
    except (Invalid, press.PressFailed):
        return ""


@requires(Role.RECEPTION)
def start() -> Answer:
    """Begin to enter a letter, or go on with one."""
    return writing.start(ENTER)


@requires(Role.RECEPTION)
@prepared.prepared_by(take_in)
@uploads.accepts_uploads(UPLOAD_BYTES)
def text() -> Answer:
    """How it came, its text, its files."""
    return writing.text(ENTER, entering=_files)


def _files(draft: Draft, form: EnterForm) -> str | None:
    """Keep what was uploaded; not None where the page is to be shown again, to look at it."""
    if request.method != "POST":
        return None
    if dropped := request.form.get("drop", ""):
        drafts.drop_file(g.session, draft, dropped)
        ENTER.store(draft)
        return "dropped"
    added = False
    for field, role in ((form.paper, FileRole.LETTER), (form.enclosure, FileRole.ENCLOSURE)):
        if not getattr(field.data, "filename", "") or not field.validate(form) or field.clean is None:
            continue
        try:
            drafts.add_file(g.session, draft, role, field.data.filename, field.clean)
        except Conflict as error:
            flash(_(error.message), "warning")
            continue
        added = True
    if not added:
        return None
    if (found := g.get("letter_text", "")) and not (form.text.data or "").strip():
        form.text.data = found
        values = {**draft.typed("text"), "text": [found]}
        kept = drafts.keep_form(draft, "text", values, version=draft.version("text"))
        form.typing_version.data = str(kept.version)
    ENTER.store(draft)
    return "added"


@requires(Role.RECEPTION)
def file(file_id: str) -> Response:
    """A picture among the files; everything else is downloaded."""
    draft = ENTER.draft()
    one = _one(draft, file_id)
    data = drafts.file_data(g.session, draft, file_id) if draft else None
    if data is None:
        raise NotFound
    return download(data, name=one.name, media_type=one.media_type, inline=one.media_type != PDF)


def draw(file_id: str, page: int) -> PagePicture:
    """The picture of a page of a PDF, drawn in a child process."""
    draft = ENTER.draft()
    one = _one(draft, file_id)
    data = drafts.file_data(g.session, draft, file_id) if draft else None
    if data is None or one.media_type != PDF or not 1 <= page <= one.pages:
        raise NotFound
    g.session.close()
    return press.run(files.draw_page, data, page, seconds=READING_SECONDS)


@requires(Role.RECEPTION)
def page_picture(file_id: str, page: int) -> Response:
    """The picture itself, never the file."""
    return download(draw(file_id, page).data, name=f"{file_id}-{page}.jpg", media_type="image/jpeg", inline=True)


def _one(draft: Draft | None, file_id: str) -> drafts.DraftFile:
    found = next((one for one in draft.files if one.id == file_id), None) if draft else None
    if found is None:
        raise NotFound
    return found


@requires(Role.RECEPTION)
def parts() -> Answer:
    """What it was read as, beside the letter."""
    return editor.parts(ENTER)


@requires(Role.RECEPTION)
def sender() -> Answer:
    """Who sent it."""
    return writing.sender(ENTER)


@requires(Role.RECEPTION)
def check() -> Answer:
    """Look and file."""
    return sending.check(ENTER)


@requires(Role.RECEPTION)
def receipt(key: str) -> Answer:
    """Number and code, to print for the sender."""
    return sending.receipt(ENTER, key)


@requires(Role.RECEPTION)
def noted(key: str) -> Answer:
    """The receipt went to the sender."""
    return sending.noted(ENTER, key)


@requires(Role.RECEPTION)
def later() -> Answer:
    """The code to go on."""
    return writing.later(ENTER)


@requires(Role.RECEPTION)
def keep() -> Answer:
    """What the script keeps."""
    return writing.keep(ENTER)


@requires(Role.RECEPTION)
def discard() -> Answer:
    """Thrown away."""
    return writing.discard(ENTER)
