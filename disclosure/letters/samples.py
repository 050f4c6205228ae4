"""Sample values for every template of the room, for the gallery and the tests. The persons do not exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from disclosure.letters import decision_letter
from disclosure.letters.appeal_samples import appeals
from disclosure.letters.claim_samples import claims
from disclosure.letters.correction_samples import mending
from disclosure.letters.document_samples import READ_AS, document_letters
from disclosure.letters.extension_samples import more_time
from disclosure.letters.fee_samples import receipts
from disclosure.letters.form_samples import blank_and_filled
from disclosure.letters.frame import Paper
from disclosure.letters.other_samples import others
from disclosure.letters.print_run import window_size
from disclosure.letters.readings import SHEETS, Reading, set_as
from disclosure.letters.regime_samples import Shared, regime_letters
from disclosure.letters.routing_note import KIND, note_context
from disclosure.letters.slip import slip_context
from disclosure.letters.versions import LETTERS
from disclosure.models.case import Case
from disclosure.rules.decisions import DecisionType, Reason
from disclosure.rules.kinds import Delivery, Field, Format, RecordKind
from disclosure.rules.routing import ROUTES
from portal.core.settings import Organisation
from portal.core.wareki import format_wareki
from portal.letters.contact import sender
from portal.letters.engine import Context
from portal.letters.samples import Sample

DAY = date(2026, 4, 28)
READINGS_JA = {Reading.LARGE: "大きな文字", Reading.EASY: "やさしい日本語", Reading.ENGLISH: "英語の参考訳"}
LAW_DAY = date(2026, 4, 1)
DAY_OF_CLAIM = date(2026, 7, 10)
NUMBER = "見情機第11号"
CASE_NUMBER = "開-R08-000123-Q"
VERIFY_URL = "https://kaiji.example/verify/ABCDEFGHJKMNPQRSTVWXYZ2345"
TREE = {"size": 10, "root": "00" * 32}
SEALED = {"tree": TREE, "verify_url": VERIFY_URL, "seal": "", "seal_image": True, "signed": "sample"}

PERSON = {
    Field.NAME: "葛󠄂城　𠮷之助",
    Field.ADDRESS: "東京都千代田区見本町一丁目2番3号　見本マンション405",
    Field.POSTAL_CODE: "100-0000",
}

REPRESENTED = {
    **PERSON,
    Field.NAME: "葛󠄂城　見本花",
    Field.AGENT_NAME: PERSON[Field.NAME],
    Field.AGENT_ADDRESS: PERSON[Field.ADDRESS],
    Field.AGENT_POSTAL_CODE: PERSON[Field.POSTAL_CODE],
}

REASONS = (
    Reason(
        "交付申請書のうち、受付事務を担当した委託事業者の従業員の氏名及び印影",
        "N2",
        "本人以外の個人の氏名であって、特定の個人を識別することができるものです。",
        "開示した場合、その従業員個人が特定され、その権利利益を害するおそれがあります。法令の規定又は慣行により"
        "知ることができる情報ではなく、他の例外にも該当しません。",
    ),
    Reason(
        "処理記録のうち、不正な申請を検知するための判定の項目及び結果",
        "N7-c",
        "審査の着眼点を示す情報です。",
        "開示した場合、審査の着眼点が明らかになり、正確な事実の把握を困難にするおそれ及び不当な行為を容易にするおそれがあります。",
    ),
)
NOT_HELD = Reason(
    "個人番号カード交付申請書",
    "N9",
    "平成27年10月以降に受け付けた申請の記録を、氏名、生年月日及び申請時の住所を用いて探索しました。",
    "探索した範囲に、請求者の申請を受け付けた記録がありません。",
)
BUSINESS_REASON = Reason(
    "処理記録のうち、不正な申請を検知するための判定の項目及び結果",
    "Q2",
    "審査の着眼点を示す情報です。",
    "開示した場合、同種の業務の適正な実施に著しい支障を及ぼすおそれがあります。",
)
FORM = Reason(
    "請求書",
    "N10",
    "本人確認書類が添えられていません。",
    "令和8年4月7日に補正を求めましたが、期限までに補正されませんでした。",
)


def decision_sample(
    organisation: Organisation,
    kind: DecisionType = DecisionType.FULL,
    reasons: tuple[Reason, ...] = (),
    *,
    regime: str = "P2",
    delivery: Delivery = Delivery.DOWNLOAD,
    person: Mapping[Field, str] = PERSON,
    **more: Any,
) -> Context:
    """The context of a sample decision; ``more`` are further values of the context."""
    case = Case(
        id="sample",
        number=CASE_NUMBER,
        regime=regime,
        law_day=LAW_DAY,
        received_on=date(2026, 4, 1),
        records=RecordKind.BOTH,
        delivery=delivery,
        format=Format.PDF,
    )
    context = decision_letter.context(case, kind, person, reasons, paper=Paper(NUMBER, DAY, organisation, sample=True))
    return {**context, "tree": TREE, "verify_url": VERIFY_URL, **more}


def letters(organisation: Organisation, business: Organisation) -> Iterator[Sample]:
    """The decisions in every form. ``business`` answers under the law for businesses."""
    sealed: dict[str, Any] = {"seal": "", "seal_image": True, "signed": "sample"}
    for name, title, context in (
        ("f4-full", "開示決定通知書（全部開示）", decision_sample(organisation, **sealed)),
        (
            "f4-part",
            "開示決定通知書（部分開示）",
            decision_sample(organisation, DecisionType.PARTIAL, REASONS, delivery=Delivery.POST, **sealed),
        ),
        (
            "f4-annex",
            "開示決定通知書（部分開示、別紙あり）",
            decision_sample(organisation, DecisionType.PARTIAL, REASONS * 9, delivery=Delivery.OFFICE, **sealed),
        ),
        ("f4-window", "開示決定通知書（窓付き封筒用）", decision_sample(organisation, window=True, **sealed)),
        ("f4-unsealed", "開示決定通知書（公印省略、電子署名なし）", decision_sample(organisation)),
        (
            "f4-corrected",
            "開示決定通知書（訂正）",
            decision_sample(
                organisation,
                replaces={
                    "number": "見情機第9号",
                    "date": "令和8年4月24日",
                    "reason": "先の通知では、開示する保有個人情報の名称に誤りがありました。",
                },
                **sealed,
            ),
        ),
        ("f4-draft", "開示決定通知書（案）", decision_sample(organisation, draft=True, verify_url="")),
        ("f4-agent", "開示決定通知書（代理人による請求）", decision_sample(organisation, person=REPRESENTED, **sealed)),
        ("f4-business", "開示の通知（個人情報取扱事業者）", decision_sample(business, regime="P1", **sealed)),
        ("f5-refused", "不開示決定通知書", decision_sample(organisation, DecisionType.NONE, REASONS[:1], **sealed)),
        (
            "f5-not-held",
            "不開示決定通知書（不存在）",
            decision_sample(organisation, DecisionType.NOT_HELD, (NOT_HELD,), **sealed),
        ),
        (
            "f5-form",
            "不開示決定通知書（形式不備）",
            decision_sample(organisation, DecisionType.FORM, (FORM,), **sealed),
        ),
        (
            "f5-business",
            "開示しない旨の通知（個人情報取扱事業者）",
            decision_sample(business, DecisionType.NONE, (BUSINESS_REASON,), regime="P1", **sealed),
        ),
    ):
        yield Sample(name, title, LETTERS, LETTERS.current(name[:2], DAY).name, context)


def extensions(organisation: Organisation) -> Iterator[Sample]:
    """The letters that give a decision more time, ask for a correction, or go to others."""
    yield from others(organisation, PERSON, case_number=CASE_NUMBER, number=NUMBER, day=DAY, sealed=SEALED)
    yield from more_time(organisation, PERSON, case_number=CASE_NUMBER, number=NUMBER, day=DAY, sealed=SEALED)
    yield from mending(organisation, PERSON, case_number=CASE_NUMBER, number=NUMBER, sealed=SEALED)


def of_regimes(organisation: Organisation, business: Organisation) -> Iterator[Sample]:
    """The letters of special records, the answer that is the same for all, and the letters about documents."""
    for letters_of in (regime_letters, document_letters):
        yield from letters_of(organisation, business, Shared(NUMBER, CASE_NUMBER, DAY, PERSON, SEALED))


def slips(organisation: Organisation) -> Iterator[Sample]:
    """The receipt slip, either language first."""
    for language, kind, title in (("ja", "slip", "受付票"), ("en", "slip-en", "受付票（英語が先）")):
        context = slip_context(
            CASE_NUMBER,
            "7GK2-9QXM-4TRP-0WZD",
            day=LAW_DAY,
            url="https://kaiji.example",
            organisation=organisation,
            sample=True,
            language=language,
        )
        yield Sample(kind, title, LETTERS, LETTERS.current(kind, DAY).name, context)


def readings_of(organisation: Organisation, business: Organisation) -> Iterator[Sample]:
    """Large print, plain Japanese and English of the decisions; those of a kind that differ."""
    wanted = {
        "f4-full": tuple(SHEETS),
        "f4-part": tuple(SHEETS),
        "f4-business": (Reading.EASY, Reading.ENGLISH),
        "f5-refused": tuple(SHEETS),
        "f5-not-held": (Reading.EASY, Reading.ENGLISH),
        "f5-form": (Reading.EASY, Reading.ENGLISH),
        "f5-business": (Reading.EASY, Reading.ENGLISH),
        "f6": tuple(SHEETS),
        "f7": tuple(SHEETS),
        **READ_AS,
    }
    for letter in (
        *letters(organisation, business), *extensions(organisation), *of_regimes(organisation, business),
    ):  # fmt: skip
        for reading in wanted.get(letter.name, ()):
            template, context = set_as(reading, LETTERS.named(letter.template), letter.context)
            yield Sample(
                f"{letter.name}-{reading.value}",
                f"{letter.title} – {READINGS_JA[reading]}",
                LETTERS,
                template.name,
                context,
                SHEETS[reading],
            )


def print_run(organisation: Organisation) -> Iterator[Sample]:
    """What is printed beside the letters of a day: cover sheet, list for the post office, address pages."""
    frame: Context = {
        "label": "令和8年4月28日　第1回",
        "date": format_wareki(DAY),
        "date_iso": DAY.isoformat(),
        "count": "36",
        **sender(organisation),
        "sample": True,
    }
    people = (
        (PERSON[Field.NAME], PERSON[Field.POSTAL_CODE], PERSON[Field.ADDRESS]),
        ("見本　" + "寿限無" * 7, "100-0000", "東京都千代田区見本町一丁目2番3号　見本ハイツ" * 2),
        ("SAMPLE MARIA CONCEPCION", "", "見本県見本市見本町大字見本123番地4"),
        ("見本　" + "寿限無" * 25, "100-0000", "東京都千代田区見本町一丁目2番3号　見本ハイツ" * 7),
    )
    rows = [
        {
            "position": str(position),
            "letter": f"見情機第{10 + position}号",
            "mail_number": "" if position == 3 else f"123-45-678{position:02d}-0",
            "name": f"{name}　様",
            "postal_code": postal_code,
            "address": address,
        }
        for position, (name, postal_code, address) in enumerate(people * 9, start=1)
    ]
    pages = [
        {**row, "name": name, "honorific": "様", "size": window_size(f"{name}　様", postal_code, address)}
        for row, (name, postal_code, address) in zip(rows, people, strict=False)
    ]
    for kind, title, more in (
        ("print-cover", "発送票", {"made_by": "見本　受子"}),
        ("print-list", "書留・簡易書留郵便物差出票", {"rows": rows}),
        ("print-address", "宛名", {"pages": pages}),
    ):
        context = {**frame, "title": f"{title}　{frame['label']}", **more}
        yield Sample(kind, title, LETTERS, LETTERS.current(kind, DAY).name, context)


def notes(organisation: Organisation) -> Iterator[Sample]:
    """What to take along to whoever holds a record."""
    row = next(row for row in ROUTES if row.record == "intermediate-server")
    context = note_context(
        row,
        row.source_ja,
        day=DAY,
        url="https://kaiji.example/request/where/intermediate-server",
        organisation=organisation,
        sample=True,
    )
    yield Sample(KIND, "記録の請求先のご案内", LETTERS, LETTERS.current(KIND, DAY).name, context)


def samples(organisation: Organisation, business: Organisation) -> Iterator[Sample]:
    """Everything that the room prints."""
    yield from letters(organisation, business)
    yield from extensions(organisation)
    yield from of_regimes(organisation, business)
    yield from readings_of(organisation, business)
    yield from claims(
        organisation, business, PERSON, case_number=CASE_NUMBER, number=NUMBER, day=DAY_OF_CLAIM, sealed=SEALED
    )
    yield from appeals(organisation, business, PERSON, case_number=CASE_NUMBER, number=NUMBER, sealed=SEALED)
    yield from slips(organisation)
    yield from notes(organisation)
    yield from print_run(organisation)
    yield from receipts(organisation, PERSON[Field.NAME], case_number=CASE_NUMBER, day=DAY)
    yield from blank_and_filled(organisation, business, PERSON, day=DAY)
