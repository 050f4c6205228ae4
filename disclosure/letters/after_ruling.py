"""What the letter of a decision made anew says of the ruling that it follows."""

from __future__ import annotations

from disclosure.queries.anew import Ruling
from disclosure.rules.appeals import RESULTS_JA, Way
from portal.core.wareki import format_wareki
from portal.letters.engine import Context


def after_ruling(ruling: Ruling) -> Context:
    """The ruling and the first decision, which stays, as plain values."""
    return {
        "anew": {
            "word": "決定" if ruling.route.way is Way.INTERNAL else "裁決",
            "result": RESULTS_JA[ruling.result],
            "number": ruling.number,
            "first_case": ruling.first.number,
            "first_number": ruling.first_number,
            "day": format_wareki(ruling.day),
            "first_on": format_wareki(ruling.first_on),
        },
        "days_iso": {"ruled": ruling.day.isoformat(), "first": ruling.first_on.isoformat()},
    }
