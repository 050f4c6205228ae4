"""The records: attaching what was found, taking a wrong one away."""

from __future__ import annotations

from flask import g, render_template
from werkzeug.wrappers import Response

from disclosure.forms.staff.records import RECORD, RecordForm
from disclosure.models.case import Case
from disclosure.operations.filing import Upload
from disclosure.operations.records import attach_record
from disclosure.operations.records import remove_record as take_away
from disclosure.queries.keys import case_files
from disclosure.rules.kinds import RECORDS, FileKind, RecordKind
from disclosure.rules.states import Action
from disclosure.views.staff import wording
from disclosure.views.staff.held import attempt, back_to, for_action, found, fresh, opened, press
from portal.core import clock
from portal.core.errors import N_, Invalid
from portal.core.files import CleanFile
from portal.web.building import office
from portal.web.uploads import accepts_uploads

UPLOAD_BYTES = 26_000_000
ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}


@for_action(Action.ATTACH_RECORD, look=True)
@accepts_uploads(UPLOAD_BYTES, file=RECORD)
def records(number: str) -> Response | str:
    """Attach a record, after comparing whose it is."""
    one = found(number, Action.ATTACH_RECORD)
    form = fresh(RecordForm(one.records.parts), one)
    if form.validate_on_submit() and form.agrees() and attempt(form, one, lambda: _attach(one, form)):
        return back_to(one, N_("The record is attached."))
    return render_template(
        "disclosure/staff/records.html", form=form, case=one, page=opened(one, "records"), wording=wording
    )


def _attach(one: Case, form: RecordForm) -> None:
    clean = form.file.clean
    if clean is None:
        raise Invalid(N_("Please choose a file."), field="file")
    said = (form.title.data or "").strip() if form.is_of_documents else RECORDS[RecordKind(form.record.data)].ja
    upload = Upload(_name(one, said, clean), clean)
    attach_record(g.session, one, upload, vault=office(), by=g.actor, at=clock.now())


def _name(one: Case, said: str, clean: CleanFile) -> str:
    """A name that says to the requester what it is; how the office called its file stays inside."""
    count = len(case_files(g.session, one, FileKind.RECORD)) + 1
    return f"{count:02d}_{said}.{ENDINGS[clean.media_type]}"


@for_action(Action.REMOVE_RECORD)
def remove_record(number: str, file_id: str) -> Response:
    """Take a record away again."""
    one = found(number)
    press(one, lambda: take_away(g.session, one, file_id, by=g.actor, at=clock.now()))
    return back_to(one, N_("The record is removed."))
