"""Names for ever of what feeds and alerts carry: tag URIs (RFC 4151). They stay when the site's address changes."""

from __future__ import annotations

from datetime import date, datetime, time

from content.rules.moments import instant


def bulletin_tag(authority: str, bulletin: str, language: str) -> str:
    """The name of a bulletin's text in a language; ``authority`` is ``host,year``, ``bulletin`` its id."""
    return f"tag:{authority}:incidents/{bulletin}/{language}"


def step_tag(authority: str, letter: str, position: int, language: str) -> str:
    """The name of a step of a question letter."""
    return f"tag:{authority}:letters/{letter}/steps/{position}/{language}"


def feed_tag(authority: str, path: str, language: str) -> str:
    """The name of a feed; ``path`` is its address without language and ending."""
    return f"tag:{authority}:{path.strip('/')}/{language}"


def said_at(published_at: datetime, day: date | None, *, reconstructed: bool) -> datetime:
    """When a bulletin was first said: its day where it was put together from sources afterwards."""
    if reconstructed and day is not None:
        return min(published_at, instant(day, time()))
    return published_at
