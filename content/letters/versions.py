"""The publishing room's templates, and what its staff call the values in them."""

from __future__ import annotations

from pathlib import Path

from portal.core.errors import N_
from portal.letters import kinds
from portal.letters.engine import Templates

LETTERS = Templates(
    Path(__file__).parent / "templates",
    places={"addressee": N_("Addressee"), "questions": N_("Question"), "answer": N_("Answer")},
)

kinds.register({"reply": N_("Answer to a question letter")})
