"""How many costly things may run at a time in one process."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from portal.core.errors import TooMany

WAIT = 10.0  # seconds
_argon2 = threading.BoundedSemaphore(2)


@contextmanager
def argon2() -> Iterator[None]:
    """Two Argon2 runs at a time: each takes a core and 19 MiB. TooMany when none is free for long."""
    if not _argon2.acquire(timeout=WAIT):
        raise TooMany(retry_after=10)
    try:
        yield
    finally:
        _argon2.release()
