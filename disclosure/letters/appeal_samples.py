"""Sample values of the letters of an appeal, for the gallery and the tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from disclosure.letters import appeal_letter, decision_letter
from disclosure.letters.appeal_letter import Consulted, Matter
from disclosure.letters.frame import Paper
from disclosure.letters.readings import SHEETS, Reading, set_as
from disclosure.letters.versions import LETTERS
from disclosure.letters.withheld_list import KIND as LIST
from disclosure.letters.withheld_list import TITLE as LIST_TITLE
from disclosure.letters.withheld_list import list_context
from disclosure.models.case import Case
from disclosure.queries.anew import Ruling
from disclosure.queries.withheld_list import Withheld
from disclosure.rules.appeals import Against, Result, board, exception, route
from disclosure.rules.decisions import DecisionType
from disclosure.rules.kinds import Channel, Delivery, Field, Format, RecordKind, Requester
from portal.core.settings import Organisation
from portal.letters.engine import Context
from portal.letters.samples import Sample

RECEIVED_ON, LAW_DAY, DAY = date(2026, 4, 1), date(2026, 4, 1), date(2026, 10, 5)
REPORT = ("令和8年度（独個）答申第1号", date(2026, 9, 15))
VIEW = (
    "不開示とした部分には、受付事務を担当した委託事業者の従業員の氏名及び印影が記載されています。"
    "これらは、本人以外の個人に関する情報であって、特定の個人を識別することができるものであり、"
    "個人情報の保護に関する法律第78条第1項第2号に該当します。\n"
    "審査請求人は、氏名が名札により公にされていると主張しますが、名札に記載されているのは姓のみであり、"
    "氏名が慣行として公にされているとは認められません。\n"
    "以上のことから、本件決定は妥当であり、本件審査請求を棄却することが適当と考えます。"
)
ATTACHMENTS = (
    "審査請求書の写し\n開示請求書の写し\n開示決定等の通知書の写し\n対象となった記録の写し\n不開示とした部分の一覧"
)
TEXT = {
    "order": "本件決定のうち、申請書の受付を担当した従業員の氏を不開示とした部分を取り消す。\nその余の請求を棄却する。",
    "outline": (
        "審査請求人は、令和8年4月1日、個人番号カードの交付申請書の開示を請求しました。\n"
        "処分庁は、令和8年4月28日、その一部を不開示とする決定（本件決定）をしました。"
    ),
    "positions": (
        "審査請求人は、受付を担当した従業員の氏名は名札により公にされているから、開示すべきであると主張します。\n"
        "処分庁は、氏名は公にされておらず、不開示とすることが妥当であると主張します。"
    ),
    "why": (
        "氏については、名札により来訪者に示すことが定められており、慣行として公にされている情報と認められます。"
        "したがって、これを不開示としたことは妥当ではありません。\n"
        "名及び印影については、公にされていると認めるに足りる事情はなく、不開示としたことは妥当です。"
    ),
}
ANEW = {
    "decision": "申請書の受付を担当した従業員の氏を、新たに開示します。",
    "withheld": "従業員の名及び印影は、個人情報の保護に関する法律第78条第1項第2号に該当するため、開示しません。",
    "how": "写しを簡易書留（転送不要）で送付します。",
}
ROWS = (
    Withheld(
        "交付申請書のうち、受付を担当した従業員の氏名及び印影", "N2", "第78条第1項第2号", "本人以外の個人に関する情報",
        "本人以外の個人の氏名です。", "その個人の権利利益を害するおそれがあります。", ("記録1　1頁", "記録1　2頁"),
    ),
    Withheld(
        "処理記録のうち、判定の項目及び結果", "N7-c", "第78条第1項第7号ハ", "監査、検査等の事務に関する情報",
        "審査の着眼点を示す情報です。", "不当な行為を容易にするおそれがあります。", (),
    ),
)  # fmt: skip


def _case(number: str, regime: str) -> Case:
    return Case(
        id="sample", number=number, regime=regime, law_day=LAW_DAY, received_on=RECEIVED_ON, records=RecordKind.FORM,
        delivery=Delivery.DOWNLOAD, format=Format.PDF, channel=Channel.WEB, requester=Requester.PERSON,
    )  # fmt: skip


def appeals(
    organisation: Organisation,
    business: Organisation,
    person: Mapping[Field, str],
    *,
    case_number: str,
    number: str,
    sealed: Context,
) -> Iterator[Sample]:
    """F24, F25, the rulings and what follows, some explained. ``sealed``: values of an issued letter."""
    case, rule = _case(case_number, "P2"), route("P2", LAW_DAY)
    asked = board(rule.board, LAW_DAY)
    matter = Matter(
        rule, Against.DECISION, date(2026, 6, 1), person[Field.NAME],
        "本件決定のうち、不開示とした部分を取り消し、開示することを求めます。",
        "受付を担当した従業員の氏名は、名札により公にされているものです。",
        "見情機第11号", date(2026, 4, 28),
    )  # fmt: skip
    paper = Paper(number, DAY, organisation, True, False)
    told = Consulted(asked, date(2026, 7, 10), "見情機第12号")
    third = {"name": "見本　三郎", "postal_code": "100-0000", "address": "東京都千代田区見本町二丁目3番4号"}
    inaction = replace(matter, against=Against.INACTION, letter_number="", letter_on=None)
    own = replace(matter, route=route("P1", LAW_DAY))
    unasked = exception(Result.REJECTED, LAW_DAY, opposed=False)

    def ruling(what: Matter, result: Result, order: str, report: tuple[str, date] | None, why: str = "") -> Context:
        company = business if what is own else organisation
        return appeal_letter.ruling(
            _case(case_number, what.route.regime), what, person, replace(paper, organisation=company),
            result=result, text={**TEXT, "order": order}, report=report, exception=why,
        )  # fmt: skip

    made: list[tuple[str, str, str, Context]] = [
        ("f24", "f24", "諮問書", appeal_letter.consultation(
            case, matter, person, paper, board=asked, view=VIEW, participants=["見本　三郎"],
            attachments=ATTACHMENTS, address={"postal_code": asked.postal_code, "address": asked.address_ja},
        )),
        ("f24-inaction", "f24", "諮問書（不作為）", appeal_letter.consultation(
            case, inaction, person, paper, board=asked, view="探索に時間を要しています。", participants=[],
            attachments="審査請求書の写し\n開示請求書の写し",
            address={"postal_code": asked.postal_code, "address": asked.address_ja},
        )),
        ("f25", "f25", "諮問した旨の通知", appeal_letter.consulted(case, matter, person, paper, told)),
        ("f25p", "f25p", "諮問した旨の通知（参加人等）",
         appeal_letter.consulted(case, matter, person, paper, told, person=third)),
        ("ruling", "ruling", "裁決書（一部認容）", ruling(matter, Result.PARTLY, TEXT["order"], REPORT)),
        ("ruling-rejected", "ruling", "裁決書（却下、諮問なし）", ruling(
            matter, Result.REJECTED, "本件審査請求を却下する。", None, unasked.article_ja if unasked else "",
        )),
        ("ruling-own", "ruling", "決定書（規程による不服の申出）",
         ruling(own, Result.DISMISSED, "本件申出には理由がない。", None)),
        ("anew", "anew", "裁決に基づく決定の通知", appeal_letter.anew(
            case, matter, person, paper, result=Result.PARTLY, ruling_number="見情機第20号",
            ruling_on=date(2026, 10, 1), text=ANEW,
        )),
        ("f4-anew", "f4", "開示決定通知書（裁決に基づく決定）", decision_letter.context(
            case, DecisionType.FULL, person, (), paper=Paper(number, DAY, organisation, sample=True),
            ruling=Ruling(
                rule, Result.UPHELD, "見情機第20号", date(2026, 10, 1), Case(number="開-R08-000101-A"), "見情機第11号",
                date(2026, 4, 28),
            ),
        )),
    ]  # fmt: skip
    explained = {"f25", "ruling", "ruling-rejected", "ruling-own", "anew", "f4-anew"}
    for name, kind, title, context in made:
        whole, template = {**context, **sealed}, LETTERS.current(kind, DAY)
        yield Sample(name, title, LETTERS, template.name, whole)
        for reading in (Reading.EASY, Reading.ENGLISH) if name in explained else ():
            other, values = set_as(reading, template, whole)
            yield Sample(f"{name}-{reading.value}", f"{title} – {reading.value}", LETTERS, other.name, values,
                         SHEETS[reading])  # fmt: skip
    rows = list_context(ROWS, case_number=case_number, day=DAY, organisation=organisation, sample=True)
    yield Sample(LIST, LIST_TITLE, LETTERS, LETTERS.current(LIST, DAY).name, rows)
