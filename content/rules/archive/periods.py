"""Periods and local-government codes as the archive writes them: the values with an arithmetic of their own."""

import re
from datetime import date

WEIGHTS = (6, 5, 4, 3, 2)
PART = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]))?")


def first_day(period: str) -> date:
    """The first day of `2016`, `2016-01` or `2015-10/2016-01`. ValueError with a plain message otherwise."""
    parts = period.split("/")
    if len(parts) > 2 or not all(PART.fullmatch(part) for part in parts):
        raise ValueError("a period is written 2016, 2016-01 or 2015-10/2016-01")
    days = [date(int(part[:4]), int(part[5:7] or 1), 1) for part in parts]
    if len(days) == 2 and days[1] <= days[0]:
        raise ValueError("the period ends before it begins")
    return days[0]


def code_problem(code: str) -> str | None:
    """What is wrong with a 6-digit local-government code (全国地方公共団体コード), or None."""
    if not re.fullmatch(r"[0-9]{6}", code):
        return "a local-government code has six digits"
    if not 1 <= int(code[:2]) <= 47:
        return "the first two digits are no prefecture (01 to 47)"
    total = sum(int(digit) * weight for digit, weight in zip(code[:5], WEIGHTS, strict=True))
    check = (11 - total % 11) % 10
    return None if int(code[5]) == check else f"the check digit of {code[:5]} is {check}, not {code[5]}"


def area_problem(area: str) -> str | None:
    """What is wrong with an area, or None. An area is JP, a 2-digit prefecture or a 6-digit municipality."""
    if area == "JP":
        return None
    if re.fullmatch(r"[0-9]{2}", area):
        return None if 1 <= int(area) <= 47 else "the prefecture is not between 01 and 47"
    return code_problem(area)
