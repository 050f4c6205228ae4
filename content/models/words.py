"""A constraint that a column holds one word of a closed vocabulary."""

from enum import StrEnum

from sqlalchemy import CheckConstraint


def one_of(column: str, words: type[StrEnum], *, name: str = "") -> CheckConstraint:
    """``column`` holds a member of ``words`` or, where it may, nothing."""
    allowed = ", ".join(f"'{word.value}'" for word in words)
    return CheckConstraint(f"{column} IN ({allowed})", name=name or f"{column}_is_known")
