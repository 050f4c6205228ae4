"""The data files of the room."""

from __future__ import annotations

from datetime import date

import pytest

from disclosure.rules import grounds, kinds, remedies, retention, routing
from disclosure.rules.deadlines import CLOCKS
from disclosure.rules.decisions import DecisionType
from disclosure.rules.regimes import REGIMES, of_profile, regime
from disclosure.rules.statutes import cite
from portal.core.settings import Settings


def test_every_clock_and_citation_of_a_regime_exists():
    clocks = {row.code for row in CLOCKS}
    for law in REGIMES:
        names = {law.decision_clock, law.extension_clock, law.method_clock, law.claim_clock, law.appeal_clock}
        assert names | {law.suit_clock} <= clocks | {""}
        for key in (law.request_citation, law.disclose_citation, law.withhold_citation, law.period_citation):
            assert not key or cite(key, law.effective_from)
        assert set(law.decision_types) <= {kind.value for kind in DecisionType}


def test_every_draftable_refusal_has_a_ground():
    for law in REGIMES:
        for kind in {"B", "C", "E", "F"} & set(law.decision_types):
            assert grounds.available(law, kind, date(2026, 4, 1)), (law.code, kind)


def test_the_profile_chooses_the_regime():
    assert of_profile("public-body", date(2026, 4, 1)).code == "P2"
    assert of_profile("j-lis-like", date(2026, 4, 1)).code == "P1"
    with pytest.raises(KeyError):
        of_profile("nobody", date(2026, 4, 1))
    with pytest.raises(KeyError):
        regime("P2", date(2021, 4, 1))


def test_the_remedies_name_the_organisation_and_its_court(settings: Settings):
    first, second = remedies.paragraphs("T-P2", date(2026, 4, 1), settings.organisation)
    assert "知った日の翌日から起算して3か月以内に、見本情報システム機構理事長に対して審査請求" in first
    assert "東京地方裁判所に処分の取消しの訴え" in second
    assert "{" not in first + second


def test_each_record_has_its_purpose_and_name():
    for part in kinds.RecordKind.BOTH.parts:
        assert kinds.purpose(part, date(2026, 4, 1)).ja
        assert kinds.RECORDS[part].ja


def test_an_application_form_is_kept_for_fifteen_years():
    assert retention.keep_until("application-form", date(2021, 9, 1), law_day=date(2026, 4, 1)) == date(2036, 9, 1)


def test_the_routing_table_sends_server_data_to_the_municipality():
    row = routing.route("intermediate-server", "j-lis-like", date(2026, 4, 1))
    assert row is not None
    assert row.holder is routing.Holder.MUNICIPALITY
