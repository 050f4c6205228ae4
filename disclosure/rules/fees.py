"""What a request costs (手数料: 個人情報保護法 第89条), what copies and postage cost, and how each amount came about.

Amounts are data (``data/fees.toml``); they are yen, whole numbers. Every amount explains itself, as days do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from disclosure.rules.kinds import Channel
from disclosure.rules.regimes import Regime
from disclosure.rules.tables import read
from portal.core.errors import N_
from portal.core.law_tables import TableError, in_force

MOST_YEN = 1_000_000
MOST_SHEETS = 5_000
INSPECTED = "inspection"


class FeeKind(StrEnum):
    """What is charged."""

    REQUEST = "request"
    POSTAGE = "postage"
    COPIES = "copies"


class Way(StrEnum):
    """How a fee is paid: by revenue stamps (収入印紙), cash, bank transfer, online."""

    STAMP = "stamp"
    CASH = "cash"
    TRANSFER = "transfer"
    ONLINE = "online"


class FeeStep(StrEnum):
    """What an entry of the ledger says. ``struck`` takes a charge away that was entered by mistake."""

    CHARGED = "charged"
    PAID = "paid"
    WAIVED = "waived"
    REFUNDED = "refunded"
    STRUCK = "struck"


@dataclass(frozen=True)
class RequestFee:
    """The fee of one request under a regime, as one kind of body charges it for one channel.

    ``known`` is false where the organisation's own rule sets an amount that is not entered yet. ``hinders`` are the
    steps that an unpaid fee holds up; ``items_ja`` is where it stands what counts as one item. ``credited``: what was
    paid for the request is taken off the fee of the disclosure; ``copies_waivable``: that fee can be waived.
    """

    regime: str
    holder: str
    channels: tuple[str, ...]
    known: bool
    fee_yen: int
    hinders: tuple[str, ...]
    ways: tuple[str, ...]
    waivable: bool
    waiver_ja: str
    citation_ja: str
    items_ja: str
    copies_charged: bool
    copies_ja: str
    note_ja: str
    note_en: str
    effective_from: date
    source: str
    unconfirmed: tuple[str, ...]
    credited: bool = False
    copies_waivable: bool = False

    def way_list(self) -> tuple[Way, ...]:
        """How it can be paid."""
        return tuple(Way(way) for way in self.ways)


@dataclass(frozen=True)
class CopyPrice:
    """What one copy costs where copies are charged."""

    medium: str
    label_ja: str
    label_en: str
    copy_yen: int
    effective_from: date
    source: str


@dataclass(frozen=True)
class Inspection:
    """What looking at documents costs where copies are charged: so much for each started so many sheets."""

    sheets: int
    inspection_yen: int
    effective_from: date
    source: str

    @property
    def said(self) -> tuple[str, str]:
        """The price in words, in Japanese and English."""
        ja = f"{self.sheets}枚までごとに{self.inspection_yen}円。"
        return ja, f"{self.inspection_yen} yen for each started {self.sheets} sheets. "


@dataclass(frozen=True)
class Postage:
    """The post's prices by greatest weight, lightest first; registration comes on top."""

    service: str
    label_ja: str
    label_en: str
    grams: tuple[int, ...]
    yen: tuple[int, ...]
    registered_yen: int
    effective_from: date
    source: str


@dataclass(frozen=True)
class Weight:
    """What a sheet of paper and an envelope weigh."""

    sheet_grams: int
    envelope_grams: int
    effective_from: date
    source: str


@dataclass(frozen=True)
class Step:
    """One step of an amount: a message id with its numbers, and the Japanese citation, empty without one."""

    message: str
    params: dict[str, int] = field(default_factory=dict)
    article: str = ""


@dataclass(frozen=True)
class Amount:
    """An amount in yen and how it came about."""

    yen: int
    steps: tuple[Step, ...]


REQUESTS = read("fees.toml", "request", RequestFee)
COPIES = read("fees.toml", "copy", CopyPrice)
INSPECTIONS = read("fees.toml", "inspection", Inspection)
POSTAGE = read("fees.toml", "postage", Postage)
WEIGHTS = read("fees.toml", "weight", Weight)

for _row in REQUESTS:
    if set(_row.channels) - {"web", "paper"} or set(_row.ways) - set(Way) or set(_row.hinders) - {"release", "close"}:
        raise TableError(f"fees.toml: {_row.regime}, {_row.holder} names something unknown.")
    if not _row.known and _row.fee_yen:
        raise TableError(f"fees.toml: {_row.regime} has an amount that is said not to be known.")
for _post in POSTAGE:
    if len(_post.grams) != len(_post.yen) or list(_post.grams) != sorted(_post.grams):
        raise TableError("fees.toml: the weights and prices of the post do not fit together.")


def request_fee(law: Regime, channel: Channel, day: date) -> RequestFee | None:
    """The row for a request received on ``day``; None where no fee is named."""
    kind = "web" if channel is Channel.WEB else "paper"
    return in_force(_rows(REQUESTS, law, kind), day)


def _rows(rows: Iterable[RequestFee], law: Regime, kind: str) -> list[RequestFee]:
    return [row for row in rows if row.regime == law.code and row.holder == law.holder and kind in row.channels]


def reckon_request(row: RequestFee, items: int = 1) -> Amount:
    """What a request for so many items costs, and why; ValueError for no item. 施行令 第27条.

    Records in one file, or closely connected with each other, count as one item: whoever enters the number says so.
    """
    if items < 1:
        raise ValueError("A request has at least one item.")
    if not row.known:
        return Amount(0, (Step(N_("The amount is set by the organisation's own rule."), {}, row.citation_ja),))
    if not row.fee_yen:
        return Amount(0, (Step(N_("No fee is charged for a request."), {}, row.citation_ja),))
    steps = [Step(N_("A request costs %(yen)s yen for each item."), {"yen": row.fee_yen}, row.citation_ja)]
    one = N_("Items: %(items)s. Records in the same file, or closely connected with each other, count as one.")
    steps.append(Step(one, {"items": items}, row.items_ja))
    total = row.fee_yen * items
    steps.append(Step(N_("Together %(yen)s yen."), {"yen": total}))
    return Amount(total, tuple(steps))


def reckon_postage(sheets: int, day: date, *, registered: bool = True) -> Amount:
    """An estimate of what sending so many sheets costs; ValueError for fewer than one or more than fit a letter."""
    weight, post = in_force(WEIGHTS, day), in_force(POSTAGE, day) or POSTAGE[0]
    if weight is None or not 1 <= sheets <= MOST_SHEETS:
        raise ValueError("No letter has so many sheets.")
    grams = weight.envelope_grams + weight.sheet_grams * sheets
    price = next((yen for most, yen in zip(post.grams, post.yen, strict=True) if grams <= most), None)
    if price is None:
        raise ValueError("This is too heavy for a letter.")
    steps = [
        Step(
            N_("%(sheets)s sheets of about %(each)s g and an envelope of %(envelope)s g weigh about %(grams)s g."),
            {"sheets": sheets, "each": weight.sheet_grams, "envelope": weight.envelope_grams, "grams": grams},
        ),
        Step(N_("The post takes %(yen)s yen for a letter of this weight."), {"yen": price}, post.label_ja),
    ]
    if registered:
        steps.append(Step(N_("Registered mail adds %(yen)s yen."), {"yen": post.registered_yen}))
    total = price + (post.registered_yen if registered else 0)
    steps.append(Step(N_("Together %(yen)s yen."), {"yen": total}))
    return Amount(total, tuple(steps))


def copy_prices(day: date) -> tuple[CopyPrice, ...]:
    """The price of each medium on ``day``."""
    found = (in_force((row for row in COPIES if row.medium == name), day) for name in _media())
    return tuple(row for row in found if row is not None)


def _media() -> Sequence[str]:
    return tuple(dict.fromkeys(row.medium for row in COPIES))


def inspection(day: date) -> Inspection | None:
    """What looking at documents costs on ``day``."""
    return in_force(INSPECTIONS, day)


def reckon_disclosure(row: RequestFee, wanted: Mapping[str, int], day: date, *, credit_yen: int = 0) -> Amount:
    """What disclosing documents costs (開示実施手数料: 独立行政法人等情報公開法 第17条).

    ``wanted``: sheets or pieces by medium; under ``INSPECTED`` the sheets that are looked at. ``credit_yen`` is what
    was paid for the request, taken off where the law says so. ValueError for an unknown medium or a negative number.
    """
    prices = {price.medium: price for price in copy_prices(day)}
    look = inspection(day)
    if set(wanted) - {*prices, INSPECTED} or any(number < 0 for number in wanted.values()):
        raise ValueError("No such way of copying.")
    steps, total = [], 0
    for medium, number in wanted.items():
        if not number:
            continue
        if medium == INSPECTED:
            yen = -(-number // look.sheets) * look.inspection_yen if look else 0
            params = {"n": number, "sheets": look.sheets if look else 0, "each": look.inspection_yen if look else 0}
            said = N_("Looking at %(n)s sheets, %(each)s yen for each started %(sheets)s: %(yen)s yen.")
        else:
            price = prices[medium]
            yen, params = number * price.copy_yen, {"n": number, "each": price.copy_yen}
            said = N_("%(n)s × %(each)s yen: %(yen)s yen.")
        article = row.copies_ja if medium == INSPECTED else prices[medium].label_ja
        steps.append(Step(said, {**params, "yen": yen}, article))
        total += yen
    if row.credited and credit_yen and total:
        less = min(credit_yen, total)
        steps.append(Step(N_("What was paid for the request is taken off: %(yen)s yen."), {"yen": less}, row.copies_ja))
        total -= less
    steps.append(Step(N_("Together %(yen)s yen."), {"yen": total}))
    return Amount(total, tuple(steps))


def chargeable(row: RequestFee | None) -> tuple[FeeKind, ...]:
    """What can be charged under a row: copies only where the law lets them be charged (施行令 第28条)."""
    if row is None:
        return (FeeKind.POSTAGE,)
    kinds = [FeeKind.REQUEST] if row.fee_yen or not row.known else []
    return (*kinds, FeeKind.POSTAGE, *([FeeKind.COPIES] if row.copies_charged else []))
