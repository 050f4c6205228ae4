"""The request room's templates, and what an officer calls the values in them."""

from __future__ import annotations

from pathlib import Path

from portal.core.errors import N_
from portal.letters import kinds
from portal.letters.engine import Templates

kinds.register(
    {
        "f29": N_("Notice of disclosure in the form of its own law"),
        "informed": N_("Notice of whom to ask"),
        "f3": N_("Request for correction"),
        "f4": N_("Notice of disclosure"),
        "d4": N_("Notice that documents are disclosed"),
        "f5": N_("Notice that records are not disclosed"),
        "f17": N_("Notice that a claim is granted"),
        "f18": N_("Notice that a claim is not granted"),
        "f19": N_("Notice that the period of a claim is extended"),
        "f20": N_("Notice that a claim takes especially long"),
        "f21": N_("Notice of the transfer of a claim"),
        "f22": N_("Notice of the correction to a recipient"),
        "f6": N_("Notice that the period is extended"),
        "f7": N_("Notice that the special period applies"),
        "f24": N_("Consultation of the review board"),
        "f25": N_("Notice that the review board was consulted"),
        "f25p": N_("Notice to others that the review board was consulted"),
        "ruling": N_("Ruling on the appeal"),
        "anew": N_("Decision made anew after the ruling"),
        "breach": N_("Notice of a leak to the person concerned"),
        "f8": N_("Letter that hands the request over"),
        "f9": N_("Notice of the transfer"),
        "f10": N_("Inquiry to a third party"),
        "f11": N_("Inquiry to a third party that the law demands"),
        "f13": N_("Notice to whoever objected"),
    }
)

LETTERS = Templates(
    Path(__file__).parent / "templates",
    places={
        "addressee": N_("Name"),
        "addressee_address": N_("Address"),
        "part": N_("Withheld part"),
        "division": N_("What this case decides"),
        "nature": N_("Nature of the information"),
        "harm": N_("Harm that would follow"),
        "facts": N_("What the reason is"),
        "claim_lines": N_("What is claimed"),
        "moved": N_("Part that is transferred"),
        "reason": N_("Reason"),
        "enclosed": N_("What goes along"),
        "content": N_("What the records hold about the third party"),
    },
)
