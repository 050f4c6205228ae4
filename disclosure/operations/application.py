"""What a request says (開示請求書), and what keeps it from being taken.

個人情報の保護に関する法律 第77条第1項, 同法施行令 第22条第3項.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from disclosure.operations.filing import Upload
from disclosure.rules import agents
from disclosure.rules.kinds import CaseKind, Channel, Delivery, Field, Format, RecordKind, Requester
from disclosure.rules.records import is_described
from portal.core import screening
from portal.core.errors import N_, Invalid

NAME = (100, 256)
LINES = (Field.DETAILS, Field.CLAIM, Field.CLAIM_REASON)
NAMES = (
    Field.NAME, Field.KANA, Field.AGENT_NAME, Field.AGENT_KANA, Field.REPRESENTATIVE, Field.CONTACT_PERSON,
)  # fmt: skip
MOST_FILES = 6
MOST_ITEMS = 50
MISSING_OF_AGENT = {
    Field.AGENT_NAME: N_("Enter the representative's name."),
    Field.AGENT_KANA: N_("Enter the reading of the representative's name."),
    Field.AGENT_ADDRESS: N_("Enter the representative's address."),
}
MISSING = {
    Field.NAME: N_("Enter your name."),
    Field.KANA: N_("Enter the reading of your name."),
    Field.ADDRESS: N_("Enter your address."),
    Field.BIRTH_DATE: N_("Enter your date of birth."),
}
# Who asks for documents says no more than the law asks for (独立行政法人等情報公開法 第4条第1項).
MISSING_OF_ANYBODY = {
    Field.NAME: N_("Enter your name, or that of the company or group."),
    Field.ADDRESS: MISSING[Field.ADDRESS],
}


@dataclass(frozen=True)
class Agent:
    """Who asks for another person, and in what capacity (a code of ``rules.agents``). ``proofs``: what shows it."""

    requester: Requester
    capacity: str
    name: str
    kana: str
    address: str
    postal_code: str = ""
    telephone: str = ""
    proofs: tuple[Upload, ...] = ()

    def texts(self) -> dict[Field, str]:
        """The personal values by field."""
        return {
            Field.AGENT_NAME: self.name,
            Field.AGENT_KANA: self.kana,
            Field.AGENT_ADDRESS: self.address,
            Field.AGENT_POSTAL_CODE: self.postal_code,
            Field.AGENT_TELEPHONE: self.telephone,
            Field.AGENT_CAPACITY: self.capacity,
        }


@dataclass(frozen=True)
class Claimed:
    """What a claim (訂正請求・利用停止請求) says beside who makes it: 趣旨, 理由, and after which disclosure.

    ``regime`` is that of the disclosure; ``origin_id`` its case, if that was here.
    """

    kind: CaseKind
    regime: str
    claim: str
    reason: str
    disclosed: str = ""
    origin_id: str | None = None
    evidence: tuple[Upload, ...] = ()

    def texts(self) -> dict[Field, str]:
        """The personal values by field."""
        return {Field.CLAIM: self.claim, Field.CLAIM_REASON: self.reason, Field.DISCLOSED: self.disclosed}


@dataclass(frozen=True)
class Application:
    """What a request says. Texts are kept exactly as typed; empty ones are not stored.

    ``name`` to ``birth_date`` are those of the person concerned, also where an ``agent`` asks for them. ``protected``:
    the address must not become known to somebody. For documents anybody may ask: there is no date of birth, and a
    company or group has a ``representative`` and, if it likes, a ``contact_person``; ``items`` are so many documents.
    """

    name: str
    kana: str
    address: str
    birth_date: date | None
    records: RecordKind
    delivery: Delivery
    format: Format
    postal_code: str = ""
    telephone: str = ""
    email: str = ""
    details: str = ""
    language: str = "ja"
    wants_mail: bool = False
    files: tuple[Upload, ...] = ()
    channel: Channel = Channel.WEB
    received_on: date | None = None
    address_then: str = ""
    agent: Agent | None = None
    protected: bool = False
    claimed: Claimed | None = None
    representative: str = ""
    contact_person: str = ""
    items: int = 1

    @property
    def requester(self) -> Requester:
        """Who asks."""
        return self.agent.requester if self.agent is not None else Requester.PERSON

    def texts(self) -> dict[Field, str]:
        """The personal values by field."""
        return {
            Field.NAME: self.name,
            Field.KANA: self.kana,
            Field.ADDRESS: self.address,
            Field.BIRTH_DATE: self.birth_date.isoformat() if self.birth_date is not None else "",
            Field.POSTAL_CODE: self.postal_code,
            Field.TELEPHONE: self.telephone,
            Field.EMAIL: self.email,
            Field.DETAILS: self.details,
            Field.ADDRESS_THEN: self.address_then,
            Field.REPRESENTATIVE: self.representative,
            Field.CONTACT_PERSON: self.contact_person,
            **(self.agent.texts() if self.agent is not None else {}),
            **(self.claimed.texts() if self.claimed is not None else {}),
        }


def check_standing(application: Application, regime: str, asked_on: date) -> None:
    """Whether this requester may ask for this person under the regime (個人情報保護法 第76条第2項)."""
    agent = application.agent
    if application.birth_date is None:  # documents: everybody may ask
        return
    refused = agents.standing_problem(
        application.requester, agent.capacity if agent else "", application.birth_date, asked_on, regime=regime
    )
    if refused is not None:
        raise Invalid(refused.message, field=refused.part, **refused.params)


def check(application: Application, *, today: date) -> None:
    """Raise Invalid with ``field`` for what cannot be taken, whatever is asked for."""
    texts = application.texts()
    asked = MISSING if application.records.personal else MISSING_OF_ANYBODY
    for field, message in (asked | (MISSING_OF_AGENT if application.agent is not None else {})).items():
        if not texts[field].strip():
            raise Invalid(message, field=field.value)
    for field, text in texts.items():
        if field in LINES:
            screening.lines(text, field=field.value)
        else:
            screening.line(text, field=field.value, limits=NAME if field in NAMES else screening.LINE)
    if is_described(application.records) and not application.details.strip():
        raise Invalid(N_("Say in words which record it is."), field="details")
    born = application.birth_date
    if born is not None and not date(1873, 1, 1) <= born <= today:
        raise Invalid(N_("This cannot be a date of birth."), field=Field.BIRTH_DATE.value)
    _check_documents(application)
    if application.language not in ("ja", "en"):
        raise Invalid(N_("Choose a language."), field="language")
    if application.received_on is not None and application.received_on > today:
        raise Invalid(N_("A request cannot have arrived in the future."), field="received-on")
    proofs = application.agent.proofs if application.agent is not None else ()
    if max(len(application.files), len(proofs)) > MOST_FILES:
        raise Invalid(N_("Send at most %(most)s files."), most=MOST_FILES, field="files")
    for upload in (*application.files, *proofs):
        screening.file_name(upload.name)


def _check_documents(application: Application) -> None:
    """What fits a request for documents alone, and what does not fit one."""
    personal = application.records.personal
    of_documents = application.representative or application.contact_person or application.items != 1
    of_persons = application.birth_date or application.agent or application.files or application.claimed
    if of_documents if personal else of_persons:
        raise Invalid(N_("The form is damaged. Start again."))
    if not 1 <= application.items <= MOST_ITEMS:
        raise Invalid(N_("Ask for at most %(most)s documents at once."), most=MOST_ITEMS, field="items")
