"""The part of a request on paper that says who asks for another person."""

from __future__ import annotations

from typing import Any

from disclosure.forms.resident.questions import MINE, Question, today
from disclosure.operations.application import MISSING_OF_AGENT, Agent
from disclosure.rules import agents
from disclosure.rules.kinds import Field, Requester
from portal.core.errors import N_
from portal.web.fields import ChoicesField, KanaField, NameField, SelectField, TextField
from portal.web.language import _, _l, choose

NEEDED = {"agent_name": Field.AGENT_NAME, "agent_kana": Field.AGENT_KANA, "agent_address": Field.AGENT_ADDRESS}
TYPED = ("capacity", "agent_name", "agent_kana", "agent_postal_code", "agent_address", "agent_telephone")
NOBODY_ASKS = N_("Say above that a representative asks, or leave this empty.")


class AgentPart(Question):
    """Who asks for another person. Left empty where the person concerned asks."""

    capacity = SelectField(_l("Capacity"), required=False)
    agent_name = NameField(_l("Representative's name"), required=False)
    agent_kana = KanaField(_l("Reading of the representative's name"), required=False)
    agent_postal_code = TextField(_l("Representative's postal code"), longest=12, required=False)
    agent_address = TextField(_l("Representative's address"), required=False)
    agent_telephone = TextField(_l("Representative's telephone"), longest=40, required=False)
    proofs_shown = ChoicesField(
        _l("What shows the capacity"),
        required=False,
        hint=_l("Only the kind. Whether it is fresh is checked with the identity."),
    )

    def offer_capacities(self) -> None:
        """Offer every capacity and every proof of the day."""
        rows = [row for kind in Requester for row in agents.capacities(kind, today())]
        self.capacity.choices = [
            ("", _("Nobody: the person concerned asks")),
            *((r.code, choose(r, "label")) for r in rows),
        ]
        self.proofs_shown.choices = [(row.code, choose(row, "label")) for row in agents.PROOFS.values()]

    def asks_for_another(self) -> bool:
        """Whether a representative asks, or something is amiss with what stands here."""
        return self["whose"].data not in (None, "", MINE) or any(self[name].errors or self[name].data for name in TYPED)

    def check_agent(self, requester: Requester) -> None:
        """Refuse what is missing of a representative, and what stands here although nobody else asks.

        Whether they may ask depends on the record and the day: that is said when the request is filed.
        """
        if requester is Requester.PERSON:
            filled: Any = next((name for name in TYPED if (self[name].data or "").strip()), None)
            if filled:
                self.refuse(filled, NOBODY_ASKS)
            return
        for name, field in NEEDED.items():
            if not (self[name].data or "").strip() and not self[name].errors:
                self.refuse(name, MISSING_OF_AGENT[field])
        fitting = {row.code for row in agents.capacities(requester, today())}
        if self.capacity.data not in fitting and not self.capacity.errors:
            self.refuse("capacity", agents.NO_CAPACITY)

    def agent(self, requester: Requester) -> Agent:
        """The representative. Only of a valid form."""
        return Agent(
            requester=requester,
            capacity=self.capacity.data or "",
            name=self.agent_name.data or "",
            kana=self.agent_kana.data or "",
            address=self.agent_address.data or "",
            postal_code=self.agent_postal_code.data or "",
            telephone=(self.agent_telephone.data or "").strip(),
        )
