"""Municipalities and their codes."""

from collections import Counter
from datetime import date

import pytest

from content.rules.archive.periods import code_problem
from content.rules.areas import PREFECTURES
from content.rules.municipalities import all_places, read

HEAD = "code,name_ja,kana,name_en,until_on,into_code"


def test_there_are_1741_municipalities_with_the_23_special_wards_and_47_prefectures() -> None:
    places = [place for place in all_places() if place.until_on is None]
    municipalities = [place for place in places if not place.is_prefecture]
    assert len(municipalities) == 1741
    assert Counter(place.name_ja[-1] for place in municipalities) == {"市": 792, "町": 743, "村": 183, "区": 23}
    wards = [place.prefecture for place in municipalities if place.name_ja.endswith("区")]
    assert set(wards) == {"13"}
    prefectures = {place.prefecture: (place.name_ja, place.name_en) for place in places if place.is_prefecture}
    assert prefectures == PREFECTURES


def test_every_check_digit_is_the_one_of_the_rule() -> None:
    # Weights 6 to 2 from the left; 11 less the remainder by 11, of which the last digit counts.
    for place in all_places():
        total = sum(int(digit) * weight for digit, weight in zip(place.code, (6, 5, 4, 3, 2), strict=False))
        assert str(11 - total % 11)[-1] == place.code[5], place
        wrong = place.code[:5] + str((int(place.code[5]) + 1) % 10)
        assert code_problem(wrong) is not None


def test_every_reading_is_in_hiragana_and_every_english_name_in_latin_letters() -> None:
    for place in all_places():
        assert all("ぁ" <= char <= "ゖ" or char == "ー" for char in place.kana), place
        assert place.name_en.isascii(), place
        if not place.is_prefecture:
            kind = {"市": "City", "区": "City", "町": "Town", "村": "Village"}[place.name_ja[-1]]
            assert place.name_en.endswith(f" {kind}"), place


def test_what_is_no_more_has_its_last_day_and_what_took_its_place() -> None:
    former = {place.code: place for place in all_places() if place.until_on}
    assert former["044237"].until_on == date(2016, 10, 9)
    assert former["044237"].into_code == "042161"


@pytest.mark.parametrize(
    "rows",
    [
        ["011003,札幌市,さっぽろし,Sapporo City,,"],
        ["012025,函館市,はこだてし,Hakodate City,,", "011002,札幌市,さっぽろし,Sapporo City,,"],
        ["011002,札幌市,さっぽろし,Sapporo City,2020-01-01,"],
        ["011002,札幌市,さっぽろし,Sapporo City,2020-01-01,012025"],
    ],
)
def test_a_file_that_is_wrong_is_refused(rows: list[str]) -> None:
    with pytest.raises(ValueError, match=r"municipalities\.csv"):
        read([HEAD, *rows])
