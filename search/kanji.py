"""Old and variant forms of kanji as their modern form, for search only; stored text keeps the form that was written."""

from functools import lru_cache

from portal.core import names


@lru_cache(maxsize=40_000)
def modern(char: str) -> str:
    """The modern form of one kanji; any other character as it is."""
    if ord(char) < 0x3400:
        return char
    key = names.search_key(char)
    return key if len(key) == 1 else char
