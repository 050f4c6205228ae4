import threading

import pytest

from portal.core import slots
from portal.core.errors import TooMany


def test_two_stretches_run_at_a_time_and_the_third_is_asked_to_wait(monkeypatch):
    monkeypatch.setattr(slots, "WAIT", 0.05)
    held, done = threading.Barrier(3), threading.Event()

    def hold():
        with slots.argon2():
            held.wait()
            done.wait()

    threads = [threading.Thread(target=hold) for _ in range(2)]
    for thread in threads:
        thread.start()
    held.wait()
    with pytest.raises(TooMany):
        slots.argon2().__enter__()
    done.set()
    for thread in threads:
        thread.join()
    with slots.argon2():
        pass
