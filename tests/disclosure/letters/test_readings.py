"""The same letter for everyone: what each form says, and that it says what it is."""

from __future__ import annotations

from datetime import date

import pytest

from disclosure.letters import readings
from disclosure.letters.readings import Reading, article_english
from disclosure.letters.samples import NOT_HELD, REASONS, decision_sample
from disclosure.letters.versions import LETTERS
from disclosure.rules import deadlines
from disclosure.rules.decisions import DecisionType
from disclosure.rules.kinds import Delivery
from portal.core.settings import Organisation, Settings
from portal.letters.aloud import linear
from portal.letters.engine import Context

F4, F5 = "f4.2022-04-01.html", "f5.2022-04-01.html"


def organisation(profile: str = "public-body") -> Organisation:
    return Settings.from_env({"KAIJI_PROFILE": profile}).organisation


def said(reading: Reading, template: str, context: Context) -> str:
    found, made = readings.set_as(reading, LETTERS.named(template), context)
    return linear(LETTERS.html(found, made))


def test_the_days_in_the_explanation_are_those_of_the_rules() -> None:
    context = decision_sample(organisation(), DecisionType.PARTIAL, REASONS)
    easy, english = said(Reading.EASY, F4, context), said(Reading.ENGLISH, F4, context)
    for clock, text_easy, text_english in (
        ("D5", "2026年（令和8年）5月28日まで", "by 28 May 2026"),
        ("D9", "2026年（令和8年）7月28日まで", "the last day is 28 July 2026"),
        ("D10", "2026年（令和8年）10月28日まで", "the last day is 28 October 2026"),
    ):
        last = deadlines.compute(clock, date(2026, 4, 28), law_day=date(2026, 4, 1)).binding_on
        assert f"{last.year}年" in text_easy
        assert f"{last.month}月{last.day}日" in text_easy
        assert text_easy in easy
        assert text_english in english


@pytest.mark.parametrize(
    ("kind", "reasons", "words"),
    [
        (DecisionType.FULL, (), "全部（ぜんぶ） 見せます"),
        (DecisionType.PARTIAL, REASONS, "見せない ところが 2つ あります"),
        (DecisionType.NONE, REASONS, "見せる ことが できません"),
        (DecisionType.NOT_HELD, (NOT_HELD,), "記録は ありませんでした"),
    ],
)
def test_the_explanation_says_first_what_was_decided(kind, reasons, words) -> None:
    template = F5 if kind in (DecisionType.NONE, DecisionType.NOT_HELD) else F4
    easy = said(Reading.EASY, template, decision_sample(organisation(), kind, reasons))
    assert words in easy
    assert "審査請求（しんさせいきゅう）" in easy
    assert "これは 見本（みほん）です" in easy
    assert "正（ただ）しい お知らせは、見情機第11号" in easy


def test_explanation_and_translation_name_the_letter_that_was_corrected() -> None:
    replaces = {"number": "見情機第9号", "date": "令和8年4月24日", "reason": "名称に誤りがありました。"}
    context = decision_sample(organisation(), replaces=replaces)
    assert "前（まえ）の お知らせ（見情機第9号）を 直（なお）した" in said(Reading.EASY, F4, context)
    english = said(Reading.ENGLISH, F4, context)
    assert "in place of the notice 見情機第9号 of 令和8年（2026年）4月24日" in english
    assert "Reason: 名称に誤りがありました。" in english


@pytest.mark.parametrize("delivery", list(Delivery))
def test_each_way_of_receiving_is_explained(delivery: Delivery) -> None:
    context = decision_sample(organisation(), delivery=delivery)
    words = {
        Delivery.DOWNLOAD: ("インターネットで もらいます", "downloaded with receipt number"),
        Delivery.POST: ("郵便（ゆうびん）で", "sent by post"),
        Delivery.OFFICE: ("事務所（じむしょ）に", "seen at our office"),
    }[delivery]
    assert words[0] in said(Reading.EASY, F4, context)
    assert words[1] in said(Reading.ENGLISH, F4, context)


def test_a_business_promises_no_review_by_an_authority() -> None:
    context = decision_sample(organisation("j-lis-like"), regime="P1")
    assert "審査請求" not in said(Reading.EASY, F4, context)
    english = said(Reading.ENGLISH, F4, context)
    assert "Administrative Complaint Review Act" not in english
    assert "Article 39, paragraph 1" in english


def test_the_translation_leaves_what_was_typed_as_it_is() -> None:
    english = said(Reading.ENGLISH, F4, decision_sample(organisation(), DecisionType.PARTIAL, REASONS))
    assert english.startswith("【参考訳】 Reference translation, not the letter itself.")
    assert REASONS[0].harm in english
    assert "葛󠄂城　𠮷之助" in english
    assert "Article 78, paragraph 1, item 7 (c)" in english


@pytest.mark.parametrize(
    ("place", "english"),
    [
        ("第82条第1項", "Article 82, paragraph 1"),
        ("第78条第1項第3号ロ", "Article 78, paragraph 1, item 3 (b)"),
        ("第30条の33第1項", "Article 30-33, paragraph 1"),
        ("第83条第1項ただし書", "Article 83, paragraph 1 (proviso)"),
        ("第90条第3項・第98条第3項", "Article 90, paragraph 3 and Article 98, paragraph 3"),
    ],
)
def test_places_in_statutes_are_put_into_english(place: str, english: str) -> None:
    assert article_english(place) == english


def test_large_print_and_text_say_every_word_of_the_letter_and_that_they_are_not_it() -> None:
    context = decision_sample(organisation(), DecisionType.PARTIAL, REASONS, seal="", seal_image=True, signed="sample")
    template = LETTERS.named(F4)
    large, text = said(Reading.LARGE, F4, context), readings.text(template, context)
    for words in (large, text):
        assert "見情機第11号の通知を" in words
        assert "効力があるのは元の通知です" in words
        assert "元の通知が本物か" in words
        assert "電子署名は見本です" not in words
        for reason in REASONS:
            assert reason.part in words
            assert reason.harm in words
        for paragraph in context["remedies"]:
            assert paragraph in words
    assert "公印" not in LETTERS.html(*readings.set_as(Reading.LARGE, template, context))


def test_a_letter_that_kept_only_sentences_has_large_print_and_text() -> None:
    context = decision_sample(organisation())
    assert readings.available(context) == tuple(Reading)
    del context["periods"]
    assert readings.available(context) == (Reading.LARGE, Reading.TEXT)
