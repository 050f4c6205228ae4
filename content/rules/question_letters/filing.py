"""A question letter as it is filed, before anybody works on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from content.rules.archive.kinds import Channel
from content.rules.question_letters.blocks import Block
from content.rules.question_letters.head import Wish
from content.rules.question_letters.senders import SenderKind


@dataclass(frozen=True, repr=False)
class Contact:
    """Who sent it and how to reach them; ``name`` is what the answer is addressed to. All of it is sealed."""

    name: str
    person: str = ""
    address: str = ""
    mail: str = ""
    telephone: str = ""


@dataclass(frozen=True, repr=False)
class Filing:
    """``text`` is the letter as it was written; ``blocks`` what it was read as, perhaps corrected by its sender.

    ``sent_on`` is the day that the letter bears, ``received_on`` the day on which reception got it on paper.
    ``mail_confirmed``: a code that was sent to the address came back, or the letter itself came from there.
    """

    title: str
    text: str
    blocks: tuple[Block, ...]
    sent_on: date
    language: str
    sender_kind: SenderKind
    contact: Contact
    publish_name: bool
    wished_on: date | None = None
    wishes: tuple[Wish, ...] = ()
    channel: Channel = Channel.ONLINE
    received_on: date | None = None
    mail_confirmed: bool = False


def letter_case(key: str) -> str:
    """What the vault binds a letter's key to."""
    return f"letter/{key}"
