"""Check digits of public numbering systems. Every function takes ASCII digits without separators."""

from collections.abc import Sequence

_MY_NUMBER = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_LOCAL = (6, 5, 4, 3, 2)


def _sum(digits: str, weights: Sequence[int], length: int) -> int:
    if len(digits) != length or not (digits.isascii() and digits.isdigit()):
        raise ValueError(f"{length} digits are needed.")
    return sum(int(d) * w for d, w in zip(digits, weights, strict=True))


def _is(digits: str, length: int) -> bool:
    return len(digits) == length and digits.isascii() and digits.isdigit()


def my_number_check_digit(body: str) -> str:
    """The last digit of a 個人番号 from the first 11 (番号法施行令 6, カード命令 5). ValueError."""
    rest = _sum(body, _MY_NUMBER, 11) % 11
    return str(0 if rest <= 1 else 11 - rest)


def is_my_number(digits: str) -> bool:
    """Whether 12 digits are a formally right 個人番号. All-equal digits count as well."""
    return _is(digits, 12) and my_number_check_digit(digits[:11]) == digits[11]


def corporate_number_check_digit(body: str) -> str:
    """The first digit of a 法人番号 from the last 12 (番号法施行令 35, 法人番号省令 2). ValueError."""
    return str(9 - _sum(body, (2, 1) * 6, 12) % 9)


def is_corporate_number(digits: str) -> bool:
    """Whether 13 digits are a formally right 法人番号."""
    return _is(digits, 13) and corporate_number_check_digit(digits[1:]) == digits[0]


def local_government_check_digit(body: str) -> str:
    """The sixth digit of a 全国地方公共団体コード from the first five. ValueError."""
    return str((11 - _sum(body, _LOCAL, 5) % 11) % 10)


def complete_local_government_code(body: str) -> str:
    """Five digits (prefecture 01-47 and body) to the code of six. ValueError."""
    check = local_government_check_digit(body)
    if not 1 <= int(body[:2]) <= 47:
        raise ValueError("A local government code begins with a prefecture from 01 to 47.")
    return body + check


def is_local_government_code(digits: str) -> bool:
    """Whether six digits are a formally right 全国地方公共団体コード."""
    return _is(digits, 6) and 1 <= int(digits[:2]) <= 47 and local_government_check_digit(digits[:5]) == digits[5]
