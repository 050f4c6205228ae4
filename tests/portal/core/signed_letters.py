"""What the tests of signatures share: an unsigned letter, installations with a key, a moment."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from portal.core import pdf, signing
from portal.core.settings import Settings
from tests.conftest import make_settings
from tests.factories import certificates
from tests.factories.certificates import Issued

AT = datetime(2026, 6, 1, 0, 30, 15, tzinfo=UTC)
HTML = """<html lang="ja"><head></head><body>
<div><p>見本情報システム機構</p><p>理事長　見本　太郎　<span id="seal"></span></p></div>
<h1>保有個人情報開示決定通知書</h1><p>見本</p></body></html>"""


@cache
def letter() -> bytes:
    """An unsigned letter whose seal has a place."""
    return pdf.render(HTML, title="保有個人情報開示決定通知書")


@cache
def plain() -> bytes:
    """An unsigned letter without a seal."""
    return pdf.render(HTML.replace(' id="seal"', ""), title="保有個人情報開示決定通知書")


def installation(folder: Path, issued: Issued, root: Issued, **more: str) -> Settings:
    """An installation whose letters are signed with a key from a PKCS#12 file."""
    (folder / "anchors.pem").write_bytes(root.pem())
    kind = issued.pkcs12(folder)
    return make_settings(
        folder,
        sample="0",
        signing_subject=certificates.SUBJECT,
        signing_anchors=str(folder / "anchors.pem"),
        **kind,
        **more,
    )


def signer(settings: Settings) -> signing.Signer:
    """The signer, which must be there."""
    found = signing.signer(settings)
    assert found is not None
    return found
