"""Sets of documents as they lie in a table: few as numbers, many as bits, counted from a segment's first number."""

import sys
from array import array
from collections.abc import Iterable

SEGMENT = 4096  # documents of a whole segment: a set of all of them takes 512 bytes


def pack(numbers: Iterable[int]) -> bytes:
    """Ascending numbers below 65,536 in their shorter form."""
    few = array("H", numbers)
    if not few:
        return b"n"
    if len(few) * 2 >= few[-1] // 8 + 1:
        bits = bytearray(few[-1] // 8 + 1)
        for number in few:
            bits[number >> 3] |= 1 << (number & 7)
        return b"b" + bytes(bits)
    if sys.byteorder == "big":
        few.byteswap()
    return b"n" + few.tobytes()


def unpack(packed: bytes) -> int:
    """The set as bits."""
    if packed[:1] == b"b":
        return int.from_bytes(packed[1:], "little")
    few = array("H", packed[1:])
    if sys.byteorder == "big":
        few.byteswap()
    bits = 0
    for number in few:
        bits |= 1 << number
    return bits
