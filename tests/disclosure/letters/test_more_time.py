"""The letters that give a decision more time, under a law that applies another one's articles."""

from __future__ import annotations

from datetime import date

import pytest

from disclosure.letters import extension_letter, readings
from disclosure.letters.extension_letter import MoreTime
from disclosure.letters.frame import Paper
from disclosure.letters.readings import Reading
from disclosure.letters.samples import PERSON
from disclosure.letters.versions import LETTERS
from disclosure.models.case import Case
from disclosure.queries.case_law import case_law
from disclosure.rules import deadlines
from disclosure.rules.extensions import ExtensionGround, ExtensionKind
from disclosure.rules.kinds import CaseKind, Delivery, Format, RecordKind
from disclosure.rules.periods import Pause
from disclosure.rules.regimes import cited, regime
from portal.core.settings import Settings

DAY = date(2026, 4, 1)
PAUSE = Pause(date(2026, 4, 7), date(2026, 4, 13))
APPLIED = "第31条第3項において準用する個人情報の保護に関する法律"


def html(kind: ExtensionKind, code: str, *, what: CaseKind = CaseKind.DISCLOSURE, english: bool = False) -> str:
    case = Case(
        id="sample", number="開-R08-000123-Q", kind=what, regime=code, law_day=DAY, received_on=DAY,
        records=RecordKind.OTHER, delivery=Delivery.POST, format=Format.PAPER,
    )  # fmt: skip
    law = case_law(case)
    extension = kind is ExtensionKind.EXTENSION
    clock, days = (law.extension_clock, 20) if extension else (law.special_clock, None)
    due = deadlines.compute(clock, DAY, law_day=DAY, pauses=[PAUSE], extended_days=days)
    more = MoreTime(
        kind, DAY, due, "量が多いため。", days=days,
        ground=ExtensionGround.BURDEN if extension else None, rest_on=None if extension else date(2026, 9, 30),
    )  # fmt: skip
    context = extension_letter.context(
        case, more, PERSON, paper=Paper("見情機第1号", DAY, Settings.from_env({}).organisation, sample=True),
    )  # fmt: skip
    template = LETTERS.current(extension_letter.letter_kind(case, kind), DAY)
    return LETTERS.html(*(readings.set_as(Reading.ENGLISH, template, context) if english else (template, context)))


@pytest.mark.parametrize(
    ("kind", "place"), [(ExtensionKind.EXTENSION, "第83条第2項"), (ExtensionKind.SPECIAL, "第84条前段")]
)
def test_logs_of_exchange_name_the_article_that_applies_the_other_law(kind: ExtensionKind, place: str) -> None:
    said = html(kind, "P5")
    assert f"番号の利用等に関する法律（平成25年法律第27号）{APPLIED}{place}" in said
    assert f"同法{APPLIED}第83条第1項ただし書" in said
    assert "Article 31, paragraph 3 (Article 8" in html(kind, "P5", english=True)
    assert "準用" not in html(kind, "P2")
    assert "準用" not in html(kind, "P5", english=True)


def test_a_claim_about_them_is_answered_under_it_too() -> None:
    assert f"{APPLIED}第94条第2項" in html(ExtensionKind.EXTENSION, "P5", what=CaseKind.CORRECTION)


def test_its_own_articles_stand_as_they_are() -> None:
    law = regime("P5", DAY)
    assert cited(law, "p5-third-party-optional", DAY).text.count("準用") == 1
    assert cited(regime("P2", DAY), "extension", DAY).text == "個人情報の保護に関する法律第83条第2項"
