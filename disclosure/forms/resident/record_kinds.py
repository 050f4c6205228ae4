"""The records as a requester chooses among them: what each is called, and a word on what it holds."""

from __future__ import annotations

from disclosure.rules.kinds import RecordKind
from portal.web.language import _l

RECORDS = (
    (RecordKind.FORM, _l("The application form for the card"), _l("What you wrote when you applied for the card.")),
    (RecordKind.PHOTO, _l("The face photo"), _l("The photo that was sent with the application.")),
    (RecordKind.BOTH, _l("Both: application form and face photo"), ""),
    (
        RecordKind.IDENTITY_DATA,
        _l("Identity data of the resident-register network"),
        _l("Name, address, date of birth and sex, and how they changed."),
    ),
    (
        RecordKind.CERTIFICATES,
        _l("Records of your electronic certificates"),
        _l("When certificates were issued to you and when they ended."),
    ),
    (
        RecordKind.EXCHANGE_LOG,
        _l("Logs of information exchange"),
        _l("Which body asked which other one for what about you, and when."),
    ),
    (
        RecordKind.INQUIRY,
        _l("Whether an investigator asked about me"),
        _l("Everybody who asks this gets the same letter, whether or not there is anything."),
    ),
    (
        RecordKind.OTHER,
        _l("Another record, which I describe"),
        _l("For example the record of a call: when it was, and what it was about."),
    ),
)
CARD = frozenset({RecordKind.FORM, RecordKind.PHOTO, RecordKind.BOTH})
