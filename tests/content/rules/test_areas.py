"""Areas."""

import pytest

from content.rules.areas import PREFECTURES, fixed_name, is_area


def test_there_are_47_prefectures_in_the_order_of_their_codes() -> None:
    assert len(PREFECTURES) == 47
    assert PREFECTURES["01"] == ("北海道", "Hokkaido")
    assert PREFECTURES["13"] == ("東京都", "Tokyo")
    assert PREFECTURES["37"] == ("香川県", "Kagawa")
    assert PREFECTURES["47"] == ("沖縄県", "Okinawa")


@pytest.mark.parametrize("area", ["JP", "01", "47", "131229"])
def test_what_is_an_area(area: str) -> None:
    assert is_area(area)


@pytest.mark.parametrize("area", ["", "jp", "00", "48", "1", "991229", "１３", "13122", "1312290"])
def test_what_is_none(area: str) -> None:
    assert not is_area(area)


def test_only_the_country_and_prefectures_have_fixed_names() -> None:
    assert fixed_name("JP") == ("全国", "Whole country")
    assert fixed_name("131229") is None
