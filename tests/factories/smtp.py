"""A real SMTP server on a free loopback port, with a mailbox that remembers."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email.header import decode_header, make_header
from email.message import Message as EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message


class Box(Message):
    """What arrived, in order."""

    def __init__(self, port: int) -> None:
        super().__init__()
        self.port = port
        self.received: list[EmailMessage] = []

    def handle_message(self, message: EmailMessage) -> None:
        self.received.append(message)


def subject(mail: EmailMessage) -> str:
    """A mail's subject as it is read."""
    return str(make_header(decode_header(str(mail["Subject"]))))


def words(mail: EmailMessage) -> str:
    """The plain text of a mail."""
    part = next(part for part in mail.walk() if part.get_content_type() == "text/plain")
    raw = part.get_payload(decode=True)
    assert isinstance(raw, bytes)
    return raw.decode("utf-8")


def free_port() -> int:
    """A loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def smtp_server() -> Iterator[Box]:
    """Run the server for the block."""
    box = Box(free_port())
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()
