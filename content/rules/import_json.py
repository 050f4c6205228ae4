"""JSON of another archive as a table: a list of objects, each with the columns of one row."""

from __future__ import annotations

import json
import math
from typing import Any

from portal.core.errors import N_, Invalid
from portal.core.sheets import TOO_LARGE, TOO_MANY_COLUMNS, TOO_MANY_ROWS, Cell, Limits, Row, Table, text_cell

NOT_JSON = N_("This is not JSON, or not a list of objects with the columns of a row each.")
NOT_A_VALUE = N_("Put a text, a number, true, false or a list of texts there.")


def read(data: bytes, limits: Limits) -> Table:
    """The table; a row's number is the place of its object in the list, from 1. Invalid."""
    if len(data) > limits.max_bytes:
        raise Invalid(TOO_LARGE, n=limits.max_bytes // (1024 * 1024))
    try:
        found = json.loads(data.decode("utf-8-sig"), parse_constant=_refused, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise Invalid(NOT_JSON) from None
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise Invalid(NOT_JSON)
    if len(found) > limits.max_rows:
        raise Invalid(TOO_MANY_ROWS, n=limits.max_rows)
    heads = list(dict.fromkeys(name for one in found for name in one))
    if len(heads) > limits.max_columns:
        raise Invalid(TOO_MANY_COLUMNS)
    rows = [Row(number, tuple(_cell(one.get(head)) for head in heads)) for number, one in enumerate(found, 1)]
    return Table((Row(0, tuple(map(text_cell, heads))), *(row for row in rows if not row.is_empty)))


def _refused(_name: str) -> None:
    raise ValueError


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):  # which of the two would be meant?
        raise ValueError
    return found


def _cell(value: Any) -> Cell:
    if value is None:
        return Cell()
    if isinstance(value, bool):
        return Cell("yes" if value else "no")
    if isinstance(value, int):
        return text_cell(str(value))
    if isinstance(value, float) and math.isfinite(value):
        return text_cell(f"{value:.0f}" if value.is_integer() else repr(value))
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return text_cell(" ".join(value))
    return text_cell(value) if isinstance(value, str) else Cell(fault=NOT_A_VALUE)
