"""What a case costs and what of it is paid, waived or still open, read from the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.models.fee import FeeEntry, FeeWaiver, WaiverState
from disclosure.queries.hindrances import ASKED, Hindrance
from disclosure.queries.keys import case_files
from disclosure.rules.fees import Amount, FeeKind, FeeStep, RequestFee, reckon_postage, request_fee
from disclosure.rules.kinds import Delivery, FileKind
from disclosure.rules.regimes import regime
from disclosure.rules.states import Action
from portal.core.errors import N_, NotFound
from portal.core.sealed import open_text
from portal.core.vault import CaseKey

UNPAID = N_("Fees are not paid yet: %(yen)s yen. Enter the payment, or have them waived.")


@dataclass(frozen=True)
class Payment:
    """A payment; ``refunded`` is true when it was given back."""

    entry: FeeEntry
    refunded: bool


@dataclass(frozen=True)
class Charge:
    """One charge with what happened to it; amounts in yen."""

    entry: FeeEntry
    payments: tuple[Payment, ...]
    waived_yen: int
    struck: bool
    waiver: FeeWaiver | None

    @property
    def paid_yen(self) -> int:
        """What was paid and not given back."""
        return sum(row.entry.yen for row in self.payments if not row.refunded)

    @property
    def open_yen(self) -> int:
        """What is still to be paid."""
        return 0 if self.struck else max(0, self.entry.yen - self.waived_yen - self.paid_yen)

    @property
    def waiver_waits(self) -> bool:
        """Whether an application for a waiver awaits its decision."""
        return self.waiver is not None and self.waiver.state is WaiverState.ASKED


@dataclass(frozen=True)
class FeeAccount:
    """All charges of a case, oldest first, under the row of law that they follow (None: no fee is named)."""

    law: RequestFee | None
    charges: tuple[Charge, ...]

    @property
    def open_yen(self) -> int:
        """What is still to be paid."""
        return sum(row.open_yen for row in self.charges)

    def can_waive(self, charge: Charge) -> bool:
        """Whether a waiver can be applied for now."""
        return self.knows_waiver(charge) and charge.open_yen > 0 and not charge.waiver_waits

    def knows_waiver(self, charge: Charge) -> bool:
        """Whether the law lets it be waived: the fee itself (第89条第3項, 第5項), of documents that of the copies."""
        law, what = self.law, charge.entry.what
        if law is None:
            return False
        return (law.waivable and what is FeeKind.REQUEST) or (law.copies_waivable and what is FeeKind.COPIES)

    def charge(self, charge_id: str) -> Charge:
        """One charge; NotFound for another case's."""
        found = next((row for row in self.charges if row.entry.id == charge_id), None)
        if found is None:
            raise NotFound
        return found

    def payment(self, payment_id: str) -> tuple[Charge, Payment]:
        """One payment with its charge; NotFound for another case's."""
        for charge in self.charges:
            for payment in charge.payments:
                if payment.entry.id == payment_id:
                    return charge, payment
        raise NotFound


def fee_law(case: Case) -> RequestFee | None:
    """The row of the table under which a case is charged: that of the day on which it arrived."""
    return request_fee(regime(case.regime, case.law_day), case.channel, case.law_day)


def fee_account(session: Session, case: Case) -> FeeAccount:
    """The ledger of a case, read."""
    wanted = select(FeeEntry).where(FeeEntry.case_id == case.id).order_by(FeeEntry.entered_at, FeeEntry.id)
    rows = session.scalars(wanted).all()
    asked = select(FeeWaiver).where(FeeWaiver.case_id == case.id).order_by(FeeWaiver.asked_at, FeeWaiver.id)
    waivers = {row.charge_id: row for row in session.scalars(asked)} if rows else {}
    charges = (row for row in rows if row.step is FeeStep.CHARGED)
    return FeeAccount(fee_law(case), tuple(_charge(row, rows, waivers.get(row.id)) for row in charges))


def _charge(entry: FeeEntry, rows: Sequence[FeeEntry], waiver: FeeWaiver | None) -> Charge:
    own = [row for row in rows if row.charge_id == entry.id]
    back = {row.payment_id for row in own if row.step is FeeStep.REFUNDED}
    return Charge(
        entry,
        tuple(Payment(row, row.id in back) for row in own if row.step is FeeStep.PAID),
        sum(row.yen for row in own if row.step is FeeStep.WAIVED),
        any(row.step is FeeStep.STRUCK for row in own),
        waiver,
    )


def postage_estimate(session: Session, case: Case, day: date) -> Amount | None:
    """What sending the records by registered mail would cost; None while there are none, or too many for a letter."""
    sheets = sum(row.pages for row in case_files(session, case, FileKind.RECORD))
    try:
        return reckon_postage(sheets, day) if sheets else None
    except ValueError:
        return None


def waiver(session: Session, case: Case, waiver_id: str) -> FeeWaiver:
    """One application; NotFound for another case's."""
    row = session.get(FeeWaiver, waiver_id)
    if row is None or row.case_id != case.id:
        raise NotFound
    return row


def waiver_texts(key: CaseKey, row: FeeWaiver) -> tuple[str, str]:
    """The applicant's reason and the approver's; the second is empty while nothing is decided."""
    table = FeeWaiver.__tablename__
    answer = open_text(key, table, "answer", row.id, row.answer_sealed) if row.answer_sealed else ""
    return open_text(key, table, "reason", row.id, row.reason_sealed), answer


def unpaid(session: Session, case: Case, action: Action) -> Hindrance | None:
    """What an open fee holds up, where the rule says so. Postage holds up only what goes by post."""
    law = fee_law(case)
    if law is None or action.value not in law.hinders:
        return None
    charges = fee_account(session, case).charges
    held = [row for row in charges if row.entry.what is not FeeKind.POSTAGE or case.delivery is Delivery.POST]
    yen = sum(row.open_yen for row in held)
    return Hindrance(UNPAID, {"yen": str(yen)}) if yen else None


def _release(session: Session, case: Case, today: date) -> Hindrance | None:
    return unpaid(session, case, Action.RELEASE)


ASKED[Action.RELEASE] = (*ASKED.get(Action.RELEASE, ()), _release)
