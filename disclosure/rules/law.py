"""Everything that the tables say of the law, as one list: what is in force on a day, what is to come, since when, why.

Each line carries its source and whether the organisation has to confirm it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TypeVar

from disclosure.rules import claims
from disclosure.rules.appeals import BOARDS, TERMS
from disclosure.rules.appeals import ROUTES as APPEALS
from disclosure.rules.clocks import CLOCKS, Clock, FirstDay, Unit
from disclosure.rules.fees import COPIES, INSPECTED, INSPECTIONS, POSTAGE, REQUESTS, RequestFee
from disclosure.rules.grounds import GROUNDS
from disclosure.rules.law_agents import agents
from disclosure.rules.law_disclosing import disclosing
from disclosure.rules.law_forms import sheets
from disclosure.rules.law_others import others
from disclosure.rules.law_procedure import steps
from disclosure.rules.offers import OFFERS
from disclosure.rules.regimes import REGIMES, Regime
from disclosure.rules.remedies import REMEDIES
from disclosure.rules.routing import ROUTES
from disclosure.rules.statutes import cite
from portal.core.law_tables import Dated

PRACTICE = "practice"
D = TypeVar("D", bound=Dated)


class Part(StrEnum):
    """Which table a line comes from, in the order of the list."""

    REGIME = "regime"
    FEE = "fee"
    CLOCK = "clock"
    GROUND = "ground"
    REMEDY = "remedy"
    OFFER = "offer"
    ROUTE = "route"
    APPEAL = "appeal"
    PROCEDURE = "procedure"
    CLAIM = "claim"
    OTHERS = "others"
    AGENT = "agent"
    FORM = "form"
    DISCLOSING = "disclosing"


@dataclass(frozen=True)
class Line:
    """One row of law. ``regimes`` are those it belongs to; ``article`` is Japanese, empty when the source says it.

    ``unconfirmed``: the names of the values that the organisation has to confirm, empty when none. ``to_come``: it
    takes effect after the day of the list.
    """

    part: Part
    code: str
    regimes: tuple[str, ...]
    name_ja: str
    name_en: str
    value_ja: str
    value_en: str
    article: str
    effective_from: date
    unconfirmed: tuple[str, ...]
    to_come: bool = False

    def plain(self) -> dict[str, object]:
        """As a plain dict, for JSON."""
        return asdict(self)


def law(day: date, *, regime: str = "") -> tuple[Line, ...]:
    """The rows in force on ``day`` and those to come; with ``regime`` only those that belong to it."""
    return tuple(line for line in _all(day) if not regime or regime in line.regimes)


def codes() -> tuple[str, ...]:
    """The codes of all regimes, in the table's order."""
    return tuple(dict.fromkeys(row.code for row in REGIMES))


def _all(day: date) -> Iterator[Line]:
    yield from _standing(REGIMES, lambda row: row.code, _regime, day)
    yield from _standing(REQUESTS, lambda row: (row.regime, row.holder, row.channels), _fee, day)
    yield from _costs(day)
    yield from _standing(CLOCKS, lambda row: row.code, _clock, day)
    for row, to_come in _rows(GROUNDS, lambda row: (row.regime, row.code), day):
        lent = tuple(
            law.code for law in REGIMES if law.grounds_of == row.regime and row.code not in law.grounds_without
        )
        yield Line(
            Part.GROUND,
            row.code,
            tuple(dict.fromkeys((row.regime, *lent))),
            row.label_ja,
            row.label_en,
            "、".join(row.types),
            ", ".join(row.types),
            row.article_ja,
            row.effective_from,
            _practice(row.source, "article_ja"),
            to_come,
        )
    for remedy, to_come in _rows(REMEDIES, lambda row: row.key, day):
        text = "\n".join(remedy.paragraphs_ja)
        named = [law.code for law in REGIMES if law.remedies == remedy.key]
        named += [row.regime for row in claims.ROWS if row.remedies == remedy.key]
        users = tuple(dict.fromkeys(named))
        yield Line(
            Part.REMEDY, remedy.key, users, "教示", "Remedies", text, text, "", remedy.effective_from,
            _practice(remedy.source, "paragraphs_ja"), to_come,
        )  # fmt: skip
    for offer, to_come in _rows(OFFERS, lambda row: (row.profile, row.regime), day):
        yield Line(
            Part.OFFER, offer.profile, (offer.regime,), offer.regime, offer.regime, offer.way.value, offer.way.value,
            "", offer.effective_from, _practice(offer.source, "regime"), to_come,
        )  # fmt: skip
    for route, to_come in _rows(ROUTES, lambda row: (row.profiles, row.record), day):
        yield Line(
            Part.ROUTE, route.record, route.regimes, route.label_ja, route.label_en, route.where_ja, route.where_en,
            route.source_ja, route.effective_from, _practice(route.source, "where_ja"), to_come,
        )  # fmt: skip
    yield from _appeals(day)
    yield from _claims(day)
    parts = {Part.OTHERS: others(), Part.PROCEDURE: steps(), Part.FORM: sheets(), Part.AGENT: agents()}
    parts[Part.DISCLOSING] = disclosing()
    for part, lines in parts.items():
        for said, to_come in _rows(tuple(lines), lambda row: (row.code, row.regimes), day):
            yield Line(
                part, said.code, said.regimes, said.name_ja, said.name_en, said.value_ja, said.value_en,
                said.article, said.effective_from, _practice(said.source, said.name), to_come,
            )  # fmt: skip


def _appeals(day: date) -> Iterator[Line]:
    """Who decides an appeal, the board, and the days of practice around both."""
    for way, to_come in _rows(APPEALS, lambda row: row.regime, day):
        article = "・".join(text for text in (way.basis_ja, way.consult_ja) if text)
        yield Line(
            Part.APPEAL, way.regime, (way.regime,), way.name_ja, way.name_en, way.way.value, way.way.value, article,
            way.effective_from, way.unconfirmed, to_come,
        )  # fmt: skip
    for board, to_come in _rows(BOARDS, lambda row: row.key, day):
        users = tuple(dict.fromkeys(way.regime for way in APPEALS if way.board == board.key))
        where = f"〒{board.postal_code}　{board.address_ja}"
        yield Line(
            Part.APPEAL, board.key, users, board.name_ja, board.name_en, where, where, board.panel_ja,
            board.effective_from, board.unconfirmed, to_come,
        )  # fmt: skip
    for term, to_come in _rows(TERMS, lambda _row: "", day):
        for name in term.unconfirmed:
            number = str(getattr(term, name))
            yield Line(
                Part.APPEAL, name, (), "運用の日数・月数", "Days and months of practice", number, number, "",
                term.effective_from, (name,), to_come,
            )  # fmt: skip


def _claims(day: date) -> Iterator[Line]:
    """What may be claimed after a disclosure, by what standard, and how soon it is carried out."""
    for row, to_come in _rows(claims.ROWS, lambda row: (row.regime, row.kind), day):
        clocks = ", ".join(
            code for code in (row.window_clock, row.decision_clock, row.extension_clock, row.special_clock) if code
        )
        yield Line(
            Part.CLAIM, f"{row.regime}-{row.kind}", (row.regime,), row.request_ja, row.request_en,
            f"{clocks}。{row.standard_ja}", f"{clocks}. {row.standard_en}", "、".join(row.sources),
            row.effective_from, row.unconfirmed, to_come,
        )  # fmt: skip
    for terms, to_come in _rows(claims.TERMS, lambda _row: "", day):
        yield Line(
            Part.CLAIM, "carry-out", (), "決定から実施までの日数", "Days from the decision to carrying it out",
            f"{terms.carry_out_days}日", f"{terms.carry_out_days} days", "", terms.effective_from,
            _practice(terms.source, "carry_out_days"), to_come,
        )  # fmt: skip


def _standing(rows: Iterable[D], key: Callable[[D], object], line: Callable[[D], Line], day: date) -> Iterator[Line]:
    for row, to_come in _rows(rows, key, day):
        yield replace(line(row), to_come=to_come)


def _rows(rows: Iterable[D], key: Callable[[D], object], day: date) -> Iterator[tuple[D, bool]]:
    """The row in force and the rows to come of each key, older ones left out."""
    table = list(rows)
    for name in dict.fromkeys(key(row) for row in table):
        mine = sorted((row for row in table if key(row) == name), key=lambda row: row.effective_from)
        past = [row for row in mine if row.effective_from <= day]
        yield from ((row, False) for row in past[-1:])
        yield from ((row, True) for row in mine if row.effective_from > day)


def _regime(row: Regime) -> Line:
    used_ja = "、".join((*row.decision_types, *row.letters))
    return Line(
        Part.REGIME,
        row.code,
        (row.code,),
        row.name_ja,
        row.name_en,
        f"決定の種類と様式：{used_ja}。補正 {row.correction_days}日、終了まで {row.closing_days}日",
        f"Decisions and forms: {', '.join((*row.decision_types, *row.letters))}. "
        f"Correction {row.correction_days} days, closing after {row.closing_days} days",
        "、".join(
            (*row.sources, *([cite(row.period_citation, row.effective_from).text] if row.period_citation else ()))
        ),
        row.effective_from,
        tuple(name for name in row.unconfirmed if name != "remedies"),
    )


def _fee(row: RequestFee) -> Line:
    ways_ja, ways_en = _by_channel(row)
    return Line(
        Part.FEE,
        row.regime,
        (row.regime,),
        "手数料",
        "Fee",
        ways_ja + (f"{row.fee_yen}円。" if row.known else "額は未確認。") + row.note_ja,
        ways_en + (f"{row.fee_yen} yen. " if row.known else "Amount not known. ") + row.note_en,
        row.citation_ja,
        row.effective_from,
        row.unconfirmed,
    )


def _by_channel(row: RequestFee) -> tuple[str, str]:
    if len(row.channels) > 1 and row.holder != "administrative":
        return "", ""
    if "web" in row.channels:
        return "行政機関、オンライン：", "Administrative body, online: "
    return "行政機関、書面：", "Administrative body, on paper: "


def _costs(day: date) -> Iterator[Line]:
    """What copies and the post cost."""
    users = tuple(dict.fromkeys(row.regime for row in REQUESTS if row.copies_charged))
    for copy, to_come in _rows(COPIES, lambda row: row.medium, day):
        yield Line(
            Part.FEE, copy.medium, users, f"写し：{copy.label_ja}", f"Copy: {copy.label_en}", f"{copy.copy_yen}円。",
            f"{copy.copy_yen} yen. ", "", copy.effective_from, _practice(copy.source, "copy_yen"), to_come,
        )  # fmt: skip
    for look, to_come in _rows(INSPECTIONS, lambda row: INSPECTED, day):
        why = _practice(look.source, "inspection_yen")
        said = ("閲覧", "Looking at documents", *look.said, "")
        yield Line(Part.FEE, INSPECTED, users, *said, look.effective_from, why, to_come)
    for post, to_come in _rows(POSTAGE, lambda row: row.service, day):
        prices, more = list(zip(post.grams, post.yen, strict=True)), post.registered_yen
        yield Line(
            Part.FEE, post.service, (), f"送料：{post.label_ja}", f"Postage: {post.label_en}",
            "、".join([*(f"{grams}gまで{yen}円" for grams, yen in prices), f"書留加算{more}円"]),
            ", ".join([*(f"up to {grams} g {yen} yen" for grams, yen in prices), f"registered +{more} yen"]),
            "", post.effective_from, _practice(post.source, "yen"), to_come,
        )  # fmt: skip


def _clock(row: Clock) -> Line:
    users = tuple(dict.fromkeys((*row.regimes, *_counting(row.code))))
    unit_ja, unit_en = ("か月", "months") if row.unit is Unit.MONTHS else ("日", "days")
    first = row.first_day is FirstDay.INCLUDED
    length_ja = f"{row.amount}{unit_ja}" if row.amount else "上限なし"
    length_en = f"{row.amount} {unit_en}" if row.amount else "no limit"
    return Line(
        Part.CLOCK,
        row.code,
        users,
        row.label_ja,
        row.label_en,
        f"{length_ja}（初日{'算入' if first else '不算入'}）",
        f"{length_en} (first day {'counted' if first else 'not counted'})",
        cite(row.citation, row.effective_from).text,
        row.effective_from,
        row.unconfirmed or _practice(row.source, "amount"),
    )


def _counting(code: str) -> tuple[str, ...]:
    """The regimes that name a clock by themselves, whatever its own list says."""
    return tuple(
        row.code
        for row in REGIMES
        if code
        in (
            row.decision_clock, row.extension_clock, row.special_clock, row.method_clock, row.claim_clock,
            row.appeal_clock, row.suit_clock,
        )
    )  # fmt: skip


def _practice(source: str, name: str) -> tuple[str, ...]:
    return (name,) if source == PRACTICE else ()
