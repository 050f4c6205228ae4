"""The request room's templates, and what an officer calls the values in them."""

from __future__ import annotations

from pathlib import Path

from portal.core.errors import N_
from portal.letters.engine import Templates

LETTERS = Templates(
    Path(__file__).parent / "templates",
    places={
        "addressee": N_("Name"),
        "addressee_address": N_("Address"),
        "part": N_("Withheld part"),
        "nature": N_("Nature of the information"),
        "harm": N_("Harm that would follow"),
    },
)
