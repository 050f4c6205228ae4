"""The same letter for everyone, made from the values kept with it: large print, text, plain Japanese, English.

Only the letter itself has effect, and each of these says so. Explanations and translations are dated templates of their
own; large print and text come from the template that the letter was made with.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

from disclosure.letters.versions import LETTERS
from disclosure.rules import remedies
from disclosure.rules.decisions import DecisionType
from disclosure.rules.extensions import GROUNDS, ExtensionGround, ExtensionKind
from disclosure.rules.grounds import ground
from disclosure.rules.kinds import RECORDS, RecordKind, purpose
from disclosure.rules.regimes import regime
from disclosure.rules.statutes import STATUTES
from portal.core.wareki import format_wareki
from portal.letters.aloud import linear
from portal.letters.engine import Context, Template

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

# Letters that give more time instead of deciding.
MORE_TIME = {
    ExtensionKind.EXTENSION.value: "Notice that the period for the decision is extended",
    ExtensionKind.SPECIAL.value: "Notice that the special period for the decision applies",
}

# Letters beside the decision, by the type in their values.
BESIDE = {
    "mend": "Request for correction",
    "breach": "Notice of a leak of personal information",
    "transfer": "Notice that the request was transferred",
    "consulted": "Notice that the review board was consulted",
    "ruling": "Ruling on the appeal",
    "anew": "Notice of the decision made anew after the ruling",
}

_PARTS = (
    (
        re.compile("(.*)において準用する個人情報の保護に関する法律(.*)"),
        r"\1 (\2 of the Act on the Protection of Personal Information, applied mutatis mutandis)",
    ),
    (
        re.compile("(.*)（個人情報の保護に関する法律(.*)から(.*)までの準用）"),
        r"\1 (\2 to \3 of the Act on the Protection of Personal Information, applied mutatis mutandis)",
    ),
    (re.compile("（施行令(.*)）"), r" (Order, \1)"),
    (re.compile("第([0-9]+)条の([0-9]+)"), r"Article \1-\2"),
    (re.compile("第([0-9]+)条"), r"Article \1"),
    (re.compile("・第([0-9]+)項"), r" and \1"),
    (re.compile("第([0-9]+)項"), r", paragraph \1"),
    (re.compile("第([0-9]+)号"), r", item \1"),
    (re.compile("ただし書"), " (proviso)"),
    (re.compile("前段"), " (first sentence)"),
    (re.compile("後段"), " (second sentence)"),
    (re.compile("・"), " and "),
)
_SUBITEMS = {kana: f" ({letter})" for kana, letter in zip("イロハニホヘト", "abcdefg", strict=True)}


class Reading(StrEnum):
    """In what other form a letter can be read."""

    LARGE = "large"
    TEXT = "text"
    EASY = "easy"
    ENGLISH = "english"


SHEETS = {Reading.LARGE: "large.css", Reading.EASY: "reading.css", Reading.ENGLISH: "reading.css"}


def available(context: Context) -> tuple[Reading, ...]:
    """The readings of a letter; those that need its values as data are left out where it kept only sentences."""
    return tuple(Reading) if "periods" in context else (Reading.LARGE, Reading.TEXT)


def set_as(reading: Reading, template: Template, context: Context) -> tuple[Template, Context]:
    """Template and values of a reading that is set as a page. ``template`` is the letter's own. ValueError for text."""
    if reading is Reading.LARGE:
        return template, _large(context)
    if reading is Reading.TEXT:
        raise ValueError("Text has no template.")
    day = date.fromisoformat(context["date_iso"])
    made = _easy(context) if reading is Reading.EASY else _english(context)
    return LETTERS.current(f"{template.kind}-{reading.value}", day), made


def pdf(reading: Reading, template: Template, context: Context) -> bytes:
    """A reading as PDF."""
    return LETTERS.render(*set_as(reading, template, context), sheet=SHEETS[reading])


def text(template: Template, context: Context) -> str:
    """The letter as text for reading aloud."""
    note = _note(context, "読み上げ用の文字")
    return linear(LETTERS.html(template, {**context, "copy": True, "reading_note": note}))


def _note(context: Context, how: str) -> str:
    return f"これは、{context['number']}の通知を{how}にしたものです。内容は同じです。効力があるのは元の通知です。"


def _large(context: Context) -> Context:
    return {
        **context,
        "large": True,
        "copy": True,
        "window": False,
        "seal": "",
        "seal_image": False,
        "reading_note": _note(context, "大きな文字"),
    }


def _easy(context: Context) -> Context:
    return {
        **context,
        "title": "お知（し）らせの せつめい",
        "said_on": _day_easy(context["date_iso"]),
        "records_easy": [RECORDS[RecordKind(kind)].easy for kind in context["record_kinds"]],
        "last_days": {name: _day_easy(period["last_on"]) for name, period in context["periods"].items()},
        "said_days": {name: _day_easy(day) for name, day in context.get("days_iso", {}).items()},
    }


def _english(context: Context) -> Context:
    day = date.fromisoformat(context["law_day"])
    kinds = [RecordKind(kind) for kind in context["record_kinds"]]
    return {
        **context,
        **_own_english(context, kinds, day),
        "date_en": _day_english(context["date_iso"]),
        "statute_en": STATUTES[regime(context["regime"], day).statute].name_en,
        "article_en": article_english(context["article"]),
        "records_en": [RECORDS[kind].en for kind in kinds],
        "last_days": {name: _day_english(period["last_on"]) for name, period in context["periods"].items()},
    }


def _own_english(context: Context, kinds: list[RecordKind], day: date) -> Context:
    if "claim" in context and context["type"] not in MORE_TIME and context["type"] not in BESIDE:
        return _claim_english(context, day)
    if context["type"] in BESIDE:
        return _beside_english(context)
    return _more_time_english(context) if context["type"] in MORE_TIME else _decision_english(context, kinds, day)


def _beside_english(context: Context) -> Context:
    """Title, days (``days_iso``) and every value whose name ends in ``_article``, as ``…_article_en``."""
    places = {name: text for name, text in context.items() if name.endswith("_article")}
    return {
        "title": f"Reference translation: {BESIDE[context['type']]}",
        "held": regime(context["regime"], date.fromisoformat(context["law_day"])).information_en,
        "said_days": {name: _day_english(day) for name, day in context.get("days_iso", {}).items()},
        **{f"{name}_en": article_english(text) for name, text in places.items()},
    }


def _decision_english(context: Context, kinds: list[RecordKind], day: date) -> Context:
    law = regime(context["regime"], day)
    notice = f"Notice of the decision {'to' if context['type'] in 'AB' else 'not to'} disclose"
    if context["type"] == DecisionType.INFORMED:
        notice = "Notice of whom to ask"
    elif law.nothing_answers and context["type"] == DecisionType.FULL:
        notice = "Notice of disclosure"
    title, texts = remedies.english(context["remedies_key"], day, context["remedies_names"])
    return {
        "title": f"Reference translation: {notice}",
        "held": law.information_en,
        "remedies_title_en": title,
        "remedies_en": texts,
        "remedies_number": _last_number(context)
        if "further_days" in context
        else {"A": 4 if law.nothing_answers else 5, "B": 5}.get(context["type"], 3),
        "said_days": {name: _day_english(day) for name, day in context.get("days_iso", {}).items()},
        "purposes_en": [purpose(kind, day).en for kind in kinds] if context["purposes"] else [],
        "reasons_en": [
            {
                **row,
                "article_en": article_english(row["article"]),
                "label_en": ground(context["regime"], row["ground"]).label_en,
            }
            for row in context["reasons"]
        ],
    }


def _last_number(context: Context) -> int:
    """Under which number a letter about documents tells the remedies."""
    return 4 + bool(context["costs"]) + bool(context["further_days"])


def _claim_english(context: Context, day: date) -> Context:
    rows = [
        {
            **row,
            "article_en": article_english(row["article"]),
            "label_en": ground(context["regime"], row["ground"]).label_en,
        }
        for row in context["reasons"]
    ]
    verb = "to grant" if context["type"] in "AB" else "not to grant"
    return {
        "title": f"Reference translation: Notice of the decision {verb} a {context['claim']['request_en']}",
        "held": regime(context["regime"], day).information_en,
        "granted_en": [row for row in rows if row["grants"]],
        "refused_en": [row for row in rows if not row["grants"]],
    }


def _more_time_english(context: Context) -> Context:
    return {
        "title": f"Reference translation: {MORE_TIME[context['type']]}",
        "held": regime(context["regime"], date.fromisoformat(context["law_day"])).information_en,
        "ground_en": GROUNDS[ExtensionGround(context["ground"])] if context["ground"] else "",
        "excluded_article_en": article_english(context["excluded_article"]),
        "said_days": {name: _day_english(day) for name, day in context["days_iso"].items()},
    }


def article_english(place: str) -> str:
    """``第78条第1項第7号イ`` as ``Article 78, paragraph 1, item 7 (a)``."""
    tail = _SUBITEMS.get(place[-1:], "")
    said = place[:-1] if tail else place
    for pattern, english in _PARTS:
        said = pattern.sub(english, said)
    return said + tail


def _day_easy(iso: str) -> str:
    day = date.fromisoformat(iso)
    era = format_wareki(day).partition("年")[0]
    return f"{day.year}年（{era}年）{day.month}月{day.day}日"


def _day_english(iso: str) -> str:
    day = date.fromisoformat(iso)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
