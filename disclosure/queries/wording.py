"""States and events in plain words: English message ids with named parameters; pages translate them."""

from __future__ import annotations

from datetime import date

from disclosure.queries.deliveries import LetterDelivery, Stage
from disclosure.rules.arrival import Basis
from disclosure.rules.extensions import ExtensionKind
from disclosure.rules.states import Action, State
from portal.core.errors import N_

STATES = {
    State.RECEIVED: N_("Received"),
    State.IDENTITY_CHECK: N_("Checking identity"),
    State.CORRECTION: N_("Waiting for a correction"),
    State.SEARCH: N_("Looking for the record"),
    State.DRAFTING: N_("Preparing the decision"),
    State.APPROVAL: N_("Being approved"),
    State.APPROVED: N_("Approved"),
    State.NOTIFIED: N_("Decided"),
    State.METHOD_CHOICE: N_("Disclosure being prepared"),
    State.IMPLEMENTED: N_("Disclosed"),
    State.WITHDRAWN: N_("Withdrawn"),
    State.TRANSFERRED: N_("Transferred to another body"),
    State.LAPSED: N_("Lapsed"),
    State.CLOSED: N_("Closed"),
}

# What a resident reads under the state's name; for them drafting and approval are one.
EXPLANATIONS = {
    State.RECEIVED: N_("Your request has reached us. Next we check your identity document."),
    State.IDENTITY_CHECK: N_("We compare your identity document with your request."),
    State.CORRECTION: N_("Something in your request needs to be mended. We wait for your answer."),
    State.SEARCH: N_("We look for the record that you asked for."),
    State.DRAFTING: N_("We examine the record and prepare the decision."),
    State.APPROVAL: N_("The decision is written and a second person checks it."),
    State.APPROVED: N_("The decision is approved and will be sent to you."),
    State.NOTIFIED: N_("The decision has been made. You can read the letter here."),
    State.METHOD_CHOICE: N_("You have chosen how to receive the records. We prepare them."),
    State.IMPLEMENTED: N_("The records have been disclosed to you."),
    State.WITHDRAWN: N_("The request is withdrawn. Nothing more will be done."),
    State.TRANSFERRED: N_("Another body holds the record and decides on your request. You need not ask again."),
    State.LAPSED: N_(
        "You did not say in time how you want to receive the records. The decision stands; to see them, ask again."
    ),
    State.CLOSED: N_("The case is closed. You can still read the letter."),
}

# Where everybody gets the same answer; and where the law lets the period run on while something is mended.
SAME_ANSWER = N_("Everybody who asks this gets the same answer, after the same time. We prepare the letter.")
CLOCK_RUNS_ON = N_(
    "Something in your request needs to be mended. The period runs on meanwhile, so please answer as soon as you can."
)

EVENTS = {
    "received": N_("Your request was received."),
    "identity-check-started": N_("We began to check your identity document."),
    "identity-confirmed": N_("Your identity was confirmed."),
    "search-started": N_("We began to look for the documents."),
    "publication-proposed": N_("A document was proposed for the public reading room."),
    "publication-dropped": N_("The proposal for the reading room was given up."),
    "document-published": N_("A document was put into the public reading room (%(key)s). Nobody is told who asked."),
    "further-asked": N_("Further disclosure was asked for, in another way."),
    "correction-asked": N_("We asked you to mend something by %(due_on)s."),
    "correction-answered": N_("Your correction arrived on %(arrived_on)s."),
    "correction-given-up": N_("No correction arrived in time."),
    "record-attached": N_("A record was attached (pages: %(pages)s)."),
    "record-removed": N_("A record was removed."),
    "erased": N_("The personal data of this case were erased."),
    "identity-copies-destroyed": N_("The copies of your identity documents were destroyed (number: %(files)s)."),
    "hold-placed": N_("A legal hold was placed."),
    "hold-lifted": N_("A legal hold was lifted."),
    "drafted": N_("The decision was drafted."),
    "decision-being-approved": N_("The decision was written and is being checked by a second person."),
    "approved": N_("The decision was approved."),
    "sent-back": N_("The draft was sent back."),
    "decision-issued": N_("The decision %(number)s was issued."),
    "arrived-electronic": N_("The letter %(number)s was opened on this site: it arrived on %(arrived_on)s."),
    "arrived-proof": N_("The letter %(number)s was delivered by the post on %(arrived_on)s."),
    "arrived-presumed": N_("The letter %(number)s is presumed to have arrived by post on %(arrived_on)s."),
    "arrived-signed": N_("The letter %(number)s was handed over at our office on %(arrived_on)s."),
    "letter-posted": N_("The letter %(number)s was posted on %(posted_on)s."),
    "letter-returned": N_("The post brought the letter %(number)s back on %(returned_on)s."),
    "letter-replaced": N_("The letter %(number)s takes the place of the letter %(old)s."),
    "post-ordered": N_("The letter %(number)s is to go by post."),
    "delivery-corrected": N_("What was entered about the way of the letter %(number)s was corrected."),
    "replacement-drafted": N_("A letter in the place of %(number)s was drafted."),
    "replacement-dropped": N_("The draft of a letter in the place of %(number)s was dropped."),
    "claim-filed": N_("A claim about what was disclosed was filed: %(number)s."),
    "carried-out": N_("What was granted was carried out on %(done_on)s."),
    "special-period-claim": N_("By the letter %(number)s: it takes especially long and is decided by %(rest_on)s."),
    "method-chosen": N_("The way of disclosure was chosen."),
    "released": N_("The records were disclosed."),
    "lapsed": N_("The time to choose how to receive the records has passed."),
    "late-accepted": N_("There was a good reason for the late choice, so it is accepted. We prepare the records."),
    "lapsing": N_("The time to choose has passed. See whether there was a good reason."),
    "appointment-booked": N_("An appointment was made for %(on)s, %(time)s."),
    "appointment-cancelled": N_("The appointment of %(on)s was cancelled."),
    "appointment-missed": N_("Nobody came to the appointment of %(on)s."),
    "compared": N_("Name and date of birth of the records were compared with the request: they agree."),
    "compared-differs": N_("Name or date of birth of the records differ from the request."),
    "records-posted": N_("The records were posted on %(on)s."),
    "records-arrived": N_("The records were received on %(on)s."),
    "records-returned": N_("The post brought the records back on %(on)s."),
    "records-void": N_("What was entered about the way of the records was corrected."),
    "handout-renewed": N_("The download was offered anew until %(until)s."),
    "handout-stopped": N_("The download was stopped."),
    "leak-opened": N_("A leak was opened."),
    "leak-reported": N_("The leak was reported on %(on)s."),
    "leak-closed": N_("The leak was closed."),
    "extended": N_("The period for the decision was extended to %(due_on)s by the letter %(number)s."),
    "special-period": N_(
        "By the letter %(number)s: a substantial part is decided by %(due_on)s, the rest by %(rest_on)s."
    ),
    "split": N_("The rest of the request is decided by itself: %(number)s."),
    "split-from": N_("This is the rest of the request %(number)s. It is decided by %(rest_on)s."),
    "extension-drafted": N_("A notice about the period was drafted."),
    "extension-dropped": N_("The draft of the notice about the period was dropped."),
    "notice-drafted": N_("A letter was drafted."),
    "notice-dropped": N_("The draft of a letter was dropped."),
    "notice-issued": N_("The letter %(number)s was issued."),
    "transfer-consulted": N_("Another body was consulted about taking the request over."),
    "transfer-agreed": N_("The other body agreed to take the request over."),
    "transfer-declined": N_("The other body does not take the request over."),
    "transfer-dropped": N_("The transfer was given up."),
    "transferred": N_("The request was transferred to %(body)s."),
    "part-transferred": N_("A part of the request was transferred to %(body)s."),
    "third-party-listed": N_("A third party was put on the list."),
    "third-party-skipped": N_("A third party is not asked: whereabouts unknown."),
    "third-party-dropped": N_("A third party was taken off the list."),
    "third-party-answered": N_("What a third party said was entered."),
    "third-party-weighed": N_("Whether the objection is followed was entered."),
    "third-party-marked": N_("Why a third party must be asked was entered."),
    "third-party-due": N_("A third party had until %(due_on)s to answer."),
    "release-waits": N_(
        "Somebody whose information is in the records objected. The law lets us hand them out from %(release_from)s on."
    ),
    "withdrawn": N_("The request was withdrawn."),
    "deemed-withdrawn": N_("The representation ended on %(lost_on)s, so the request counts as withdrawn."),
    "protection-set": N_("The address is protected."),
    "protection-lifted": N_("The address is no longer protected."),
    "closed": N_("The case was closed."),
    "appeal-filed": N_("Your appeal arrived on %(received_on)s."),
    "appeal-correction-asked": N_("We asked you to mend something in your appeal by %(due_on)s."),
    "appeal-corrected": N_("What was missing in the appeal has arrived."),
    "appeal-accepted": N_("The appeal is examined."),
    "appeal-consulted": N_("The review board was asked about the appeal."),
    "appeal-reported": N_("The review board has given its report on the appeal."),
    "appeal-ruled": N_("The appeal was decided."),
    "appeal-withdrawn": N_("The appeal was withdrawn."),
    "appeal-forwarded": N_("The appeal was passed on to the body that decides it."),
    "decided-anew": N_("After the ruling the request was decided anew."),
    "anew-begun": N_("After the ruling we decide anew, as the case %(number)s."),
    "anew-after": N_("This is decided anew after the ruling about the case %(number)s."),
    "suit-entered": N_("A suit was entered."),
    "suit-ended": N_("The end of a suit was entered."),
    "complaint-filed": N_("Your complaint %(number)s arrived."),
    "complaint-answered": N_("The complaint %(number)s was answered."),
    "fee-charged": N_("A fee of %(yen)s yen was charged."),
    "fee-paid": N_("%(yen)s yen were paid (receipt %(number)s)."),
    "fee-waived": N_("A fee of %(yen)s yen was waived."),
    "fee-refunded": N_("%(yen)s yen were given back."),
    "fee-struck": N_("A charge of %(yen)s yen, entered by mistake, was taken away."),
    "fee-waiver-asked": N_("It was asked that a fee be waived."),
    "fee-waiver-refused": N_("The fee was not waived."),
    "assigned": N_("The case was given to %(name)s."),
    "due-soon": N_("The decision is due on %(due_on)s."),
}

# How far a letter has come: by the basis of its arrival, or by the stage of its way.
ARRIVED = {
    Basis.ELECTRONIC: N_("Arrived on %(day)s, by being opened on this site."),
    Basis.PROOF: N_("Arrived on %(day)s, by registered mail."),
    Basis.PRESUMED: N_("Presumed to have arrived by registered mail on %(day)s."),
    Basis.SIGNED: N_("Arrived on %(day)s, handed over at our office."),
}
UNDERWAY = {
    Stage.ONLINE: N_("Not opened yet."),
    Stage.WAITING: N_("It goes by post and has not been posted yet."),
    Stage.PRINTED: N_("It goes by post and is being prepared."),
    Stage.POSTED: N_("Posted on %(day)s by registered mail."),
    Stage.RETURNED: N_("The post brought it back on %(day)s."),
}

# Parameters of events that are days, in ISO; pages show them in the reader's calendar.
DAY_PARAMS = frozenset(
    {
        "on", "until", "due_on", "done_on", "lost_on", "arrived_on", "received_on", "posted_on", "returned_on",
        "rest_on", "release_from",
    }
)  # fmt: skip

ACTIONS = {
    Action.START_IDENTITY_CHECK: N_("Check identity"),
    Action.CONFIRM_IDENTITY: N_("Confirm identity"),
    Action.ASK_CORRECTION: N_("Ask for a correction"),
    Action.ANSWER_CORRECTION: N_("Enter the answer"),
    Action.GIVE_UP_CORRECTION: N_("Stop waiting for the correction"),
    Action.DRAFT: N_("Write the decision"),
    Action.SEND_FOR_APPROVAL: N_("Send for approval"),
    Action.SEND_BACK: N_("Send back"),
    Action.APPROVE: N_("Approve"),
    Action.ISSUE: N_("Issue the letter"),
    Action.CHOOSE_METHOD: N_("Choose how to receive it"),
    Action.ASK_FURTHER: N_("Ask for further disclosure"),
    Action.RELEASE: N_("Disclose the records"),
    Action.CLOSE: N_("Close the case"),
    Action.CARRY_OUT: N_("Enter that it was carried out"),
    Action.LAPSE: N_("Enter that the time to choose has passed"),
    Action.ACCEPT_LATE: N_("Accept a late choice for a good reason"),
    Action.WITHDRAW: N_("Withdraw the request"),
    Action.DEEM_WITHDRAWN: N_("Enter that the representation ended"),
    Action.TRANSFER: N_("Transfer to another body"),
    Action.EXTEND: N_("Extend the period"),
    Action.APPLY_SPECIAL_PERIOD: N_("Apply the special period"),
    Action.ATTACH_RECORD: N_("Attach a record"),
    Action.REMOVE_RECORD: N_("Remove this record"),
    Action.ASSIGN: N_("Assign"),
    Action.NOTE: N_("Add a note"),
}

# What gives a decision more time.
MORE_TIME = {
    ExtensionKind.EXTENSION: N_("Extension of the period"),
    ExtensionKind.SPECIAL: N_("Special period for a great amount of records"),
}

# The one obvious next step of the desk in each state; None where the requester's turn is awaited.
NEXT = {
    State.RECEIVED: Action.START_IDENTITY_CHECK,
    State.IDENTITY_CHECK: Action.CONFIRM_IDENTITY,
    State.CORRECTION: None,
    State.SEARCH: Action.ATTACH_RECORD,
    State.DRAFTING: Action.SEND_FOR_APPROVAL,
    State.APPROVAL: Action.APPROVE,
    State.APPROVED: Action.ISSUE,
    State.NOTIFIED: Action.CLOSE,
    State.METHOD_CHOICE: Action.RELEASE,
    State.IMPLEMENTED: Action.CLOSE,
    State.WITHDRAWN: None,
    State.TRANSFERRED: None,
    State.LAPSED: None,
    State.CLOSED: None,
}


def way(row: LetterDelivery) -> tuple[str, dict[str, date]]:
    """How far a letter has come, as a message id with its day."""
    if row.arrival is not None and row.arrival.basis is not None:
        return ARRIVED[row.arrival.basis], {"day": row.arrival.day}
    if row.stage is Stage.RETURNED and row.last_return is not None:
        return UNDERWAY[row.stage], {"day": row.last_return.day}
    if row.stage is Stage.POSTED:
        return UNDERWAY[row.stage], {"day": row.postings[-1].entry.day}
    return UNDERWAY[row.stage], {}
