"""Work that follows a change in the request room: telling the requester, reminding the desk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from disclosure.letters import mail_text
from disclosure.models.case import Case
from disclosure.models.handout import Handout
from disclosure.operations.appeal_holds import lift_finished
from disclosure.operations.hand_out import KIND as SEND_CODE
from disclosure.operations.notify import KIND as NOTIFY
from disclosure.operations.publish_figures import KIND as PUBLISH
from disclosure.operations.publish_figures import count_if_missing, publish_figures
from disclosure.operations.remind import remind
from disclosure.operations.remind_third_parties import remind_third_parties
from disclosure.queries.keys import case_key, fields
from disclosure.rules.handouts import terms
from disclosure.rules.kinds import Field
from portal.core import jobs
from portal.core.clock import day_in_japan
from portal.core.mail import Mail, Mailer
from portal.core.settings import Settings

REMIND = "disclosure.remind_desk"
LIFT = "disclosure.lift_holds_of_appeals"


@jobs.handler(NOTIFY)
def notify_resident(context: jobs.Context, job_id: str, payload: Mapping[str, Any]) -> None:
    """Send the notice. The address is opened here and nowhere kept; a second run sends the same Message-ID again."""
    settings: Settings = context.services["settings"]
    mailer: Mailer = context.services["mailer"]
    with context.database.session(write=False) as session:
        case = session.get(Case, payload["case"])
        if case is None or not case.wants_mail or case.keys is None:
            return
        address = fields(case_key(context.services["vault"], case), case).get(Field.EMAIL)
        language = case.language
    if not address:
        return
    organisation = settings.organisation
    subject, body = mail_text.text(
        "news",
        language,
        url=settings.public_url,
        organisation=organisation.named(language),
        department=organisation.department,
        telephone=organisation.telephone,
    )
    mailer.send(Mail(key=job_id, to=address, subject=subject, body=body))


@jobs.handler(SEND_CODE)
def send_code(context: jobs.Context, job_id: str, payload: Mapping[str, Any]) -> None:
    """Mail a one-time code, while it is the newest and still valid. It is opened here and nowhere kept in the clear."""
    settings: Settings = context.services["settings"]
    mailer: Mailer = context.services["mailer"]
    with context.database.session(write=False) as session:
        case, offer = session.get(Case, payload["case"]), session.get(Handout, payload["handout"])
        if case is None or case.keys is None or offer is None or offer.code_sealed is None or offer.code_until is None:
            return
        law = terms(day_in_japan(context.now))
        sent_at = offer.code_until - timedelta(minutes=law.code_minutes)
        if context.now > offer.code_until or sent_at.isoformat() != payload["sent"]:
            return
        key = case_key(context.services["vault"], case)
        address, language = fields(key, case).get(Field.EMAIL), case.language
        code = key.open(Handout.__tablename__, "code", offer.id, offer.code_sealed).decode("ascii")
    if not address:
        return
    organisation = settings.organisation
    subject, body = mail_text.text(
        "code",
        language,
        code=code,
        minutes=str(law.code_minutes),
        organisation=organisation.named(language),
        department=organisation.department,
        telephone=organisation.telephone,
    )
    mailer.send(Mail(key=job_id, to=address, subject=subject, body=body))


@jobs.handler(REMIND)
def remind_desk(context: jobs.Context, job_id: str, payload: Mapping[str, Any]) -> None:
    """Once a day: mark cases whose decision is near in their history, and mail the numbers to the desk."""
    settings: Settings = context.services["settings"]
    mailer: Mailer = context.services["mailer"]
    with context.database.session(write=True) as session:
        found = remind(session, at=context.now, today=day_in_japan(context.now))
        remind_third_parties(session, at=context.now, today=day_in_japan(context.now))
    if found.soon or found.overdue:
        subject, body = mail_text.text(
            "due", "ja", soon=str(found.soon), overdue=str(found.overdue), url=settings.public_url
        )
        mailer.send(Mail(key=job_id, to=settings.organisation.email, subject=subject, body=body))


jobs.every(REMIND, timedelta(days=1))


@jobs.handler(LIFT)
def lift_holds(context: jobs.Context, job_id: str, payload: Mapping[str, Any]) -> None:
    """Once a day: cases that an appeal held are held no longer when it has ended and no suit can follow."""
    with context.database.session(write=True) as session:
        lift_finished(session, today=day_in_japan(context.now), at=context.now)


jobs.every(LIFT, timedelta(days=1))


@jobs.handler(PUBLISH)
def publish(context: jobs.Context, job_id: str, payload: Mapping[str, Any]) -> None:
    """Count the public figures of the day, when they are not kept yet: in a session that reads, so nobody waits."""
    settings: Settings = context.services["settings"]
    profile, today = settings.organisation.profile, day_in_japan(context.now)
    with context.database.session(write=False) as session:
        found = count_if_missing(session, profile, today=today)
    if found is not None:
        with context.database.session(write=True) as session:
            publish_figures(session, found, profile, today=today, at=context.now)


# The day begins in Japan at no full period of a day; figures of the day before are shown until this has run.
jobs.every(PUBLISH, timedelta(minutes=15))
