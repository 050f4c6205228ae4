"""Numbers in folded Japanese text: 2万6千, 26000, 2.6万 and 二万六千 are one value."""

import re
from collections.abc import Iterator
from decimal import Decimal

_DIGIT = {char: value for value, char in enumerate("〇一二三四五六七八九")}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "億": 10**8, "兆": 10**12}
_KANJI = "〇一二三四五六七八九十百千"
_RUN = re.compile(rf"(?<![a-z0-9])(?<![0-9]\.)[0-9{_KANJI}](?:[0-9{_KANJI}万億兆]|\.(?=[0-9]))*")
_TOKEN = re.compile(r"[0-9]+(?:\.[0-9]+)*|[〇一二三四五六七八九]+|[十百千万億兆]")
_LONGEST = 40


def find(text: str) -> Iterator[tuple[int, int, str]]:
    """Each number of a folded text as (start, end, canonical value); a single kanji numeral only after 第."""
    for found in _RUN.finditer(text):
        run = found.group()
        if len(run) == 1 and run in _KANJI and text[found.start() - 1 : found.start()] != "第":
            continue
        value = read(run)
        if value is not None:
            yield found.start(), found.end(), value
        else:
            for digits in re.finditer(r"[0-9]+", run):
                yield found.start() + digits.start(), found.start() + digits.end(), digits.group()


def read(run: str) -> str | None:
    """The canonical value of one written number ("26000", "98.5", "0120"), or None."""
    if run.isascii() and run.isdigit():
        return run[:_LONGEST]
    if len(run) > _LONGEST:
        return None
    total, section, current = Decimal(0), Decimal(0), None
    for token in _TOKEN.findall(run):
        if token in _SMALL:
            section += (Decimal(1) if current is None else current) * _SMALL[token]
            current = None
        elif token in _LARGE:
            section += current or 0
            if not section:
                return None
            total, section, current = total + section * _LARGE[token], Decimal(0), None
        elif current is not None or token.count(".") > 1:
            return None
        elif token[0] in _DIGIT:
            current = Decimal(int("".join(str(_DIGIT[char]) for char in token)))
        else:
            current = Decimal(token)
    value = total + section + (current or 0)
    return str(int(value)) if value == value.to_integral_value() else format(value.normalize(), "f")


def spellings(value: str) -> tuple[str, ...]:
    """The usual ways to write a canonical value, in folded form, longest first."""
    forms = {value}
    if value.isdigit() and not value.startswith("0") and len(value) <= 16:
        number = int(value)
        if number >= 1000:
            forms.update(_mixed(number))
        forms.update((kanji(number), "".join("〇一二三四五六七八九"[int(digit)] for digit in value)))
    return tuple(sorted(forms, key=lambda form: (-len(form), form)))


def kanji(number: int) -> str:
    """A whole number below ten quadrillion in kanji with units: 26000 → 二万六千."""
    if number == 0:
        return "〇"
    out = ""
    for unit, size in (("兆", 10**12), ("億", 10**8), ("万", 10**4), ("", 1)):
        part, number = divmod(number, size)
        if part:
            out += _kanji_below_10000(part) + unit
    return out


def _kanji_below_10000(part: int) -> str:
    out = ""
    for unit, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, part = divmod(part, size)
        if digit:
            out += ("" if digit == 1 and unit else "〇一二三四五六七八九"[digit]) + unit
    return out


def _mixed(number: int) -> Iterator[str]:
    """Digits with units: 2万6千, 2万6000, 2.6万, 26千."""
    rest = number
    head = ""
    for unit, size in (("兆", 10**12), ("億", 10**8), ("万", 10**4)):
        part, rest = divmod(rest, size)
        if part:
            head += f"{part}{unit}"
    yield head + (str(rest) if rest else "")
    tail = ""
    small = rest
    for unit, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, small = divmod(small, size)
        if digit:
            tail += f"{digit}{unit}"
    yield head + tail
    for unit, size in (("千", 1000), ("万", 10**4), ("億", 10**8), ("兆", 10**12)):
        decimal = Decimal(number) / size
        text = format(decimal.normalize(), "f")
        if number >= size and len(text.partition(".")[2]) <= 2:
            yield f"{text}{unit}"
