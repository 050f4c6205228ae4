"""What the worker does for question letters: mails to their senders."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from content.operations.question_letters.sender_mail import mail_to_sender
from content.operations.question_letters.tell_sender import TELL, Notice
from portal.core import jobs
from portal.core.jobs import Context
from portal.core.mail import Mail, Refused


@jobs.handler(TELL)
def tell(context: Context, job_id: str, payload: Mapping[str, Any]) -> None:
    """One mail to the sender of a letter; a second run sends the same Message-ID again at most."""
    services = context.services
    with context.database.session(write=False) as session:
        notice = Notice(payload["notice"])
        mail = mail_to_sender(
            session,
            payload["letter"],
            notice,
            job_id=job_id,
            settings=services["settings"],
            vault=services["vault"],
        )
    if mail is not None:
        _send(context, mail)


def _send(context: Context, mail: Mail) -> None:
    """An address that is refused for ever is let be; one that is refused just now is tried again later."""
    try:
        context.services["mailer"].send(mail)
    except Refused as problem:
        if not problem.permanent:
            raise
