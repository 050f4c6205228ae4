"""Passwords of staff: long, not common, stored as Argon2id."""

import secrets
import unicodedata
from functools import cache
from importlib.resources import files

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from portal.core import slots
from portal.core.errors import N_, Invalid

MIN_LENGTH = 15
MAX_LENGTH = 128

TOO_SHORT = N_("A password has at least %(n)s characters. A sentence of several words is a good one.")
TOO_LONG = N_("A password has at most %(n)s characters.")
COMMON = N_("This password is among the first that others would try. Choose words that do not belong together.")
UNPRINTABLE = N_("There is an invisible control character. Delete it and type the text again.")

_MEMORY, _PASSES, _LANES = 19 * 1024, 2, 1  # KiB; OWASP's first choice for Argon2id
_PREFIX = f"$argon2id$v=19$m={_MEMORY},t={_PASSES},p={_LANES}$"
_LEFT_OVER = 6  # characters beside common words that do not make a password of them


def hash_password(password: str) -> str:
    """Argon2id of a password that obeys the rules, as a PHC string. Invalid says which rule it does not obey."""
    check(password)
    stretch = Argon2id(salt=secrets.token_bytes(16), length=32, iterations=_PASSES, lanes=_LANES, memory_cost=_MEMORY)
    with slots.argon2():
        return stretch.derive_phc_encoded(_bytes(password))


def verify(hashed: str, password: str) -> bool:
    """Whether a password fits a PHC string; False for a string that is none. Costs the same for every password."""
    with slots.argon2():
        try:
            Argon2id.verify_phc_encoded(_bytes(password[: MAX_LENGTH + 1]), hashed)
        except (InvalidKey, ValueError):
            return False
    return True


def needs_rehash(hashed: str) -> bool:
    """Whether a hash was made with other parameters than today's."""
    return not hashed.startswith(_PREFIX)


def check(password: str) -> None:
    """Raise Invalid when a new password is too short, too long or too easily guessed."""
    if len(password) < MIN_LENGTH:
        raise Invalid(TOO_SHORT, n=MIN_LENGTH)
    if len(password) > MAX_LENGTH:
        raise Invalid(TOO_LONG, n=MAX_LENGTH)
    if any(unicodedata.category(char) in ("Cc", "Cs") for char in password):
        raise Invalid(UNPRINTABLE)
    if _is_common(unicodedata.normalize("NFKC", password).casefold()):
        raise Invalid(COMMON)


def _bytes(password: str) -> bytes:
    """One spelling for a password, however the keyboard composed it."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


def _is_common(text: str) -> bool:
    """Whether hardly anything is left beside common words and repetition."""
    if len(set(text)) < 5:
        return True
    left = [0]  # left[i]: the fewest characters of text[:i] that no common word covers
    for i in range(1, len(text) + 1):
        covered = [left[i - len(word)] for word in _words() if text.endswith(word, 0, i)]
        left.append(min([left[i - 1] + 1, *covered]))
    return left[-1] <= _LEFT_OVER


@cache
def _words() -> tuple[str, ...]:
    text = (files("portal.core") / "data" / "common_passwords.txt").read_text(encoding="utf-8")
    lines = (line.strip() for line in text.splitlines())
    return tuple(unicodedata.normalize("NFKC", line).casefold() for line in lines if line and not line.startswith("#"))
