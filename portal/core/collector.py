"""What a serving process keeps for its life is left out of the rounds of Python's garbage collector.

A round through a large record costs more than a page does, and finds nothing; nor do rounds while code is read.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_serving = threading.Event()


def serve() -> None:
    """This process serves until it ends. Elsewhere, in commands and tests, things come and go, and nothing is kept."""
    _serving.set()


@contextmanager
def resting() -> Iterator[None]:
    """Code is read in the block: it stays, so that the collector would only make the start longer."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def keep() -> None:
    """Something large was read that stays: the collector does not look through it, or what was there before, again."""
    if _serving.is_set():
        gc.collect()
        gc.freeze()
