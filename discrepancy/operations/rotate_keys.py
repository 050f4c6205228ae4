"""Wrapping the keys of cases, reports and open forms for the newest key of the back office."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, load_only

from discrepancy.models.cases import Discrepancy
from discrepancy.models.reports import Report
from discrepancy.models.typings import TypedForm
from discrepancy.operations.report import vault_report
from discrepancy.operations.steps import vault_case
from discrepancy.operations.typing import vault_typing
from portal.core.vault import OfficeVault


def rewrap(session: Session, vault: OfficeVault) -> int:
    """Rewrap all of them; returns how many. The sealed values stay as they are."""
    count = 0
    for case in session.scalars(select(Discrepancy).options(load_only(Discrepancy.number, Discrepancy.office_wrap))):
        case.office_wrap = vault.rewrap(vault_case(case.number), case.office_wrap)
        count += 1
    for report in session.scalars(select(Report).options(load_only(Report.id, Report.office_wrap))):
        report.office_wrap = vault.rewrap(vault_report(report.id), report.office_wrap)
        count += 1
    for typed in session.scalars(select(TypedForm).options(load_only(TypedForm.id, TypedForm.office_wrap))):
        typed.office_wrap = vault.rewrap(vault_typing(typed.id), typed.office_wrap)
        count += 1
    return count
