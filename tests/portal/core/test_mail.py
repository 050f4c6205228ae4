"""Mail goes out through a real SMTP server, or into the outbox folder."""

import email
from email import policy
from pathlib import Path

import pytest

from portal.core.mail import FolderMailer, Mail, compose, mailer
from tests.conftest import make_settings
from tests.factories.smtp import smtp_server, subject

NEWS = Mail(key="0193-a", to="resident@kaiji.example", subject="新しいお知らせ", body="新しいお知らせがあります。\n")


def test_a_mail_reaches_a_real_server(home: Path) -> None:
    with smtp_server() as box:
        settings = make_settings(home, smtp_host="127.0.0.1", smtp_port=str(box.port), smtp_starttls="0")
        mailer(settings).send(NEWS)
    (message,) = box.received
    assert message["Message-ID"] == "<0193-a@kaiji.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert subject(message) == "新しいお知らせ"


def test_a_server_that_is_away_raises_so_that_the_job_is_tried_again(home: Path) -> None:
    settings = make_settings(home, smtp_host="127.0.0.1", smtp_port="1", smtp_starttls="0")
    with pytest.raises(OSError):
        mailer(settings).send(NEWS)


def test_without_a_server_mails_become_files_and_twice_is_one(tmp_path: Path) -> None:
    box = FolderMailer(tmp_path / "outbox", "no-reply@kaiji.example")
    box.send(NEWS)
    box.send(NEWS)
    (path,) = (tmp_path / "outbox").iterdir()
    message = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    assert message["Subject"] == "新しいお知らせ"
    assert message.get_content().strip() == "新しいお知らせがあります。"


def test_a_line_break_cannot_add_a_header() -> None:
    with pytest.raises(ValueError):
        compose(Mail(key="k", to="a@kaiji.example\r\nBcc: b@kaiji.example", subject="x", body="y"), "c@kaiji.example")
