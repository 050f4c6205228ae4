"""The letters of an appeal as plain values: F24 諮問書, F25 諮問した旨の通知, 裁決書, and what is decided anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from disclosure.letters import claim_letter
from disclosure.letters.frame import Paper, frame
from disclosure.models.case import Case
from disclosure.queries.case_law import case_law, is_claim
from disclosure.rules import deadlines, remedies
from disclosure.rules.appeals import RESULTS_JA, Against, Board, Result, Route, Way
from disclosure.rules.kinds import Field
from disclosure.rules.regimes import regime
from disclosure.rules.statutes import STATUTES
from portal.core.wareki import format_wareki
from portal.letters.engine import Context

REMEDY_OF_RULING = "T-ruling"


@dataclass(frozen=True)
class Matter:
    """The appeal that a letter is about. ``letter_number`` and ``letter_on`` are empty for one against inaction."""

    route: Route
    against: Against
    filed_on: date
    appellant: str
    purport: str
    reason: str
    letter_number: str = ""
    letter_on: date | None = None


@dataclass(frozen=True)
class Consulted:
    """The consultation that a notice tells of: the board, the day, the number of the letter to it."""

    board: Board
    day: date
    number: str


def lines(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def word(route: Route) -> str:
    """What the law calls the end of an appeal; the organisation's own rule has no word of the law for it."""
    return "決定" if route.way is Way.INTERNAL else "裁決"


def _shared(case: Case, matter: Matter, values: Mapping[Field, str], paper: Paper, title: str, kind: str) -> Context:
    law = regime(case.regime, case.law_day)
    made = frame(
        case,
        law,
        values,
        title=title,
        statute=STATUTES[law.statute],
        article="",
        paper=paper,
    )
    inaction = matter.against is Against.INACTION
    return {
        **made,
        **({"claim": claim_letter.words(case, case_law(case))} if is_claim(case) else {}),
        "type": kind,
        "remedy": matter.route.name_ja,
        "word": word(matter.route),
        "reviews": matter.route.way is Way.REVIEW,
        "appellant_word": "申出人" if matter.route.way is Way.INTERNAL else "審査請求人",
        "remedy_en": matter.route.name_en,
        "basis": matter.route.inaction_ja if inaction else matter.route.basis_ja,
        "inaction": inaction,
        "against_number": matter.letter_number,
        "against_on": format_wareki(matter.letter_on) if matter.letter_on else "",
        "filed": format_wareki(matter.filed_on),
        "appellant": matter.appellant,
        "purport": lines(matter.purport),
        "grounds": lines(matter.reason),
        "periods": {},
        "purposes": [],
        "reasons": [],
        "days_iso": {"filed": matter.filed_on.isoformat()},
    }


def consultation(
    case: Case,
    matter: Matter,
    values: Mapping[Field, str],
    paper: Paper,
    *,
    board: Board,
    view: str,
    participants: Sequence[str],
    attachments: str,
    address: Mapping[str, str],
) -> Context:
    """F24, to the board: ``view`` is why the organisation decided so, ``attachments`` one a line."""
    return _for_others(
        {
            **_shared(case, matter, values, paper, f"{matter.route.name_ja}について（諮問）", "consultation"),
            "addressee": board.name_ja,
            "addressee_postal_code": address["postal_code"],
            "addressee_address": address["address"],
            "honorific": "御中",
            "consult_article": matter.route.consult_ja,
            "view": lines(view),
            "participants": list(participants),
            "attachments": lines(attachments),
        }
    )


def consulted(
    case: Case,
    matter: Matter,
    values: Mapping[Field, str],
    paper: Paper,
    told: Consulted,
    *,
    person: Mapping[str, str] | None = None,
) -> Context:
    """F25, to the appellant, or to ``person`` (name, postal_code, address), who is not told who the appellant is."""
    made = _shared(case, matter, values, paper, f"{told.board.name_ja}への諮問について（通知）", "consulted")
    if person is not None:
        made |= {
            "addressee": person["name"],
            "addressee_postal_code": person["postal_code"],
            "addressee_address": person["address"],
            "appellant": "",
            "case_number": "",
        }
    told_of = {
        **made,
        "notify_article": matter.route.notify_ja,
        "board": told.board.name_ja,
        "board_en": told.board.name_en,
        "panel": told.board.panel,
        "written": told.board.written_ja,
        "oral": told.board.oral_ja,
        "consulted": format_wareki(told.day),
        "consultation_number": told.number,
        "days_iso": {**made["days_iso"], "consulted": told.day.isoformat()},
    }
    return told_of if person is None else _for_others(told_of)


def _for_others(made: Context) -> Context:
    """Without what the explanations in plain Japanese and English need: others than the appellant get none."""
    return {name: value for name, value in made.items() if name != "periods"}


def ruling(
    case: Case,
    matter: Matter,
    values: Mapping[Field, str],
    paper: Paper,
    *,
    result: Result,
    text: Mapping[str, Any],
    report: tuple[str, date] | None,
    exception: str,
) -> Context:
    """The ruling (行政不服審査法 第50条第1項): its order, an outline, the positions, the reasons, and the suit.

    ``report`` is the board's number and day; ``exception`` is the article by which the board was not asked.
    """
    made = _shared(case, matter, values, paper, f"{word(matter.route)}書", "ruling")
    organisation, issued_on = paper.organisation, paper.issued_on
    periods = {}
    for name, code in (("suit", matter.route.suit_clock), ("limit", matter.route.suit_limit_clock)):
        if code:
            row = deadlines.clock(code, case.law_day)
            last = deadlines.compute(code, issued_on, law_day=case.law_day).binding_on
            periods[name] = {"amount": row.amount, "unit": row.unit.value, "last_on": last.isoformat()}
    told = remedies.paragraphs(REMEDY_OF_RULING, case.law_day, organisation) if periods else []
    return {
        **made,
        "result": result.value,
        "result_ja": RESULTS_JA[result],
        "order": lines(text["order"]),
        "outline": lines(text["outline"]),
        "positions": lines(text["positions"]),
        "why": lines(text["why"]),
        "differs": lines(text.get("differs", "")),
        "report": {"number": report[0], "day": format_wareki(report[1])} if report else {},
        "exception": exception,
        "remedies": told,
        "remedies_key": REMEDY_OF_RULING,
        "remedies_names": {name: getattr(organisation, name) for name in remedies.PLACEHOLDERS},
        "periods": periods,
    }


def anew(
    case: Case,
    matter: Matter,
    values: Mapping[Field, str],
    paper: Paper,
    *,
    result: Result,
    ruling_number: str,
    ruling_on: date,
    text: Mapping[str, Any],
) -> Context:
    """What is decided anew after a ruling: what is disclosed now, what stays withheld and why, and how."""
    law = regime(case.regime, case.law_day)
    made = _shared(case, matter, values, paper, f"{word(matter.route)}に基づく決定について（通知）", "anew")
    periods = {}
    if law.disposition:
        for name, code in (("appeal", law.appeal_clock), ("suit", law.suit_clock)):
            if code:
                row = deadlines.clock(code, case.law_day)
                last = deadlines.compute(code, paper.issued_on, law_day=case.law_day).binding_on
                periods[name] = {"amount": row.amount, "unit": row.unit.value, "last_on": last.isoformat()}
    return {
        **made,
        "result_ja": RESULTS_JA[result],
        "ruling_number": ruling_number,
        "ruling_on": format_wareki(ruling_on),
        "decision": lines(text["decision"]),
        "withheld": lines(text["withheld"]),
        "how": lines(text["how"]),
        "remedies": remedies.paragraphs(law.remedies, case.law_day, paper.organisation),
        "remedies_key": law.remedies,
        "remedies_names": {name: getattr(paper.organisation, name) for name in remedies.PLACEHOLDERS},
        "remedies_title": "この決定に不服がある場合の手続" if law.disposition else "お問合せ及び苦情のお申出",
        "periods": periods,
    }
