"""What a reader typed → all of these groups, any word within a group, none of those. Never a syntax error."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from search import narrowing
from search.term import Term
from search.terms import compile_term

LONGEST = 200
MOST_WORDS = 12

_TOKEN = re.compile(
    r"(?P<minus>(?<!\S)[-\u2010\u2212\uff0d])?"
    r"(?:[\"“”„＂「『«](?P<phrase>[^\"“”＂」』»]*)[\"“”＂」』»]?|(?P<bar>[|｜])|(?P<word>[^\s\"“”„＂「『«」』»|｜]+))"
)
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")  # what no database and no file holds
_OR = frozenset({"OR", "または"})
_AND = frozenset({"AND", "かつ", "&", "&&", "+"})
_ASKING = frozenset({"何", "何件", "何人", "何枚", "何故", "誰", "教"})
_SMALL_WORDS = frozenset(
    (
        "a",
        "an",
        "and",
        "are",
        "at",
        "be",
        "by",
        "for",
        "from",
        "in",
        "is",
        "it",
        "of",
        "on",
        "or",
        "that",
        "the",
        "this",
    )
)


@dataclass(frozen=True)
class Word:
    """One thing to look for, as typed; a phrase was put in quotation marks."""

    text: str
    phrase: bool = False

    def term(self) -> Term | None:
        return compile_term(self.text, phrase=self.phrase)

    @property
    def reading(self) -> str:
        """How a number or a day in it was understood, else ""."""
        term = self.term()
        return term.reading if term else ""


@dataclass(frozen=True)
class Query:
    """Every group must be found, or with `any` one of them, by at least one of its words; nothing of `without` may be.

    `fields` are facets, each with the values of which one must be there; `since` and `until` bound the day.
    """

    groups: tuple[tuple[Word, ...], ...] = ()
    without: tuple[Word, ...] = ()
    ignored: tuple[str, ...] = ()
    fields: tuple[tuple[str, tuple[str, ...]], ...] = ()
    since: date | None = None
    until: date | None = None
    any: bool = False

    def __bool__(self) -> bool:
        return bool(self.groups or self.without or self.fields or self.since or self.until)

    def split(self, cut: Callable[[str], list[str]]) -> "Query":
        """The same with every word cut into its parts, as far as they can be searched for: 中継 サーバ 障害."""
        groups = [
            (Word(part),)
            for group in self.groups
            for word in group
            for part in ([] if word.phrase else cut(word.text)) or [word.text]
            if compile_term(part) and part not in _ASKING
        ]
        return replace(self, groups=tuple(dict.fromkeys(groups))[:MOST_WORDS])

    def respelled(self, instead: Mapping[Word, Word]) -> "Query":
        """The same with other words in the place of some."""
        return replace(self, groups=tuple(tuple(instead.get(word, word) for word in group) for group in self.groups))

    def loose(self) -> "Query":
        """The same with any one of the groups enough."""
        return replace(self, any=True)


def _as_typed(_field: str, value: str) -> str:
    return value


def parse(text: str, value_of: Callable[[str, str], str] = _as_typed) -> Query:
    """Read any text at all as a query. Too long a text is cut; what was left out is in `ignored`.

    `value_of` gives the value of a facet for a name that a reader typed (``system:LGWAN``).
    """
    fields: dict[str, list[str]] = {}
    since: date | None = None
    until: date | None = None
    groups: list[list[Word]] = []
    without: list[Word] = []
    ignored: list[str] = []
    small: list[Word] = []
    either = negated = False
    text = _NO_TEXT.sub(" ", text)
    if len(text) > LONGEST:
        ignored.append(text[LONGEST : LONGEST + 20] + "…")
    for found in _TOKEN.finditer(text[:LONGEST]):
        phrase, typed = found["phrase"], found["word"]
        plain = unicodedata.normalize("NFKC", typed or "")
        if found["bar"] or plain in _OR:
            either = bool(groups)
            continue
        if plain in _AND:
            continue
        if plain == "NOT":
            negated = True
            continue
        if typed and not found["minus"] and not negated:
            if (named := narrowing.field(plain)) is not None:
                fields.setdefault(named[0], []).append(value_of(*named))
                continue
            if (days_of := narrowing.period(typed)) is not None:
                since, until = days_of
                continue
        word = Word(phrase.strip(), phrase=True) if phrase is not None else Word(typed)
        minus = bool(found["minus"]) or negated
        negated = False
        if word.term() is None:
            if word.text.strip():
                ignored.append(word.text)
        elif len(without) + sum(map(len, groups)) >= MOST_WORDS:
            ignored.append(word.text)
        elif minus:
            without.append(word)
        elif not word.phrase and plain.lower() in _SMALL_WORDS:
            small.append(word)
        elif either and groups:
            groups[-1].append(word)
        else:
            groups.append([word])
        either = False
    if small and not groups:
        groups = [[word] for word in small]
    else:
        ignored.extend(word.text for word in small)
    return Query(
        tuple(tuple(dict.fromkeys(group)) for group in groups),
        tuple(without),
        tuple(ignored),
        tuple((name, tuple(dict.fromkeys(values))) for name, values in fields.items()),
        since,
        until,
    )
