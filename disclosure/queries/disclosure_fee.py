"""What disclosing the documents of a case costs, and what of the fee for the request is taken off."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.queries.fees import fee_account, fee_law
from disclosure.queries.keys import case_files
from disclosure.queries.methods import methods_of
from disclosure.rules.fees import INSPECTED, Amount, FeeKind, reckon_disclosure
from disclosure.rules.kinds import FileKind, Format
from portal.core.errors import N_, Conflict, Invalid

MEDIUM = {Format.PAPER: "a4-mono", Format.LARGE_PRINT: "a3-mono", Format.INSPECTION: INSPECTED}


def proposed(session: Session, case: Case) -> dict[str, int]:
    """So many sheets and pieces by medium as the wished ways need; downloads have no price in the table."""
    wanted = methods_of(session, case)
    found: dict[str, int] = {}
    for file in case_files(session, case, FileKind.RECORD):
        form = wanted[file.id][1]
        if form is Format.CARRIER:
            found["cd-r"] = 1
        elif form in MEDIUM:
            found[MEDIUM[form]] = found.get(MEDIUM[form], 0) + file.pages
    return found


def credit(session: Session, case: Case) -> int:
    """What of the fee for the request can be taken off: once, from the first charge for the disclosure."""
    charges = [row for row in fee_account(session, case).charges if not row.struck]
    if any(row.entry.what is FeeKind.COPIES for row in charges):
        return 0
    return sum(row.entry.yen - row.waived_yen for row in charges if row.entry.what is FeeKind.REQUEST)


def reckoned(session: Session, case: Case, wanted: Mapping[str, int]) -> Amount:
    """The amount with its steps. Conflict where the law charges no copies; Invalid for a number that cannot be."""
    law = fee_law(case)
    if law is None or not law.copies_charged:
        raise Conflict(N_("This is not charged for this request."))
    try:
        return reckon_disclosure(law, wanted, case.law_day, credit_yen=credit(session, case))
    except ValueError:
        raise Invalid(N_("Enter whole numbers of sheets."), field="sheets") from None
