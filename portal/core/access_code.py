"""The code with which requesters open their own case: 16 characters of Crockford's base 32, 80 bits."""

import re
import secrets
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16
_LOOKALIKES = str.maketrans("OIL", "011")


def new_access_code() -> str:
    """A fresh code in four groups of four, `XXXX-XXXX-XXXX-XXXX`."""
    chars = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(chars[i : i + 4] for i in range(0, LENGTH, 4))


def normalise(text: str) -> str | None:
    """The 16 characters of a code as typed by a person, or None when it cannot be one.

    Full width, lower case, spaces, hyphens of any kind and the letters O, I and L are understood.
    """
    if len(text) > 200:
        return None
    plain = re.sub(r"[\s\-‐‑‒–—―−ー_.]", "", unicodedata.normalize("NFKC", text)).upper().translate(_LOOKALIKES)
    return plain if len(plain) == LENGTH and all(c in ALPHABET for c in plain) else None
