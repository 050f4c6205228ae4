"""Recomputing the whole public tree: does every row fit, and does the record still begin as a kept head says?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.letters import leaves, tree
from portal.letters.draft import TreeHead
from portal.letters.models.register import IssuedLetter, Standing
from portal.letters.models.tree import Head, Leaf, Node

AT_ONCE = 500


@dataclass(frozen=True)
class Report:
    """What was found: the head as recomputed, and the first thing that does not fit (empty when all is well)."""

    size: int
    root: str
    reason: str = ""

    @property
    def ok(self) -> bool:
        """Whether everything fits."""
        return not self.reason


def verify(session: Session, kept: TreeHead | None = None) -> Report:
    """Recompute every leaf, node and head, and compare register and leaves. ``kept`` is a head from elsewhere."""
    known: dict[tree.Coordinates, bytes] = {}
    size, root, nodes = 0, tree.EMPTY.hex(), 0
    if kept is not None and kept.size == 0 and kept.root != root:
        return Report(size, root, "The head that was kept is not that of an empty tree.")
    for begin, batch in _batches(session):
        stored = _stored_heads(session, begin, begin + len(batch))
        made: dict[tree.Coordinates, bytes] = {}
        for leaf in batch:
            if leaf.position != size:
                return Report(size, root, f"Entry {size} is missing.")
            fresh = tree.grow(size, tree.leaf_hash(leaf.data.encode("ascii", "replace")), known)
            made |= fresh
            known |= fresh
            size += 1
            known = {node: known[node] for node in tree.peaks(size)}
            root = tree.root(size, known).hex()
            if stored.get(size) != root:
                return Report(size, root, f"The head of size {size} does not fit the entries.")
            if kept is not None and kept.size == size and kept.root != root:
                return Report(size, root, f"The record does not begin as the head of size {size} says.")
        nodes += len(made)
        if wrong := _wrong_node(session, made):
            return Report(size, root, f"The node {wrong} does not fit the entries.")
    if kept is not None and kept.size > size:
        return Report(size, root, f"The record is shorter than the head of size {kept.size}.")
    return Report(size, root, _strays(session, size, nodes) or _unlike(session))


def _batches(session: Session) -> Iterator[tuple[int, list[Leaf]]]:
    begin = 0
    while batch := list(
        session.scalars(select(Leaf).where(Leaf.position >= begin).order_by(Leaf.position).limit(AT_ONCE))
    ):
        yield begin, batch
        begin = batch[-1].position + 1


def _stored_heads(session: Session, begin: int, end: int) -> dict[int, str]:
    wanted = select(Head.size, Head.root).where(Head.size > begin, Head.size <= end)
    return {row.size: row.root for row in session.execute(wanted)}


def _wrong_node(session: Session, made: dict[tree.Coordinates, bytes]) -> str:
    spans: dict[int, list[int]] = {}
    for level, position in made:
        spans.setdefault(level, []).append(position)
    stored: dict[tree.Coordinates, str] = {}
    for level, positions in spans.items():
        wanted = select(Node.position, Node.hash).where(
            Node.level == level, Node.position.between(min(positions), max(positions))
        )
        stored |= {(level, row.position): row.hash for row in session.execute(wanted)}
    wrong = [node for node, value in made.items() if stored.get(node) != value.hex()]
    return "{}/{}".format(*min(wrong)) if wrong else ""


def _strays(session: Session, size: int, nodes: int) -> str:
    """Rows that no entry accounts for."""
    if session.scalar(select(func.count()).select_from(Node)) != nodes:
        return "There are nodes that belong to no entry."
    if session.scalar(select(func.count()).select_from(Head)) != size:
        return "There are heads that belong to no entry."
    return ""


def _unlike(session: Session) -> str:
    """The first entry that the register tells otherwise; each entry has one row there."""
    told = {**dict(_letters(session)), **dict(_changes(session))}
    for _begin, batch in _batches(session):
        for leaf in batch:
            if told.pop(leaf.position, None) != leaf.data:
                return f"Entry {leaf.position} and the register differ."
    return f"The register has a letter without an entry: {min(told)}." if told else ""


def _letters(session: Session) -> Iterator[tuple[int, str]]:
    wanted = select(
        IssuedLetter.tree_index, IssuedLetter.kind, IssuedLetter.number, IssuedLetter.issued_on, IssuedLetter.sha256
    )
    for row in session.execute(wanted):
        yield (
            row.tree_index,
            leaves.letter(kind=row.kind, number=row.number, issued_on=row.issued_on, sha256=row.sha256),
        )


def _changes(session: Session) -> Iterator[tuple[int, str]]:
    hashes = {row.id: row.sha256 for row in session.execute(select(IssuedLetter.id, IssuedLetter.sha256))}
    for row in session.scalars(select(Standing)):
        old = hashes[row.letter_id]
        if row.replaced_by is None:
            yield row.tree_index, leaves.withdrawn(sha256=old, since=row.since)
        else:
            yield row.tree_index, leaves.replaced(sha256=old, by=hashes[row.replaced_by], since=row.since)
