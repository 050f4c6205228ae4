"""The public record: what the tree is, its heads, and proofs as data."""

from __future__ import annotations

from typing import Any

from flask import g, jsonify, render_template, request
from werkzeug.wrappers import Response

from portal.core.errors import N_, Invalid, NotFound
from portal.letters import leaves
from portal.letters import tree as hashing
from portal.letters.draft import TreeHead
from portal.letters.models.register import Standing
from portal.letters.queries import register, tree
from portal.letters.queries.tree import Inclusion
from portal.web.access import public

DAYS = 30
DIGITS = 12
BAD_HASH = N_("Give the SHA-256 of the file: 64 hexadecimal digits.")
BAD_SIZE = N_("Give the size as a whole number of entries from 1 on.")


@public
def transparency() -> str:
    """What the record is, and its heads by day."""
    return render_template(
        "letters/transparency.html",
        latest=tree.latest(g.session),
        empty=hashing.EMPTY.hex(),
        heads=tree.last_heads(g.session, days=DAYS),
        example=leaves.EXAMPLE,
    )


@public
def head_json() -> Response:
    """The newest head."""
    row = tree.latest(g.session)
    at = tree.head(g.session)
    return jsonify(
        algorithm="RFC 6962 SHA-256",
        size=at.size,
        root=at.root,
        time=row.at.isoformat(timespec="seconds") if row else None,
        day=row.day.isoformat() if row else None,
    )


@public
def proof_json() -> Response:
    """That a letter is in the record: with what it says now, and since when it is out of force if it is."""
    sha256 = request.args.get("sha256", "").strip().lower()
    if len(sha256) != 64 or set(sha256) - set("0123456789abcdef"):
        raise Invalid(BAD_HASH)
    found = register.by_hash(g.session, sha256)
    if found is None:
        raise NotFound
    size = _size("size", default=None)
    proof = tree.inclusion(g.session, found.letter.tree_index, size)
    return jsonify(**_inclusion(proof), standing=_standing(found.standing, proof.size))


@public
def consistency_json() -> Response:
    """That an older head is the beginning of a newer one."""
    first = _size("from", default=None)
    if first is None:
        raise Invalid(BAD_SIZE)
    proof = tree.consistency(g.session, first, _size("to", default=None))
    return jsonify({"from": _head(proof.first), "to": _head(proof.second), "proof": list(proof.proof)})


def _standing(row: Standing | None, size: int) -> dict[str, Any] | None:
    if row is None or row.tree_index >= size:
        return None
    return _inclusion(tree.inclusion(g.session, row.tree_index, size))


def _inclusion(proof: Inclusion) -> dict[str, Any]:
    return {
        "leaf": proof.leaf,
        "leaf_hash": hashing.leaf_hash(proof.leaf.encode("ascii")).hex(),
        "index": proof.index,
        "size": proof.size,
        "root": proof.root,
        "proof": list(proof.proof),
    }


def _head(at: TreeHead) -> dict[str, Any]:
    return {"size": at.size, "root": at.root}


def _size(name: str, *, default: int | None) -> int | None:
    text = request.args.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= DIGITS) or int(text) == 0:
        raise Invalid(BAD_SIZE)
    return int(text)
