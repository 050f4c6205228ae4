"""Masking what must not be public in a letter: with ■, and nothing else is changed."""

from __future__ import annotations

import re

MASK = "■"
_MASKS = re.compile(f"{MASK}+")


def masks_only(original: str, public: str) -> bool:
    """Whether ``public`` is ``original`` with nothing but parts of it masked. A mask may be shorter than what it hides.

    A letter that has ■ of its own may keep it.
    """
    if original == public:
        return True
    first, *rest = _MASKS.split(public)
    if not rest or not original.startswith(first):
        return False
    at = len(first)
    for part in rest[:-1]:
        found = original.find(part, at + 1)
        if found < 0:
            return False
        at = found + len(part)
    return original.endswith(rest[-1]) and len(original) - len(rest[-1]) > at
