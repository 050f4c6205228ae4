"""Light English stemming: plural, past and -ing forms meet in one stem."""

import re

_VOWEL = re.compile(r"[aeiouy]")


def stem(word: str) -> str:
    """servers → server, notices → notic, stopped → stop, issuing → issu; other words as they are."""
    if len(word) <= 3 or not word.isascii() or not word.isalpha():
        return word
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(("sses", "xes", "ches", "shes", "zes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ied", "ing", "ed"):
        root = word[: -len(ending)]
        if word.endswith(ending) and len(root) >= 3 and _VOWEL.search(root):
            word = root + "y" if ending == "ied" else _undoubled(root)
            break
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


def forms(word: str) -> str:
    """A regular expression, without groups, for the written forms that share the stem of a word."""
    root = stem(word)
    if not root.isascii() or not root.isalpha() or len(root) <= 2:
        return re.escape(root)
    if root.endswith("y"):
        return f"{root[:-1]}(?:y|ys|ies|ied|ying)"
    return f"{root}{root[-1]}?(?:e|es|s|ed|ing|ings)?"


def _undoubled(root: str) -> str:
    double = len(root) > 3 and root[-1] == root[-2] and root[-1] not in "aeiouls"
    return root[:-1] if double else root
