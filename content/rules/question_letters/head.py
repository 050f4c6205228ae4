"""What stands before the first numbered item: day, addressee, sender, title, preface; and what the sender wishes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from content.rules.question_letters.blocks import Block, BlockKind
from content.rules.question_letters.labels import fold
from content.rules.question_letters.lines import Line, is_full, paragraphs
from portal.core.wareki import parse_day


class Wish(StrEnum):
    """How the sender would like the answer."""

    POST = "post"
    MAIL = "mail"
    FAX = "fax"
    MEETING = "meeting"


_HONORIFIC = re.compile(r"(様|殿|御中|宛|あて|行|各位)[\s\u3000]*$")
_TITLE = re.compile(r"(質問|お尋ね|おたずね|照会|要請|要望|申入れ|申し入れ|問い合わせ|問合せ|伺い|について|件)")
_UNTIL = re.compile(
    r"(?:(\d{4}|(?:令和|平成)\s*(?:\d{1,2}|元))\s*年\s*)?(\d{1,2})\s*月\s*(\d{1,2})\s*日"
    r"(?:\([^)]*\))?\s*(?:まで|迄|を期限|必着)"
)
_WITHIN = re.compile(r"(\d{1,3})\s*(日|週間|か月|ヶ月|カ月)以内")
_WISHES = {
    Wish.FAX: re.compile("ファ(?:ッ)?クス|FAX|fax"),
    Wish.POST: re.compile("郵送|文書|書面"),
    Wish.MAIL: re.compile("メール|mail"),
    Wish.MEETING: re.compile("面談|面会|お会い|直接お目に|会合"),
}
_LONGEST_TITLE = 80


def as_day(text: str) -> date | None:
    """The day that a line consists of, in either calendar; None for any other line."""
    try:
        return parse_day(text.strip())
    except ValueError:
        return None


def read(lines: Sequence[Line], page: int | None, *, plain: bool) -> list[Block]:
    """The lines before the first item as blocks in their order. ``plain``: empty lines mean nothing."""
    kinds = _name_rest([_kind(line, lines[:at], page) for at, line in enumerate(lines)])
    found: list[Block] = []
    run: list[tuple[int, str, bool]] = []
    for at, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        if kind is BlockKind.PREFACE:
            run.append((line.number, line.text, not plain and at > 0 and lines[at - 1].number < line.number - 1))
            continue
        found += _preface(run, page)
        run = []
        found.append(Block(kind, line.text.strip(), line.number, line.number))
    return found + _preface(run, page)


def _preface(run: list[tuple[int, str, bool]], page: int | None) -> list[Block]:
    return [Block(BlockKind.PREFACE, one.text, one.first, one.last) for one in paragraphs(run, page)]


def _kind(line: Line, before: Sequence[Line], page: int | None) -> BlockKind | None:
    """None: not clear by itself."""
    text = line.text.strip()
    if as_day(text) is not None:
        return BlockKind.DATE
    if text.endswith("。") or len(text) > _LONGEST_TITLE or is_full(line.text, page):
        return BlockKind.PREFACE
    if _HONORIFIC.search(text):
        return BlockKind.ADDRESSEE
    if _TITLE.search(text) and "、" not in text and not any("。" in one.text for one in before):
        return BlockKind.TITLE
    return None


def _name_rest(kinds: Sequence[BlockKind | None]) -> list[BlockKind]:
    """Lines that say nothing by themselves: beside the addressee they are his, then the sender's, then the preface."""
    title = next((at for at, kind in enumerate(kinds) if kind is BlockKind.TITLE), len(kinds))
    preface = next((at for at, kind in enumerate(kinds) if kind is BlockKind.PREFACE), len(kinds))
    found: list[BlockKind] = []
    for at, kind in enumerate(kinds):
        after = next((one for one in kinds[at:preface] if one is not None), None)
        if at > preface:
            found.append(BlockKind.PREFACE)
        elif kind is not None and (kind is not BlockKind.TITLE or at == title):
            found.append(kind)
        elif after is BlockKind.ADDRESSEE:
            found.append(BlockKind.ADDRESSEE)
        elif at > title and BlockKind.SENDER in found:
            found.append(BlockKind.PREFACE)
        else:
            found.append(BlockKind.SENDER)
    return found


def wished_day(text: str, *, sent: date) -> date | None:
    """Until when the sender wishes the answer; a day without a year is the next such day after ``sent``."""
    folded = fold(text)
    if found := _UNTIL.search(folded):
        year, month, day = found[1], int(found[2]), int(found[3])
        try:
            if year:
                return as_day(f"{year}年{month}月{day}日")
            this = date(sent.year, month, day)
            return this if this >= sent else date(sent.year + 1, month, day)
        except ValueError:
            return None
    if found := _WITHIN.search(folded):
        count = int(found[1])
        return sent + timedelta(days=count * {"日": 1, "週間": 7}.get(found[2], 30))
    return None


@dataclass(frozen=True)
class Wishes:
    """What the letter says about the answer it wants."""

    day: date | None
    ways: tuple[Wish, ...]


def wishes(text: str, *, sent: date | None) -> Wishes:
    """The wished day and ways in the sentences that speak of the answer, and those right after them."""
    parts = re.split(r"(?<=[。\n])", text)
    speak = {at for at, part in enumerate(parts) if re.search("回答|返答|返信|答え", part)}
    told = " ".join(part for at, part in enumerate(parts) if at in speak or at - 1 in speak)
    ways = tuple(way for way, pattern in _WISHES.items() if pattern.search(fold(told)))
    return Wishes(wished_day(told, sent=sent) if sent else None, ways)
