"""Appeals in plain words: message ids of states, steps and results; pages translate them."""

from __future__ import annotations

from disclosure.models.suit import SuitResult
from disclosure.rules.appeals import AppealState, Result
from portal.core.errors import N_

STATES = {
    AppealState.FILED: N_("Newly arrived"),
    AppealState.CORRECTING: N_("Something needs to be mended"),
    AppealState.ACCEPTED: N_("Being examined"),
    AppealState.CONSULTED: N_("Before the review board"),
    AppealState.REPORTED: N_("The board has reported"),
    AppealState.RULED: N_("Ruled"),
    AppealState.WITHDRAWN: N_("Withdrawn"),
    AppealState.FORWARDED: N_("Passed on"),
}
# What comes next, for the appellant.
NEXT = {
    AppealState.FILED: N_("We look whether everything is there. If something is missing, we ask you."),
    AppealState.CORRECTING: N_("Please send what is missing. Without it the appeal can be rejected."),
    AppealState.ACCEPTED: N_("We examine the appeal and ask the review board, as a rule within %(days)s days of it."),
    AppealState.CONSULTED: N_("The board examines the appeal and reports to us. We do not know how long it takes."),
    AppealState.REPORTED: N_("We rule on the appeal, as a rule within %(days)s days of the report."),
    AppealState.RULED: N_("The appeal has ended. The ruling says what you can do now."),
    AppealState.WITHDRAWN: N_("You withdrew the appeal. Nothing more will be done."),
    AppealState.FORWARDED: N_("The body that decides has your appeal and will write to you."),
}
# The same where no board is asked.
NEXT_ALONE = NEXT | {AppealState.ACCEPTED: N_("We examine it once more and answer you in writing.")}
RESULTS = {
    Result.UPHELD: N_("Granted"),
    Result.PARTLY: N_("Granted in part"),
    Result.DISMISSED: N_("Dismissed: the decision stands"),
    Result.REJECTED: N_("Rejected as unlawful"),
}
STEPS = {
    "filed": N_("The appeal arrived"),
    "correction-asked": N_("We asked for something to be mended"),
    "corrected": N_("What was missing arrived"),
    "accepted": N_("We found it lawful and examine it"),
    "forwarded": N_("It was passed on to the body that decides it"),
    "consulted": N_("We asked the review board"),
    "told": N_("The appellant was told of it"),
    "others-told": N_("Somebody else was told of it"),
    "index-asked": N_("The board asked for the list of what is withheld"),
    "index-sent": N_("The list of what is withheld was sent"),
    "explained": N_("We explained the decision to the board"),
    "opinion-written": N_("The appellant sent a written opinion"),
    "opinion-oral": N_("The appellant was heard by the board"),
    "heard": N_("The board met"),
    "other": N_("Something else"),
    "reported": N_("The board reported"),
    "ruled": N_("We ruled on the appeal"),
    "anew-begun": N_("The new decision is prepared as a case of its own"),
    "decided-anew": N_("The request was decided anew"),
    "withdrawn": N_("The appeal was withdrawn"),
}
SUIT_RESULTS = {
    SuitResult.GRANTED: N_("Granted"),
    SuitResult.PARTLY: N_("Granted in part"),
    SuitResult.DISMISSED: N_("Dismissed"),
    SuitResult.REJECTED: N_("Rejected"),
    SuitResult.WITHDRAWN: N_("Withdrawn"),
    SuitResult.OTHER: N_("Ended otherwise"),
}
