"""What a login looks like. Pure."""

from __future__ import annotations

import re
import unicodedata

from portal.core.errors import N_

LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{2,31}")
LOGIN_RULE = N_("Please use 3 to 32 lower-case letters, digits, dots, hyphens or underscores, a letter or digit first.")


def normal_login(typed: str) -> str:
    """A login as it is stored: half-width, lower case, without spaces around it."""
    return unicodedata.normalize("NFKC", typed).strip().casefold()


def login_fits(login: str) -> bool:
    """Whether a normal login may be given to an account."""
    return LOGIN.fullmatch(login) is not None
