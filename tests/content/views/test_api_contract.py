"""The API against its own description, asked by a program that we did not write: right and wrong questions alike.

``make api-fuzz`` asks far more, also what follows from answers, and other questions each time.
"""

from __future__ import annotations

import os
from collections import Counter
from typing import Any

import schemathesis
from flask import Flask
from schemathesis.engine import Status, events, from_schema

# Every check and every kind of question, few of each and always the same ones.
MANY = int(os.environ.get("API_QUESTIONS", "0"))
CONFIG: dict[str, Any] = {
    "continue-on-failure": True,
    "generation": {"mode": "all", "max-examples": MANY or 3, "database": "none", "deterministic": not MANY},
    "phases": {"stateful": {"enabled": bool(MANY)}},
} | ({} if MANY else {"seed": 1})


def test_every_answer_is_as_described(app: Flask) -> None:
    config = schemathesis.Config.from_dict(CONFIG)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app, config=config)
    found: list[str] = []
    checked: Counter[str] = Counter()
    asked = 0
    for event in from_schema(schema).execute():
        if isinstance(event, events.NonFatalError | events.FatalError):
            found.append(str(getattr(event, "info", None) or event.exception))
        if not isinstance(event, events.ScenarioFinished):
            continue
        asked += len(event.recorder.cases)
        for case_id, checks in event.recorder.checks.items():
            for check in checks:
                checked[check.name] += 1
                if check.status is not Status.SUCCESS:
                    path = event.recorder.cases[case_id].value.as_curl_command()
                    found.append(f"{check.name} {path}: {check.failure_info}"[:600])
    print(asked, checked)
    assert found == []
    assert asked > 200
    assert checked["response_schema_conformance"]
    assert checked["negative_data_rejection"]
