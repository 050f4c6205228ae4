"""Personal numbers in free text, file names and extracted text.

Nobody may ask for, hold or pass on another person's 個人番号 outside the cases of 番号法 19 (番号法 15, 19, 20), nor a
住民票コード (住民基本台帳法 30の37, 30の38). Text is scanned before it is stored, logged, queued or indexed. A finding
carries the rule, the position and the length, never the text itself.

The scan works on a copy of the same length (each character replaced by one character), so that positions are those
of the original, and takes time proportional to the length of the text.
"""

import re
import tomllib
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from portal.core.errors import N_, Invalid
from portal.core.numbers import is_corporate_number, is_my_number

MESSAGE = N_(
    "There is a number of 12 digits that looks like an Individual Number (My Number), or another personal number. "
    "Do not write it here. Remove the number and send again."
)

Severity = Literal["block", "warn"]

_SKIP = "\u200b"  # stands for everything invisible in the working copy
_JOIN = rf"(?:(?:\r\n|[-・.,/_ \n\r]){_SKIP}*+)?+"
_RUN = re.compile(rf"[0-9](?:{_SKIP}*+{_JOIN}[0-9])*+")
_GROUP = re.compile(rf"[0-9](?:{_SKIP}*+[0-9])*+")
_KANJI_DIGITS = "〇○零一壱壹二弐貳三参參四肆五伍六陸七漆八捌九玖"
_KANJI_VALUES = "000111222333445566778899"
_KANJI_RUN = re.compile(rf"[{_KANJI_DIGITS}](?:{_SKIP}*+{_JOIN}[{_KANJI_DIGITS}]){{9,}}+")
_KANJI_TABLE = dict(zip(map(ord, _KANJI_DIGITS), _KANJI_VALUES, strict=True))
_NOT_ZERO = frozenset(_KANJI_DIGITS[3:])
_ONE_KIND = {
    "-": "‐‑‒–—−―ー－ｰ﹣﹘⁃",
    "・": "･·•",
    ".": "．",
    ",": "，",
    "/": "／⁄∕",
    "_": "＿",
    " ": "\t",
    "\n": "\x85\u2028\u2029",
}
_FILLERS = "\u115f\u1160\u3164\uffa0"  # letters by category, and yet invisible

_REGULAR = {(12,), (4, 4, 4), (3, 3, 3, 3), (6, 6), (2,) * 6, (1,) * 12, (4, 8), (8, 4), (11, 1)}
_RESIDENT_RECORD = {(11,), (1,) * 11, (4, 4, 3), (3, 4, 4), (5, 6)}
_PHONE = re.compile("0[5-9]0")
_REST = [{0, 1}, *({11 - digit} for digit in range(1, 10))]  # of the weighted sum, by check digit
_EDGE = 40  # groups of a long run that can stand near a word
_ENOUGH = 100  # findings after which nobody needs more


@dataclass(frozen=True)
class Finding:
    """One suspicious number: `start` and `length` count code points of the scanned text, separators included."""

    rule: str
    start: int
    length: int
    severity: Severity


@dataclass(frozen=True)
class Verdict:
    """What the scan says: the worst severity, or `pass`, and every finding in order of position."""

    verdict: Literal["block", "warn", "pass"]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class _Number:
    """A run of digits, or a part of one: groups of digits with what stands between them."""

    groups: tuple[str, ...]
    joints: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    @property
    def start(self) -> int:
        return self.spans[0][0]

    @property
    def end(self) -> int:
        return self.spans[-1][1]

    @property
    def digits(self) -> str:
        return "".join(self.groups)

    @property
    def pattern(self) -> tuple[int, ...]:
        return tuple(map(len, self.groups))

    @property
    def one_kind(self) -> bool:
        return len(set(self.joints)) <= 1


class _Words:
    """Where the keywords stand in one text."""

    def __init__(self, text: str) -> None:
        self.reach, patterns = _keywords()
        self._spans = {name: [m.span() for m in pattern.finditer(text)] for name, pattern in patterns.items()}

    def near(self, number: _Number, name: str) -> bool:
        """Whether one of the words stands within the distance of the data file on either side."""
        spans = self._spans[name]
        after = bisect_left(spans, (number.start, 0))
        return any(
            max(first - number.end, number.start - last) <= self.reach
            for first, last in spans[max(0, after - 1) : after + 1]
        )


def scan(text: str) -> Verdict:
    """Look for 個人番号, 住民票コード and 申請書ID in any width and with any usual separator.

    At most about a hundred findings are listed.
    """
    copy = _KANJI_RUN.sub(_arabic, text.translate(_folding()))
    words = _Words(text)
    found: list[Finding] = []
    for run in _RUN.finditer(copy):
        if run.end() - run.start() >= 11:
            found += _judge_run(words, _split(copy, run.start(), run.end()))
        if len(found) >= _ENOUGH:
            break
    worst: Literal["block", "warn", "pass"] = "pass"
    if found:
        worst = "block" if any(f.severity == "block" for f in found) else "warn"
    return Verdict(worst, tuple(found))


def refuse(text: str) -> None:
    """Raise Invalid when the text has to be blocked."""
    if scan(text).verdict == "block":
        raise Invalid(MESSAGE)


def mask(text: str) -> str:
    """The text with every found number drawn as dots, for public view."""
    for finding in scan(text).findings:
        end = finding.start + finding.length
        text = text[: finding.start] + "•" * finding.length + text[end:]
    return text


def _judge_run(words: _Words, run: _Number) -> list[Finding]:
    if (finding := _judge(words, run)) is not None:
        return [finding]
    pattern = run.pattern
    if sum(pattern) <= 12 or (sum(pattern) == 13 and 12 not in pattern and is_corporate_number(run.digits)):
        return []
    found: dict[int, Finding] = {}
    for i, j in _parts(words, run):
        finding = _judge(words, _Number(run.groups[i:j], run.joints[i : j - 1], run.spans[i:j]))
        if finding is not None and finding.severity == "block":
            found[finding.start] = finding
        if len(found) >= _ENOUGH:
            break
    return [found[start] for start in sorted(found)]


def _judge(words: _Words, number: _Number) -> Finding | None:
    """The rules for one number taken as a whole."""
    pattern = number.pattern
    length = sum(pattern)
    if length == 12:
        regular = number.one_kind and pattern in _REGULAR
        good = is_my_number(number.digits)
        if good and regular:
            return _finding("my-number", number)
        if (good or regular) and words.near(number, "my_number"):
            return _finding("my-number-keyword", number)
        if good:
            return _finding("my-number-irregular", number, "warn")
    elif length == 11:
        regular = number.one_kind and pattern in _RESIDENT_RECORD
        if regular and not _PHONE.match(number.digits) and words.near(number, "resident_record_code"):
            return _finding("resident-record-code", number)
    elif length == 23 and (len(pattern) == 1 or (len(pattern) == 6 and number.one_kind)):
        return _finding("application-id", number)
    elif (
        length > 12
        and len(pattern) == 1
        and words.near(number, "my_number")
        and not is_corporate_number(number.digits)
        and _hides_my_number(number.digits)
    ):
        return _finding("my-number-in-long-run", number)
    return None


def _hides_my_number(digits: str) -> bool:
    """Whether any 12 neighbouring digits have the right check digit (written out: a run can be megabytes long)."""
    v = [ord(d) - 48 for d in digits]
    windows = zip(*(v[i:] for i in range(12)), strict=False)
    return any(
        (6 * a + 5 * b + 4 * c + 3 * d + 2 * e + 7 * f + 6 * g + 5 * h + 4 * i + 3 * j + 2 * k) % 11 in _REST[last]
        for a, b, c, d, e, f, g, h, i, j, k, last in windows
    )


def _parts(words: _Words, run: _Number) -> list[tuple[int, int]]:
    """The parts of a long run, as slices of its groups, that can be numbers of their own.

    A date, a serial number or the neighbouring cell of a table may be joined to a number by one separator: judged are
    every group alone and every longest stretch with one kind of separator; near a keyword, any stretch at the edges.
    """
    pattern, joints = run.pattern, run.joints
    parts = [(i, i + 1) for i, size in enumerate(pattern) if size in (11, 12, 23)]
    first = 0
    for i in range(1, len(joints) + 1):
        if i == len(joints) or joints[i] != joints[first]:
            if i - first < 12 and sum(pattern[first : i + 1]) in (11, 12, 23):
                parts.append((first, i + 1))
            first = i
    if words.near(run, "my_number"):
        last = len(pattern)
        starts = {*range(min(_EDGE, last)), *range(max(0, last - _EDGE), last)}
        parts += [(i, j) for i in starts for j in range(i + 1, min(i + 12, last) + 1) if sum(pattern[i:j]) == 12]
    return parts


def _split(copy: str, start: int, end: int) -> _Number:
    spans = tuple(m.span() for m in _GROUP.finditer(copy, start, end))
    groups = tuple(copy[i:j].replace(_SKIP, "") for i, j in spans)
    joints = tuple(copy[spans[i][1] : spans[i + 1][0]] for i in range(len(spans) - 1))
    return _Number(groups, tuple(j.replace(_SKIP, "").replace("\r\n", "\n") for j in joints), spans)


def _finding(rule: str, number: _Number, severity: Severity = "block") -> Finding:
    return Finding(rule, number.start, number.end - number.start, severity)


def _arabic(run: re.Match[str]) -> str:
    """Kanji digits to ASCII, but not a row of circles that holds a place for something."""
    text = run[0]
    return text.translate(_KANJI_TABLE) if any(c in _NOT_ZERO for c in text) else text


@cache
def _keywords() -> tuple[int, dict[str, re.Pattern[str]]]:
    table = tomllib.loads((files("portal.core") / "data" / "keywords.toml").read_text(encoding="utf-8"))
    names = ("my_number", "resident_record_code")
    return table["near"], {name: re.compile("|".join(map(_any_width, table[name])), re.IGNORECASE) for name in names}


def _any_width(word: str) -> str:
    """A pattern for a word in full, half or mixed width."""
    return "".join(f"(?:{'|'.join(re.escape(w) for w in (c, *_widths().get(c, ())))})" for c in word)


@cache
def _widths() -> dict[str, list[str]]:
    table: dict[str, list[str]] = {" ": ["\u3000"]}
    for char in map(chr, range(0xFF01, 0xFFA0)):
        table.setdefault(unicodedata.normalize("NFKC", char), []).append(char)
        for mark in "ﾞﾟ":
            table.setdefault(unicodedata.normalize("NFKC", char + mark), []).append(char + mark)
    return table


@cache
def _folding() -> dict[int, str]:
    """One character to one: digits of any script to ASCII, separators to one of a kind, the invisible to a mark."""
    table: dict[int, str] = {}
    for code in (*range(0x80, 0x20000), *range(0xE0000, 0xE0200)):
        char = chr(code)
        digit, category = unicodedata.digit(char, None), unicodedata.category(char)
        if digit is not None:
            table[code] = str(digit)
        elif category in ("Mn", "Me", "Cf"):
            table[code] = _SKIP
        elif category == "Zs":
            table[code] = " "
    for one, others in _ONE_KIND.items():
        table.update(dict.fromkeys(map(ord, others), one))
    table.update(dict.fromkeys(map(ord, _FILLERS), _SKIP))
    return table
