"""Files going out."""

import pytest

from portal.web.downloads import CLOSED, SANDBOX, download


@pytest.mark.parametrize(
    ("media_type", "inline", "policy"),
    [
        ("application/pdf", True, CLOSED),  # a sandbox would leave Safari's window empty
        ("application/pdf", False, SANDBOX),
        ("image/png", True, SANDBOX),
        ("text/html", True, SANDBOX),
        ("text/plain", False, SANDBOX),
    ],
)
def test_nothing_in_a_file_may_run_or_load(media_type: str, inline: bool, policy: str) -> None:
    response = download(b"x", name="図 1.pdf", media_type=media_type, inline=inline)
    assert response.headers["Content-Security-Policy"] == policy
    assert response.headers["Content-Disposition"].startswith("inline" if inline else "attachment")
    assert "default-src 'none'" in policy
