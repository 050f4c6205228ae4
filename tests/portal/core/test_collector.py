"""What serving processes keep is not looked through again; elsewhere nothing is kept for ever."""

from __future__ import annotations

import subprocess
import sys

FROZEN = "import gc; from portal.core import collector; {} collector.keep(); print(gc.get_freeze_count())"


def frozen(before: str) -> int:
    """How many things a process of its own leaves out of the collector's rounds."""
    done = subprocess.run([sys.executable, "-c", FROZEN.format(before)], capture_output=True, text=True, check=True)
    return int(done.stdout)


def test_a_serving_process_leaves_out_what_it_keeps_and_no_other_does() -> None:
    assert frozen("collector.serve();") > 1000
    assert frozen("") < 1000
