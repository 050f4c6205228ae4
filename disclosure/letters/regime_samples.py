"""Sample letters of the special records and of requests that all get one answer. The persons do not exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from disclosure.letters import decision_letter, extension_letter
from disclosure.letters.extension_letter import MoreTime
from disclosure.letters.frame import Paper
from disclosure.letters.readings import SHEETS, Reading
from disclosure.letters.versions import LETTERS
from disclosure.models.case import Case
from disclosure.rules import deadlines
from disclosure.rules.decisions import DecisionType, Reason
from disclosure.rules.extensions import ExtensionGround, ExtensionKind
from disclosure.rules.kinds import Delivery, Field, Format, RecordKind
from disclosure.rules.regimes import regime
from disclosure.rules.uniform import answer
from portal.core.settings import Organisation
from portal.letters.samples import Sample

RECEIVED_ON = date(2026, 4, 1)
ELSEWHERE = Reason(
    "自治体中間サーバーに記録された副本",
    "J1",
    "見本市　総務課（個人情報保護担当）",
    "見本市に、個人情報の保護に関する法律第77条第1項の規定による開示請求をしてください。本人確認書類が必要です。"
    "電話　00-0000-0000",
)

# In what other forms the gallery shows them.
_BOTH = (Reading.EASY, Reading.ENGLISH)
READ_AS = {
    "f29": tuple(SHEETS),
    "f29-none": _BOTH,
    "f29-certificates": _BOTH,
    "informed": _BOTH,
    "f5-inquiry": _BOTH,
    "f5-inquiry-business": (Reading.ENGLISH,),
    "f6-register": _BOTH,
}


@dataclass(frozen=True)
class Shared:
    """What all the samples have: number and day, and what the case is called."""

    number: str
    case_number: str
    day: date
    person: Mapping[Field, str]
    sealed: Mapping[str, Any]


def regime_letters(organisation: Organisation, business: Organisation, shared: Shared) -> Iterator[Sample]:
    """Disclosures by F29, whom to ask, the same answer for all, and more time under such a law."""
    full, neither = DecisionType.FULL, DecisionType.NEITHER
    data, inquiry, other = RecordKind.IDENTITY_DATA, RecordKind.INQUIRY, RecordKind.OTHER
    for name, title, code, records, kind, found in (
        ("f29", "本人確認情報開示通知書", "P3", data, full, True),
        ("f29-none", "本人確認情報開示通知書（存在しない）", "P3", data, full, False),
        ("f29-certificates", "認証業務情報開示通知書", "P4", RecordKind.CERTIFICATES, full, True),
        ("informed", "開示の請求先のお知らせ", "P1", other, DecisionType.INFORMED, False),
        ("f5-inquiry", "不開示決定通知書（存否応答拒否）", "P2", inquiry, neither, False),
        ("f5-inquiry-business", "開示しない旨の通知（存否応答拒否）", "P1", inquiry, neither, False),
    ):
        body = organisation if code == "P2" else business
        case = _case(code, records, shared)
        law = regime(code, RECEIVED_ON)
        same = answer(records, law, RECEIVED_ON)
        why = same.reasons if same is not None else (ELSEWHERE,) if kind is DecisionType.INFORMED else ()
        context = decision_letter.context(
            case, kind, shared.person, why, paper=Paper(shared.number, shared.day, body, sample=True),
            found=found,
        )  # fmt: skip
        template = LETTERS.current(decision_letter.kind(kind, law), shared.day)
        yield Sample(name, title, LETTERS, template.name, {**context, **shared.sealed})
    yield _more_time(business, shared)


def _case(code: str, records: RecordKind, shared: Shared) -> Case:
    return Case(
        id="sample",
        number=shared.case_number,
        regime=code,
        law_day=RECEIVED_ON,
        received_on=RECEIVED_ON,
        records=records,
        delivery=Delivery.DOWNLOAD,
        format=Format.PDF,
    )


def _more_time(organisation: Organisation, shared: Shared) -> Sample:
    law = regime("P3", RECEIVED_ON)
    first = deadlines.compute(law.decision_clock, RECEIVED_ON, law_day=RECEIVED_ON)
    more = MoreTime(
        kind=ExtensionKind.EXTENSION,
        before_on=first.due_on,
        due=deadlines.compute(law.extension_clock, RECEIVED_ON, law_day=RECEIVED_ON, extended_days=20),
        facts="履歴の確認を、都道府県の情報と照らし合わせて行っているためです。",
        days=20,
        ground=ExtensionGround.BURDEN,
    )
    context = extension_letter.context(
        _case("P3", RecordKind.IDENTITY_DATA, shared),
        more,
        shared.person,
        paper=Paper(shared.number, shared.day, organisation, sample=True),
    )
    title = "開示の期限の延長通知書（本人確認情報）"
    return Sample("f6-register", title, LETTERS, LETTERS.current("f6", shared.day).name, {**context, **shared.sealed})
