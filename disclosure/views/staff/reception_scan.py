"""The scan of a paper while its page is being filled in: kept sealed in the officer's session, by the form's key."""

from __future__ import annotations

from typing import Any

from flask import session

from disclosure.forms.staff.reception import ReceptionForm
from disclosure.operations.filing import Upload
from portal.core.errors import N_, Invalid
from portal.core.files import CleanFile
from portal.web import sessions

SCANS = "disclosure.reception.scans"
MOST = 5
NAMED = "請求書の写し"
LOST = N_("The scan is not there any more. Please add it again.")


def take(form: ReceptionForm) -> None:
    """Keep a scan that was accepted, so that it need not be sent again; forget the kept one if that is wished."""
    key, clean = form.key.data or "", form.scan.clean
    if clean is not None and not form.scan.errors:
        drop(key)
        web = sessions.current()
        row = {
            "id": web.keep_file(clean.data), "name": form.scan.data.filename, "media_type": clean.media_type,
            "pages": clean.pages, "sha256": clean.sha256, "size": len(clean.data),
        }  # fmt: skip
        rows = {**_rows(), key: row}
        for old in list(rows)[:-MOST]:
            web.drop_file(rows.pop(old)["id"])
        session[SCANS] = rows
    elif form.drop_scan.data:
        drop(key)
    form.drop_scan.data = False


def kept(key: str) -> dict[str, Any] | None:
    """Name, size and pages of the scan kept for a form, if there is one."""
    return _rows().get(key)


def upload(key: str) -> Upload | None:
    """The kept scan. Invalid when it has gone."""
    row = kept(key)
    if row is None:
        return None
    data = sessions.current().kept_file(row["id"])
    if data is None:
        raise Invalid(LOST, field="scan")
    return Upload(f"{NAMED} – {row['name']}", CleanFile(row["media_type"], data, row["pages"], row["sha256"]))


def drop(key: str) -> None:
    """Forget the scan kept for a form."""
    rows = _rows()
    if row := rows.pop(key, None):
        sessions.current().drop_file(row["id"])
        session[SCANS] = rows


def _rows() -> dict[str, Any]:
    return dict(session.get(SCANS) or {})
