"""gunicorn's configuration: web processes end with their master, however that one ended (Linux).

Web processes hold the listening socket while a request is in flight, so those that outlived their master would keep a
new start from the port for as long as it takes to let them finish.
"""

from __future__ import annotations

import os
import signal
import threading
from typing import Any

from portal.core import pdf, press
from portal.core.children import end_with_parent

WARM_AFTER_SECONDS = 10


def post_fork(server: Any, _worker: Any) -> None:
    """gunicorn's hook in a new web process. What it was doing is not confirmed to anybody, so nothing is lost."""
    end_with_parent(signal.SIGKILL)
    if os.getppid() != server.pid:  # the master was gone before the kernel was asked
        os.kill(os.getpid(), signal.SIGKILL)


def post_worker_init(_worker: Any) -> None:
    """gunicorn's hook in a web process that is ready: it reads the letters' fonts after its first visitors."""
    later = threading.Timer(WARM_AFTER_SECONDS, _warm)
    later.daemon = True
    later.start()


def _warm() -> None:
    """The tables of the fonts for this process, which looks texts up, and everything for its child, which prints."""
    pdf.check_text("𠮷")
    press.run(pdf.warm)
