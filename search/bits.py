"""Sets of document numbers: a whole number whose bit *n* says whether document *n* is in it.

Intersecting two sets of twenty thousand documents then costs a microsecond, and counting one costs less.
"""

import re
from collections.abc import Iterable, Iterator

_FLAGS, _DIGITS = bytes.maketrans(b"01", b"\0\1"), bytes.maketrans(b"\0\1", b"01")
_SET, _FEW = ord("1"), 40  # more than one in so many: quicker written as flags


def as_bits(numbers: Iterable[int], size: int) -> int:
    """A set of document numbers below `size`."""
    chosen = list(numbers)
    if len(chosen) * _FEW > size:
        flags = bytearray(b"0") * (size + 1)
        for number in chosen:
            flags[number] = _SET
        flags.reverse()
        return int(flags, 2)  # a base that is a power of two is read at once
    held = bytearray(size // 8 + 1)
    for number in chosen:
        held[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(held, "little")


def flags_of(bits: int, size: int) -> bytes:
    """A set of document numbers below `size` as one byte for each: 1 for those that are in it, else 0."""
    return f"{bits:0{size}b}".encode("ascii")[::-1].translate(_FLAGS)


def from_flags(flags: bytes) -> int:
    """The set of which `flags_of` made these."""
    return int(flags[::-1].translate(_DIGITS), 2) if flags else 0


_SOME = re.compile(b"[^\0]")
_IN_BYTE = [tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256)]


def numbers(bits: int) -> Iterator[int]:
    """The document numbers of a set, ascending."""
    if bits.bit_count() <= 16:  # few: cheaper than walking through the bytes
        while bits:
            low = bits & -bits
            yield low.bit_length() - 1
            bits ^= low
        return
    held = bits.to_bytes(bits.bit_length() // 8 + 1, "little")
    if bits.bit_count() * 4 < len(held):
        for found in _SOME.finditer(held):
            base = found.start() << 3
            for bit in _IN_BYTE[held[base >> 3]]:
                yield base + bit
        return
    for index, byte in enumerate(held):
        if byte:
            base = index << 3
            for bit in _IN_BYTE[byte]:
                yield base + bit
