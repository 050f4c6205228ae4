"""Sample values of the request for correction, for the gallery and the tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from disclosure.letters import correction_letter
from disclosure.letters.correction_letter import KIND, Asked
from disclosure.letters.frame import Paper
from disclosure.letters.readings import SHEETS, Reading, set_as
from disclosure.letters.versions import LETTERS
from disclosure.models.case import Case
from disclosure.rules import deadlines
from disclosure.rules.kinds import Channel, Delivery, Field, Format, RecordKind, Requester
from disclosure.rules.regimes import regime
from portal.core.settings import Organisation
from portal.letters.engine import Context
from portal.letters.samples import Sample

RECEIVED_ON = date(2026, 4, 1)
SENT_ON = date(2026, 4, 28)
NOTE = "お送りいただいた運転免許証の画像は、右下の部分が切れていました。\n四隅が写るように、もう一度撮影してください。"


def mending(
    organisation: Organisation, person: Mapping[Field, str], *, case_number: str, number: str, sealed: Context
) -> Iterator[Sample]:
    """The letter with two defects and a note, and its readings. ``sealed`` are the values of an issued letter."""
    case = Case(
        id="sample",
        number=case_number,
        regime="P2",
        law_day=RECEIVED_ON,
        received_on=RECEIVED_ON,
        records=RecordKind.BOTH,
        requester=Requester.PERSON,
        channel=Channel.WEB,
        delivery=Delivery.DOWNLOAD,
        format=Format.PDF,
    )
    due = deadlines.compute("D1", RECEIVED_ON, law_day=RECEIVED_ON)
    asked = Asked(("identity-unreadable", "record"), NOTE, SENT_ON, date(2026, 5, 12), due, round=2)
    made = correction_letter.context(
        case,
        regime("P2", RECEIVED_ON),
        asked,
        person,
        paper=Paper(number, SENT_ON, organisation, sample=True),
    )
    context = {**made, **sealed}
    template = LETTERS.current(KIND, SENT_ON)
    yield Sample(KIND, "補正依頼書", LETTERS, template.name, context)
    for reading, title in ((Reading.EASY, "やさしい日本語"), (Reading.ENGLISH, "英語の参考訳")):
        version, values = set_as(reading, template, context)
        name = f"{KIND}-{reading.value}"
        yield Sample(name, f"補正依頼書 – {title}", LETTERS, version.name, values, SHEETS[reading])
