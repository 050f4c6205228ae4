"""Numbers and addresses of bulletins: 第1報, 第2報 … without a gap."""

from __future__ import annotations

import re

KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
LONGEST_KEY = 80


def next_number(last: int) -> int:
    """The number of the bulletin after ``last`` (0: none yet)."""
    return last + 1


def bulletin_id(incident: str, number: int) -> str:
    """``<incident>/<n>``."""
    return f"{incident}/{number}"


def fact_id(bulletin: str, position: int) -> str:
    """``<incident>/<n>/<position>``."""
    return f"{bulletin}/{position}"


def status_id(bulletin: str, position: int) -> str:
    """``<incident>/<n>/status/<position>``."""
    return f"{bulletin}/status/{position}"


def component_key(system: str, name: str) -> str:
    """``<system>.<name>``."""
    return f"{system}.{name}"


def attachment_id(bulletin: str, position: int) -> str:
    """``<incident>/<n>/file/<position>``."""
    return f"{bulletin}/file/{position}"


def measure_id(incident: str, position: int) -> str:
    """``<incident>/measure/<position>``."""
    return f"{incident}/measure/{position}"


def report_id(measure: str, number: int) -> str:
    """``<measure>/<n>``."""
    return f"{measure}/{number}"


def relation_id(incident: str, position: int) -> str:
    """``<incident>/relation/<position>``."""
    return f"{incident}/relation/{position}"


def number_of(identifier: str) -> int:
    """The bulletin's number in the id of a bulletin or a fact."""
    return int(identifier.split("/")[1])


def is_key(text: str) -> bool:
    """Whether ``text`` can be an incident's permanent address: small letters, digits and single hyphens."""
    return len(text) <= LONGEST_KEY and KEY.match(text) is not None
