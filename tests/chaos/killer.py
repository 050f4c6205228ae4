"""Sends SIGKILL to one process of the site after another, at moments and in an order that a seed decides.

The moments are counted in answers that the site has given, so that a slow machine sees as much killing as a fast one.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import Counter
from collections.abc import Callable
from random import Random

from tests.chaos.site import BACKGROUND, MASTER, SUPERVISOR, WEB, Site

# Each round of kills, in random order: what is cheap to start again is killed more often.
ROUND = (WEB,) * 5 + (BACKGROUND,) * 3 + (MASTER, SUPERVISOR)


AT_ONCE = 0.2  # of the kills hit a site that is still getting up from the last one


class Killer(threading.Thread):
    """Kills until it is told to stop, or for so many rounds, each time after ``gap`` more answers.

    ``kills`` counts what was hit.
    """

    def __init__(
        self,
        site: Site,
        seed: int,
        *,
        gap: tuple[int, int],
        answers: Callable[[], int],
        round_of: tuple[str, ...] = ROUND,
        rounds: int = 1_000_000,
    ) -> None:
        super().__init__(daemon=True)
        self.round_of, self.most = round_of, rounds * len(round_of)
        self.site, self.gap, self.answers, self.chance = site, gap, answers, Random(seed)
        self.kills: Counter[str] = Counter()
        self._stopping = threading.Event()

    def run(self) -> None:
        waiting: list[str] = []
        due = self.chance.randint(*self.gap)
        while not self._stopping.wait(0.02) and self.kills.total() < self.most:
            if self.answers() < due or self._stopping.wait(self.chance.uniform(0, 0.3)):
                continue
            if not waiting:
                waiting = self.chance.sample(self.round_of, len(self.round_of))
            if found := self.site.find(waiting[-1]):
                try:
                    os.kill(self.chance.choice(found), signal.SIGKILL)
                except ProcessLookupError:
                    continue
                self.kills[waiting.pop()] += 1
                due = self.answers() + (0 if self.chance.random() < AT_ONCE else self.chance.randint(*self.gap))

    def stop(self) -> None:
        """Let the site live from now on."""
        self._stopping.set()
        self.join()
