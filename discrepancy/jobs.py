"""What the worker does for this room: mails to the desks of bodies, reminders, the end of outages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from discrepancy.letters.mail_text import text
from discrepancy.models.bodies import Body
from discrepancy.operations.check_self import end_outage
from discrepancy.operations.outage_news import END
from discrepancy.operations.remind import DUE, remind
from discrepancy.operations.tell import TELL, Told
from discrepancy.operations.typing import forget_old
from portal.core import jobs
from portal.core.clock import day_in_japan
from portal.core.jobs import Context
from portal.core.mail import Mail, Refused

REMIND = "discrepancy.remind"
jobs.every(REMIND, timedelta(days=1))

NEWS = {
    Told.ENQUIRY: "貴団体あての問合せが届いています。",
    Told.ANSWER: "貴団体からの問合せに回答がありました。",
    Told.NOTICE: "誤った情報を提供していた団体から、貴団体あての連絡が届いています。",
    Told.STEP: "貴団体の対応を待っている事案があります。",
    Told.ACCEPTED: "提出された顛末報告書が受け付けられました。",
    Told.OPENED: "他の団体が提出した顛末報告書により、貴団体に関係する事案が登録されました。",
}


@jobs.handler(TELL)
def tell_body(context: Context, job_id: str, payload: Mapping[str, Any]) -> None:
    """One mail to the desk of a body, where it has an address."""
    _send(context, job_id, payload["body"], "new", what=NEWS[Told(payload["what"])])


@jobs.handler(DUE)
def tell_due(context: Context, job_id: str, payload: Mapping[str, Any]) -> None:
    """How much is due with a body."""
    counts = {name: str(payload[name]) for name in ("soon", "overdue")}
    _send(context, job_id, payload["body"], "due", **counts)


@jobs.handler(REMIND)
def remind_bodies(context: Context, _job: str, _payload: Mapping[str, Any]) -> None:
    """Once a day: a mail for each body with which something is due; forms that nobody went on with are forgotten."""
    with context.database.session(write=True) as session:
        remind(session, today=day_in_japan(context.now), at=context.now)
        forget_old(session, now=context.now)


@jobs.handler(END)
def close_cases_of_outage(context: Context, _job: str, payload: Mapping[str, Any]) -> None:
    """Something was published of an outage for whose end cases wait."""
    with context.database.session(write=True) as session:
        end_outage(session, payload["incident"], vault=context.services["vault"], at=context.now)


def _send(context: Context, key: str, code: str, name: str, **values: str) -> None:
    """An address that is refused for ever is let be; one that is refused just now is tried again later."""
    with context.database.session(write=False) as session:
        body = session.get(Body, code)
        address, named = (body.desk_mail, body.name_ja) if body is not None else ("", "")
    if not address:
        return
    subject, said = text(name, body=named, url=context.services["settings"].public_url, **values)
    try:
        context.services["mailer"].send(Mail(key, address, subject, said))
    except Refused as problem:
        if not problem.permanent:
            raise
