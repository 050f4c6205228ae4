"""The regimes, what belongs to them, and the list of it all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from disclosure.rules import grounds, regimes, remedies, routing
from disclosure.rules.clocks import CLOCKS
from disclosure.rules.law import Part, codes, law
from disclosure.rules.offers import OFFERS, Way, offered
from disclosure.rules.regimes import REGIMES, of_profile, regime
from disclosure.rules.routing import PROFILES, ROUTES, Holder, find, route, routes
from disclosure.rules.statutes import CITATIONS, STATUTES, cite

DAY = date(2026, 4, 1)


def test_each_profile_answers_its_regimes_and_takes_in_requests_for_records_on_the_web():
    found = {profile: [(law.code, offer.way) for offer, law in offered(profile, DAY)] for profile in sorted(PROFILES)}
    web = Way.WEB
    assert found == {
        "j-lis-like": [("P1", web), ("P3", web), ("P4", web), ("P6-own", web)],
        "public-body": [("P2", web), ("P5", web), ("P6", web)],
    }
    assert offered("nobody", DAY) == ()
    assert offered("j-lis-like", date(2013, 1, 1)) == ()


@pytest.mark.parametrize(
    ("code", "clock", "extension", "remedy", "disposition"),
    [
        ("P1", "T1", "", "T-P1", False),
        ("P2", "D1", "D2", "T-P2", True),
        ("P3", "D11", "D13", "T-P3", False),
        ("P4", "D12", "D13P4", "T-P4", True),
        ("P5", "D1", "D2", "T-P2", True),
        ("P6", "D1", "D2", "T-P2", True),
        ("P6-own", "D1", "D2", "T-P6-own", False),
    ],
)
def test_a_regime_has_its_clock_and_remedy(code, clock, extension, remedy, disposition):
    row = regime(code, DAY)
    assert (row.decision_clock, row.extension_clock, row.remedies) == (clock, extension, remedy)
    assert row.disposition is disposition
    assert row.sources


def test_every_value_to_confirm_is_a_value_of_the_regime():
    for row in REGIMES:
        assert set(row.unconfirmed) <= set(vars(row)), row.code


def test_every_row_cites_something_and_begins_on_a_day():
    for row in ROUTES:
        assert row.source_ja
    for row in (*OFFERS, *ROUTES, *CITATIONS, *grounds.GROUNDS, *remedies.REMEDIES, *CLOCKS):
        assert row.source in ("law", "practice"), row
        assert row.effective_from
    for row in CLOCKS:
        assert cite(row.citation, row.effective_from)
    for row in STATUTES.values():
        assert bool(row.law_id) == bool(row.number_ja), row.key
    for row in grounds.GROUNDS:
        assert row.regime in codes()
        assert row.article_ja


def test_p3_and_p4_refuse_for_a_defect_of_form_alone_because_nothing_there_is_itself_an_answer():
    for code in ("P3", "P4"):
        row = regime(code, DAY)
        assert not {"B", "C", "D", "E"} & set(row.decision_types)
        assert not any(grounds.available(row, kind, DAY) for kind in "BCDE")
        assert [ground.code for ground in grounds.available(row, "F", DAY)] == ["N10"]


def test_logs_of_exchange_borrow_the_grounds_of_public_bodies_without_those_of_other_articles():
    own = {row.code for kind in "BCDEFI" for row in grounds.available(regime("P2", DAY), kind, DAY)}
    lent = {row.code for kind in "BCDEFI" for row in grounds.available(regime("P5", DAY), kind, DAY)}
    assert own - lent == {"N11", "N12", "N13"}
    assert grounds.ground("P5", "N2").label_en == "Information about another person"
    for regime_code, code in (("P5", "N13"), ("P1", "N2"), ("P3", "N2")):
        with pytest.raises(KeyError):
            grounds.ground(regime_code, code)


def test_an_appeal_on_certificates_goes_to_the_minister(settings):
    first, second, _third = remedies.paragraphs("T-P4", DAY, settings.organisation)
    assert "総務大臣に対して審査請求" in first
    assert "6か月以内" in second
    (own,) = remedies.paragraphs("T-P6-own", DAY, settings.organisation)
    assert "情報公開規程第18条" in own


def test_an_old_case_keeps_its_regime_when_a_later_row_takes_effect(monkeypatch):
    later = [
        replace(regime(code, DAY), effective_from=date(2027, 4, 1), closing_days=60, correction_days=21)
        for code in codes()
    ]
    monkeypatch.setattr(regimes, "REGIMES", (*REGIMES, *later))
    for code in codes():
        assert regimes.regime(code, date(2027, 3, 31)) == regime_before(code)
        assert regimes.regime(code, date(2027, 4, 1)).correction_days == 21
    assert of_profile("public-body", date(2027, 3, 31)).closing_days == 30
    assert of_profile("public-body", date(2027, 4, 1)).closing_days == 60


def regime_before(code: str):
    return max((row for row in REGIMES if row.code == code), key=lambda row: row.effective_from)


@pytest.mark.parametrize("profile", sorted(PROFILES))
def test_the_routing_table_has_one_row_for_each_record_and_an_answer_in_both_languages(profile):
    rows = routes(profile, DAY)
    assert len({row.record for row in rows}) == len(rows)
    assert {row.record for row in rows} == {row.record for row in ROUTES}, "each profile knows every record"
    for row in rows:
        assert all((row.label_ja, row.label_en, row.where_ja, row.where_en, row.tell_ja, row.tell_en, row.words))
        assert len(row.take_ja) == len(row.take_en)
        assert len(row.more_ja) == len(row.more_en)
        assert (routing.regime_of(row, profile, DAY) is not None) == (row.holder is Holder.HERE)


@pytest.mark.parametrize(
    ("record", "public_body", "j_lis_like"),
    [
        ("card-application", "here", "here"),
        ("municipal-issue", "municipality", "municipality"),
        ("intermediate-server", "municipality", "municipality"),
        ("provision-log", "here", "other"),
        ("register-data", "prefecture", "here"),
        ("register-use-log", "prefecture", "prefecture"),
        ("certificate-data", "other", "here"),
        ("investigation", "here", "here"),
        ("documents", "here", "here"),
        ("deceased", "nobody", "nobody"),
        ("company", "nobody", "nobody"),
        ("someone-else", "nobody", "nobody"),
    ],
)
def test_the_holder_of_a_record_by_profile(record, public_body, j_lis_like):
    for profile, holder in (("public-body", public_body), ("j-lis-like", j_lis_like)):
        row = route(record, profile, DAY)
        assert row is not None
        assert row.holder == holder


def test_both_profiles_answer_about_the_police_in_the_same_words():
    first, second = (route("investigation", profile, DAY) for profile in sorted(PROFILES))
    assert first is second
    assert first is not None
    assert first.uniform


def test_only_words_of_the_record_find_it():
    rows = routes("public-body", DAY)
    assert [row.record for row in find(rows, "こどもの写真")] == ["representative", "card-application"]
    assert find(rows, "") == find(rows, "  ") == find(rows, "zzzz") == ()


def test_the_list_holds_what_is_in_force_and_what_is_to_come():
    today = law(DAY)
    assert not any(row.to_come for row in today)
    assert {row.part for row in today} == set(Part)
    assert {row.code for row in today if row.part is Part.REGIME} == set(codes())
    before = law(date(2020, 1, 1))
    assert {row.code for row in before if row.part is Part.REGIME and row.to_come} == {"P1", "P2", "P5"}


def test_the_list_of_one_regime_has_only_what_belongs_to_it():
    rows = law(DAY, regime="P4")
    assert {row.code for row in rows if row.part is Part.CLOCK} >= {"D12", "D13P4", "D9", "D10"}
    assert [row.code for row in rows if row.part is Part.REMEDY] == ["T-P4", "T-P3-claim"]
    assert [row.code for row in rows if row.part is Part.ROUTE] == ["certificate-data"]
    (fee,) = [row for row in rows if row.part is Part.FEE]
    assert "fee_yen" in fee.unconfirmed
    assert "not known" in fee.value_en
