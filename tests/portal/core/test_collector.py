"""What serving processes keep is not looked through again; elsewhere nothing is kept for ever."""

from __future__ import annotations

import gc
import subprocess
import sys

from portal.core import collector

FROZEN = "import gc; from portal.core import collector; {} collector.keep(); print(gc.get_freeze_count())"


def frozen(before: str) -> int:
    """How many things a process of its own leaves out of the collector's rounds."""
    done = subprocess.run([sys.executable, "-c", FROZEN.format(before)], capture_output=True, text=True, check=True)
    return int(done.stdout)


def test_a_serving_process_leaves_out_what_it_keeps_and_no_other_does() -> None:
    assert frozen("collector.serve();") > 1000
    assert frozen("") < 1000


def test_the_collector_rests_while_code_is_read_and_no_longer() -> None:
    with collector.resting():
        assert not gc.isenabled()
    assert gc.isenabled()
