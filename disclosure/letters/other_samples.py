"""Sample values of the letters to other bodies and to third parties, for the gallery and the tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from disclosure.letters import breach_letter, third_party_letters, transfer_letters
from disclosure.letters.breach_letter import Breach
from disclosure.letters.frame import Paper
from disclosure.letters.readings import SHEETS, Reading, set_as
from disclosure.letters.third_party_letters import Disclosure, Inquiry, Party
from disclosure.letters.transfer_letters import Told
from disclosure.letters.versions import LETTERS
from disclosure.models.case import Case
from disclosure.rules.kinds import Channel, Delivery, Field, Format, RecordKind, Requester
from disclosure.rules.third_parties import Item
from portal.core.settings import Organisation
from portal.letters.engine import Context
from portal.letters.samples import Sample

RECEIVED_ON = date(2026, 4, 1)
WHOLE = Told(
    body="見本市",
    head="見本市長　見本　次郎",
    department="市民部　市民課",
    postal_code="100-0000",
    address="見本県見本市見本町一丁目1番1号",
    telephone="00-0000-0000",
    part="",
    reason="請求に係る記録のうち、カードの交付の記録は、見本市が作成し、保有しているものです。",
    transferred_on=date(2026, 4, 28),
    due_on=date(2026, 5, 7),
    enclosed=("開示請求書の写し", "本人確認の記録"),
    corrections=((date(2026, 4, 7), date(2026, 4, 13)),),
)
PART = replace(WHOLE, part="個人番号カードの交付の記録及び暗証番号の届出書", corrections=())
PERSON = Party("見本　三郎", "様", "100-0000", "東京都千代田区見本町二丁目3番4号")
OFFICE = Party("見本写真株式会社", "御中", "100-0000", "東京都千代田区見本町三丁目4番5号　見本ビル6階")
BREACH = Breach(
    name="見本　三郎",
    postal_code="100-0000",
    address="東京都千代田区見本町二丁目3番4号",
    known_on=date(2026, 4, 20),
    items={
        "summary": "別の方からの開示請求に応じて写しを郵送した際、あなたの交付申請書の写しを誤って同封しました。\n"
        "受け取った方から4月20日に連絡があり、4月21日に写しを回収しました。",
        "data": "平成28年1月に申請された個人番号カードの交付申請書に記載された氏名、住所、生年月日及び顔写真",
        "cause": "写しを封入する際の、宛先と記録の氏名との照合が不十分でした。",
        "secondary": "回収した写しのほかに写しがないことを、受け取った方に確認しています。\n"
        "現在のところ被害は確認していません。",
        "other": "",
    },
)
CONTENT = "交付申請書の受付の欄にある、申請の受付を担当した従業員の氏名及び印影"
WHY = "請求者の権利利益を保護するため特に必要と認められます。"
REASONS = (
    "受付を担当した者の氏名は、申請の経過を請求者が確かめるために必要であり、その者の職務の遂行に係る情報です。\n"
    "意見書にある支障は、氏名のみを開示し、連絡先及び印影を不開示とすることで避けられると判断しました。"
)


def others(
    organisation: Organisation,
    person: Mapping[Field, str],
    *,
    case_number: str,
    number: str,
    day: date,
    sealed: Context,
) -> Iterator[Sample]:
    """F8 to F13, and the notice of a leak. ``sealed`` are the values of an issued letter."""
    case = Case(
        id="sample",
        number=case_number,
        regime="P2",
        law_day=RECEIVED_ON,
        received_on=RECEIVED_ON,
        channel=Channel.WEB,
        requester=Requester.PERSON,
        protected=False,
        records=RecordKind.BOTH,
        delivery=Delivery.DOWNLOAD,
        format=Format.PDF,
    )
    paper = Paper(number, day, organisation, sample=True)
    asked = Inquiry(CONTENT, date(2026, 5, 12))
    demanded = Inquiry(CONTENT, date(2026, 5, 12), Item.DISCRETION, WHY)
    told = Disclosure(date(2026, 4, 20), day, "見情機第10号", REASONS, date(2026, 5, 13))
    to_body, to_requester = transfer_letters.to_the_body, transfer_letters.to_the_requester
    ask, notify = third_party_letters.inquiry, third_party_letters.objection_notice
    for name, title, context in (
        ("f8", "移送書", to_body(case, WHOLE, person, paper=paper)),
        ("f8-part", "移送書（一部の移送）", to_body(case, PART, person, paper=paper)),
        ("f9", "移送通知書", to_requester(case, WHOLE, person, paper=paper)),
        ("f9-part", "移送通知書（一部の移送）", to_requester(case, PART, person, paper=paper)),
        ("f10", "第三者意見照会書（任意）", ask(case, PERSON, asked, paper=paper)),
        ("f11", "第三者意見照会書（必要的）", ask(case, OFFICE, demanded, paper=paper)),
        ("breach", "漏えい等の本人への通知", breach_letter.context(case, BREACH, paper=paper)),
        ("f13", "反対意見書提出者への通知書", notify(case, OFFICE, told, paper=paper)),
    ):
        template = LETTERS.current(name.partition("-")[0], day)
        yield Sample(name, title, LETTERS, template.name, {**context, **sealed})
        if template.kind in ("f9", "breach"):
            for reading, words in ((Reading.EASY, "やさしい日本語"), (Reading.ENGLISH, "英語の参考訳")):
                found, values = set_as(reading, template, {**context, **sealed})
                file = f"{name}-{reading.value}"
                yield Sample(file, f"{title}（{words}）", LETTERS, found.name, values, SHEETS[reading])
