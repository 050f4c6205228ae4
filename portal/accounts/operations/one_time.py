"""Passwords for one use: easy to read out and to type, 100 bits."""

from __future__ import annotations

import secrets

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # without i, l, o, 0 and 1, which look alike
GROUPS, GROUP_LENGTH = 4, 5


def one_time_password() -> str:
    """A random password such as ``h7k3m-…``: four groups of five."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))
