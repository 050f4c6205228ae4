"""Sends SIGKILL to one process of the site after another, at moments and in an order that a seed decides."""

from __future__ import annotations

import os
import signal
import threading
from collections import Counter
from random import Random

from tests.chaos.site import BACKGROUND, MASTER, SUPERVISOR, WEB, Site

# Each round of kills, in random order: what is cheap to start again is killed more often.
ROUND = (WEB,) * 5 + (BACKGROUND,) * 3 + (MASTER, SUPERVISOR)


class Killer(threading.Thread):
    """Kills until it is told to stop; ``kills`` counts what was hit."""

    def __init__(self, site: Site, seed: int, *, pauses: tuple[float, float]) -> None:
        super().__init__(daemon=True)
        self.site, self.pauses, self.chance = site, pauses, Random(seed)
        self.kills: Counter[str] = Counter()
        self._stopping = threading.Event()

    def run(self) -> None:
        waiting: list[str] = []
        while not self._stopping.wait(self.chance.uniform(*self.pauses)):
            if not waiting:
                waiting = self.chance.sample(ROUND, len(ROUND))
            if found := self.site.find(waiting[-1]):
                try:
                    os.kill(self.chance.choice(found), signal.SIGKILL)
                except ProcessLookupError:
                    continue
                self.kills[waiting.pop()] += 1

    def stop(self) -> None:
        """Let the site live from now on."""
        self._stopping.set()
        self.join()
