"""What a claim's states are called where a request's words do not fit; message ids."""

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


def state_label(case: Case, state: State | None = None) -> str:
    """What a state of this case is called, its own if none is given."""
    wanted = state or case.state
    return CLAIM_STATES.get(wanted, STATES[wanted]) if is_claim(case) else STATES[wanted]


def explained(case: Case, state: State) -> str:
    """What the requester reads under the state."""
    return CLAIM_EXPLANATIONS.get(state, EXPLANATIONS[state]) if is_claim(case) else EXPLANATIONS[state]
