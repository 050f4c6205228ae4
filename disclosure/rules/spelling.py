"""Characters of a name that older systems cannot hold, so that an officer knows how else it may be recorded there."""

from __future__ import annotations

from dataclasses import dataclass

from portal.core.names import graphemes, search_key


@dataclass(frozen=True)
class RareCharacter:
    """One character as typed, its code points (``U+9AD9``), and what the search key makes of it (may be the same)."""

    text: str
    codepoints: str
    key: str


def rare_characters(text: str) -> tuple[RareCharacter, ...]:
    """The characters outside JIS X 0208, and those that the search key folds into another kanji; each once."""
    found: dict[str, RareCharacter] = {}
    for cluster in graphemes(text):
        key = search_key(cluster)
        folded = key != cluster and any(char >= "\u3400" for char in cluster) and not _is_kana_or_wide(cluster)
        if folded or not _in_jis(cluster):
            found[cluster] = RareCharacter(cluster, " ".join(f"U+{ord(char):04X}" for char in cluster), key)
    return tuple(found.values())


def _in_jis(cluster: str) -> bool:
    try:
        cluster.encode("iso2022_jp")
    except UnicodeEncodeError:
        return all("\uff61" <= char <= "\uff9f" for char in cluster)
    return True


def _is_kana_or_wide(cluster: str) -> bool:
    return all("\u3040" <= char <= "\u30ff" or "\uff00" <= char <= "\uffef" or char == "\u3000" for char in cluster)
