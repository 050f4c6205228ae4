import pytest

from portal.core import numbers


@pytest.mark.parametrize("number", ["123456789018", "023456789013", "987654321093", "111111111118", "000000000000"])
def test_the_check_digit_of_a_my_number_is_right(number):
    assert numbers.is_my_number(number)
    assert numbers.my_number_check_digit(number[:11]) == number[11]


def test_every_wrong_check_digit_of_a_my_number_is_noticed():
    assert [d for d in "0123456789" if numbers.is_my_number("12345678901" + d)] == ["8"]


@pytest.mark.parametrize("number", ["7000012050002", "1180301018771"])
def test_the_check_digit_of_a_corporate_number_is_right(number):
    assert numbers.is_corporate_number(number)
    assert [d for d in "0123456789" if numbers.is_corporate_number(d + number[1:])] == [number[0]]


CODES = ["010006", "011002", "130001", "131016", "131229", "202011", "202053", "261009", "372030", "412015"]


@pytest.mark.parametrize("code", CODES)
def test_local_government_codes_are_checked_and_completed(code):
    assert numbers.is_local_government_code(code)
    assert numbers.complete_local_government_code(code[:5]) == code
    assert not numbers.is_local_government_code(code[:5] + str((int(code[5]) + 1) % 10))


@pytest.mark.parametrize("body", ["00100", "48100", "1310", "１３１０１", "13a01", ""])
def test_what_is_no_body_is_not_completed(body):
    with pytest.raises(ValueError):
        numbers.complete_local_government_code(body)


@pytest.mark.parametrize("check", [numbers.is_my_number, numbers.is_corporate_number, numbers.is_local_government_code])
@pytest.mark.parametrize("text", ["", "1", "１２３４５６７８９０１８", "1234-5678-90", "²" * 12, "a" * 13, "990001"])
def test_other_texts_are_no_numbers(check, text):
    assert not check(text)
