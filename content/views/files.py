"""Files of bulletins: by their place for ever, with their hash as the mark by which copies are known.

PDFs open in the browser, so that a link can lead to one of their pages.
"""

from __future__ import annotations

from flask import Response, g
from sqlalchemy import select

from content.models.bulletins import Attachment, Blob, Withdrawal
from content.rules import numbering
from portal.core.errors import Gone, NotFound
from portal.core.files import PDF
from portal.web import freshness
from portal.web.access import public
from portal.web.downloads import download

# What stands under one hash never changes.
FOR_EVER = "public, max-age=31536000, immutable"


@public
def attachment(key: str, number: int, position: int, name: str) -> Response:
    """A file of a bulletin; NotFound, or Gone where the bulletin was withdrawn."""
    bulletin = numbering.bulletin_id(key, number)
    file = g.session.get(Attachment, numbering.attachment_id(bulletin, position))
    if file is None or file.name != name:
        raise NotFound
    if g.session.get(Withdrawal, bulletin) is not None:
        raise Gone
    answer = freshness.unchanged(file.sha256)
    if answer is None:
        data = g.session.scalar(select(Blob.data).where(Blob.sha256 == file.sha256))
        if data is None:
            raise NotFound
        made = download(data, name=file.name, media_type=file.media_type, inline=file.media_type == PDF)
        answer = freshness.marked(made, file.sha256)
    answer.headers["Cache-Control"] = FOR_EVER
    return answer
