"""Letters: how many a second, what each step costs, beside Chromium printing the same HTML in the same run.

Run alone: ``python -m bench.letters``. Processor time is what to compare; the clock depends on who else is at work.
"""

from __future__ import annotations

import gc
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench.site import ROOT
from portal import services
from portal.core import pdf, press, signing
from portal.core.settings import Settings
from portal.gallery import all_samples
from portal.letters import make
from portal.letters.engine import Context
from portal.letters.samples import Sample

AT = datetime(2026, 4, 28, 3, tzinfo=UTC)
IN_A_RUN = 1000
STEPS = ("guard", "HTML", "layout, writing", "read-back", "signing", "verifying")
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]


@dataclass(frozen=True)
class Kind:
    """What is measured: a sample of the gallery, and how often."""

    title: str
    sample: str
    times: int


NOTICE = Kind("notice, 2 pages", "f4-full", 25)
RARE = Kind("the same, name in rare kanji", "f4-full", 25)
ANSWER = Kind("answer letter", "answer-2016", 5)


@cache
def sample(name: str) -> Sample:
    """A sample of the gallery."""
    return next(found for found in all_samples() if found.name == name)


@cache
def desk(home: Path) -> tuple[signing.Signer, signing.Anchors]:
    """The sample signer of an installation and the roots that it leads to."""
    settings = Settings.from_env({"KAIJI_HOME": str(home)})
    settings.keys.mkdir(parents=True, exist_ok=True, mode=0o700)
    services.make_keys(settings)
    found = signing.signer(settings)
    if found is None:
        raise RuntimeError("no sample key")
    return found, signing.anchors(settings)


def values(kind: Kind, number: int) -> Context:
    """The values of one letter; no two letters of a run are the same."""
    context = {
        **sample(kind.sample).context,
        "number": f"見情機第{number}号",
        "verify_url": f"https://kaiji.example/verify/ABCDEFGHJKMNPQRS{len(kind.title):02d}{number:08d}",
    }
    if kind == NOTICE:
        context["addressee"] = f"見本　花子{number}"
    return context


def letter(home: Path, kind: Kind, number: int, spent: list[float] | None = None) -> bytes:
    """One letter from its values to its verified signature; ``spent`` is given the CPU-ms of each step."""
    chosen, context = sample(kind.sample), values(kind, number)
    signer, anchors = desk(home)
    marks = [time.process_time()]

    def done(_step: object) -> None:
        marks.append(time.process_time())

    done(chosen.templates.check_characters(context))
    done(html := chosen.templates.html(chosen.templates.named(chosen.template), context))
    attached = pdf.Attachment(make.DATA_NAME, make.DATA_DESCRIPTION, make.letter_data(context), AT)
    done(base := pdf.render(html, title=str(context["title"]), attachments=[attached]))
    done(pdf.read_back(base))
    done(data := signer.sign(base, at=datetime.now(UTC)))
    done(verdict := signing.verify(data, anchors=anchors))
    if verdict is None or not verdict.valid:
        raise RuntimeError(f"not valid: {verdict}")
    if spent is not None:
        spent[:] = [(b - a) * 1000 for a, b in pairwise(marks)]
        spent[2] -= spent[3]  # render reads back as well
    return data


def measure() -> None:
    """Measure everything and print it."""
    with tempfile.TemporaryDirectory(prefix="kaiji-bench-") as folder:
        home = Path(folder)
        desk(home)
        print("\nLetters: CPU-ms of each step, median, in one warm process\n")
        print(f"{'':<30}" + "".join(f"{step:>17}" for step in STEPS) + f"{'together':>12}{'KiB':>6}")
        for kind in (NOTICE, RARE, ANSWER):
            _steps(home, kind)
        _cold(home)
        print("\nLetters a second through the press, layout to verified signature")
        for processes in (1, 2):
            for kind, times in ((NOTICE, 60), (ANSWER, 12)):
                _rate(home, kind, times, processes)
        _beside_chromium()
        _many(home)


def _steps(home: Path, kind: Kind) -> None:
    rows = []
    size = len(letter(home, kind, 10**6))
    gc.collect()
    gc.freeze()  # as the press's children do after their first work
    for number in range(kind.times + 2):
        spent: list[float] = []
        size = len(letter(home, kind, number, spent))
        rows.append(spent)
    medians = [statistics.median(row[step] for row in rows[2:]) for step in range(len(STEPS))]
    together = statistics.median(map(sum, rows[2:]))
    print(f"{kind.title:<30}" + "".join(f"{m:>17.1f}" for m in medians) + f"{together:>12.1f}{size / 1024:>6.0f}")


def _cold(home: Path) -> None:
    walls, cpus = [], []
    for _ in range(3):
        before, began = _children(), time.perf_counter()
        _run("print(len(letter(Path(sys.argv[1]), NOTICE, 1)))", home)
        walls.append(time.perf_counter() - began)
        cpus.append(_children() - before)
    print(f"\nThe first notice of a new process, with its start: {min(walls):.2f} s, {min(cpus):.2f} CPU-s (best of 3)")


def _run(code: str, home: Path) -> str:
    code = f"import sys; from pathlib import Path; from bench.letters import *; {code}"
    return subprocess.run(
        [sys.executable, "-c", code, str(home)], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    ).stdout


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _rate(home: Path, kind: Kind, times: int, processes: int) -> None:
    press.close()
    press.configure(processes)
    _together(processes * 4, processes, lambda n: press.run(letter, home, kind, n))  # warm, and all children up
    began = time.perf_counter()
    _together(times, processes, lambda n: press.run(letter, home, kind, n))
    took = time.perf_counter() - began
    print(f"  {kind.title:<18} {processes} process{'es' if processes > 1 else '  '} {times / took:>7.1f} a second")
    press.close()


def _together(times: int, threads: int, work: Callable[[int], object]) -> None:
    numbers = iter(range(times))
    lock = threading.Lock()

    def some() -> None:
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                return
            work(number)

    started = [threading.Thread(target=some) for _ in range(threads)]
    for thread in started:
        thread.start()
    for thread in started:
        thread.join()


def _beside_chromium() -> None:
    print("\nThe same HTML, in turns: ours (guarded, PDF/UA-1 and PDF/A-3a, read back) and a warm Chromium's page.pdf")
    ours_and_theirs = f"{'ours ms':>9}{'CPU-ms':>9}{'KiB':>6}{'Chromium ms':>13}{'CPU-ms':>9}{'KiB':>6}"
    print(f"{'':<20}{ours_and_theirs}{'our rate':>13}{'by CPU':>9}")
    sheet = (files("portal.core") / "data" / "letter.css").read_text("utf-8")
    with sync_playwright() as playwright:
        path = next(p for p in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(p).exists())
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM)
        sheet_of_paper = browser.new_page()
        for kind, times in ((NOTICE, 25), (RARE, 10), (ANSWER, 5)):
            ours, theirs = [], []
            for number in range(times + 2):
                context = values(kind, number)
                chosen = sample(kind.sample)
                html = chosen.templates.html(chosen.templates.named(chosen.template), context)
                ours.append(_timed(lambda html=html: pdf.render(html, title="x"), time.process_time))
                styled = html.replace("</head>", f"<style>{sheet}</style></head>", 1)
                theirs.append(_timed(lambda styled=styled: _printed(sheet_of_paper, styled), _browsers))
            mine, other = (_medians(rows[2:]) for rows in (ours, theirs))
            print(
                f"{kind.title:<20}{mine[0]:>9.0f}{mine[1]:>9.0f}{mine[2]:>6.0f}{other[0]:>13.0f}{other[1]:>9.0f}"
                f"{other[2]:>6.0f}{other[0] / mine[0]:>11.2f} ×{other[1] / mine[1]:>7.2f} ×"
            )
        browser.close()


def _printed(sheet_of_paper: object, html: str) -> bytes:
    sheet_of_paper.set_content(html, wait_until="load")  # type: ignore[attr-defined]
    return sheet_of_paper.pdf(prefer_css_page_size=True, tagged=True)  # type: ignore[attr-defined,no-any-return]


def _timed(work: Callable[[], bytes], processor: Callable[[], float]) -> tuple[float, float, float]:
    began, used = time.perf_counter(), processor()
    data = work()
    return (time.perf_counter() - began) * 1000, (processor() - used) * 1000, len(data) / 1024


def _medians(rows: list[tuple[float, float, float]]) -> tuple[float, float, float]:
    return tuple(statistics.median(row[n] for row in rows) for n in range(3))  # type: ignore[return-value]


def _browsers() -> float:
    """CPU-seconds of all processes that come from this one, as Chromium's do; and not of this one."""
    stats = dict(_stats())
    ours = {os.getpid()}
    while more := {pid for pid, (parent, _) in stats.items() if parent in ours} - ours:
        ours |= more
    return sum(stats[pid][1] for pid in ours if pid in stats and pid != os.getpid())


def _stats() -> Iterator[tuple[int, tuple[int, float]]]:
    ticks = os.sysconf("SC_CLK_TCK")
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        yield int(path.parent.name), (int(fields[1]), sum(map(int, fields[11:15])) / ticks)


def _many(home: Path) -> None:
    print(f"\n{IN_A_RUN:,} notices in one process, one after the other, layout to verified signature")
    print(_run(f"many(Path(sys.argv[1]), {IN_A_RUN})", home), end="")


def many(home: Path, times: int) -> None:
    """In a process of its own: make letters and print what memory they take."""
    letter(home, NOTICE, 0)
    gc.collect()
    gc.freeze()
    began, used = time.perf_counter(), time.process_time()
    held = {}
    for number in range(1, times + 1):
        letter(home, NOTICE, number)
        if number in (100, times // 2, times):
            held[number] = _memory("VmRSS")
    took, spent = time.perf_counter() - began, time.process_time() - used
    print(f"  {times / took:.1f} a second, {spent / times * 1000:.0f} CPU-ms each")
    print("  memory held: " + ", ".join(f"{mb:.0f} MB after {n:,}" for n, mb in held.items()), end="")
    print(f"; at most {_memory('VmHWM'):.0f} MB")


def _memory(what: str) -> float:
    line = next(s for s in Path("/proc/self/status").read_text().splitlines() if s.startswith(what))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    measure()
