"""First bulletins from templates, the questions before publishing, plain words, times of day."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import product

import pytest

from content.rules.checklist import checklist, missing
from content.rules.checks import Known, problems
from content.rules.moments import instant, local, parse_time
from content.rules.plain import hints
from content.rules.quick import Asked, first_bulletin
from content.rules.templates import Template, fits, incident_key, offered, templates
from content.rules.writing import Writing
from portal.core.wareki import format_wareki
from tests.factories.content import a_fact, a_writing

SINCE = datetime(2026, 4, 1, 15, 30, tzinfo=UTC)
ASKED = Asked(
    system="jpki", system_ja="公的個人認証", system_en="JPKI", publisher="jlis", area="01", area_ja="北海道",
    area_en="Hokkaido", since=SINCE, next_update=datetime(2026, 4, 1, 16, 30, tzinfo=UTC), exercise=False,
    until=SINCE + timedelta(hours=2),
)  # fmt: skip


def made(template: Template) -> Writing:
    return first_bulletin(template, ASKED, day_ja=format_wareki)


@pytest.mark.parametrize("template", templates(), ids=lambda one: one.key)
def test_every_template_makes_a_bulletin_that_can_go_out(template: Template) -> None:
    writing = made(template)
    assert problems(writing, Known(systems=["jpki"])) == []
    assert missing(checklist(writing, first=True)) == []
    assert not [hint for hint in hints(writing.bulletin.body_ja, "") if hint.better]
    for name, language in product(("title", "body"), ("ja", "en")):
        text = getattr(writing.bulletin, f"{name}_{language}")
        assert "{" not in text


def test_the_blanks_are_filled_with_japans_clock() -> None:
    writing = made(templates()[0])
    assert "2日 00:30ごろから、北海道で公的個人認証が使えません" in writing.bulletin.body_ja
    assert "00:30 on 2026-04-02" in writing.bulletin.body_en
    [fact] = writing.bulletin.facts
    assert (fact.day, fact.at) == (date(2026, 4, 2), SINCE)


def test_maintenance_says_when_it_ends() -> None:
    (template,) = (one for one in templates() if one.planned)
    writing = made(template)
    assert (writing.incident.kind, writing.incident.state) == ("maintenance", "planned")
    assert (writing.incident.planned_from, writing.incident.planned_until) == (SINCE, ASKED.until)
    assert "2日 00:30から令和8年4月2日 02:30まで" in writing.bulletin.body_ja


def test_the_latest_row_that_has_come_holds() -> None:
    old = templates()[0]
    new = replace(old, effective_from=date(2027, 4, 1), name_en="New")
    assert offered([old, new], date(2026, 12, 1)) == [old]
    assert offered([old, new], date(2027, 4, 1)) == [new]
    assert offered([old], date(2020, 1, 1)) == []


def test_a_template_may_be_for_some_systems_only() -> None:
    one = replace(templates()[0], systems=("jpki",))
    assert [fits(one, key) for key in ("jpki", "lgwan")] == [True, False]


def test_an_address_is_made_of_system_and_day() -> None:
    day = date(2026, 4, 1)
    assert incident_key("jpki", day, []) == "jpki-2026-04-01"
    assert incident_key("jpki", day, ["jpki-2026-04-01", "jpki-2026-04-01-2"]) == "jpki-2026-04-01-3"


def test_the_questions_of_a_further_bulletin() -> None:
    writing = a_writing(incident={"cause_status": "unknown", "state": "open"})
    open_ones = [one.question for one in missing(checklist(writing, first=False))]
    assert open_ones == [
        "What is the state of the cause?", "When do we speak next?", "What changed since the last bulletin?",
    ]  # fmt: skip
    answered = a_writing(
        final=True, what_changed_ja="復旧", what_changed_en="Works again", incident={"state": "closed"}
    )
    assert missing(checklist(answered, first=False)) == []


def test_a_first_bulletin_says_who_is_affected_and_since_when() -> None:
    began = a_fact(field="occurred", number=None, unit=None, day=date(2026, 4, 1))
    open_ones = [one.question for one in missing(checklist(a_writing(began), first=True))]
    assert open_ones == ["Who is affected?", "When do we speak next?"]


def test_hints_name_long_sentences_and_words_of_the_trade() -> None:
    long = "この" * 40 + "。"
    found = hints(f"輻輳しました。{long}", "The failover came.")
    assert [(hint.words, bool(hint.better), hint.length) for hint in found] == [
        (long, False, 81), ("輻輳", True, 0), ("failover", True, 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "told"),
    [("9:05", time(9, 5)), ("０９０５", time(9, 5)), ("9時5分", time(9, 5)), ("午後2時", time(14)), ("14時", time(14))],
)
def test_times_of_day_are_read_as_people_write_them(text: str, told: time) -> None:
    assert parse_time(text) == told


@pytest.mark.parametrize("text", ["24:00", "9", "noon", "1:60", ""])
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_time(text)


def test_an_instant_is_said_in_japan() -> None:
    assert instant(date(2026, 4, 2), time(0, 30)) == SINCE
    assert local(SINCE) == (date(2026, 4, 2), "00:30")
