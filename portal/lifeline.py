"""gunicorn's configuration: web processes end with their master, however that one ended (Linux).

Web processes hold the listening socket while a request is in flight, so those that outlived their master would keep a
new start from the port for as long as it takes to let them finish.
"""

from __future__ import annotations

import os
import signal
import threading
from typing import Any

from portal.core import collector, pdf, press
from portal.core.children import end_with_parent

WARM_AFTER_SECONDS = 10


def when_ready(_server: Any) -> None:
    """gunicorn's hook before the first web process: what is read here, all of them have."""
    pdf.check_text("𠮷")  # the tables of the fonts, which every text is looked up in


def post_fork(server: Any, _worker: Any) -> None:
    """gunicorn's hook in a new web process. What it was doing is not confirmed to anybody, so nothing is lost."""
    end_with_parent(signal.SIGKILL)
    collector.serve()
    collector.keep()
    if os.getppid() != server.pid:  # the master was gone before the kernel was asked
        os.kill(os.getpid(), signal.SIGKILL)


def post_worker_init(_worker: Any) -> None:
    """gunicorn's hook in a web process that is ready: after its first visitors its child learns to print."""
    later = threading.Timer(WARM_AFTER_SECONDS, press.run, [pdf.warm])
    later.daemon = True
    later.start()
