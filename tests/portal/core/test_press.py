"""Work in child processes: each way in which it can go wrong, and that the next call is not hurt by it."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from portal.core import pdf, press
from portal.core.errors import Invalid, KaijiError, TooMany
from portal.core.fonts import Missing
from portal.core.press import PressFailed, run

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module", autouse=True)
def closed_in_the_end() -> Iterator[None]:
    yield
    press.close()


def add(a: int, *, b: int) -> int:
    return a + b


def whoami() -> tuple[int, int]:
    return os.getpid(), os.getppid()


def sleep_for_ever() -> None:
    time.sleep(1000)


def compute_for_ever() -> None:
    sum(range(10**12))  # one call into C, which no handler written in Python interrupts


def eat_memory() -> int:
    return len(bytearray(press.MEMORY_BYTES))


def die(number: int) -> None:
    os.kill(os.getpid(), number)


def leave() -> None:
    os._exit(3)


def refuse(error: Exception) -> None:
    raise error


class Stubborn(Exception):
    def __init__(self) -> None:
        super().__init__("x")
        self.lock = threading.Lock()


def refuse_stubbornly() -> None:
    raise Stubborn


def limits() -> dict[str, int]:
    names = ("RLIMIT_CORE", "RLIMIT_NOFILE", "RLIMIT_AS", "RLIMIT_CPU")
    return {name: resource.getrlimit(getattr(resource, name))[0] for name in names}


def environment() -> list[str]:
    return [name for name in os.environ if name.startswith("KAIJI_")]


def nested() -> bool:
    return run(whoami)[0] == os.getpid()


def letter() -> bytes:
    attached = pdf.Attachment("a.json", "x", b"{}", datetime(2026, 4, 1, tzinfo=UTC))
    return pdf.render(
        '<html lang="ja"><body><h1>見本</h1><p>髙𠮷</p></body></html>', title="見本", attachments=[attached]
    )


def test_a_result_comes_back_from_another_process_that_stays() -> None:
    assert run(add, 1, b=2) == 3
    child, _ = run(whoami)
    assert child != os.getpid()
    assert run(whoami)[0] == child


def test_a_letter_is_the_same_in_a_child() -> None:
    assert run(letter) == letter()


@pytest.mark.parametrize(
    "error",
    [
        Invalid("Not %(this)s", this="so"),
        TooMany(retry_after=7),
        pdf.MissingGlyph([Missing("\ue000", ("U+E000",), "why")]),
        pdf.BadLetter(["a", "b"]),
    ],
)
def test_errors_that_people_are_told_about_come_back_as_they_are(error: KaijiError) -> None:
    with pytest.raises(type(error)) as caught:
        run(refuse, error)
    assert (str(caught.value), vars(caught.value)) == (str(error), vars(error))


def test_other_errors_come_back_with_where_they_happened() -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        run(refuse, ZeroDivisionError("by zero"))
    assert "in refuse" in caught.value.__notes__[0]


def test_an_error_that_cannot_travel_is_replaced_by_one_that_can() -> None:
    with pytest.raises(PressFailed) as caught:
        run(refuse_stubbornly)
    assert "Stubborn" in caught.value.__notes__[0]
    assert run(add, 1, b=1) == 2


@pytest.mark.parametrize("work", [sleep_for_ever, compute_for_ever])
def test_what_takes_too_long_is_stopped(work: object) -> None:
    with pytest.raises(PressFailed) as caught:
        run(work, seconds=0.3)  # type: ignore[arg-type]
    assert caught.value.message == press.TOO_SLOW
    assert run(add, 1, b=1) == 2


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGKILL, signal.SIGABRT])
def test_a_child_that_dies_takes_only_its_own_call_with_it(number: int) -> None:
    with pytest.raises(PressFailed) as caught:
        run(die, number)
    assert caught.value.message == press.DIED
    assert run(add, 1, b=1) == 2


def test_what_needs_too_much_memory_is_stopped() -> None:
    with pytest.raises(PressFailed):
        run(eat_memory)
    with pytest.raises(PressFailed):
        run(leave)
    assert run(add, 1, b=1) == 2


def test_a_child_that_died_between_two_calls_is_replaced() -> None:
    child, _ = run(whoami)
    os.kill(child, signal.SIGKILL)
    assert run(add, 1, b=1) == 2
    assert run(whoami)[0] != child


def test_a_child_has_limits_and_no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    press.close()
    monkeypatch.setenv("KAIJI_SMTP_PASSWORD_FILE", "/x")
    found = run(limits, seconds=50)
    assert (found["RLIMIT_CORE"], found["RLIMIT_NOFILE"], found["RLIMIT_AS"]) == (0, 128, press.MEMORY_BYTES)
    assert 50 < found["RLIMIT_CPU"] < 100
    assert run(environment) == []


def test_work_within_a_child_stays_there() -> None:
    assert run(nested)


def test_many_threads_share_the_children() -> None:
    found: list[int] = []
    threads = [threading.Thread(target=lambda n=n: found.append(run(add, n, b=0))) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == list(range(8))


def test_a_child_is_renewed_before_it_grows_old(monkeypatch: pytest.MonkeyPatch) -> None:
    press.close()
    monkeypatch.setattr(press, "CALLS_A_CHILD", 2)
    assert len({run(whoami)[0] for _ in range(6)}) == 3
    press.close()


ORPHANING = """
import os, threading, time
from portal.core.press import run
from tests.portal.core.test_press import compute_for_ever, whoami
print(*run(whoami), flush=True)
threading.Thread(target=run, args=(compute_for_ever,), daemon=True).start()
time.sleep(0.5)
print("at work", flush=True)
time.sleep(1000)
"""


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_children_at_work_end_with_a_parent_that_was_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", ORPHANING], cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        try:
            assert parent.stdout is not None
            made = [int(word) for word in parent.stdout.readline().split()]
            assert parent.stdout.readline() == "at work\n"
            assert all(map(is_alive, made))
        finally:
            parent.kill()
    end = time.monotonic() + 20
    while any(map(is_alive, made)) and time.monotonic() < end:
        time.sleep(0.02)
    assert [process for process in made if is_alive(process)] == []
