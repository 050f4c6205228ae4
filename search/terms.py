"""A typed word → what a document must contain: tokens that decide, tokens that suggest, and a pattern that checks.

Long vowels are made optional here (サーバ finds サーバー and the reverse), numbers and days get all their spellings, a
word typed in hiragana is tried in katakana too, and English words match from their start with any ending.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from search import analyzer, days, numerals
from search.stems import forms, stem
from search.term import Option, Term
from search.text import folded

_JOIN = r"[\W_]{0,3}"
_KATAKANA = re.compile("[ァ-ヺ]")
_ALL_HIRAGANA = re.compile("[ぁ-ゖー]{3,}")
_TO_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}
# A long vowel after these is written or left out as the writer likes (-er, -or, -ar, -y, -ew).
_LENGTHENED = frozenset("アカサタナハマヤラワガザダバパァャイキシチニヒミリギジヂビピィュ")
_COMPOUND = re.compile(r"(?=[a-z0-9-]*[a-z])[a-z0-9]+(?:-[a-z0-9]+)+")
_PREFIX_FROM = 3
_MOST_LITERALS = 8


@dataclass(frozen=True)
class _Piece:
    kind: str  # day, number, word, compound, run, gap
    text: str
    value: str = ""
    pattern: str = ""


@lru_cache(maxsize=2048)
def compile_term(typed: str, *, phrase: bool = False) -> Term | None:
    """The term for a typed word; None when nothing in it can be searched for (punctuation alone)."""
    text = folded(typed).strip()
    pieces = _trimmed(_pieces(text))
    if not pieces:
        return None
    if len(pieces) == 1:
        return _single(typed, pieces[0], phrase=phrase)
    runs = _run_tokens(text)
    words = tuple(token for piece in pieces for token in _word_tokens(piece))
    valued = tuple(token for piece in pieces for token in _value_tokens(piece))
    last = pieces[-1].kind == "word" and not phrase
    pattern = _sequence(pieces, open_end=last)
    if last:
        words = tuple(token for piece in pieces[:-1] for token in _word_tokens(piece))
    options = [(*valued, *words), (*runs, *words)]
    if last:
        final = pieces[-1].text
        endings = [("w:" + stem(final),), ("w:" + final + "*",)] if len(final) >= _PREFIX_FROM else [("w:" + final,)]
        options = [(*option, *ending) for option in options for ending in endings]
    if _COMPOUND.fullmatch(text):
        options.append(("w:" + stem(text.replace("-", "")),))
    maybe = tuple(dict.fromkeys(option for option in options if option))
    reading = " ".join(piece.value for piece in pieces if _worth_saying(piece))
    return Term(typed, (), maybe, pattern, reading=reading)


def _single(typed: str, piece: _Piece, *, phrase: bool) -> Term:
    text = piece.text
    if piece.kind == "day":
        maybe = tuple(option for option in (_run_tokens(text),) if option)
        return Term(typed, (("d:" + piece.value,),), maybe, piece.pattern, reading=_said(piece))
    if piece.kind == "number":
        maybe = tuple(option for option in (_run_tokens(text),) if option)
        return Term(typed, (("n:" + piece.value,),), maybe, piece.pattern, reading=_said(piece))
    if piece.kind == "compound":
        joined = "w:" + stem(text.replace("-", ""))
        return Term(typed, ((joined,),), (_word_tokens(piece),), piece.pattern)
    if piece.kind == "word":
        prefix = len(text) >= _PREFIX_FROM and not phrase
        sure: tuple[Option, ...] = (("w:" + stem(text),), *(((f"w:{text}*",),) if prefix else ()))
        return Term(typed, sure, (), _word_pattern(text, open_end=prefix), word=stem(text))
    pattern = piece.pattern
    maybe = (_segment_tokens(text),)
    spellings = _spellings(text)
    literals, plain = _literals(spellings), text if spellings == (text,) else ""
    if _ALL_HIRAGANA.fullmatch(text):
        other, plain = text.translate(_TO_KATAKANA), ""
        spellings += _spellings(other)
        more = _literals(_spellings(other))
        literals = (*literals, *more) if literals and more else ()
        pattern = f"(?:{pattern}|{_run_pattern(other)})"
        maybe = (*maybe, _segment_tokens(other))
    if len(text) <= 2:
        return Term(typed, maybe, (), pattern, (text,), plain=plain)
    alone = tuple((token,) for form in spellings if (token := analyzer.SPELLED + form) in analyzer.spelled(form))
    return Term(typed, alone, maybe, pattern, literals, plain=plain)


def _spellings(run: str) -> tuple[str, ...]:
    """The ways to write a run; none where there would be too many, or where digits may go on before or after it."""
    if run[0].isdigit() or run[-1].isdigit():
        return ()
    found = [""]
    for char, optional in _optional_vowels(run):
        both = [form + (char or "ー") for form in found]
        found = [*found, *both] if optional else both
        if len(found) > _MOST_LITERALS:  # each vowel that may be missing doubles them
            return ()
    return tuple(found)


def _literals(spellings: tuple[str, ...]) -> tuple[str, ...]:
    """The strings of which one stands in every text that has one of these spellings."""
    shortest = min(spellings, key=len, default="")
    if len(shortest) > 2 and all(form.startswith(shortest) for form in spellings):
        return (shortest,)
    return spellings


def _pieces(text: str) -> list[_Piece]:
    """Cut folded text into days, numbers, words, runs and the gaps between them."""
    marked: list[tuple[int, int, _Piece]] = []
    for start, end, moment in days.find(text):
        pattern = "|".join((*days.spellings(moment), _edged(text[start:end])))
        marked.append((start, end, _Piece("day", text[start:end], moment.name(), f"(?:{pattern})")))
    for found in _COMPOUND.finditer(text):
        start, end = found.span()
        joined = r"[-\s]?".join(re.escape(part) for part in found.group().split("-"))
        marked.append((start, end, _Piece("compound", found.group(), "", rf"{_word_start(joined)}(?![a-z0-9])")))
    for start, end, value in numerals.find(text):
        if text[end : end + 1].isascii() and text[end : end + 1].isalpha():
            continue  # 2nd, 10km: a word
        forms_of = dict.fromkeys((text[start:end], *numerals.spellings(value)))
        pattern = "|".join(_edged(form) for form in forms_of)
        marked.append((start, end, _Piece("number", text[start:end], value, f"(?:{pattern})")))
    pieces: list[_Piece] = []
    at = 0
    for start, end, piece in sorted(marked, key=lambda item: (item[0], -item[1])):
        if start >= at:
            pieces.extend(_plain(text[at:start]))
            pieces.append(piece)
            at = end
    pieces.extend(_plain(text[at:]))
    return pieces


_PLAIN = re.compile(rf"(?P<run>{analyzer.DENSE_RUN.pattern})|(?P<word>{analyzer.WORD.pattern})|(?P<gap>.)", re.S)


def _plain(text: str) -> Iterator[_Piece]:
    for found in _PLAIN.finditer(text):
        kind = found.lastgroup or "gap"
        yield _Piece(kind, found.group(), "", _run_pattern(found.group()) if kind == "run" else "")


def _trimmed(pieces: list[_Piece]) -> list[_Piece]:
    """Without gaps at either end, and with one gap where several follow one another."""
    kept: list[_Piece] = []
    for piece in pieces:
        if piece.kind != "gap" or (kept and kept[-1].kind != "gap"):
            kept.append(piece)
    return kept[:-1] if kept and kept[-1].kind == "gap" else kept


def _sequence(pieces: list[_Piece], *, open_end: bool) -> str:
    out: list[str] = []
    for index, piece in enumerate(pieces):
        if piece.kind == "gap":
            out.append(_JOIN)
            continue
        if index and "gap" not in (pieces[index - 1].kind, piece.kind):
            out.append(" ?")
        if piece.kind == "word":
            out.append(_word_pattern(piece.text, open_end=open_end and index == len(pieces) - 1))
        else:
            out.append(piece.pattern)
    return "".join(out)


def _word_pattern(word: str, *, open_end: bool) -> str:
    written = [forms(word)]
    if word.isalnum() and word.isascii() and 3 <= len(word) <= 6:
        written.append("-?".join(word))  # jlis finds J-LIS
    whole = "|".join(form[1:] for form in written)
    more = f"|{re.escape(word[1:])}[a-z0-9]*" if open_end and len(word) >= _PREFIX_FROM else ""
    return rf"{_word_start(word[0])}(?:(?:{whole})(?![a-z0-9]){more})"


def _word_start(pattern: str) -> str:
    """A pattern that begins with a plain character, where no word goes on.

    The condition stands after the first character: so the search still jumps from one such character to the next.
    """
    return rf"{pattern[0]}(?<![a-z0-9]{pattern[0]}){pattern[1:]}"


def _edged(written: str) -> str:
    """Escaped, and not inside a longer number."""
    first = written[0]
    left = rf"{first}(?<![0-9]{first})(?<![0-9]\.{first})" if first.isdigit() else re.escape(first)
    right = r"(?![0-9]|\.[0-9])" if written[-1].isdigit() else ""
    return left + re.escape(written[1:]) + right


def _optional_vowels(run: str) -> Iterator[tuple[str, bool]]:
    """The characters of a run, each with whether it is a long vowel that may be missing; "" where one may be added."""
    at = 0  # how many katakana come directly before
    for index, char in enumerate(run):
        after = run[index + 1 : index + 2]
        in_word = bool(_KATAKANA.match(after))
        if char == "ー":
            yield char, at >= 3 and (not in_word or run[index - 1] in _LENGTHENED)
            at += 1 if at else 0
            continue
        yield char, False
        at = at + 1 if _KATAKANA.match(char) else 0
        if at >= 3 and char in _LENGTHENED and after != "ー":
            yield "", True


def _run_pattern(run: str) -> str:
    pattern = "".join("ー?" if optional else re.escape(char) for char, optional in _optional_vowels(run))
    left = r"(?<![0-9])" if run[0].isdigit() else ""
    right = r"(?![0-9])" if run[-1].isdigit() else ""
    return left + pattern + right


def _segment_tokens(run: str) -> Option:
    """The tokens of the parts of a run between the long vowels that may be missing."""
    parts = [""]
    for char, optional in _optional_vowels(run):
        if optional:
            parts.append("")
        else:
            parts[-1] += char
    found = [token for part in parts for token in analyzer.pairs(part)]
    return tuple(dict.fromkeys(found)) or tuple(analyzer.singles(run))[:1]


def _run_tokens(text: str) -> Option:
    return tuple(dict.fromkeys(token for run in analyzer.DENSE_RUN.findall(text) for token in _segment_tokens(run)))


def _word_tokens(piece: _Piece) -> Option:
    if piece.kind == "compound":
        return tuple("w:" + stem(part) for part in piece.text.split("-") if not part.isdigit())
    return ("w:" + stem(piece.text),) if piece.kind == "word" else ()


def _value_tokens(piece: _Piece) -> Option:
    match piece.kind:
        case "day":
            return ("d:" + piece.value,)
        case "number":
            return ("n:" + piece.value,)
        case "run":
            return _segment_tokens(piece.text)
    return ()


def _worth_saying(piece: _Piece) -> bool:
    return piece.kind in ("day", "number") and piece.value != piece.text


def _said(piece: _Piece) -> str:
    return piece.value if _worth_saying(piece) else ""
