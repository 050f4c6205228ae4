"""Areas by name."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.models.revisions import Revision
from content.operations.load_municipalities import load_municipalities
from content.queries.areas import find_area
from content.queries.names import areas
from content.rules.municipalities import all_places
from portal.core.actor import SYSTEM
from portal.core.errors import Forbidden
from tests.factories.content import NOW, WRITER


@pytest.fixture
def places(session: Session) -> Session:
    load_municipalities(session, all_places(), by=SYSTEM, at=NOW)
    return session


def test_names_are_loaded_once_and_a_second_time_changes_nothing(places: Session) -> None:
    before = places.scalar(select(Revision.number))
    assert load_municipalities(places, all_places(), by=SYSTEM, at=NOW) == 0
    assert places.scalar(select(Revision.number)) == before
    with pytest.raises(Forbidden):
        load_municipalities(places, all_places(), by=WRITER, at=NOW)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("札幌", "011002"), ("札幌市", "011002"), ("さっぽろ", "011002"), ("sapporo", "011002"), ("011002", "011002"),
        ("北海道札幌市", "011002"), ("東京", "13"), ("東京都", "13"), ("北海道", "01"), ("京都", "26"), ("13", "13"),
        ("全国", "JP"), ("府中市, 広島県", ""), ("広島県府中市", "342084"), ("Fuchu City, Tokyo", "132063"),
        ("富谷町", "044237"), ("", ""), ("%", ""), ("ありえない", ""),
    ],
)  # fmt: skip
def test_an_area_is_found_by_what_people_type(places: Session, typed: str, code: str) -> None:
    found = find_area(places, typed)
    assert (found[0].code if found else "") == code


def test_the_page_names_a_municipality_with_its_prefecture(places: Session) -> None:
    found = areas(places, ["202053", "132063", "13", "JP", "999999"])
    assert found["202053"].name_ja == "長野県飯田市"
    assert found["202053"].name_en == "Iida City, Nagano"
    assert found["132063"].name_en == "Fuchu City, Tokyo"
    assert found["13"].name_ja == "東京都"
    assert found["999999"].name_ja == "999999"
