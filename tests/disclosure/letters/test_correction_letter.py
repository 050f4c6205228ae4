"""The request for correction under every law: it cites what there is, and says truly which days are not counted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from disclosure.letters import correction_letter, readings
from disclosure.letters.correction_letter import Asked
from disclosure.letters.frame import Paper
from disclosure.letters.readings import Reading
from disclosure.letters.samples import PERSON
from disclosure.letters.versions import LETTERS
from disclosure.models.case import Case
from disclosure.queries.case_law import case_law
from disclosure.rules import deadlines
from disclosure.rules.kinds import CaseKind, Channel, Delivery, Field, Format, RecordKind, Requester
from portal.core.settings import Settings

DAY, SENT = date(2026, 4, 1), date(2026, 4, 7)
ORGANISATION = Settings.from_env({}).organisation


def html(
    regime: str,
    kind: CaseKind = CaseKind.DISCLOSURE,
    *,
    reading: Reading | None = None,
    values: Mapping[Field, str] = PERSON,
) -> str:
    case = Case(
        id="sample",
        number="開-R08-000123-Q",
        kind=kind,
        regime=regime,
        law_day=DAY,
        received_on=DAY,
        records=RecordKind.OTHER,
        requester=Requester.PERSON,
        channel=Channel.WEB,
        delivery=Delivery.POST,
        format=Format.PAPER,
    )
    law = case_law(case)
    due = deadlines.compute(law.decision_clock, DAY, law_day=DAY)
    asked = Asked(("record",), "", SENT, date(2026, 4, 21), due)
    context = correction_letter.context(
        case, law, asked, values, paper=Paper("見情機第1号", SENT, ORGANISATION, sample=True)
    )
    template = LETTERS.current("f3", SENT)
    if reading is not None:
        template, context = readings.set_as(reading, template, context)
    return LETTERS.html(template, context)


@pytest.mark.parametrize(
    ("regime", "kind", "place"),
    [
        ("P2", CaseKind.DISCLOSURE, "第77条第3項の規定により"),
        ("P2", CaseKind.CORRECTION, "第91条第3項の規定により"),
        ("P2", CaseKind.SUSPENSION, "第99条第3項の規定により"),
        ("P6", CaseKind.DISCLOSURE, "第4条第2項の規定により"),
        ("P1", CaseKind.DISCLOSURE, ""),
        ("P3", CaseKind.DISCLOSURE, ""),
        ("P4", CaseKind.DISCLOSURE, ""),
    ],
)
def test_it_cites_the_law_that_lets_the_office_ask(regime: str, kind: CaseKind, place: str) -> None:
    said = html(regime, kind)
    assert (place in said) if place else ("補正をお願いします" in said and "規定により" not in said)
    assert correction_letter.REQUESTS[kind][0] in said
    assert correction_letter.REQUESTS[kind][1] in html(regime, kind, reading=Reading.ENGLISH)


@pytest.mark.parametrize(
    ("kind", "wish"),
    [
        (CaseKind.DISCLOSURE, "の 記録（きろく）を 見（み）たい」"),
        (CaseKind.CORRECTION, "の 記録（きろく）を 直（なお）して ください」"),
        (CaseKind.SUSPENSION, "の 記録（きろく）を 使（つか）わないで ください」"),
    ],
)
def test_the_explanation_says_what_was_asked_for(kind: CaseKind, wish: str) -> None:
    said = html("P2", kind, reading=Reading.EASY)
    assert f"自分（じぶん）{wish}" in said
    assert said.count("見（み）たい") == (kind is CaseKind.DISCLOSURE)
    values = {**PERSON, Field.NAME: "見本", Field.AGENT_NAME: "見本　親", Field.AGENT_ADDRESS: "見本町"}
    assert f"見本さん{wish}" in html("P2", kind, reading=Reading.EASY, values=values)


@pytest.mark.parametrize("regime", ["P1", "P2", "P3", "P4", "P5", "P6"])
def test_it_says_whether_the_days_of_the_correction_count(regime: str) -> None:
    case_clock = deadlines.clock(case_law(Case(regime=regime, law_day=DAY)).decision_clock, DAY)
    said = html(regime)
    assert ("算入しません" in said) is case_clock.pauses
    assert ("令和8年4月8日から" in said) is case_clock.pauses, "from the day after it was sent"
