"""One word or phrase of a query, ready to be looked up."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

Option = tuple[str, ...]


@dataclass(frozen=True)
class Term:
    """What a document must contain.

    A document has the term when it has every token of one `sure` option, or every token of one `maybe` option and a
    match of `pattern`, which is `written` compiled, in its folded text. A token that ends in ``*`` stands for every
    token that begins so. Where there are `literals`, a match is one of these strings or begins with it; where there is
    `plain`, a match is that string and nothing else. `reading` says how a number or day was understood ("26000",
    "2016-01-28"), else "". `word` is the stem of a word of a script with spaces, else "".
    """

    typed: str
    sure: tuple[Option, ...]
    maybe: tuple[Option, ...]
    written: str
    literals: tuple[str, ...] = ()
    reading: str = ""
    word: str = ""
    plain: str = ""

    @cached_property
    def pattern(self) -> "re.Pattern[str]":
        """Compiled when it is needed: that takes longer than looking through many texts for a plain string."""
        return re.compile(self.written)

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Start and end of each match in a folded text, in their order."""
        if not self.plain:
            for found in self.pattern.finditer(text):
                yield found.span()
            return
        plain, length = self.plain, len(self.plain)
        at = text.find(plain)
        while at >= 0:
            yield at, at + length
            at = text.find(plain, at + length)
