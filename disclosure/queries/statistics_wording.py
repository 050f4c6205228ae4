"""The lines of the yearly table in words, as message ids."""

from __future__ import annotations

from disclosure.rules import statistics_claims
from disclosure.rules.statistics_lines import DECIDED, PARTS, RECEIVED
from portal.core.errors import N_

PART_NAMES = {
    "channel": N_("How the requests came"),
    "result": N_("What became of them"),
    "other": N_("Decided otherwise than in full"),
    "refused": N_("Not disclosed, by ground"),
    "none": N_("Without a decision"),
    "time": N_("When they were decided"),
    "correction": N_("Corrections asked for"),
    "arrived": N_("How the decision arrived"),
}
LINE_NAMES = {
    RECEIVED: N_("Requests received"),
    DECIDED: N_("Decided"),
    "channel-web": N_("On this site"),
    "channel-window": N_("At the office"),
    "channel-post": N_("By post"),
    "channel-fax": N_("By fax"),
    "result-full": N_("Disclosed in full"),
    "result-other": N_("Decided otherwise"),
    "result-none": N_("No decision: withdrawn, or in progress"),
    "other-partial": N_("Disclosed in part"),
    "other-refused": N_("Not disclosed"),
    "other-transferred": N_("Transferred to another body"),
    "other-elsewhere": N_("Outside the law, or told where to ask"),
    "refused-exempt": N_("Exempt by law"),
    "refused-neither": N_("Existence neither confirmed nor denied"),
    "refused-not-held": N_("Not held"),
    "refused-form": N_("Dismissed for a defect of form"),
    "none-withdrawn": N_("Withdrawn"),
    "none-in-progress": N_("In progress"),
    "time-within": N_("Within the first period"),
    "time-extended": N_("Within an extended period"),
    "time-special": N_("Within the special period for large amounts"),
    "time-late": N_("After the day that was due"),
    "correction-asked": N_("A correction was asked for"),
    "correction-not-asked": N_("No correction was asked for"),
    "arrived-download": N_("Read on this site"),
    "arrived-post": N_("By post"),
    "arrived-handed": N_("Handed over at the office"),
    "arrived-not-yet": N_("Not arrived yet, or not recorded"),
}
CLAIM_NAMES = {
    statistics_claims.RECEIVED: N_("Claims received"),
    statistics_claims.GRANTED: N_("Granted in full"),
    statistics_claims.PARTLY: N_("Granted in part"),
    statistics_claims.REFUSED: N_("Not granted"),
    statistics_claims.DISMISSED: N_("Dismissed for a defect of form"),
    statistics_claims.OPEN: N_("Withdrawn, transferred, or in progress"),
    statistics_claims.IN_TIME: N_("Decided in time"),
    statistics_claims.LATE: N_("Decided after the day that was due"),
}
# The part that each line belongs to; the two sums belong to none.
PART_OF = {line: part.key for part in PARTS for line in part.lines} | {RECEIVED: "", DECIDED: ""}
