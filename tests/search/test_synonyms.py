"""Words that mean the same."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core import audit, clock
from portal.core.actor import SYSTEM
from search import synonyms
from search.memory_engine import MemoryEngine
from search.queries import Reading, find
from search.query import parse
from tests.search.samples import RECORDS, a_record


@pytest.mark.parametrize(
    ("typed", "others"),
    [
        ("住基ネット", {"住民基本台帳ネットワークシステム", "住民基本台帳ネットワーク"}),
        ("jlis", {"地方公共団体情報システム機構", "機構"}),
        ("Ｊ－ＬＩＳ", {"地方公共団体情報システム機構", "機構"}),
        ("マイナンバーカード交付", {"個人番号カード交付", "マイナカード交付"}),
        ("「マイナンバーカード」", set()),
        ("障害", set()),
    ],
)
def test_a_word_is_joined_by_those_that_mean_the_same(typed: str, others: set[str]) -> None:
    (group,) = synonyms.widened(parse(typed), synonyms.shipped()).groups
    assert {word.text for word in group[1:]} == others


def test_what_means_the_same_is_found() -> None:
    engine = MemoryEngine()
    engine.put(RECORDS)
    assert find(engine, "マイナンバーカード").found.total == 0
    answer = find(engine, "マイナンバーカード", synonyms=synonyms.shipped())
    assert answer.reading is Reading.EXACT
    assert answer.found.hits[0].key == "incident/withheld-cards"


def test_an_installation_changes_adds_and_removes_groups_and_it_is_journalled(session: Session) -> None:
    now = clock.now()
    synonyms.keep(session, "own", ["窓口端末", "統合端末", "窓口端末 "], by=SYSTEM, at=now)
    synonyms.keep(session, "j-lis", [], by=SYSTEM, at=now)
    session.flush()
    found = synonyms.groups(session)
    assert found["own"] == ("窓口端末", "統合端末")
    assert "j-lis" not in found
    assert "juki-net" in found
    actions = session.scalars(select(audit.Entry.subject).where(audit.Entry.action == "search.synonyms.keep")).all()
    assert actions == ["own", "j-lis"]
    with pytest.raises(ValueError, match="at most"):
        synonyms.keep(session, "own", ["字" * 61, "字"], by=SYSTEM, at=now)
    engine = MemoryEngine()
    engine.put([a_record("page/1", "統合端末の交換")])
    assert find(engine, "窓口端末", synonyms=found).found.total == 1
