"""Processes that end with the one that started them, however that one ended (Linux).

Also gunicorn's configuration: web processes hold the listening socket while a request is in flight, so those that
outlived their master would keep a new start from the port for as long as it takes to let them finish.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
from typing import Any

from portal.core import pdf

WARM_AFTER_SECONDS = 10
PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of <sys/prctl.h>


def end_with_parent(number: int) -> None:
    """Ask the kernel, in the child, for this signal when the parent is gone."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, number)


def post_fork(server: Any, _worker: Any) -> None:
    """gunicorn's hook in a new web process. What it was doing is not confirmed to anybody, so nothing is lost."""
    end_with_parent(signal.SIGKILL)
    if os.getppid() != server.pid:  # the master was gone before the kernel was asked
        os.kill(os.getpid(), signal.SIGKILL)


def post_worker_init(_worker: Any) -> None:
    """gunicorn's hook in a web process that is ready: it reads the letters' fonts after its first visitors."""
    later = threading.Timer(WARM_AFTER_SECONDS, pdf.warm)
    later.daemon = True
    later.start()
