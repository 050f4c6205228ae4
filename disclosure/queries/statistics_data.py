"""The public figures of requests as plain values, for JSON and CSV. The names of the fields stay as they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from disclosure.queries.statistics import Figures
from disclosure.queries.statistics_wording import PART_OF
from disclosure.rules.durations import Durations
from disclosure.rules.inquiry_counts import ShownCount
from disclosure.rules.statistics import Year
from disclosure.rules.statistics_claims import ClaimYear

LICENCE = "CC-BY-4.0"
COLUMNS = ("fiscal_year", "as_of", "final", "part", "line", "label", "unit", "value", "suppressed")
# Names of the measures of days, and their units in the rows.
MEASURES = {"median": "days_median", "ninetieth": "days_ninetieth", "slowest": "days_slowest"}


def whole(figures: Figures, inquiries: Sequence[ShownCount] = ()) -> dict[str, Any]:
    """Everything; a number that is null is hidden. Days are ISO texts. ``inquiries``: where they are published."""
    return {
        "until": figures.until.isoformat(),
        "fiscal_year": figures.year,
        "live": {"received": figures.received, "overdue": figures.overdue},
        "smallest_shown": figures.least,
        "years": [_year(year) for year in figures.years],
        "claims": [_claims(one) for one in figures.claims],
        **({"inquiries_by_investigators": [asdict(row) for row in inquiries]} if inquiries else {}),
        "licence": LICENCE,
    }


def _year(year: Year) -> dict[str, Any]:
    return {
        "fiscal_year": year.year,
        "as_of": year.as_of.isoformat() if year.as_of else None,
        "final": year.closed,
        "requests": dict(year.lines),
        "days": {line: _measures(found) for line, found in year.durations.items()},
    }


def _claims(one: ClaimYear) -> dict[str, Any]:
    return {
        "fiscal_year": one.year,
        "kind": one.kind.value,
        "claims": dict(one.lines),
        "days": {"median": one.took.median if one.took else None},
    }


def _measures(found: Durations) -> dict[str, float | int | None]:
    return {"median": found.median, "ninetieth": found.ninth, "slowest": found.slowest}


def rows(figures: Figures) -> Iterator[dict[str, str | int | float]]:
    """A number a row, without its label; an empty value with ``suppressed`` yes is hidden."""
    for year in figures.years:
        head: dict[str, str | int | float] = {
            "fiscal_year": year.year,
            "as_of": year.as_of.isoformat() if year.as_of else "",
            "final": "yes" if year.closed else "no",
        }
        for line, number in year.lines.items():
            yield head | {"part": PART_OF[line], "line": line, "unit": "requests"} | _value(number)
        for line, found in year.durations.items():
            for name, value in _measures(found).items():
                yield head | {"part": "days", "line": line, "unit": MEASURES[name]} | _value(value)


def claim_rows(figures: Figures) -> Iterator[dict[str, str | int | float]]:
    """The numbers of claims, a number a row; the part is the kind of claim."""
    for one in figures.claims:
        head: dict[str, str | int | float] = {
            "fiscal_year": one.year, "as_of": "", "final": "yes", "part": f"claims-{one.kind.value}",
        }  # fmt: skip
        for line, number in one.lines.items():
            yield head | {"line": line, "unit": "claims"} | _value(number)
        if one.took is not None:
            yield head | {"line": "claims-received", "unit": "days_median"} | _value(one.took.median)


def _value(number: float | int | None) -> dict[str, str | int | float]:
    if number is None:
        return {"value": "", "suppressed": "yes"}
    return {"value": int(number) if number == int(number) else number, "suppressed": "no"}
