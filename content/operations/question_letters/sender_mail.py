"""The mails to the sender of a letter. The address is opened for the one mail and nowhere kept."""

from __future__ import annotations

from sqlalchemy.orm import Session

from content.letters.mail_text import text
from content.models.intake import Intake
from content.models.letters import Letter
from content.operations.question_letters.file_letter import TABLE
from content.operations.question_letters.tell_sender import Notice
from content.rules.question_letters import clock
from content.rules.question_letters.clock import Duty
from content.rules.question_letters.filing import letter_case
from portal.core.mail import Mail
from portal.core.sealed import open_json
from portal.core.settings import Settings
from portal.core.vault import OfficeVault
from portal.core.wareki import format_wareki


def mail_to_sender(
    session: Session, key: str, notice: Notice, *, job_id: str, settings: Settings, vault: OfficeVault
) -> Mail | None:
    """The mail; None where there is no confirmed address any more. It is opened here and nowhere kept."""
    intake, letter = session.get(Intake, key), session.get(Letter, key)
    if intake is None or letter is None or intake.mail_confirmed_at is None:
        return None
    opened = vault.open_case(letter_case(key), intake.office_wrap)
    address = open_json(opened, TABLE, "contact", key, intake.contact)["mail"]
    if not address:
        return None
    language, organisation = letter.language, settings.organisation
    received = letter.received_on or letter.sent_on
    days = {
        "acknowledge_by": clock.period(Duty.ACKNOWLEDGE, received).due(received),
        "answer_by": letter.answer_due_on or clock.period(Duty.ANSWER, received).due(received),
    }
    subject, body = text(
        f"letter-{notice}",
        language,
        number=letter.key,
        url=f"{settings.public_url}{'' if language == 'ja' else f'/{language}'}/letters/{letter.key}",
        organisation=organisation.named(language),
        department=organisation.department,
        telephone=organisation.telephone,
        **{name: format_wareki(day) if language == "ja" else day.isoformat() for name, day in days.items()},
    )
    return Mail(job_id, address, subject, body)
