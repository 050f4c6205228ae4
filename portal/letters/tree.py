"""The hash tree of RFC 6962: roots, proofs and their verification. Pure: nothing is read, nothing is kept.

Hashes are SHA-256, 32 bytes. A *node* ``(level, position)`` is the root of the ``2**level`` leaves from leaf
``position << level`` on; nodes never change once all their leaves are there, so they can be kept, and every proof is
made of a few of them. ``Nodes`` looks them up. Names and shapes are those of RFC 6962 §2.1 and RFC 9162 §2.1.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

Coordinates = tuple[int, int]
Nodes = Mapping[Coordinates, bytes]
Range = tuple[int, int]

EMPTY = hashlib.sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf (RFC 6962 §2.1)."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two neighbours."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def grow(size: int, leaf: bytes, nodes: Nodes) -> dict[Coordinates, bytes]:
    """The nodes that come into being when a leaf's hash is appended to a tree of ``size`` leaves.

    ``nodes`` must hold ``peaks(size)``.
    """
    made: dict[Coordinates, bytes] = {(0, size): leaf}
    level, position, value = 0, size, leaf
    while position & 1:
        value = node_hash(nodes[level, position - 1], value)
        level, position = level + 1, position >> 1
        made[level, position] = value
    return made


def peaks(size: int) -> list[Coordinates]:
    """The largest nodes that make up a tree of ``size`` leaves, from left to right; at most log2(size) + 1."""
    return covering((0, size))


def covering(leaves: Range) -> list[Coordinates]:
    """The nodes that make up the leaves from ``begin`` to before ``end``, a range that the tree's own splits made."""
    begin, end = leaves
    found = []
    while begin < end:
        level = (end - begin).bit_length() - 1
        found.append((level, begin >> level))
        begin += 1 << level
    return found


def root(size: int, nodes: Nodes) -> bytes:
    """The root of the tree of the first ``size`` leaves, from ``peaks(size)``."""
    return _folded((0, size), nodes) if size else EMPTY


def inclusion(index: int, size: int) -> list[Range]:
    """The ranges whose hashes prove that leaf ``index`` is in a tree of ``size`` leaves (§2.1.1). ValueError."""
    if not 0 <= index < size:
        raise ValueError("There is no such leaf in a tree of this size.")
    path: list[Range] = []
    begin, end = 0, size
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if index < middle:
            path.append((middle, end))
            end = middle
        else:
            path.append((begin, middle))
            begin = middle
    return path[::-1]


def consistency(first: int, second: int) -> list[Range]:
    """The ranges whose hashes prove that ``first`` leaves are unchanged at ``second`` (§2.1.2). ValueError."""
    if not 0 < first <= second:
        raise ValueError("A proof goes from a smaller tree that has a leaf to a larger one.")
    path: list[Range] = []
    begin, end, whole = 0, second, True
    while first != end:
        middle = begin + _split(end - begin)
        if first <= middle:
            path.append((middle, end))
            end = middle
        else:
            path.append((begin, middle))
            begin, whole = middle, False
    if not whole:
        path.append((begin, end))
    return path[::-1]


def needed(path: Sequence[Range]) -> set[Coordinates]:
    """The nodes that the hashes of a path are made of: O(log n) of them."""
    return {node for leaves in path for node in covering(leaves)}


def hashes(path: Sequence[Range], nodes: Nodes) -> list[bytes]:
    """The hashes of a path, as a proof lists them."""
    return [_folded(leaves, nodes) for leaves in path]


def includes(leaf: bytes, index: int, size: int, proof: Sequence[bytes], head: bytes) -> bool:
    """Whether a proof shows the leaf with this hash at ``index`` of the tree with this root (RFC 9162 §2.1.3.2)."""
    if not 0 <= index < size:
        return False
    at, last, value = index, size - 1, leaf
    for neighbour in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            value = node_hash(neighbour, value)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            value = node_hash(value, neighbour)
        at, last = at >> 1, last >> 1
    return last == 0 and value == head


def consistent(first: int, second: int, first_root: bytes, second_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether a proof shows that the second tree begins with all leaves of the first (RFC 9162 §2.1.4.2)."""
    if first == second:
        return not proof and first_root == second_root
    if not 0 < first < second or not proof:
        return False
    path = list(proof) if first & (first - 1) else [first_root, *proof]
    at, last = first - 1, second - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = path[0]
    for neighbour in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old, new = node_hash(neighbour, old), node_hash(neighbour, new)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            new = node_hash(new, neighbour)
        at, last = at >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root


def _split(size: int) -> int:
    """The largest power of two below ``size``."""
    return 1 << (size - 1).bit_length() - 1


def _folded(leaves: Range, nodes: Nodes) -> bytes:
    parts = [nodes[node] for node in covering(leaves)]
    value = parts[-1]
    for left in reversed(parts[:-1]):
        value = node_hash(left, value)
    return value
