"""Mail going out: by SMTP when a server is set, else as files under the outbox folder.

Bodies say only that something is new and where to look; neither subject nor body holds personal data.
"""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from pathlib import Path
from typing import Any, Protocol

from portal.core.settings import Settings

TIMEOUT_SECONDS = 20


@dataclass(frozen=True)
class Mail:
    """A message. ``key`` makes its Message-ID, so a mail sent twice can be recognised as the same.

    ``headers`` are further ones, such as those by which a reader's program unsubscribes.
    """

    key: str
    to: str
    subject: str
    body: str
    headers: Mapping[str, str] = field(default_factory=dict)


class Refused(Exception):
    """The server takes no mail for this address: for ever (``permanent``) or just now. It quotes nothing."""

    def __init__(self, *, permanent: bool) -> None:
        super().__init__("refused")
        self.permanent = permanent


class WholeLists(EmailPolicy):
    """Leaves ``List-…`` headers in one line: folded, a long address in them would come out as an encoded word."""

    def fold(self, name: str, value: Any) -> str:
        return f"{name}: {value}{self.linesep}" if self._whole(name) else super().fold(name, value)

    def fold_binary(self, name: str, value: Any) -> bytes:
        return self.fold(name, value).encode("ascii") if self._whole(name) else super().fold_binary(name, value)

    def _whole(self, name: str) -> bool:
        return name.lower().startswith("list-")


POLICY = WholeLists(linesep=SMTP.linesep)


class Mailer(Protocol):
    """Sends one mail or raises, Refused where it is the address that is wrong; a mail may arrive twice."""

    def send(self, mail: Mail) -> None: ...


def compose(mail: Mail, sender: str) -> EmailMessage:
    """The message as it goes out; a line break in a header value is refused by the policy."""
    message = EmailMessage(policy=POLICY)
    message["From"] = sender
    message["To"] = mail.to
    message["Subject"] = mail.subject
    message["Message-ID"] = f"<{mail.key}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    for name, value in mail.headers.items():
        message[name] = value
    message.set_content(mail.body)
    return message


class SmtpMailer:
    """Sends through the organisation's server, with STARTTLS unless it is switched off."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def send(self, mail: Mail) -> None:
        s = self.settings
        with smtplib.SMTP(s.smtp_host, s.smtp_port, timeout=TIMEOUT_SECONDS) as server:
            if s.smtp_starttls:
                server.starttls(context=ssl.create_default_context())
            if s.smtp_user and s.smtp_password_file:
                server.login(s.smtp_user, s.smtp_password_file.read_text("utf-8").strip())
            try:
                server.send_message(compose(mail, s.mail_from))
            except smtplib.SMTPRecipientsRefused as refused:
                codes = [code for code, _said in refused.recipients.values()]
                raise Refused(permanent=all(500 <= code < 600 for code in codes)) from None


class FolderMailer:
    """Writes each mail as a file; writing the same mail again replaces it."""

    def __init__(self, folder: Path, sender: str) -> None:
        self.folder, self.sender = folder, sender

    def send(self, mail: Mail) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        temporary = self.folder / f".{mail.key}"
        with temporary.open("wb") as file:
            file.write(compose(mail, self.sender).as_bytes())
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(self.folder / f"{mail.key}.eml")


def mailer(settings: Settings) -> Mailer:
    """The mailer that the settings ask for."""
    if settings.smtp_host:
        return SmtpMailer(settings)
    return FolderMailer(settings.outbox, settings.mail_from)
