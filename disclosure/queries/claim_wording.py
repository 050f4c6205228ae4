"""What states are called where the words of a request for one's own records do not fit; message ids."""

from __future__ import annotations

from disclosure.models.case import Case
from disclosure.queries.case_law import is_claim
from disclosure.queries.wording import EXPLANATIONS, STATES
from disclosure.rules.states import State
from portal.core.errors import N_

CLAIM_STATES = {
    State.SEARCH: N_("Examining the claim"),
    State.IMPLEMENTED: N_("Carried out"),
}
CLAIM_EXPLANATIONS = {
    State.RECEIVED: N_("Your claim has reached us. Next we check your identity document."),
    State.IDENTITY_CHECK: N_("We compare your identity document with your claim."),
    State.SEARCH: N_("We examine what you wrote and compare it with the record."),
    State.DRAFTING: N_("We examine the claim and prepare the decision."),
    State.IMPLEMENTED: N_("What was granted has been carried out."),
    State.TRANSFERRED: N_("Another body decides on your claim; what it grants is carried out here."),
}
# A request for documents (法人文書): nobody's identity matters.
DOCUMENT_STATES = {State.SEARCH: N_("Looking for the documents")}
DOCUMENT_EXPLANATIONS = {
    State.RECEIVED: N_("Your request has reached us. Next we look for the documents."),
    State.SEARCH: N_("We look for the documents that you asked for."),
    State.DRAFTING: N_("We examine the documents and prepare the decision."),
    State.METHOD_CHOICE: N_("You have chosen how to receive the documents. We prepare them."),
    State.IMPLEMENTED: N_("The documents have been disclosed to you. You can ask for them in another way too."),
    State.TRANSFERRED: N_("Another body holds the documents and decides on your request. You need not ask again."),
    State.LAPSED: N_(
        "You did not say in time how you want to receive the documents. The decision stands; to see them, ask again."
    ),
}


def state_label(case: Case, state: State | None = None) -> str:
    """What a state of this case is called, its own if none is given."""
    wanted = state or case.state
    return _own(case, CLAIM_STATES, DOCUMENT_STATES).get(wanted, STATES[wanted])


def explained(case: Case, state: State) -> str:
    """What the requester reads under the state."""
    return _own(case, CLAIM_EXPLANATIONS, DOCUMENT_EXPLANATIONS).get(state, EXPLANATIONS[state])


def _own(case: Case, of_claims: dict[State, str], of_documents: dict[State, str]) -> dict[State, str]:
    if is_claim(case):
        return of_claims
    return {} if case.records.personal else of_documents
