"""Many processes at once: the series of numbers has no gap and no double, and the tree is whole.

``python -m bench letters-load`` does the same with 2,000 letters, each of them laid out and signed.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests import postgres as postgres_server

ROOT = Path(__file__).resolve().parents[3]
LETTERS, PROCESSES = 800, 8


@pytest.mark.postgres
def test_eight_processes_issue_letters_at_once_without_a_gap(postgres: postgres_server.Server) -> None:
    postgres.sql("CREATE DATABASE load TEMPLATE template")
    arguments = ["--url", postgres.url("load"), "--letters", str(LETTERS), "--processes", str(PROCESSES)]
    done = subprocess.run(
        [sys.executable, "-m", "bench.letters_load", *arguments, "--whole", "1", "--here"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    said = json.loads(done.stdout)
    assert said["problems"] == []
    assert (said["letters"], said["whole"]) == (LETTERS, PROCESSES)
    assert said["tree"] == LETTERS + said["replaced"]
    assert said["voided"] > 2
    assert said["rolled_back"] > 10
    assert said["replaced"] > 1
    postgres.sql("DROP DATABASE load WITH (FORCE)")
