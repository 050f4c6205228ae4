"""Heads and proofs of the public tree; each proof reads O(log n) rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from portal.core.errors import NotFound
from portal.letters import tree
from portal.letters.draft import TreeHead
from portal.letters.models.tree import Head, Leaf, Node


@dataclass(frozen=True)
class Inclusion:
    """That a leaf is in the tree: what it says, where it is, and the hashes (hexadecimal) that prove it."""

    leaf: str
    index: int
    size: int
    root: str
    proof: tuple[str, ...]


@dataclass(frozen=True)
class Consistency:
    """That a smaller tree is the beginning of a larger one."""

    first: TreeHead
    second: TreeHead
    proof: tuple[str, ...]


def nodes(session: Session, wanted: Iterable[tree.Coordinates]) -> dict[tree.Coordinates, bytes]:
    """The named nodes. KeyError for one that is not there."""
    asked = list(wanted)
    if not asked:
        return {}
    query = select(Node.level, Node.position, Node.hash).where(tuple_(Node.level, Node.position).in_(asked))
    found = {(row.level, row.position): bytes.fromhex(row.hash) for row in session.execute(query)}
    return {node: found[node] for node in asked}


def head(session: Session) -> TreeHead:
    """The newest head; an empty tree has size 0 and the hash of nothing."""
    row = session.execute(select(Head.size, Head.root).order_by(Head.size.desc()).limit(1)).first()
    return TreeHead(row.size, row.root) if row else TreeHead(0, tree.EMPTY.hex())


def latest(session: Session) -> Head | None:
    """The newest head with its time; None while there is no leaf."""
    return session.scalar(select(Head).order_by(Head.size.desc()).limit(1))


def head_at(session: Session, size: int) -> TreeHead:
    """The head of the first ``size`` leaves; NotFound when the tree is smaller."""
    if size == 0:
        return TreeHead(0, tree.EMPTY.hex())
    row = session.get(Head, size)
    if row is None:
        raise NotFound
    return TreeHead(row.size, row.root)


def last_heads(session: Session, *, days: int) -> list[Head]:
    """The last head of each day on which a leaf was appended, the newest day first."""
    last = select(func.max(Head.size)).group_by(Head.day)
    wanted = select(Head).where(Head.size.in_(last)).order_by(Head.size.desc()).limit(days)
    return list(session.scalars(wanted))


def head_on(session: Session, day: date) -> Head | None:
    """The head at the end of a day: the last one made on it or before."""
    return session.scalar(select(Head).where(Head.day <= day).order_by(Head.size.desc()).limit(1))


def inclusion(session: Session, index: int, size: int | None = None) -> Inclusion:
    """The proof that leaf ``index`` is in the tree of ``size`` leaves (by default the newest). NotFound."""
    at = head(session) if size is None else head_at(session, size)
    leaf = session.get(Leaf, index)
    if leaf is None or not 0 <= index < at.size:
        raise NotFound
    path = tree.inclusion(index, at.size)
    found = tree.hashes(path, nodes(session, tree.needed(path)))
    return Inclusion(leaf.data, index, at.size, at.root, tuple(value.hex() for value in found))


def consistency(session: Session, first: int, second: int | None = None) -> Consistency:
    """The proof that the tree of ``first`` leaves is the beginning of the one of ``second``. NotFound."""
    end = head(session) if second is None else head_at(session, second)
    if not 0 < first <= end.size:
        raise NotFound
    begin = head_at(session, first)
    path = tree.consistency(first, end.size)
    found = tree.hashes(path, nodes(session, tree.needed(path)))
    return Consistency(begin, end, tuple(value.hex() for value in found))


def holds(proof: Inclusion) -> bool:
    """Whether an inclusion proof comes out at its root: computed, not believed."""
    return tree.includes(
        tree.leaf_hash(proof.leaf.encode("ascii")),
        proof.index,
        proof.size,
        [bytes.fromhex(value) for value in proof.proof],
        bytes.fromhex(proof.root),
    )
