"""Files at the desk: what a form brings is stored by its hash, and listed in the form from then on."""

from __future__ import annotations

from flask import g

from content.forms.bulletins import BulletinForm
from content.operations import blobs
from content.queries.stored_files import stored_file
from content.rules.writing import WrittenAttachment
from portal.core import clock


def take_file(form: BulletinForm) -> None:
    """Store a file that was sent and list it in the form."""
    form.file.validate(form)
    clean = form.file.clean
    if clean is None or form.file.errors:
        return
    blobs.store(g.session, clean, at=clock.now())
    titles = {"title_ja": form.file_title_ja.data or "", "title_en": form.file_title_en.data or ""}
    form.attachments.append_entry({"sha256": clean.sha256, "name": form.file.data.filename, **titles})
    form.file_title_ja.data = form.file_title_en.data = ""


def files(form: BulletinForm) -> list[WrittenAttachment]:
    """The files that the form lists; what is not stored is left out."""
    found = []
    for row in form.used("attachments"):
        stored = stored_file(g.session, row.sha256.data)
        if stored is not None:
            titles = {"title_ja": row.title_ja.data or "", "title_en": row.title_en.data or ""}
            found.append(
                WrittenAttachment(
                    name=row.name.data or "", media_type=stored.media_type, size=stored.size, sha256=row.sha256.data,
                    **titles,
                )
            )  # fmt: skip
    return found
