"""The message serial number (処理通番) of a query, written where somebody might write a person's number (X3)."""

from __future__ import annotations

import re

from portal.core import detectors
from portal.core.errors import N_

# Of a message on the network: letters and digits, never a person's number.
_SERIAL = re.compile(r"[0-9A-Za-z-]{6,40}")
NOT_A_SERIAL = N_("The message serial number has 6 to 40 letters, digits and hyphens.")
LOOKS_PERSONAL = N_("This may be an individual number. Write the query's message serial number (処理通番) instead.")


def serial_fault(serial: str) -> str:
    """Why something is no message serial number (処理通番); empty if it is one."""
    if detectors.scan(serial).verdict == "block":
        return LOOKS_PERSONAL
    return "" if _SERIAL.fullmatch(serial) else NOT_A_SERIAL
