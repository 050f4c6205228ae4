"""The hash tree against the test vectors of Certificate Transparency (RFC 6962), and against itself."""

from __future__ import annotations

import pytest

from portal.letters import tree

LEAVES = [
    bytes.fromhex(text)
    for text in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
INCLUSIONS = {
    (0, 8): (
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ),
    (5, 8): (
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ),
}
CONSISTENCIES = {
    (1, 1): (),
    (1, 8): (
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ),
    (6, 8): (
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ),
    (2, 5): (
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ),
}


def grown(leaves: list[bytes]) -> tuple[dict[tree.Coordinates, bytes], list[bytes]]:
    """All nodes of a tree, and its root at each size."""
    nodes: dict[tree.Coordinates, bytes] = {}
    roots = [tree.root(0, nodes)]
    for size, leaf in enumerate(leaves):
        nodes |= tree.grow(size, tree.leaf_hash(leaf), {node: nodes[node] for node in tree.peaks(size)})
        roots.append(tree.root(size + 1, {node: nodes[node] for node in tree.peaks(size + 1)}))
    return nodes, roots


NODES, GROWN = grown(LEAVES)


def test_roots_are_those_of_the_vectors() -> None:
    assert [root.hex() for root in GROWN] == list(ROOTS)


@pytest.mark.parametrize(("index", "size"), list(INCLUSIONS))
def test_inclusion_proofs_are_those_of_the_vectors(index: int, size: int) -> None:
    proof = tree.hashes(tree.inclusion(index, size), NODES)
    assert tuple(value.hex() for value in proof) == INCLUSIONS[index, size]
    assert tree.includes(tree.leaf_hash(LEAVES[index]), index, size, proof, GROWN[size])


@pytest.mark.parametrize(("first", "second"), list(CONSISTENCIES))
def test_consistency_proofs_are_those_of_the_vectors(first: int, second: int) -> None:
    proof = tree.hashes(tree.consistency(first, second), NODES)
    assert tuple(value.hex() for value in proof) == CONSISTENCIES[first, second]
    assert tree.consistent(first, second, GROWN[first], GROWN[second], proof)


def test_every_proof_of_every_small_tree_holds_and_no_other_does() -> None:
    leaves = [bytes([number]) for number in range(40)]
    nodes, roots = grown(leaves)
    for size in range(1, 41):
        for index in range(size):
            proof = tree.hashes(tree.inclusion(index, size), nodes)
            leaf = tree.leaf_hash(leaves[index])
            assert tree.includes(leaf, index, size, proof, roots[size])
            assert not tree.includes(leaf, index, size, proof, roots[size - 1])
            assert not tree.includes(tree.leaf_hash(b"x"), index, size, proof, roots[size])
            assert not tree.includes(leaf, index, size, [*proof, leaf], roots[size])
            assert len(proof) <= (size - 1).bit_length()
        for first in range(1, size + 1):
            proof = tree.hashes(tree.consistency(first, size), nodes)
            assert tree.consistent(first, size, roots[first], roots[size], proof)
            assert not tree.consistent(first, size, roots[first - 1], roots[size], proof)
            if first < size:
                assert not tree.consistent(first, size, roots[first], roots[size], proof[:-1])


def test_a_proof_of_a_large_tree_needs_few_nodes() -> None:
    size = 1_000_003
    assert max(len(tree.needed(tree.inclusion(index, size))) for index in (0, 1, 524_287, 999_999, 1_000_002)) <= 40
    assert len(tree.needed(tree.consistency(999_999, size))) <= 40
    assert len(tree.peaks(size)) <= 20


@pytest.mark.parametrize(("index", "size"), [(0, 0), (3, 3), (-1, 3)])
def test_there_is_no_proof_of_what_is_not_there(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="no such leaf"):
        tree.inclusion(index, size)
    with pytest.raises(ValueError, match="smaller tree"):
        tree.consistency(size + 1, size)
    assert not tree.includes(b"x", index, size, [], tree.EMPTY)
