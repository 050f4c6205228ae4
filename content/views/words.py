"""The closed vocabularies in words of the page's language, and how values are written."""

from __future__ import annotations

from typing import Any

from flask.blueprints import BlueprintSetupState
from markupsafe import Markup

from content.queries.bulletin_diff import Became
from content.rules import markup
from content.rules.answers import MEANINGS
from content.rules.archive.kinds import (
    CauseStatus,
    Certainty,
    Channel,
    Effect,
    FactField,
    IncidentKind,
    IncidentState,
    MeasureStatus,
    NationalCause,
    RelationKind,
    ServiceStatus,
    StatementKind,
    Unit,
    WithheldGround,
)
from content.rules.measures import Standing
from content.rules.states import DraftState
from content.views.clock_words import CLOCK
from content.views.letter_words import WORDS as LETTERS
from content.views.question_letters.wording import ACTIONS as QUESTION_ACTIONS
from content.views.question_letters.wording import WORDS as QUESTIONS
from portal.web.language import _, _l, choose

FIELDS = {
    FactField.OCCURRENCES: _l("How often"),
    FactField.AFFECTED_CARDS: _l("Cards affected"),
    FactField.AFFECTED_HOUSEHOLDS: _l("Households affected"),
    FactField.AFFECTED_MUNICIPALITIES: _l("Municipalities affected"),
    FactField.AFFECTED_PERSONS: _l("People affected"),
    FactField.AFFECTED_ITEMS: _l("Items affected"),
    FactField.REPORTED_CASES: _l("Cases reported"),
    FactField.INQUIRIES: _l("Enquiries received"),
    FactField.SERVERS_IN_USE: _l("Servers in use"),
    FactField.DURATION: _l("Duration"),
    FactField.OCCURRED: _l("Occurred"),
    FactField.DETECTED: _l("Detected"),
    FactField.REPORTED: _l("Reported to a body"),
    FactField.ANNOUNCED: _l("Announced"),
    FactField.RECOVERED: _l("Recovered"),
    FactField.EVENT: _l("What happened"),
    FactField.CAUSE: _l("Cause"),
    FactField.EFFECT: _l("Effect"),
    FactField.WORKAROUND: _l("Workaround"),
    FactField.PREVENTION: _l("Prevention"),
    FactField.STATUS: _l("State of things"),
}
UNITS = {
    Unit.TIMES: _l("times"),
    Unit.CARDS: _l("cards"),
    Unit.HOUSEHOLDS: _l("households"),
    Unit.MUNICIPALITIES: _l("municipalities"),
    Unit.PERSONS: _l("people"),
    Unit.ITEMS: _l("items"),
    Unit.CASES: _l("cases"),
    Unit.INQUIRIES: _l("enquiries"),
    Unit.SERVERS: _l("servers"),
    Unit.MINUTES: _l("minutes"),
    Unit.HOURS: _l("hours"),
    Unit.YEARS: _l("years"),
}
ONE = {
    Unit.TIMES: _l("time"),
    Unit.CARDS: _l("card"),
    Unit.HOUSEHOLDS: _l("household"),
    Unit.MUNICIPALITIES: _l("municipality"),
    Unit.PERSONS: _l("person"),
    Unit.ITEMS: _l("item"),
    Unit.CASES: _l("case"),
    Unit.INQUIRIES: _l("enquiry"),
    Unit.SERVERS: _l("server"),
    Unit.MINUTES: _l("minute"),
    Unit.HOURS: _l("hour"),
    Unit.YEARS: _l("year"),
}
CERTAINTIES = {
    Certainty.CONFIRMED: (_l("Confirmed"), "success"),
    Certainty.ESTIMATED: (_l("Estimate"), "warning"),
    Certainty.REPORTED: (_l("Reported by others"), "neutral"),
    Certainty.ENQUIRIES: (_l("Enquiries only"), "neutral"),
}
STATES = {
    IncidentState.OPEN: (_l("Going on"), "danger"),
    IncidentState.PLANNED: (_l("Planned"), "info"),
    IncidentState.RECOVERED: (_l("Service is back"), "success"),
    IncidentState.CLOSED: (_l("Ended"), "success"),
    IncidentState.UNKNOWN: (_l("End not recorded"), "neutral"),
}
CAUSE_STATUSES = {
    CauseStatus.UNDER_INVESTIGATION: _l("Under investigation"),
    CauseStatus.PRESUMED: _l("Presumed"),
    CauseStatus.ESTABLISHED: _l("Established"),
    CauseStatus.UNKNOWN: _l("Not told by the sources"),
}
STATEMENTS = {
    StatementKind.OFFICIAL: _l("Official statement"),
    StatementKind.REPORTED_AS: _l("Reported as"),
    StatementKind.CRITICISM: _l("Criticism"),
    StatementKind.REQUEST: _l("Request to a body"),
}
MEASURES = {
    MeasureStatus.DONE: (_l("Done"), "success"),
    MeasureStatus.IN_PROGRESS: (_l("Being done"), "info"),
    MeasureStatus.DROPPED: (_l("Dropped"), "danger"),
    MeasureStatus.PROMISED: (_l("Promised"), "warning"),
    MeasureStatus.UNKNOWN: (_l("Outcome not recorded"), "neutral"),
}
STANDINGS = {
    Standing.LATE: (_l("Late"), "danger"),
    Standing.OPEN: (_l("Not yet done"), "warning"),
    Standing.DONE: (_l("Done"), "success"),
    Standing.DROPPED: (_l("Dropped"), "danger"),
    Standing.UNKNOWN: (_l("Outcome not recorded"), "neutral"),
}
NATIONALS = {
    NationalCause.EQUIPMENT: _l("Equipment"),
    NationalCause.HUMAN: _l("Human"),
    NationalCause.EXTERNAL: _l("External"),
}
EFFECTS = {
    Effect.WORKED: (_l("It worked"), "success"),
    Effect.PARTLY: (_l("It worked in part"), "warning"),
    Effect.FAILED: (_l("It did not work"), "danger"),
    Effect.UNKNOWN: (_l("Not known whether it worked"), "neutral"),
}
STATUSES = {
    ServiceStatus.OPERATING: (_l("Works normally"), "success"),
    ServiceStatus.MAINTENANCE: (_l("Planned maintenance"), "info"),
    ServiceStatus.DEGRADED: (_l("Slow or limited"), "warning"),
    ServiceStatus.PARTIAL: (_l("Partly out of service"), "warning"),
    ServiceStatus.OUTAGE: (_l("Out of service"), "danger"),
}
KINDS = {
    IncidentKind.INCIDENT: _l("Incident"),
    IncidentKind.MAINTENANCE: _l("Maintenance"),
}
RELATIONS = {
    (RelationKind.SAME_CAUSE, True): _l("Has the same cause as"),
    (RelationKind.SAME_CAUSE, False): _l("Has the same cause as"),
    (RelationKind.RECURRENCE, True): _l("Is a recurrence of"),
    (RelationKind.RECURRENCE, False): _l("Came back as"),
    (RelationKind.CAUSED_BY, True): _l("Was caused by"),
    (RelationKind.CAUSED_BY, False): _l("Caused"),
    (RelationKind.UNRELATED_SAID, True): _l("Is said to be unrelated to"),
    (RelationKind.UNRELATED_SAID, False): _l("Is said to be unrelated to"),
    (RelationKind.PART_OF, True): _l("Is a part of"),
    (RelationKind.PART_OF, False): _l("Consists among others of"),
    (RelationKind.MERGED_INTO, True): _l("Was merged into"),
    (RelationKind.MERGED_INTO, False): _l("Took in"),
    (RelationKind.SPLIT_FROM, True): _l("Was split from"),
    (RelationKind.SPLIT_FROM, False): _l("A part of it became"),
}
GROUNDS = {
    WithheldGround.SYSTEM_DETAIL: _l("Details of a system"),
    WithheldGround.UNDER_REVIEW: _l("Under review"),
    WithheldGround.CONFIDENTIAL_DESIGN: _l("Confidential design"),
    WithheldGround.INDIVIDUAL: _l("About individuals"),
    WithheldGround.CORPORATE: _l("Interests of a company"),
    WithheldGround.OPERATIONS: _l("Would hinder the work"),
}
CHANNELS = {
    Channel.POST: _l("Post"),
    Channel.FAX: _l("Fax"),
    Channel.MAIL: _l("E-mail"),
    Channel.MEETING: _l("Meeting"),
    Channel.ONLINE: _l("Online form"),
    Channel.UNKNOWN: _l("Not known"),
}
DRAFTS = {
    DraftState.DRAFT: (_l("Being written"), "info"),
    DraftState.REVIEW: (_l("Waits for approval"), "warning"),
    DraftState.PUBLISHED: (_l("Published"), "success"),
    DraftState.DISCARDED: (_l("Discarded"), "neutral"),
}

BECAME = {
    Became.NEW: (_l("New"), "info"),
    Became.CHANGED: (_l("Changed"), "warning"),
    Became.CORRECTED: (_l("Corrected"), "danger"),
    Became.GONE: (_l("No longer stated"), "neutral"),
}

ACTIONS = {
    "content.bulletin.write": _l("Draft written"),
    "content.bulletin.edit": _l("Draft changed"),
    "content.bulletin.send": _l("Sent for approval"),
    "content.bulletin.send-back": _l("Sent back"),
    "content.bulletin.discard": _l("Discarded"),
    "content.bulletin.publish": _l("Published"),
    "content.bulletin.publish-now": _l("Published at once, to be approved afterwards"),
    "content.bulletin.approve": _l("Approved afterwards"),
    "content.withdrawal.ask": _l("Withdrawal asked for"),
    "content.bulletin.withdraw": _l("Withdrawn"),
    "content.archive.ask": _l("Asked to take in an archive"),
    "content.archive.import": _l("Archive taken in"),
    "content.measure.ask": _l("Report on a measure written"),
    "content.measure.report": _l("Report on a measure published"),
    **QUESTION_ACTIONS,
}


def number(value: float) -> str:
    """A number with thousands separators and no needless decimals."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.10g}"


def amount(value: float, unit: str) -> str:
    """A number with its unit."""
    return _("%(number)s %(unit)s", number=number(value), unit=str((ONE if value == 1 else UNITS)[Unit(unit)]))


def percent(share: float | None) -> float | None:
    """A share of 1 in per cent with two decimals, cut and not rounded up: what was lost is never hidden."""
    return None if share is None else int(share * 10000 + 1e-6) / 100


def bulletin_name(value: int) -> str:
    """第1報."""
    return _("Bulletin %(number)s", number=value)


def body(bulletin: Any, level: int = 3) -> Markup:
    """The text of a bulletin in the page's language; its headings begin at ``level``."""
    made = markup.html(choose(bulletin, "body"), bulletin.markup, level=level, table=_("Table in the text"))
    return Markup(made)  # noqa: S704 - escaped by the maker


def answer_type(kind: str) -> tuple[str, str, bool]:
    """The name and explanation of an answer type, and whether it declines."""
    meaning = next(meaning for key, meaning in MEANINGS.items() if key == kind)
    return _(meaning.name), _(meaning.explanation), meaning.declines


WORDS: dict[str, Any] = {
    "fields": FIELDS,
    "units": UNITS,
    "certainties": CERTAINTIES,
    "states": STATES,
    "cause_statuses": CAUSE_STATUSES,
    "statements": STATEMENTS,
    "measures": MEASURES,
    "standings": STANDINGS,
    "nationals": NATIONALS,
    "percent": percent,
    "effects": EFFECTS,
    "statuses": STATUSES,
    "kinds": KINDS,
    "relations": RELATIONS,
    "grounds": GROUNDS,
    "channels": CHANNELS,
    "drafts": DRAFTS,
    "actions": ACTIONS,
    "became": BECAME,
    "number": number,
    "amount": amount,
    "bulletin": bulletin_name,
    "answer_type": answer_type,
    "body": body,
    **CLOCK,
    **LETTERS,
    **QUESTIONS,
}


def install(state: BlueprintSetupState) -> None:
    """Make the words known to the templates of the application."""
    state.app.jinja_env.globals["words"] = WORDS
