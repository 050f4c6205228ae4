"""The closed vocabularies of the archive: every word that a data file may use for a kind, a state or a unit."""

from enum import StrEnum


class SourceKind(StrEnum):
    LETTER = "letter"
    ANSWER = "answer"
    REPORT = "report"
    NOTICE = "notice"
    SLIDES = "slides"
    CITY_REPORT = "city-report"
    PRESS = "press"


class BodyKind(StrEnum):
    OPERATOR = "operator"
    MINISTRY = "ministry"
    MUNICIPALITY = "municipality"
    PREFECTURE = "prefecture"
    VENDOR = "vendor"
    GROUP = "group"
    PRESS = "press"
    PRINTER = "printer"
    OTHER = "other"


class IncidentKind(StrEnum):
    """Planned maintenance is announced, carried on and closed by bulletins as an incident is."""

    INCIDENT = "incident"
    MAINTENANCE = "maintenance"


class IncidentState(StrEnum):
    """``recovered``: the service is back, the record is not closed; ``planned``: maintenance that has not begun."""

    CLOSED = "closed"
    RECOVERED = "recovered"
    OPEN = "open"
    PLANNED = "planned"
    UNKNOWN = "unknown"


class ServiceStatus(StrEnum):
    """How a system or a component works, from best to worst; ``maintenance`` is an interruption that was planned."""

    OPERATING = "operating"
    MAINTENANCE = "maintenance"
    DEGRADED = "degraded"
    PARTIAL = "partial"
    OUTAGE = "outage"


class Markup(StrEnum):
    """How a bulletin's text is written."""

    PLAIN = "plain"
    MARKDOWN = "markdown"


class CauseStatus(StrEnum):
    UNDER_INVESTIGATION = "under-investigation"
    PRESUMED = "presumed"
    ESTABLISHED = "established"
    UNKNOWN = "unknown"


class Certainty(StrEnum):
    """How firm a stated value is.

    Confirmed by who answers for it; estimated ("about"); reported by others; or only enquiries about it were counted.
    """

    CONFIRMED = "confirmed"
    ESTIMATED = "estimated"
    REPORTED = "reported"
    ENQUIRIES = "enquiries"


class FactField(StrEnum):
    """What a fact of a bulletin is about. The first group counts, the second dates, the third tells."""

    OCCURRENCES = "occurrences"
    AFFECTED_CARDS = "affected-cards"
    AFFECTED_HOUSEHOLDS = "affected-households"
    AFFECTED_MUNICIPALITIES = "affected-municipalities"
    AFFECTED_PERSONS = "affected-persons"
    AFFECTED_ITEMS = "affected-items"
    REPORTED_CASES = "reported-cases"
    INQUIRIES = "inquiries"
    SERVERS_IN_USE = "servers-in-use"
    DURATION = "duration"

    OCCURRED = "occurred"
    DETECTED = "detected"
    REPORTED = "reported"
    ANNOUNCED = "announced"
    RECOVERED = "recovered"

    EVENT = "event"
    CAUSE = "cause"
    EFFECT = "effect"
    WORKAROUND = "workaround"
    PREVENTION = "prevention"
    STATUS = "status"


class Unit(StrEnum):
    """What a number of a fact counts."""

    TIMES = "times"
    CARDS = "cards"
    HOUSEHOLDS = "households"
    MUNICIPALITIES = "municipalities"
    PERSONS = "persons"
    ITEMS = "items"
    CASES = "cases"
    INQUIRIES = "inquiries"
    SERVERS = "servers"
    MINUTES = "minutes"
    HOURS = "hours"
    YEARS = "years"


class StatementKind(StrEnum):
    OFFICIAL = "official"
    REPORTED_AS = "reported-as"
    CRITICISM = "criticism"
    REQUEST = "request"


class MeasureStatus(StrEnum):
    DONE = "done"
    IN_PROGRESS = "in-progress"
    PROMISED = "promised"
    DROPPED = "dropped"
    UNKNOWN = "unknown"


class NationalCause(StrEnum):
    """The ministry's three classes of causes of telecommunication accidents (電気通信事故の発生要因)."""

    EQUIPMENT = "equipment"  # 設備要因
    HUMAN = "human"  # 人為要因
    EXTERNAL = "external"  # 外的要因


class Effect(StrEnum):
    """Whether a measure did what it was meant to do."""

    WORKED = "worked"
    PARTLY = "partly"
    FAILED = "failed"
    UNKNOWN = "unknown"


class RelationKind(StrEnum):
    SAME_CAUSE = "same-cause"
    RECURRENCE = "recurrence"
    CAUSED_BY = "caused-by"
    UNRELATED_SAID = "unrelated-said"
    PART_OF = "part-of"
    MERGED_INTO = "merged-into"
    SPLIT_FROM = "split-from"


class GroupRole(StrEnum):
    """Numbers of groups repeat within a section: first the list of facts, then the questions about them."""

    FACT = "fact"
    QUESTION = "question"


class AnswerType(StrEnum):
    """How an answer answers."""

    A1 = "A1"  # in substance
    A2 = "A2"  # refers to something published
    A3 = "A3"  # confirms
    A4 = "A4"  # confirms under a condition
    A5 = "A5"  # declines: details of a system
    A6 = "A6"  # declines: under review
    A7 = "A7"  # declines: confidential design
    A8 = "A8"  # not this body's act
    A9 = "A9"  # another body answers
    A10 = "A10"  # has already told the principal
    A11 = "A11"  # formula without content
    A12 = "A12"  # corrects the premise of the question


class WithheldGround(StrEnum):
    """The ground that the answer itself gives for not answering, or not answering in full."""

    SYSTEM_DETAIL = "system-detail"
    UNDER_REVIEW = "under-review"
    CONFIDENTIAL_DESIGN = "confidential-design"
    INDIVIDUAL = "individual"
    CORPORATE = "corporate"
    OPERATIONS = "operations"


class Channel(StrEnum):
    POST = "post"
    FAX = "fax"
    MAIL = "mail"
    MEETING = "meeting"
    ONLINE = "online"
    UNKNOWN = "unknown"


class Chart(StrEnum):
    BAR = "bar"
    LINE = "line"
