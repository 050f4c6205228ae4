"""Words that mean the same: shipped groups, and those that an installation keeps in the database instead or beside."""

import re
import tomllib
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core import audit
from portal.core.actor import Actor
from search.models import Synonym
from search.query import Query, Word
from search.text import folded

Groups = dict[str, tuple[str, ...]]
_SHIPPED = Path(__file__).parent / "data" / "synonyms.toml"
_MOST_WORDS, _LONGEST = 8, 60
_MOST_OTHERS = 4
_HYPHEN = re.compile("(?<=[a-z])-(?=[a-z])")


@lru_cache(maxsize=1)
def shipped() -> Groups:
    """The groups that come with the program, by key."""
    table = tomllib.loads(_SHIPPED.read_text("utf-8"))
    return {key: tuple(group["words"]) for key, group in table.items()}


def groups(session: Session) -> Groups:
    """The groups that hold: the shipped ones, with what the installation has changed, added and removed."""
    found = dict(shipped())
    for row in session.scalars(select(Synonym).order_by(Synonym.key)):
        found.pop(row.key, None)
        if not row.removed:
            found[row.key] = tuple(row.words)
    return found


def keep(session: Session, key: str, words: list[str], *, by: Actor, at: datetime) -> None:
    """Have a group mean the same from now on, fewer than two words: no longer. Raises ValueError for too many words."""
    kept = list(dict.fromkeys(word.strip() for word in words if word.strip()))
    if len(kept) > _MOST_WORDS or any(len(word) > _LONGEST for word in kept):
        raise ValueError(f"A group has at most {_MOST_WORDS} words of at most {_LONGEST} characters.")
    row = session.get(Synonym, key)
    if row is None:
        row = Synonym(key=key, words=kept, removed=len(kept) < 2, changed_at=at)
        session.add(row)
    row.words, row.removed, row.changed_at = kept, len(kept) < 2, at
    detail: dict[str, audit.Value] = {"words": "、".join(kept), "removed": row.removed}
    audit.record(session, at=at, actor=by, action="search.synonyms.keep", subject=key, detail=detail)


def widened(query: Query, known: Groups) -> Query:
    """The same query in which a word that belongs to a group, or holds one of its words, is joined by the others.

    A phrase stays as it was typed.
    """
    if not known:
        return query
    table = _table(tuple(known.values()))
    wider = tuple(
        tuple(dict.fromkeys((*group, *(other for word in group for other in _others(word, table)))))
        for group in query.groups
    )
    return replace(query, groups=wider)


def _others(word: Word, table: dict[str, tuple[str, ...]]) -> list[Word]:
    if word.phrase:
        return []
    text = _plain(word.text)
    held = max((name for name in table if name == text or (len(name) > 3 and name in text)), key=len, default="")
    if not held:
        return []
    return [Word(text.replace(held, other), phrase=True) for other in table[held]][:_MOST_OTHERS]


@lru_cache(maxsize=4)
def _table(known: tuple[tuple[str, ...], ...]) -> dict[str, tuple[str, ...]]:
    """By each word, folded, the other words of its groups."""
    table: dict[str, tuple[str, ...]] = {}
    for group in known:
        names = list(dict.fromkeys(_plain(word) for word in group))
        for name in names:
            others = (*table.get(name, ()), *(other for other in names if other != name))
            table[name] = tuple(dict.fromkeys(others))
    return table


def _plain(word: str) -> str:
    """As words are compared: folded, J-LIS as jlis."""
    return _HYPHEN.sub("", folded(word))
