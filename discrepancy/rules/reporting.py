"""The life of a report (顛末報告書) as a table."""

from __future__ import annotations

from enum import StrEnum

from portal.core.errors import N_, Conflict


class ReportState(StrEnum):
    DRAFT = "draft"
    FILED = "filed"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    DISCARDED = "discarded"


class ReportAction(StrEnum):
    EDIT = "edit"
    FILE = "file"
    DISCARD = "discard"
    ACCEPT = "accept"
    RETURN = "return"


class Sum(StrEnum):
    """By what the sums of months are kept. ``cluster``: cause and information together."""

    CAUSE = "cause"
    BODY = "body"
    AFFAIR = "affair"
    CLUSTER = "cluster"


# The reports that figures count: whatever was filed.
COUNTED = (ReportState.FILED, ReportState.RETURNED, ReportState.ACCEPTED)

REPORTS: dict[ReportState, dict[ReportAction, ReportState]] = {
    ReportState.DRAFT: {
        ReportAction.EDIT: ReportState.DRAFT,
        ReportAction.FILE: ReportState.FILED,
        ReportAction.DISCARD: ReportState.DISCARDED,
    },
    ReportState.FILED: {ReportAction.ACCEPT: ReportState.ACCEPTED, ReportAction.RETURN: ReportState.RETURNED},
    ReportState.RETURNED: {ReportAction.EDIT: ReportState.RETURNED, ReportAction.FILE: ReportState.FILED},
    ReportState.ACCEPTED: {},
    ReportState.DISCARDED: {},
}


def report_after(state: ReportState, action: ReportAction) -> ReportState:
    """The state after an action; raises Conflict where the table has no way."""
    try:
        return REPORTS[state][action]
    except KeyError:
        raise Conflict(N_("The report is no longer in a state in which this can be done.")) from None
