"""The words of states, steps, parties and kinds."""

from __future__ import annotations

from typing import Any

from discrepancy.models.bodies import Body
from discrepancy.operations import ask, check_self, investigate, link_cases, notify_others, open_case
from discrepancy.rules.checking import Check
from discrepancy.rules.emergency import Authority, EmergencyKind
from discrepancy.rules.enquiry import BodyKind, EnquiryKind
from discrepancy.rules.states import CaseAction as A
from discrepancy.rules.states import CaseKind, Party
from discrepancy.rules.states import CaseState as S
from portal.web.language import _l, choose

KINDS: dict[str, Any] = {
    CaseKind.DIFFERENT: _l("What was delivered and the papers differ"),
    CaseKind.UNDELIVERED: _l("Nothing was delivered, or an error"),
}
# The state in words, and the tone of its tag.
STATES: dict[str, tuple[Any, str]] = {
    S.DOUBT: (_l("Doubt noticed"), "info"),
    S.OUTAGE_CHECK: (_l("Looking for an outage"), "info"),
    S.WAITING_FOR_OPERATOR: (_l("Wide outage: waiting"), "neutral"),
    S.SELF_CHECK: (_l("Checking at home"), "info"),
    S.PROVIDER_ASKED: (_l("Provider asked"), "info"),
    S.INVESTIGATING: (_l("Looking for the cause"), "info"),
    S.PROVIDER_SLOW: (_l("Will take long"), "warning"),
    S.ESCALATED: (_l("Others asked"), "info"),
    S.CAUSE_INQUIRER: (_l("Cause: the inquirer"), "warning"),
    S.CAUSE_PROVIDER: (_l("Cause: the provider"), "warning"),
    S.DUPLICATE_FIXED: (_l("Duplicate corrected"), "info"),
    S.REQUERIED: (_l("Queried again"), "info"),
    S.REMEDIED: (_l("Put right"), "info"),
    S.REPORT_DUE: (_l("Report due"), "warning"),
    S.REPORTED: (_l("Reported"), "info"),
    S.ACCEPTED: (_l("Report accepted"), "success"),
    S.CLOSED_WITHOUT_REPORT: (_l("Closed without a report"), "neutral"),
}
PARTIES: dict[str, Any] = {
    Party.INQUIRER: _l("Inquirer"),
    Party.PROVIDER: _l("Provider"),
    Party.PREFECTURE: _l("Passes on"),
    Party.OPERATOR: _l("Operator of the network"),
}
# What a button says.
BUTTONS: dict[str, Any] = {
    A.LOOK_FOR_OUTAGE: _l("Look whether a wide outage is published"),
    A.FIND_WIDE_OUTAGE: _l("It belongs to a published outage"),
    A.FIND_LOCAL_ERROR: _l("No wide outage: the error is local"),
    A.CHECK_SELF: _l("Check at home"),
    A.FIND_OWN_CAUSE: _l("The cause is with us"),
    A.ASK_PROVIDER: _l("Ask the provider"),
    A.TAKE_UP: _l("Take the enquiry up"),
    A.SAY_SLOW: _l("Say that it will take long"),
    A.GO_ON: _l("Go on looking for the cause"),
    A.ESCALATE: _l("Ask others"),
    A.HEAR_ANSWER: _l("Go on after the answer"),
    A.FIND_WRONG_DATA: _l("Our data were wrong"),
    A.FIND_INQUIRER_CAUSE: _l("The cause is with the inquirer"),
    A.FIX_DUPLICATE: _l("The duplicate is corrected"),
    A.REQUERY: _l("We queried again"),
    A.REMEDY: _l("Everything is put right"),
}
# What the history says.
HISTORY: dict[str, Any] = {
    open_case.OPEN: _l("Case opened"),
    link_cases.FROM_REPORT: _l("Case made of a report that came as a file"),
    check_self.CHECKED: _l("Looked further at home"),
    ask.ASKED: _l("Enquiry sent"),
    ask.PASSED_ON: _l("Enquiry passed on"),
    ask.ANSWER: _l("Enquiry answered"),
    investigate.USE_PAPERS: _l("Decided on the papers; the search for the cause goes on"),
    notify_others.CHECKED: _l("Whether others received the same wrong data was checked"),
    notify_others.TOLD: _l("Other inquirers told of wrong data"),
    A.LOOK_FOR_OUTAGE: _l("Looked for a wide outage"),
    A.FIND_WIDE_OUTAGE: _l("Belongs to a published outage"),
    A.FIND_LOCAL_ERROR: _l("Local error"),
    A.END_OUTAGE: _l("The outage is over"),
    A.CHECK_SELF: _l("Checked at home"),
    A.FIND_OWN_CAUSE: _l("Cause found with the inquirer"),
    A.ASK_PROVIDER: _l("Provider asked"),
    A.TAKE_UP: _l("Provider looks for the cause"),
    A.SAY_SLOW: _l("Provider says that it will take long"),
    A.GO_ON: _l("Search for the cause goes on"),
    A.ESCALATE: _l("Others asked"),
    A.HEAR_ANSWER: _l("Search goes on after the answer"),
    A.FIND_WRONG_DATA: _l("The data provided were wrong"),
    A.FIND_INQUIRER_CAUSE: _l("Cause found with the inquirer"),
    A.FIX_DUPLICATE: _l("Duplicate corrected"),
    A.REQUERY: _l("Queried again"),
    A.REMEDY: _l("Put right"),
    A.OWE_REPORT: _l("Report due"),
    A.CLOSE_WITHOUT_REPORT: _l("Closed without a report"),
    A.REPORT: _l("Report filed"),
    A.ACCEPT: _l("Report accepted"),
    A.RETURN: _l("Report returned"),
}
CHECKS: dict[str, Any] = {
    Check.NUMBER: _l("The number that the applicant wrote"),
    Check.OPERATION: _l("What was done at the terminal"),
    Check.OWN_SYSTEM: _l("Our own system"),
    Check.NOTICES: _l("Sharing site, “01. Notices from the operator”"),
    Check.OUTAGES: _l("Sharing site, “05. Outages of systems”"),
    Check.SUPPORT: _l("Support site of the intermediate servers, “News”"),
}
BODY_KINDS: dict[str, Any] = {
    BodyKind.PREFECTURE: _l("Prefecture"),
    BodyKind.MUNICIPALITY: _l("Municipality"),
    BodyKind.MINISTRY: _l("Ministry"),
    BodyKind.OTHER: _l("Other body"),
    BodyKind.OPERATOR: _l("Operator of the network"),
    BodyKind.AGGREGATOR: _l("Aggregating body"),
}
ENQUIRIES: dict[str, Any] = {
    EnquiryKind.PROVIDER: _l("Enquiry to the provider"),
    EnquiryKind.OPERATOR: _l("Enquiry to the operator of the network"),
    EnquiryKind.AGGREGATOR: _l("Enquiry to the aggregating body"),
    EnquiryKind.MINISTRY: _l("Enquiry to the ministry in charge"),
    EnquiryKind.OTHERS_AFFECTED: _l("Other bodies may be affected: tell the ministry in charge"),
}
EMERGENCIES: dict[str, Any] = {
    EmergencyKind.SURVEY: _l("Work is needed at once, such as a survey of the effect (form 03-03)"),
    EmergencyKind.OCCURRENCE: _l("Something serious happened (form 03-13)"),
    EmergencyKind.SECURITY: _l("A security incident (form 03-13)"),
    EmergencyKind.LEAK: _l("Specific personal information leaked (form 03-13)"),
}
AUTHORITIES: dict[str, Any] = {
    Authority.COMMISSION: _l("Personal Information Protection Commission"),
    Authority.LOCAL_SECURITY: _l("Regional Information Policy Office, Ministry of Internal Affairs and Communications"),
}


def name_of(body: Body | None) -> str:
    """A body's name in the page's language; a dash for none."""
    return choose(body, "name") if body is not None else "–"
