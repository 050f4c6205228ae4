import pytest

from portal.core import access_code


def test_a_new_code_has_four_groups_of_four_and_none_is_like_another():
    codes = {access_code.new_access_code() for _ in range(200)}
    assert len(codes) == 200
    for code in codes:
        assert [len(group) for group in code.split("-")] == [4, 4, 4, 4]
        assert access_code.normalise(code) == code.replace("-", "")


@pytest.mark.parametrize(
    "typed",
    [
        "abcd-0110-xyz9-8765",
        "ＡＢＣＤ　０１１０　ＸＹＺ９　８７６５",
        "AbCd OiLo xyz9 8765",
        "ABCDー01l0‐XYZ9−8765",
        " ABCD0110XYZ98765\n",
    ],
)
def test_codes_are_understood_however_they_are_typed(typed):
    assert access_code.normalise(typed) == "ABCD0110XYZ98765"


@pytest.mark.parametrize("typed", ["", "ABCD", "U" * 16, "ABCD-0110-XYZ9-87650", "あ" * 16, "A" * 100_000])
def test_what_is_no_code_is_not_taken_for_one(typed):
    assert access_code.normalise(typed) is None
