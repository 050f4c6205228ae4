"""Sample letters about documents of the organisation's work. Neither the group nor the documents exist."""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.letters import decision_letter
from disclosure.letters.frame import Paper
from disclosure.letters.readings import SHEETS, Reading
from disclosure.letters.regime_samples import READ_AS as OF_REGIMES
from disclosure.letters.regime_samples import RECEIVED_ON, Shared
from disclosure.letters.versions import LETTERS
from disclosure.models.case import Case
from disclosure.rules.decisions import DecisionType, Reason, Rest
from disclosure.rules.kinds import Channel, Delivery, Field, Format, RecordKind
from disclosure.rules.regimes import regime
from portal.core.settings import Organisation
from portal.letters.samples import Sample

GROUP = {
    Field.NAME: "見本市民情報クラブ",
    Field.REPRESENTATIVE: "見本　代子",
    Field.ADDRESS: "東京都千代田区見本町二丁目3番4号",
    Field.POSTAL_CODE: "100-0000",
    Field.DETAILS: "中継サーバーの改修に係る契約書及び仕様書\n令和7年11月の障害に関する会議の議事録",
}
STAFF_NAMES = Reason(
    "議事録のうち、委託事業者の従業員の氏名",
    "C1",
    "個人に関する情報であって、特定の個人を識別することができるものです。",
    "公にすることにより、その従業員個人が特定されます。法令の規定又は慣行として公にされている情報ではありません。",
)
CONFIGURATION = Reason(
    "仕様書のうち、第4章「機器の構成」",
    "C4-b",
    "中継サーバーの機器の構成及び設定の値です。",
    "公にすることにより、不正な侵入の手掛かりとなり、犯罪の予防に支障を及ぼすおそれがあります。",
)
ALL_OF_IT = Reason(
    "仕様書の別冊「設定値一覧」",
    "C4-b",
    "中継サーバーの設定の値だけを記載した一覧です。",
    "公にすることにより、不正な侵入の手掛かりとなり、犯罪の予防に支障を及ぼすおそれがあります。",
    Rest.MEANS_NOTHING,
)
COUNTS = Reason(
    "議事録のうち、影響を受けた申請の件数の内訳",
    "C8",
    "審議又は検討に関する情報（第5条第3号）に当たります。",
    "影響の範囲を知ることは住民の権利の行使に欠かせず、公にする公益上の必要が特に大きいと認めます。",
)
READ_AS = {**OF_REGIMES, "d4-part": tuple(SHEETS), "d4-own": (Reading.EASY, Reading.ENGLISH)}


def document_letters(organisation: Organisation, business: Organisation, shared: Shared) -> Iterator[Sample]:
    """What is disclosed in part, with discretion and to be looked at; by a body's own rule; and refused as a whole."""
    partial, full, none = DecisionType.PARTIAL, DecisionType.FULL, DecisionType.NONE
    for name, title, code, kind, reasons in (
        ("d4-part", "法人文書開示決定通知書（部分開示）", "P6", partial, (STAFF_NAMES, CONFIGURATION, COUNTS)),
        ("d4-own", "文書開示決定通知書（情報公開規程）", "P6-own", full, ()),
        ("f5-documents", "法人文書不開示決定通知書", "P6", none, (ALL_OF_IT,)),
    ):
        case = Case(
            id="sample",
            number=shared.case_number,
            regime=code,
            law_day=RECEIVED_ON,
            received_on=RECEIVED_ON,
            records=RecordKind.DOCUMENTS,
            channel=Channel.WEB,
            delivery=Delivery.OFFICE if kind is partial else Delivery.DOWNLOAD,
            format=Format.INSPECTION if kind is partial else Format.PDF,
        )
        body = organisation if code == "P6" else business
        paper = Paper(shared.number, shared.day, body, sample=True)
        context = decision_letter.context(case, kind, GROUP, reasons, paper=paper)
        template = LETTERS.current(decision_letter.kind(kind, regime(code, RECEIVED_ON)), shared.day)
        yield Sample(name, title, LETTERS, template.name, {**context, **shared.sealed})
