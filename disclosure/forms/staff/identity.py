"""The check of identity as a list: each document, how long it is valid or when it was made, and the comparison."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from disclosure.forms.staff.case import CaseForm
from disclosure.rules import agents, identity
from disclosure.rules.defects import Problem
from portal.core.errors import N_
from portal.web.fields import CheckField, DateField, SelectField
from portal.web.language import _, _l, choose

DIFFERS = N_("This does not agree. Ask for a correction instead of confirming.")
# What a box that is not ticked means, and so which correction mends it.
UNTICKED = {
    "birth_date_agrees": Problem(DIFFERS, "birth-date-differs"),
    "genuine": Problem(DIFFERS, "identity-unreadable"),
    "only_front": Problem(N_("Then it is not taken. Ask for the front only by a correction."), "identity-back"),
}
# Next to which field a message of the rules stands; all others stand above the form.
BESIDE = {
    identity.NOT_ACCEPTED.message: "document",
    identity.NO_EXPIRY.message: "expires_on",
    identity.EXPIRED.message: "expires_on",
    identity.NO_ISSUE.message: "second_issued_on",
    identity.STALE.message: "second_issued_on",
    identity.NAME.message: "name_agrees",
    identity.ADDRESS.message: "address_agrees",
    identity.SECOND.message: "second",
    identity.BY_MAIL.message: "second",
    agents.MISSING.message: "proof",
    agents.UNFIT.message: "proof",
    agents.NO_DAY: "proof_issued_on",
    agents.STALE.message: "proof_issued_on",
    agents.COPY.message: "proof_original",
    agents.NO_SUPPORT.message: "support",
    agents.DIFFERS.message: "proof_agrees",
}


class IdentityForm(CaseForm):
    """One document, or two where the law wants a second; for a representative also what shows the capacity.

    What does not agree leads to a request for correction. No number of a document is asked for.
    """

    document = SelectField(_l("Document"))
    expires_on = DateField(_l("Valid until"), required=False)
    issued_on = DateField(_l("Made on"), required=False, hint=_l("Only of certificates, such as one of residence."))
    second = SelectField(_l("Second document"), required=False, hint=_l("Needed when the first one has no photo."))
    second_expires_on = DateField(_l("Second document valid until"), required=False)
    second_issued_on = DateField(_l("Second document made on"), required=False)
    name_agrees = CheckField(_l("The name is the same."))
    address_agrees = CheckField(_l("The address is the same."))
    birth_date_agrees = CheckField(_l("The date of birth is the same."))
    genuine = CheckField(_l("The document is complete, readable and shows no sign of alteration."))
    only_front = CheckField(_l("It shows neither the back of a card nor a personal number."))
    proof = SelectField(_l("What shows the capacity"), required=False)
    proof_issued_on = DateField(_l("Proof made on"), required=False)
    proof_original = CheckField(_l("It is the paper itself and not a copy."))
    proof_agrees = CheckField(_l("It names the person concerned and the representative as the request does."))
    support = SelectField(_l("What supports the mandate"), required=False)
    support_issued_on = DateField(_l("Supporting paper made on"), required=False)
    support_original = CheckField(_l("The supporting paper is the paper itself and not a copy."))

    def __init__(self, day: date, capacity: str | None, *args: Any, **more: Any) -> None:
        """``capacity`` is that of the representative; None where the person concerned asks."""
        super().__init__(*args, **more)
        kinds = [(row.code, choose(row, "label")) for row in identity.accepted(day)]
        refused = [(row.code, _("%(name)s (not accepted)", name=choose(row, "label"))) for row in identity.refused()]
        self.document.choices = [("", _("Choose a document")), *kinds, *refused]
        self.second.choices = [("", _("None")), *kinds]
        rows = agents.proofs(capacity or "", day)
        self.proof.choices = _choices(row for row in rows if not row.support)
        self.support.choices = _choices(row for row in rows if row.support)
        hidden: tuple[str, ...] = ("proof", "support") if capacity is None else ()
        if not any(row.support for row in rows):
            hidden = (*hidden, "support")
        for name in [field.name for field in self if field.name.startswith(hidden)]:
            del self[name]
        if capacity is not None:
            del self.birth_date_agrees  # the request does not say when a representative was born

    def unticked(self) -> list[tuple[str, Problem]]:
        """What the officer did not confirm, by field."""
        return [(name, problem) for name, problem in UNTICKED.items() if name in self and not self[name].data]

    def beside(self, problem: Problem) -> None:
        """Put what the rules say next to its field."""
        place = BESIDE.get(problem.message, "")
        if place in self:
            self.refuse(place, problem.message)
        else:
            self.stop(problem.message)

    def checked(self) -> list[identity.Checked]:
        """What the officer says to have seen of who asks."""
        name, address = bool(self.name_agrees.data), bool(self.address_agrees.data)
        found = [identity.Checked(self.document.data or "", self.expires_on.day, name, address, self.issued_on.day)]
        if self.second.data:
            days = self.second_expires_on.day, self.second_issued_on.day
            found.append(identity.Checked(self.second.data, days[0], name, address, days[1]))
        return found

    def seen(self) -> tuple[agents.Seen, ...]:
        """What the officer says to have seen of the capacity."""
        if "proof" not in self:
            return ()
        agree = bool(self.proof_agrees.data)
        found = []
        for name in ("proof", "support"):
            if name in self and self[name].data:
                day, original = self[f"{name}_issued_on"].day, bool(self[f"{name}_original"].data)
                found.append(agents.Seen(self[name].data, day, original, names_agree=agree or name == "support"))
        return tuple(found)


def _choices(rows: Iterable[agents.Proof]) -> list[tuple[str, str]]:
    return [("", _("None")), *((row.code, str(choose(row, "label"))) for row in rows)]
