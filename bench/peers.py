"""The public record beside datasette serving the same rows, and beside nginx serving files: requests per CPU-second.

Run: ``python -m bench.peers [incidents]``. Both read the record of the same run: ours from its database, datasette the
file ``record.sqlite`` that the site gives everybody, opened as immutable, with an index of trigrams for the search.
Each address is asked over loopback for SECONDS. What counts is the processor time of the server's processes, for other
work may be on the machine. datasette runs at its fastest: with uvloop and httptools, and without a log.

*anew*: every request has an address that was never asked for, so that nothing kept helps us. *kept*: the same again.
*unchanged*: the reader sends the mark of what it has. datasette sends no marks, so it makes each answer whole.
"""

from __future__ import annotations

import gzip
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from bench.load import Measured, measure
from bench.record import record
from bench.site import ROOT, cpu_seconds, environment, kaiji, serving
from content.operations import dumps
from portal.core.settings import Settings
from portal.serve import web_command
from tests.factories import nginx
from tests.factories.smtp import free_port

INCIDENTS, SECONDS = 500, 5
IDLE = 0.05
PEERS = ROOT / ".venv-bench" / "bin" / "python"
DATASETTE = """
import datasette.cli, uvicorn
run = uvicorn.run
uvicorn.run = lambda *given, **more: run(*given, **{**more, "access_log": False, "log_level": "error"})
datasette.cli.cli()
"""
WORD = "電子証明書"
ONE = "made-00010"
ANEW = """
local n = 0
request = function()
  n = n + 1
  local path = wrk.path
  return wrk.format("GET", path .. (path:find("?", 1, true) and "&" or "?") .. "_x=" .. n .. "-" .. %d)
end
"""
SEARCHED = """
CREATE VIRTUAL TABLE bulletin_fts USING fts5(title_ja, body_ja, tokenize='trigram', content='bulletin');
INSERT INTO bulletin_fts (rowid, title_ja, body_ja) SELECT rowid, title_ja, body_ja FROM bulletin;
ANALYZE;
"""


@dataclass(frozen=True)
class Pair:
    """The same for readers: our address and datasette's. ``anew`` where ours may be asked with a meaningless word."""

    name: str
    ours: str
    theirs: str
    anew: bool = True


PAIRS = (
    Pair("an incident, HTML", f"/incidents/{ONE}", f"/record/incident/{ONE}"),
    Pair("list of 20, HTML", "/incidents", "/record/incident?_sort_desc=occurred_on&_size=20"),
    Pair(
        "search in Japanese, HTML",
        f"/search?q={quote(WORD)}",
        f"/record/bulletin?_search={quote(WORD)}&_size=20",
    ),
    Pair("an incident, JSON", f"/incidents/{ONE}.json", f"/record/incident/{ONE}.json?_shape=object"),
    Pair(
        "list of 20, JSON (API)",
        "/api/v1/incidents?limit=20",
        "/record/incident.json?_sort_desc=occurred_on&_size=20&_shape=array",
        anew=False,
    ),
)


def main(incidents: int = INCIDENTS) -> None:
    """Print the table."""
    if not PEERS.is_file() or shutil.which("wrk") is None:
        print("\nNot measured beside datasette: run `make bench`, or scripts/prepare bench.")
        return
    with record("", incidents) as app, tempfile.TemporaryDirectory(prefix="kaiji-peers-") as folder:
        building, place = app.extensions["kaiji"], Path(folder)
        settings: Settings = building.settings
        kaiji(settings.home, settings.port, "search", "rebuild")
        made, _revision = dumps.ready(building.database, settings.home / "dumps", origin=settings.public_url)
        shutil.copy(made / dumps.SQLITE, place / "record.sqlite")
        with sqlite3.connect(place / "record.sqlite") as file:
            file.executescript(SEARCHED)
        file.close()
        _compare(settings, place)


def _compare(settings: Settings, folder: Path) -> None:
    port, theirs = settings.port, free_port()
    ours = [sys.executable, "-m", *web_command(settings)]
    file = ("--immutable", str(folder / "record.sqlite"))
    peer = [str(PEERS), "-c", DATASETTE, "serve", *file, "--port", str(theirs)]
    print(
        f"\nBeside datasette (one process; ours {settings.web_processes}), {SECONDS} s an address, nothing in front\n"
    )
    print(f"{'requests per CPU-second':<28}{'anew':>9}{'kept':>9}{'unchanged':>11}{'datasette':>11}{'anew : its':>12}")
    with (
        serving(ours, port, ROOT, environment(settings.home, port)) as web,
        serving(peer, theirs, ROOT, environment(settings.home, port)) as other,
    ):
        _settle((web, port, [pair.ours for pair in PAIRS]), (other, theirs, [pair.theirs for pair in PAIRS]))
        for pair in PAIRS:
            address = f"http://127.0.0.1:{port}{pair.ours}"
            mark = _mark(address)
            their = _rate(f"http://127.0.0.1:{theirs}{pair.theirs}", other, folder, anew=True)
            anew = _rate(address, web, folder, anew=True) if pair.anew else _rate(address, web, folder)
            kept = _rate(address, web, folder) if pair.anew else None
            same = _rate(address, web, folder, header=f"If-None-Match: {mark}")
            shown = f"{kept:>9,.0f}" if kept else f"{'–':>9}"
            print(f"{pair.name:<28}{anew:>9,.0f}{shown}{same:>11,.0f}{their:>11,.0f}{anew / their:>11.1f}×", flush=True)
        _behind_nginx(f"http://127.0.0.1:{port}", port, folder)


def _settle(*servers: tuple[int, int, list[str]]) -> None:
    """Ask for each page some times, and wait until the servers have done what they do at their start."""
    for pid, port, paths in servers:
        for _ in range(8):
            for path in paths:
                urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=120).close()
        for _ in range(60):
            before = cpu_seconds(pid)
            time.sleep(1)
            if cpu_seconds(pid) - before < IDLE:
                break


def _mark(address: str) -> str:
    with urllib.request.urlopen(address, timeout=60) as answer:
        return str(answer.headers["ETag"])


def _rate(address: str, server: int, folder: Path, *, anew: bool = False, header: str = "") -> float:
    """Requests per second of the server's processor time; an error answers nothing and ends the run."""
    script = folder / "anew.lua"
    script.write_text(ANEW % free_port())  # another word in each run
    more = (["-s", str(script)] if anew else []) + (["-H", header] if header else [])
    found = measure(address, address, server=server, seconds=SECONDS, more=more)
    if found.failures:
        raise RuntimeError(f"{address}: {found.failures} failures")
    return _per_cpu_second(found)


def _per_cpu_second(found: Measured) -> float:
    return 1000 / found.cpu_ms if found.cpu_ms else float("inf")


def _behind_nginx(site: str, port: int, folder: Path) -> None:
    """The same incident through the shipped configuration (TLS): a written page, a copy; and files of a plain nginx."""
    page = urllib.request.urlopen(f"{site}/incidents/{ONE}", timeout=60).read()
    published = folder / "published"
    target = published / "incidents" / ONE / "index.html"
    target.parent.mkdir(parents=True)
    target.write_bytes(page)
    target.with_name("index.html.gz").write_bytes(gzip.compress(page, 6))
    print(f"\nAn incident of {len(page):,} bytes behind nginx, packed, requests per CPU-second of nginx")
    packed = "Accept-Encoding: gzip"
    with nginx.serving(folder / "nginx", application=port, published=published) as front:
        base = f"https://127.0.0.1:{front.tls}"
        for name, path in (("written page", f"/incidents/{ONE}"), ("copy of two seconds", f"/incidents/{ONE}.json")):
            print(f"{name + ', TLS':<28}{_rate(base + path, front.pid, folder, header=packed):>9,.0f}", flush=True)
    with _plain(folder / "plain", published) as (plain, pid):
        rate = _rate(f"http://127.0.0.1:{plain}/incidents/{ONE}/", pid, folder, header=packed)
        print(f"{'plain nginx, the same file':<28}{rate:>9,.0f}")


@contextmanager
def _plain(folder: Path, root: Path) -> Iterator[tuple[int, int]]:
    """nginx as a file server and nothing else."""
    folder.mkdir()
    port = free_port()
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/pid; user root; worker_processes 1; error_log {folder}/error.log;\n"
        "events { worker_connections 512; }\n"
        f"http {{ include /etc/nginx/mime.types; access_log off; server {{ listen 127.0.0.1:{port}; root {root};\n"
        "gzip_static on; } }\n"
    )
    process = subprocess.Popen(
        ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "log")]
    )
    try:
        while not (folder / "pid").exists():
            if process.poll() is not None:
                raise RuntimeError((folder / "log").read_text())
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(20)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else INCIDENTS)
