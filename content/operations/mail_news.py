"""Write and send the mails to followers. The address is opened for the one mail and nowhere kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.letters.mail_text import text
from content.models.bulletins import Bulletin, Withdrawal
from content.models.followers import MailDelivery, MailFollower
from content.models.incidents import Incident
from content.operations.announce import SEND_DIGEST, SEND_MAIL
from content.operations.follow_by_mail import CONFIRM, leave, opened
from content.operations.question_letters.step_text import step_text
from content.queries.following import in_words
from content.rules import markup
from content.rules.following import DeliveryState, Event, Pace
from portal.core import jobs
from portal.core.clock import day_in_japan
from portal.core.mail import Mail
from portal.core.settings import Settings
from portal.core.vault import OfficeVault

# A follower whose server refused so many deliveries in a row is forgotten.
MOST_REFUSALS = 3
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (2, 10, 30, 120, 360))
WORDS = {
    "ja": {
        "drill": "【訓練】", "bulletin": "第{n}報", "withdrawn": "【撤回】", "colon": "：",
        "changed": "変わったこと：",
    },
    "en": {
        "drill": "[Exercise] ", "bulletin": "Bulletin {n}", "withdrawn": "[Withdrawn] ", "colon": ": ",
        "changed": "What changed: ",
    },
}  # fmt: skip


@dataclass(frozen=True)
class Desk:
    """What writing a mail needs besides the record."""

    settings: Settings
    vault: OfficeVault

    def url(self, path: str, language: str) -> str:
        return f"{self.settings.public_url}{'' if language == 'ja' else f'/{language}'}{path}"


def confirmation(session: Session, follower_id: str, desk: Desk) -> Mail | None:
    """The mail that asks whether the follower meant it; None where that is answered already."""
    follower = session.get(MailFollower, follower_id)
    if follower is None or follower.confirmed_at is not None:
        return None
    who, language = opened(follower, desk.vault), follower.language
    subject, body = text(
        "confirm",
        language,
        organisation=desk.settings.organisation.named(language),
        interest=in_words(session, follower.interest, language),
        url=desk.url(f"/follow/mail/{who.token}", language),
    )
    return Mail(f"confirm-{follower.id}", who.address, subject, body)


def confirm_later(session: Session, follower_id: str, *, tries: int, now: datetime) -> None:
    """Ask again after a pause that grows with the ``tries`` that failed; after the last one nothing more is sent."""
    if tries < len(PAUSES):
        jobs.enqueue(session, CONFIRM, due_at=now + PAUSES[tries], follower=follower_id, tries=tries + 1)


def bulletin_mail(session: Session, delivery_id: str, desk: Desk) -> Mail | None:
    """The mail of a delivery; None where there is nothing to send any more, which settles it."""
    delivery = session.get(MailDelivery, delivery_id)
    if delivery is None or delivery.state != DeliveryState.DUE:
        return None
    follower = session.get_one(MailFollower, delivery.follower_id)
    who, language = opened(follower, desk.vault), follower.language
    headline, said, url = _told_of(session, delivery, language, desk)
    subject, body = text(
        "bulletin",
        language,
        headline=headline,
        text=said,
        url=url,
        **_about(session, follower, who.token, desk),
    )
    return Mail(delivery.id, who.address, subject, body, list_headers(desk, who.token, language))


def digest_mail(session: Session, follower_id: str, desk: Desk, *, now: datetime) -> tuple[Mail, list[str]] | None:
    """The daily mail and the deliveries in it; None where nothing waits."""
    follower = session.get(MailFollower, follower_id)
    deliveries = _due(session, follower_id)
    if follower is None or not deliveries:
        return None
    who, language = opened(follower, desk.vault), follower.language
    parts = []
    for delivery in deliveries:
        headline, said, url = _told_of(session, delivery, language, desk)
        parts.append(f"{headline}\n{said.partition(chr(10) * 2)[0]}\n{url}")
    subject, body = text(
        "digest",
        language,
        count=str(len(parts)),
        day=day_in_japan(now).isoformat(),
        text="\n\n".join(parts),
        **_about(session, follower, who.token, desk),
    )
    mail = Mail(f"digest-{deliveries[0].id}", who.address, subject, body, list_headers(desk, who.token, language))
    return mail, [delivery.id for delivery in deliveries]


def list_headers(desk: Desk, token: str, language: str) -> dict[str, str]:
    """By which a mail program leaves with one click (RFC 8058) and sorts the mails (RFC 2919)."""
    return {
        "List-Unsubscribe": f"<{desk.url(f'/follow/mail/{token}/leave', language)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Id": f"<bulletins.{urlsplit(desk.settings.public_url).hostname}>",
    }


def _due(session: Session, follower_id: str) -> Sequence[MailDelivery]:
    query = select(MailDelivery).where(MailDelivery.follower_id == follower_id, MailDelivery.state == DeliveryState.DUE)
    return session.scalars(query.order_by(MailDelivery.id)).all()


def _about(session: Session, follower: MailFollower, token: str, desk: Desk) -> dict[str, str]:
    language = follower.language
    return {
        "organisation": desk.settings.organisation.named(language),
        "interest": in_words(session, follower.interest, language),
        "manage": desk.url(f"/follow/mail/{token}", language),
    }


def _told_of(session: Session, delivery: MailDelivery, language: str, desk: Desk) -> tuple[str, str, str]:
    if delivery.step_id is not None:
        headline, said, path = step_text(session, delivery.step_id, language)
        return headline, said, desk.url(path, language)
    return _told(session, session.get_one(Bulletin, delivery.bulletin_id), delivery.event, language, desk)


def _told(session: Session, bulletin: Bulletin, event: str, language: str, desk: Desk) -> tuple[str, str, str]:
    """Headline, text and address of what happened to a bulletin."""
    words = WORDS[language]
    incident, withdrawal = session.get_one(Incident, bulletin.incident_key), session.get(Withdrawal, bulletin.id)
    mark = words["drill"] if incident.exercise else ""
    number = words["bulletin"].format(n=bulletin.number)
    url = desk.url(f"/incidents/{bulletin.incident_key}/bulletins/{bulletin.number}", language)

    def said(thing: object, name: str) -> str:
        return getattr(thing, f"{name}_{language}") or ""

    if event == Event.WITHDRAWN or withdrawal is not None:
        return f"{mark}{words['withdrawn']}{said(incident, 'title')} {number}", said(withdrawal, "reason"), url
    headline = f"{mark}{said(incident, 'title')}{words['colon']}{number} {said(bulletin, 'title')}"
    parts = [words["changed"] + said(bulletin, "what_changed")] if bulletin.what_changed_ja else []
    parts.append(markup.plain(said(bulletin, "body"), bulletin.markup))
    return headline, "\n\n".join(parts), url


def settle(session: Session, deliveries: Sequence[str], *, now: datetime) -> None:
    """The mail went out."""
    for delivery_id in deliveries:
        delivery = session.get(MailDelivery, delivery_id)
        if delivery is not None:
            delivery.state, delivery.finished_at = DeliveryState.DONE, now
            session.get_one(MailFollower, delivery.follower_id).refusals = 0


def refused(session: Session, deliveries: Sequence[str], *, permanent: bool, now: datetime) -> None:
    """The server did not take the address: try again later, give up, and in the end forget who cannot be reached."""
    found = [row for row in (session.get(MailDelivery, one) for one in deliveries) if row is not None]
    if not found:
        return
    follower = session.get_one(MailFollower, found[0].follower_id)
    tries = max(delivery.tries for delivery in found)
    for delivery in found:
        delivery.tries += 1
    if not permanent and tries < len(PAUSES):
        _send_again(session, follower, found, at=now + PAUSES[tries])
        return
    for delivery in found:
        delivery.state, delivery.finished_at = DeliveryState.FAILED, now
    follower.refusals += 1
    session.flush()
    if follower.refusals >= MOST_REFUSALS:
        leave(session, follower)


def _send_again(session: Session, follower: MailFollower, deliveries: Sequence[MailDelivery], *, at: datetime) -> None:
    """One mail for all of them to who gets one a day, else one for each."""
    if follower.pace == Pace.DAILY:
        jobs.enqueue(session, SEND_DIGEST, due_at=at, follower=follower.id)
        return
    for delivery in deliveries:
        jobs.enqueue(session, SEND_MAIL, due_at=at, delivery=delivery.id)
