"""Structured logs on standard output, one JSON object a line, without personal data.

Only the keys listed here may be logged, and no value longer than a code or a path; an unknown key is dropped
and its name noted, so that a careless line cannot carry somebody's name.
"""

from __future__ import annotations

import logging
from collections.abc import MutableMapping
from typing import Any

import structlog

ALLOWED = frozenset(
    [
        "event",
        "level",
        "timestamp",
        "request_id",
        "method",
        "endpoint",
        "status",
        "ms",
        "error",
        "where",
        "kind",
        "job",
        "tries",
        "state",
        "pid",
        "port",
        "host",
        "count",
        "seconds",
        "version",
        "reference",
        "surface",
    ]
)
LONGEST = 300


def _only_known(_logger: object, _name: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    dropped = sorted(key for key in line if key not in ALLOWED)
    kept = {
        key: (value[:LONGEST] if isinstance(value, str) else value) for key, value in line.items() if key in ALLOWED
    }
    if dropped:
        kept["error"] = f"keys not allowed in logs: {', '.join(dropped)}"
    return kept


def configure(level: str) -> None:
    """Set up logging for a process; call once at its start."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _only_known,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.PrintLoggerFactory(),  # to what standard output is at the time of the line
        cache_logger_on_first_use=True,
    )


def get() -> Any:
    """The logger; ``get().info("letter.issued", status=200)``."""
    return structlog.get_logger()
