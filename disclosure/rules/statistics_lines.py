"""The lines of the yearly table of requests, and which of them divide which sum. Their names are those of the files."""

from __future__ import annotations

from dataclasses import dataclass

from disclosure.rules.decisions import DecisionType
from disclosure.rules.kinds import Channel

T = DecisionType
RECEIVED, DECIDED = "received", "decided"
FULL, OTHER, NONE = "result-full", "result-other", "result-none"
WITHIN, EXTENDED, SPECIAL, LATE = "time-within", "time-extended", "time-special", "time-late"
ASKED, NOT_ASKED = "correction-asked", "correction-not-asked"
WITHDRAWN, IN_PROGRESS = "none-withdrawn", "none-in-progress"
NOT_ARRIVED = "arrived-not-yet"
PARTIAL, REFUSED = "other-partial", "other-refused"

# The line of each type of decision; what the law calls a refusal is split further, by its ground.
LINE_OF_TYPE = {
    T.FULL: FULL,
    T.PARTIAL: PARTIAL,
    T.NONE: "refused-exempt",
    T.NEITHER: "refused-neither",
    T.NOT_HELD: "refused-not-held",
    T.FORM: "refused-form",
    T.TRANSFERRED: "other-transferred",
    T.OUTSIDE: "other-elsewhere",
    T.INFORMED: "other-elsewhere",
}


@dataclass(frozen=True)
class Part:
    """A breakdown: the lines ``of`` whose sum it divides, its lines, and the two that are hidden with small ones."""

    key: str
    of: tuple[str, ...]
    lines: tuple[str, ...]
    partners: tuple[str, str]


PARTS = (
    Part("channel", (RECEIVED,), tuple(f"channel-{one.value}" for one in Channel), ("channel-post", "channel-window")),
    Part("result", (RECEIVED,), (FULL, OTHER, NONE), (NONE, FULL)),
    Part("other", (OTHER,), (PARTIAL, REFUSED, "other-transferred", "other-elsewhere"), (PARTIAL, REFUSED)),
    Part(
        "refused",
        (REFUSED,),
        ("refused-exempt", "refused-neither", "refused-not-held", "refused-form"),
        ("refused-exempt", "refused-not-held"),
    ),
    Part("none", (NONE,), (WITHDRAWN, IN_PROGRESS), (IN_PROGRESS, WITHDRAWN)),
    Part("time", (FULL, OTHER), (WITHIN, EXTENDED, SPECIAL, LATE), (WITHIN, LATE)),
    Part("correction", (RECEIVED,), (ASKED, NOT_ASKED), (NOT_ASKED, ASKED)),
    Part(
        "arrived",
        (FULL, OTHER),
        ("arrived-download", "arrived-post", "arrived-handed", NOT_ARRIVED),
        ("arrived-post", NOT_ARRIVED),
    ),
)  # fmt: skip
CHANNEL, RESULT, _, REFUSALS, _, TIME, _, ARRIVED = PARTS
LINES = (RECEIVED, DECIDED, *(line for part in PARTS for line in part.lines))
DURATION_LINES = (DECIDED, FULL, PARTIAL, REFUSED, *REFUSALS.lines)
