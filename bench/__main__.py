"""Pages under load beside a bare "hello" on the same server, a letter, the desk and the record at scale, the search.

Run: ``make bench``. Figures depend on the machine; the last column, the CPU time of a page as a multiple of the bare
server's, does so least. ``python -m bench letters-load``: many processes issue letters at once.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from sqlalchemy import insert, select

from bench import bundle as bundle_bench
from bench import desk as desk_bench
from bench import discrepancies as discrepancies_bench
from bench import export as export_bench
from bench import letter_register as register_bench
from bench import letters as letters_bench
from bench import letters_load, search_quality
from bench import peers as peers_bench
from bench import record as record_bench
from bench import search as search_bench
from bench import written as written_bench
from bench.load import Measured, measure
from bench.site import HELLO, ROOT, environment, kaiji, serving
from bench.visitor import Visitor
from disclosure.models.case import Case, CaseKeys
from disclosure.operations.issue import issue
from disclosure.queries.desk import Filter, desk
from disclosure.rules.states import State
from portal import services
from portal.core import clock
from portal.core.actor import Role
from portal.core.db import new_id
from portal.core.settings import Settings
from portal.serve import web_command
from tests.factories.accounts import PASSWORD, an_account
from tests.factories.disclosure import APPROVER, NOON, OFFICER, a_case, submitted
from tests.factories.smtp import free_port

CASES = 10_000
LETTERS = 20
ISSUED_AT = NOON + timedelta(days=7)
INCIDENT = "/incidents/relay-servers-2016-01-25"


def main() -> None:
    """Measure everything and print it."""
    with tempfile.TemporaryDirectory(prefix="kaiji-bench-") as folder:
        home, port = Path(folder) / "var", free_port()
        kaiji(home, port, "keys", "init")
        kaiji(home, port, "db", "upgrade")
        kaiji(home, port, "archive", "load")
        kaiji(home, port, "search", "rebuild")
        settings = Settings.from_env(
            {name: value for name, value in environment(home, port).items() if name.startswith("KAIJI_")}
        )
        building = services.build(settings)
        number, code = _fill(building)
        _pages(settings, number, code)
        _desk(building)
        _letters(building)
        building.database.close()
    desk_bench.main()
    record_bench.main()
    register_bench.main()
    peers_bench.main()
    written_bench.main(record_bench.INCIDENTS)
    export_bench.main()
    bundle_bench.main()
    discrepancies_bench.main()
    letters_bench.measure()
    print("\nSearch over made documents, CPU-ms a query")
    search_bench.measure((1_000, 10_000, 20_000, 50_000))
    search_quality.main()


def _fill(building: services.Services) -> tuple[str, str]:
    """10,000 cases, a member of staff, and one case to follow; returns its number and code."""
    with building.database.session(write=True) as session:
        an_account(session, Role.OFFICER, Role.RECEPTION, login="bench-officer")
        mine = submitted(session, building.settings, building.office, at=clock.now() - timedelta(days=3))
        session.flush()
        columns = [column.key for column in Case.__table__.columns]
        model = dict(session.execute(select(*Case.__table__.columns).where(Case.id == mine.case.id)).mappings().one())
        keys = dict(
            session.execute(select(*CaseKeys.__table__.columns).where(CaseKeys.case_id == mine.case.id))
            .mappings()
            .one()
        )
        rows, wraps = [], []
        for n in range(CASES):
            row = {name: model[name] for name in columns}
            day = timedelta(days=n % 40 - 20)
            row |= {
                "id": new_id(),
                "number": f"見-R08-{n:06d}-X",
                "submission_key": new_id(),
                "next_due_on": model["next_due_on"] + day,
                "due_on": model["due_on"] + day,
                "assignee_id": f"staff-{n % 7}" if n % 3 else None,
            }
            rows.append(row)
            wraps.append({**keys, "case_id": row["id"]})
        session.execute(insert(Case.__table__), rows)
        session.execute(insert(CaseKeys.__table__), wraps)
        return mine.case.number, mine.access_code


def _pages(settings: Settings, number: str, code: str) -> None:
    hello_port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "wsgi.py").write_text(HELLO)
        command = [sys.executable, "-m", *web_command(settings)]
        bare = [part.replace(str(settings.port), str(hello_port)) for part in command]
        with serving(bare, hello_port, Path(folder), dict(os.environ)) as pid:
            hello = measure("bare WSGI hello, same server", f"http://127.0.0.1:{hello_port}/", server=pid)
    base = f"http://127.0.0.1:{settings.port}"
    resident, staff = Visitor(base), Visitor(base)
    env = environment(settings.home, settings.port)
    with serving([sys.executable, "-m", *web_command(settings)], settings.port, ROOT, env) as pid:
        resident.send("/request/status", number=number, code=code)
        staff.send("/staff/sign-in", login="bench-officer", password=PASSWORD)
        found = [
            hello,
            measure("home", f"{base}/", server=pid),
            measure("incident list", f"{base}/incidents", server=pid),
            measure("incident page", f"{base}{INCIDENT}", server=pid),
            measure("search 中継サーバ", f"{base}/search?q=%E4%B8%AD%E7%B6%99%E3%82%B5%E3%83%BC%E3%83%90", server=pid),
            measure("resident's status page", f"{base}/request/case", server=pid, cookie=resident.cookie),
            measure("desk, 10,000 cases", f"{base}/staff", server=pid, cookie=staff.cookie),
        ]
    print(f"Pages, {settings.web_processes} processes × {settings.web_threads} threads, 8 connections\n")
    print(f"{'page':<34}{'pages/s':>9}{'p50 ms':>9}{'p99 ms':>9}{'CPU ms':>9}{'× hello':>9}{'failed':>8}")
    for page in found:
        _line(page, hello)


def _line(page: Measured, hello: Measured) -> None:
    ratio = page.cpu_ms / hello.cpu_ms if hello.cpu_ms else 0
    figures = f"{page.per_second:>9.0f}{page.p50_ms:>9.1f}{page.p99_ms:>9.1f}{page.cpu_ms:>9.2f}{ratio:>9.1f}"
    print(f"{page.name:<34}{figures}{page.failures:>8}")


def _desk(building: services.Services) -> None:
    times = []
    for _ in range(50):
        with building.database.session(write=False) as session:
            began = time.perf_counter()
            desk(session, Filter(), actor=OFFICER, today=clock.day_in_japan(clock.now()))
            times.append((time.perf_counter() - began) * 1000)
    print(f"\nDesk's query over {CASES + 1:,} cases: p50 {statistics.median(times):.1f} ms, max {max(times):.1f} ms")


def _letters(building: services.Services) -> None:
    wall, cpu = [], []
    with building.database.session(write=True) as session:
        for _ in range(LETTERS):
            case = a_case(session, building.settings, building.office, state=State.APPROVED)
            began, used = time.perf_counter(), time.process_time()
            issue(
                session,
                case,
                vault=building.office,
                settings=building.settings,
                signer=building.signer,
                by=APPROVER,
                at=ISSUED_AT,
            )
            wall.append((time.perf_counter() - began) * 1000)
            cpu.append((time.process_time() - used) * 1000)
        session.rollback()
    print(
        f"One decision letter issued (layout, checks, sealing): first {wall[0]:.0f} ms, then "
        f"{statistics.median(wall[1:]):.0f} ms, {statistics.median(cpu[1:]):.0f} CPU-ms"
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["letters-load"]:
        letters_load.main(sys.argv[2:])
    main()
