"""Sample values of the letters that give a decision more time, for the gallery and the tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from disclosure.letters import decision_letter, extension_letter
from disclosure.letters.extension_letter import MoreTime
from disclosure.letters.frame import Paper
from disclosure.letters.versions import LETTERS
from disclosure.models.case import Case
from disclosure.queries.splits import ShownSplit
from disclosure.rules import deadlines
from disclosure.rules.decisions import DecisionType
from disclosure.rules.extensions import ExtensionGround, ExtensionKind
from disclosure.rules.kinds import Delivery, Field, Format, RecordKind
from disclosure.rules.periods import Pause
from portal.core.settings import Organisation
from portal.letters.engine import Context
from portal.letters.samples import Sample

RECEIVED_ON = date(2026, 4, 1)
PAUSES = (Pause(date(2026, 4, 7), date(2026, 4, 13)),)
EXTENSION_FACTS = (
    "請求に係る記録が、平成27年度から令和7年度までの11年度にわたり、保存の形式の異なる3つのシステムに分かれています。\n"
    "探索と、第三者の情報が含まれていないかの確認に、なお時間を要します。"
)
SPECIAL_FACTS = "請求に係る記録は約4,200件あり、1件ごとに第三者の情報の有無を確認する必要があります。"


def more_time(
    organisation: Organisation,
    person: Mapping[Field, str],
    *,
    case_number: str,
    number: str,
    day: date,
    sealed: Context,
) -> Iterator[Sample]:
    """An extension and the special period, each after a correction; then the decision of a substantial part.

    ``sealed`` are the values of an issued letter.
    """
    case = Case(
        id="sample",
        number=case_number,
        regime="P2",
        law_day=RECEIVED_ON,
        received_on=RECEIVED_ON,
        records=RecordKind.BOTH,
        delivery=Delivery.DOWNLOAD,
        format=Format.PDF,
    )
    before = deadlines.compute("D1", RECEIVED_ON, law_day=RECEIVED_ON, pauses=PAUSES)
    extended = deadlines.compute("D2", RECEIVED_ON, law_day=RECEIVED_ON, pauses=PAUSES, extended_days=20)
    part = deadlines.compute("D3", RECEIVED_ON, law_day=RECEIVED_ON, pauses=PAUSES)
    for name, title, more in (
        (
            "f6",
            "開示決定等期限延長通知書",
            MoreTime(
                ExtensionKind.EXTENSION,
                before.due_on,
                extended,
                EXTENSION_FACTS,
                days=20,
                ground=ExtensionGround.BURDEN,
            ),
        ),
        (
            "f7",
            "期限の特例規定適用通知書",
            MoreTime(ExtensionKind.SPECIAL, before.due_on, part, SPECIAL_FACTS, rest_on=date(2026, 9, 30)),
        ),
    ):
        context = extension_letter.context(case, more, person, paper=Paper(number, day, organisation, sample=True))
        yield Sample(name, title, LETTERS, LETTERS.current(name, day).name, {**context, **sealed})
    parts = ShownSplit(
        this="平成27年度から令和2年度までの申請の記録",
        rest=False,
        rest_on=date(2026, 9, 30),
        other=Case(number="開-R08-000124-R"),
        others_part="令和3年度以降の申請の記録",
    )
    context = decision_letter.context(
        case,
        DecisionType.FULL,
        person,
        (),
        paper=Paper(number, day, organisation, sample=True),
        split=parts,
    )
    title = "開示決定通知書（期限の特例、相当の部分）"
    yield Sample("f4-divided", title, LETTERS, LETTERS.current("f4", day).name, {**context, **sealed})
