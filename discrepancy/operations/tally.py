"""Keep the sums of months in step with the reports, in the transaction that changes a report."""

from __future__ import annotations

from sqlalchemy import String, cast, delete, func, insert, literal_column, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from discrepancy.models.figures import MonthSum
from discrepancy.models.reports import CAUSE_KEY, CLUSTER_KEY, Report
from discrepancy.rules.reporting import COUNTED, Sum

Cell = tuple[str, str, str]


def counted_as(report: Report) -> frozenset[Cell]:
    """The sums in which a report is counted as it stands: by what, which one, month. None before it was filed."""
    if report.state not in COUNTED or report.filed_on is None:
        return frozenset()
    month = f"{report.filed_on:%Y-%m}"
    cause = f"{report.cause_table}/{report.cause}"
    keys = {Sum.CAUSE: cause, Sum.BODY: report.body_code, Sum.AFFAIR: report.affair}
    if report.cause:
        keys[Sum.CLUSTER] = f"{cause}/{report.information}"
    return frozenset((by.value, key, month) for by, key in keys.items())


def tally(session: Session, before: frozenset[Cell], after: frozenset[Cell]) -> None:
    """Take one report out of the sums ``before`` and count it in those ``after``, in one order for all processes."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    for cell in sorted(before ^ after):
        by, key, month = cell
        if cell in before:
            same = (MonthSum.by == by, MonthSum.key == key, MonthSum.month == month)
            session.execute(update(MonthSum).where(*same).values(reports=MonthSum.reports - 1))
        else:
            one = dialect.insert(MonthSum).values(by=by, key=key, month=month, reports=1)
            more = {"reports": MonthSum.reports + 1}
            session.execute(one.on_conflict_do_update(index_elements=["by", "key", "month"], set_=more))


def count_anew(session: Session) -> None:
    """Make all sums from the reports."""
    session.execute(delete(MonthSum))
    month = func.substr(cast(Report.filed_on, String), 1, 7)
    keys = {Sum.CAUSE: CAUSE_KEY, Sum.BODY: Report.body_code, Sum.AFFAIR: Report.affair, Sum.CLUSTER: CLUSTER_KEY}
    for by, key in keys.items():
        rows = select(key.label("key"), month.label("month")).where(
            Report.state.in_(COUNTED), Report.filed_on.is_not(None)
        )
        if by is Sum.CLUSTER:
            rows = rows.where(Report.cause != "")
        each = rows.subquery().c
        cells = select(literal_column(f"'{by}'"), each.key, each.month, func.count()).group_by(each.key, each.month)
        session.execute(insert(MonthSum).from_select(["by", "key", "month", "reports"], cells))
