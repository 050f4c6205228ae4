"""What a serving process keeps for its life is left out of the rounds of Python's garbage collector.

A round through a large record costs more than a page does, and finds nothing.
"""

from __future__ import annotations

import gc
import threading

_serving = threading.Event()


def serve() -> None:
    """This process serves until it ends. Elsewhere, in commands and tests, things come and go, and nothing is kept."""
    _serving.set()


def keep() -> None:
    """Something large was read that stays: the collector does not look through it, or what was there before, again."""
    if _serving.is_set():
        gc.collect()
        gc.freeze()
