"""The words that there are: for what a reader may have meant, for suggestions, for cutting what has no spaces.

They come from titles and texts, from names, from groups of words that mean the same, and from a table of readings.
Whoever shows one looks first whether it finds anything.
"""

import tomllib
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import chain, islice
from pathlib import Path

from search.analyzer import script
from search.names import Names
from search.shelf import MOST_WORDS
from search.sounds import sound
from search.text import folded

_READINGS = Path(__file__).parent / "data" / "readings.toml"
_LONGEST = 24
_AT_ONCE, _MOST_ALIKE = 200, 8
_SHORTEST = 3  # of what is taken for mistyped
_PLAIN = ("kanji", "katakana", "latin")


@lru_cache(maxsize=1)
def readings() -> dict[str, str]:
    """Words with their reading in hiragana."""
    table: dict[str, dict[str, str]] = tomllib.loads(_READINGS.read_text("utf-8"))
    return table["readings"]


@lru_cache(maxsize=2)
def at_hand(
    filed: Callable[[], list[str]], names: Names, same: tuple[tuple[str, ...], ...], _state: str
) -> "Vocabulary":
    """The words, put together once for each state of the index, of which `filed` reads them."""
    return Vocabulary(filed(), names, chain.from_iterable(same))


class Vocabulary:
    """All words, what people and staff call things before what merely stands somewhere."""

    def __init__(self, filed: Iterable[str] = (), names: Names | None = None, same: Iterable[str] = ()) -> None:
        called = [(name.ja, name.others) for name in names.labels.values()] if names else []
        self._spoken = [(word, said) for word, others in called for said in others] + list(readings().items())
        english = [name.en for name in names.labels.values()] if names else []
        same_words = list(same)
        every = chain((word for word, _ in called), same_words, readings(), english, filed)
        whole = dict.fromkeys(text for word in islice(every, MOST_WORDS) if (text := word.strip()))
        self._named = {_bare(word) for word in chain((word for word, _ in called), same_words, readings(), english)}
        self._shown = {key: word for word in reversed(whole) if (key := _bare(word))}

    def is_name(self, typed: str) -> bool:
        """Whether people or staff call something so, however few texts have it."""
        return _bare(typed) in self._named

    def sounding(self, typed: str) -> list[str]:
        """The words that sound as what was typed in kana or in Latin letters."""
        return self._by_sound.get(said, [])[:_MOST_ALIKE] if len(said := sound(typed)) > 2 else []

    def near(self, typed: str) -> list[str]:
        """The words from which one character was left out, added, changed, or put before its neighbour."""
        key = _bare(typed)
        if len(typed.strip()) < _SHORTEST or not 1 < len(key) <= _LONGEST:
            return []
        half = len(key) // 2  # whatever is wrong in one half, the other stands
        begun = _between(self._sorted, key[: max(1, half - 1)])
        ended = (word[::-1] for word in _between(self._backwards, key[: half - 1 : -1]))
        same = [self._shown[key]] if key in self._shown and self._shown[key] != typed else []
        found = [word for word in dict.fromkeys((*begun, *ended)) if _one_step(key, word)]
        return same + [self._shown[word] for word in sorted(found, key=lambda word: abs(len(word) - len(key)))]

    def starting(self, typed: str) -> Iterator[str]:
        """The words that begin with what was typed so far, by writing or by sound, the short ones first."""
        if prefix := _bare(typed):
            yield from sorted((self._shown[key] for key in islice(_between(self._sorted, prefix), _AT_ONCE)), key=len)
        if len(prefix := sound(typed)) > 1:
            heard = islice(_between(self._heard, prefix), _AT_ONCE)
            yield from sorted((word for said in heard for word in self._by_sound[said]), key=len)

    def cut(self, text: str) -> list[str]:
        """The words within a text without spaces, and what is left between them where it is more than a syllable."""
        text, at, left = folded(text).strip(), 0, 0
        parts: list[str] = []
        while at < len(text):
            size = next((n for n in range(min(_LONGEST, len(text) - at), 1, -1) if self._is_word(text[at : at + n])), 0)
            if size:
                parts += [*_runs(text[left:at]), text[at : at + size]]
                left = at + size
            at += size or 1
        return [*parts, *_runs(text[left:])]

    def _is_word(self, text: str) -> bool:
        return script(text[-1]) in _PLAIN and text.replace("ー", "") in self._shown

    @cached_property
    def _by_sound(self) -> dict[str, list[str]]:
        spoken = chain(((word, said) for word, said in self._spoken), ((word, word) for word in self._shown.values()))
        found: dict[str, dict[str, None]] = {}
        for word, said in spoken:
            if script(word[0]) != "latin" and (heard := sound(said)):
                found.setdefault(heard, {})[word] = None
        return {heard: list(words) for heard, words in found.items()}

    @cached_property
    def _heard(self) -> list[str]:
        return sorted(self._by_sound)

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._shown)

    @cached_property
    def _backwards(self) -> list[str]:
        return sorted(word[::-1] for word in self._shown)


def _between(ordered: list[str], prefix: str) -> Iterator[str]:
    """The strings of a sorted list that begin with a prefix."""
    for at in range(bisect_left(ordered, prefix), len(ordered)):
        if not ordered[at].startswith(prefix):
            return
        yield ordered[at]


def _bare(word: str) -> str:
    """As words are compared: folded, without long vowels and spaces."""
    return folded(word).replace("ー", "").replace(" ", "")


def _one_step(typed: str, word: str) -> bool:
    """Whether one character was left out, added, changed or moved by one place."""
    short, long = sorted((typed, word), key=len)
    if len(long) - len(short) > 1 or typed == word:
        return False
    if len(long) > len(short):
        return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
    wrong = [at for at, (one, other) in enumerate(zip(typed, word, strict=True)) if one != other]
    first, last = wrong[0], wrong[-1]
    return first == last or (last == first + 1 and typed[first] == word[last] and typed[last] == word[first])


def _runs(text: str) -> list[str]:
    """The kanji, katakana, Latin and number parts of what is no known word, but for single characters."""
    runs: list[str] = []
    before = ""
    for char in text:
        kind = script(char)
        if runs and kind == before:
            runs[-1] += char
        else:
            runs.append(char)
        before = kind
    return [run for run in runs if len(run) > 1 and script(run[0]) in (*_PLAIN, "digit") and run != "ー"]
