"""Sample values of the letters about claims (F17 to F22), for the gallery and the tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from disclosure.letters import claim_letter, extension_letter, recipient_letter, transfer_letters
from disclosure.letters.extension_letter import MoreTime
from disclosure.letters.frame import Paper
from disclosure.letters.readings import SHEETS, Reading, set_as
from disclosure.letters.recipient_letter import Recipient
from disclosure.letters.transfer_letters import Told
from disclosure.letters.versions import LETTERS
from disclosure.models.case import Case
from disclosure.queries.case_law import case_law
from disclosure.rules import deadlines
from disclosure.rules.decisions import DecisionType, Reason
from disclosure.rules.extensions import ExtensionGround, ExtensionKind
from disclosure.rules.kinds import CaseKind, Channel, Delivery, Field, Format, RecordKind, Requester
from portal.core.settings import Organisation
from portal.letters.engine import Context
from portal.letters.samples import Sample

RECEIVED_ON = date(2026, 6, 1)
CLAIM = {
    CaseKind.CORRECTION: "交付申請書の記録のうち、氏名のフリガナ「カツラギ」を「カツラキ」に、"
    "転居前の住所の番地「2番3号」を「3番2号」に訂正してください。",
    CaseKind.SUSPENSION: "顔写真の画像の利用を停止してください。",
}
GRANTED = Reason(
    "氏名のフリガナ",
    "K1",
    "「カツラギ」を「カツラキ」に訂正します。",
    "提出された旅券の写しにより、事実でないことを確認しました。",
)
KEPT = Reason(
    "転居前の住所の番地",
    "K2",
    "交付申請書の画像及び申請時の住民票の記載を確かめました。いずれも「2番3号」です。",
    "申請時の内容と一致しており、事実でないとは認められません。",
)
STOPPED = Reason(
    "顔写真の画像",
    "S4",
    "広報資料の作成のための利用を停止します。",
    "利用目的以外の目的のために利用していたことを確認しました。",
)
USED = Reason(
    "顔写真の画像",
    "S8",
    "利用の記録及び提供の記録を確かめました。利用目的以外の利用及び提供はありません。",
    "利用目的の範囲内で適正に取り扱っており、請求に理由があるとは認められません。",
)
LATE = Reason("請求書", "K6", "開示を受けた日は令和8年1月15日です。", "期限の令和8年4月15日を過ぎて請求されました。")
BUSINESS = Reason("連絡先の電話番号", "K1", "電話番号の下4桁を訂正します。", "本人からの申出により確認しました。")
RECIPIENT = Recipient(
    name="見本県",
    department="総務部市町村課",
    postal_code="100-0000",
    address="見本県見本市見本町一丁目1番1号",
    given="令和8年2月10日付け見情機第3号により提供しました。",
    changed="氏名のフリガナ\n（訂正前）カツラギ\n（訂正後）カツラキ",
    done_on=date(2026, 7, 1),
)


MOVED = Told(
    body="見本市",
    head="見本市長　見本　次郎",
    department="市民部　市民課",
    postal_code="100-0000",
    address="見本県見本市見本町一丁目1番1号",
    telephone="00-0000-0000",
    part="",
    reason="訂正請求に係る記録は、見本市から提供を受けたものです。",
    transferred_on=date(2026, 7, 10),
    due_on=date(2026, 7, 1),
)


def claim_case(kind: CaseKind, number: str, regime: str = "P2") -> Case:
    """The case that the samples are of."""
    return Case(
        id="sample",
        number=number,
        kind=kind,
        regime=regime,
        law_day=RECEIVED_ON,
        received_on=RECEIVED_ON,
        channel=Channel.WEB,
        requester=Requester.PERSON,
        protected=False,
        records=RecordKind.BOTH,
        delivery=Delivery.DOWNLOAD,
        format=Format.PDF,
    )


def claims(
    organisation: Organisation,
    business: Organisation,
    person: Mapping[Field, str],
    *,
    case_number: str,
    number: str,
    day: date,
    sealed: Context,
) -> Iterator[Sample]:
    """Every letter about a claim with its readings. ``sealed`` are the values of an issued letter."""
    correction, suspension = CaseKind.CORRECTION, CaseKind.SUSPENSION
    for name, title, kind, decision, reasons, code in (
        ("f17-correction", "訂正決定通知書（一部）", correction, "B", (GRANTED, KEPT), "P2"),
        ("f17-suspension", "利用停止決定通知書", suspension, "A", (STOPPED,), "P2"),
        ("f17-business", "訂正等の請求に対する回答", correction, "A", (BUSINESS,), "P1"),
        ("f18-correction", "訂正をしない旨の決定通知書（期間経過）", correction, "F", (LATE,), "P2"),
        ("f18-suspension", "利用停止をしない旨の決定通知書", suspension, "C", (USED,), "P2"),
    ):
        case = claim_case(kind, case_number, code)
        values = {**person, Field.CLAIM: CLAIM[kind]}
        context = claim_letter.context(
            case,
            case_law(case),
            DecisionType(decision),
            values,
            reasons,
            paper=Paper(number, day, organisation if code == "P2" else business, sample=True),
        )
        yield from _with_readings(name, title, LETTERS.current(name[:3], day).name, {**context, **sealed})
    yield from _more_time(organisation, person, case_number=case_number, number=number, day=day, sealed=sealed)
    context = transfer_letters.to_the_requester(
        claim_case(correction, case_number),
        MOVED,
        person,
        paper=Paper(number, day, organisation, sample=True),
    )
    template = LETTERS.current("f21", day).name
    yield from _with_readings("f21", "訂正請求に係る事案の移送通知書", template, {**context, **sealed})
    context = recipient_letter.context(
        claim_case(correction, case_number),
        RECIPIENT,
        person,
        paper=Paper(number, day, organisation, sample=True),
    )
    yield Sample("f22", "提供先への訂正の通知", LETTERS, LETTERS.current("f22", day).name, {**context, **sealed})


def _more_time(
    organisation: Organisation,
    person: Mapping[Field, str],
    *,
    case_number: str,
    number: str,
    day: date,
    sealed: Context,
) -> Iterator[Sample]:
    facts = "訂正の対象とされた記録の元となった申請書を、保管庫から取り寄せて確かめる必要があります。"
    for kind, codes, nouns in (
        (CaseKind.CORRECTION, ("D8", "D8X", "D8S"), "訂正決定等"),
        (CaseKind.SUSPENSION, ("D8U", "D8UX", "D8US"), "利用停止決定等"),
    ):
        first = deadlines.compute(codes[0], RECEIVED_ON, law_day=RECEIVED_ON)
        extended = deadlines.compute(codes[1], RECEIVED_ON, law_day=RECEIVED_ON, extended_days=30)
        special = deadlines.compute(codes[2], RECEIVED_ON, law_day=RECEIVED_ON, until=date(2026, 12, 25))
        for name, title, more in (
            (
                "f19",
                f"{nouns}期限延長通知書",
                MoreTime(
                    ExtensionKind.EXTENSION, first.due_on, extended, facts, days=30, ground=ExtensionGround.BURDEN
                ),
            ),
            (
                "f20",
                f"{nouns}の期限の特例規定適用通知書",
                MoreTime(ExtensionKind.SPECIAL, first.due_on, special, facts, rest_on=date(2026, 12, 25)),
            ),
        ):
            context = extension_letter.context(
                claim_case(kind, case_number),
                more,
                person,
                paper=Paper(number, day, organisation, sample=True),
            )
            template = LETTERS.current(name, day).name
            yield from _with_readings(f"{name}-{kind.value}", title, template, {**context, **sealed})


def _with_readings(name: str, title: str, template: str, context: Context) -> Iterator[Sample]:
    yield Sample(name, title, LETTERS, template, context)
    for reading in (Reading.EASY, Reading.ENGLISH):
        made, values = set_as(reading, LETTERS.named(template), context)
        yield Sample(
            f"{name}-{reading.value}", f"{title} – {reading.value}", LETTERS, made.name, values, SHEETS[reading]
        )
