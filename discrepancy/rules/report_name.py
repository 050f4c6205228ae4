"""The title and file name of a report (顛末報告書), built and read by the rule of annex 2 of the notice.

``170719`` + five digits of the municipality + ``-01`` + space + its name from the prefecture on + ``【顛末報告書】``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from portal.core.errors import N_, Invalid
from portal.core.numbers import complete_local_government_code

MARK = "【顛末報告書】"
ENDING = ".xlsx"
CENTURY = 2000
# What an operating system puts before the ending when it saves a file of the same name again.
_COPY = re.compile(r"( ?\(\d{1,2}\)| - コピー|のコピー)$")
_NAME = re.compile(r"(?P<day>\d{6})(?P<code>\d{5})?-(?P<nth>\d{2}) (?P<name>[^【】]+)【顛末報告書】")

NO_MARK = N_("The name must end in 【顛末報告書】.")
NO_DAY = N_("The name must begin with the day, six digits such as 170719.")
NOT_A_DAY = N_("%(said)s is not a day.")
NO_NUMBER = N_("After the day and the code comes the number of the report on that day: -01 for the first.")
NOT_A_CODE = N_("%(said)s is not the code of a municipality: prefecture and three digits, without the check digit.")
NO_NAME = N_("After the number comes a space and the name of the body.")
NO_ENDING = N_("The file must be a workbook whose name ends in .xlsx.")


@dataclass(frozen=True)
class ReportName:
    """``filed_on``: the day that the report bears. ``nth``: 1 for its first of that day.

    ``code``: six digits with the check digit, empty for bodies of the State and others. ``name``: from the prefecture
    on.
    """

    filed_on: date
    code: str
    nth: int
    name: str

    @property
    def title(self) -> str:
        """As the notice has it: ``17071901101-01 北海道札幌市【顛末報告書】``."""
        return f"{self.filed_on:%y%m%d}{self.code[:5]}-{self.nth:02} {self.name}{MARK}"

    @property
    def file_name(self) -> str:
        return self.title + ENDING


@dataclass(frozen=True)
class ReadName:
    """A name that was read, and whether it had to be put right: full-width digits, another space, a copy's number."""

    name: ReportName
    mended: bool


def read_file_name(said: str) -> ReadName:
    """Read the name of a file; Invalid says what part of it is against the rule."""
    folded = unicodedata.normalize("NFKC", said)
    if not folded.lower().endswith(ENDING):
        raise Invalid(NO_ENDING, field="name")
    return _read(folded[: -len(ENDING)], said.removesuffix(ENDING))


def read_title(said: str) -> ReadName:
    """Read a title, with or without the ending of a file; Invalid says what part of it is against the rule."""
    return _read(unicodedata.normalize("NFKC", said).removesuffix(ENDING), said.removesuffix(ENDING))


def _read(folded: str, said: str) -> ReadName:
    text = _COPY.sub("", re.sub(r"\s+", " ", folded).strip())
    found = _NAME.fullmatch(text)
    if found is None:
        raise Invalid(_fault(text), field="name")
    nth = int(found["nth"])
    if not nth:
        raise Invalid(NO_NUMBER, field="name")
    name = ReportName(_day(found["day"]), _code(found["code"] or ""), nth, found["name"].strip())
    return ReadName(name, mended=name.title != said)


def _fault(text: str) -> str:
    if not text.endswith(MARK):
        return NO_MARK
    if not re.match(r"\d{6}", text):
        return NO_DAY
    if not re.match(r"\d{6}(\d{5})?-\d{2}(?!\d)", text):
        return NO_NUMBER
    return NO_NAME


def _day(digits: str) -> date:
    try:
        return date(CENTURY + int(digits[:2]), int(digits[2:4]), int(digits[4:]))
    except ValueError:
        raise Invalid(NOT_A_DAY, said=digits, field="name") from None


def _code(digits: str) -> str:
    if not digits:
        return ""
    try:
        return complete_local_government_code(digits)
    except ValueError:
        raise Invalid(NOT_A_CODE, said=digits, field="name") from None
