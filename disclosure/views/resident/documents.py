"""The page of the identity document: add, remove, go on."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from disclosure.forms.resident.identity import DOCUMENT, IdentityForm
from disclosure.rules import identity as documents
from disclosure.views.resident import guide
from disclosure.views.resident.draft import MOST_FILES
from portal.core.errors import N_
from portal.web.access import public
from portal.web.language import _
from portal.web.throttle import Limit, throttled
from portal.web.uploads import accepts_uploads

# More than one file may have, so that a file that is somewhat too large is refused on this page, in words.
UPLOAD_BYTES = 16_000_000


@public
@accepts_uploads(UPLOAD_BYTES, file=DOCUMENT)
@throttled(Limit("disclosure.upload", count=300, seconds=3600))
def identity() -> Response | tuple[str, int] | str:
    """Take one document at a time; show what is there."""
    found = guide.arrive("identity")
    if isinstance(found, Response):
        return found
    form = IdentityForm()
    if form.validate_on_submit():
        if len(found.files) >= MOST_FILES:
            form.refuse("file", N_("There are enough files. Remove one before you add another."))
        elif form.file.clean is not None:
            found.add_file(form.file.clean, form.file.data.filename, form.document.data)
            flash(_("The file has arrived and was checked."), "success")
            return redirect(_here(), 303)
    page = render_template(
        "disclosure/identity.html",
        form=form,
        draft=found,
        documents=documents.DOCUMENTS,
        room=len(found.files) < MOST_FILES,
        place=guide.place("identity"),
    )
    return (page, 422) if form.errors else page


@public
def remove_document(file_id: str) -> Response:
    """Forget one of the uploaded files."""
    found = guide.arrive("identity")
    if isinstance(found, Response):
        return found
    proof = any(file.id == file_id for file in found.proofs)
    if found.remove_file(file_id):
        flash(_("The file was removed."), "success")
    return redirect(_here("disclosure.agency" if proof else "disclosure.identity"), 303)


@public
def identity_done() -> Response | tuple[str, int]:
    """Go on when the documents suffice; otherwise say what is missing."""
    found = guide.arrive("identity")
    if isinstance(found, Response):
        return found
    if found.documents_suffice():
        return guide.onward(found, "identity")
    form = IdentityForm(formdata=None)
    if found.files:
        form.refuse("document", N_("A document without a photo needs a second, different one."))
    else:
        form.refuse("file", N_("Add a picture of your identity document."))
    page = render_template(
        "disclosure/identity.html",
        form=form,
        draft=found,
        documents=documents.DOCUMENTS,
        room=True,
        place=guide.place("identity"),
    )
    return page, 422


def _here(page: str = "disclosure.identity") -> str:
    return url_for(page, back="check" if request.args.get("back") == "check" else None)
