"""Discrepancies at scale: 100,000 cases, nine of ten reported; lists, search and figures, on both databases.

Run: ``python -m bench.discrepancies [cases]``. Server time is from a request to its whole answer, in one process
through the whole application; CPU is that of all who serve. The 95th percentile is by nearest rank.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from itertools import islice
from typing import Any

from flask import Flask
from sqlalchemy import insert, select, text

from bench.meter import Line, Meter
from bench.record import both_opened
from content.rules.municipalities import all_places
from discrepancy.models.bodies import Body
from discrepancy.models.cases import CaseBody, Discrepancy
from discrepancy.models.reports import Report, ReportCase
from discrepancy.operations.load_bodies import load_bodies
from discrepancy.operations.tally import count_anew
from discrepancy.rules.codes import Code, CodeTable, shipped
from discrepancy.rules.register import listed
from discrepancy.rules.states import CaseKind, CaseState, Party
from portal.accounts.operations.create_account import create_account
from portal.core import clock
from portal.core.actor import SYSTEM, Role
from portal.core.clock import day_in_japan
from tests.client import Browser
from tests.factories.accounts import PASSWORD, an_account, sign_in

CASES, AT_ONCE, ROUNDS, OPEN_SHARE, REPORTED_SHARE = 100_000, 5_000, 60, 0.08, 0.9
WORKING = (
    CaseState.SELF_CHECK, CaseState.PROVIDER_ASKED, CaseState.INVESTIGATING, CaseState.ESCALATED,
    CaseState.REPORT_DUE, CaseState.REPORTED,
)  # fmt: skip
CAUSES = (CodeTable.SYSTEM_CAUSE, CodeTable.HUMAN_CAUSE, CodeTable.LAYOUT_CAUSE)
SEALED = b"x" * 200
Rows = tuple[dict[str, Any], list[dict[str, Any]], dict[str, Any] | None]


def _codes(*tables: CodeTable) -> list[Code]:
    return [row for row in shipped() if row.table in tables]


def rows(count: int, towns: list[Body], prefectures: dict[str, str], seed: int = 7) -> Iterator[Rows]:
    """Cases of five years with who sees them, and their reports."""
    chance, now = random.Random(seed), clock.now()
    affairs, about, causes = _codes(CodeTable.AFFAIR), _codes(CodeTable.INFORMATION), _codes(*CAUSES)
    nth: dict[tuple[str, object], int] = {}
    for number in range(1, count + 1):
        inquirer, provider = chance.sample(towns, 2)
        opened_at = now - timedelta(minutes=chance.randrange(1, 5 * 365 * 24 * 60))
        working = chance.random() < OPEN_SHARE
        state = chance.choice(WORKING) if working else CaseState.ACCEPTED
        known = state in (CaseState.REPORT_DUE, CaseState.REPORTED, CaseState.ACCEPTED)
        day, affair = day_in_japan(opened_at), chance.choice(affairs).key
        case = {
            "number": f"d-2026-{number:06d}", "fiscal_year": 2026, "sequence": number, "kind": CaseKind.DIFFERENT,
            "state": state, "inquirer_code": inquirer.code, "provider_code": provider.code,
            "causer": Party.PROVIDER if known else None, "causer_code": provider.code if known else None,
            "cause_id": None, "affair": affair, "information": chance.choice(about).key, "occurred_at": opened_at,
            "checked": {}, "report_due_on": day + timedelta(days=8) if known else None,
            "due_on": day + timedelta(days=8) if working else None, "opened_at": opened_at, "changed_at": opened_at,
            "closed_on": None if working else day + timedelta(days=20), "opened_by": "bench", "summary": SEALED,
            "serial": SEALED, "serial_index": f"{number:064d}", "office_wrap": SEALED, "version": 1,
        }  # fmt: skip
        seen = [(inquirer.code, Party.INQUIRER), (provider.code, Party.PROVIDER)]
        if chance.random() < 0.1:
            seen.append((prefectures[inquirer.prefecture], Party.PREFECTURE))
        sees = [{"case_number": case["number"], "body_code": code, "party": party} for code, party in seen]
        report = None
        if state in (CaseState.REPORTED, CaseState.ACCEPTED) and chance.random() < REPORTED_SHARE:
            filed_on, cause = day + timedelta(days=chance.randrange(1, 15)), chance.choice(causes)
            nth[provider.code, filed_on] = nth.get((provider.code, filed_on), 0) + 1
            accepted = state is CaseState.ACCEPTED
            report = {
                "id": f"report-{number}", "state": "accepted" if accepted else "filed", "body_code": provider.code,
                "filed_on": filed_on, "nth": nth[provider.code, filed_on], "causer": "provider", "affair": affair,
                "information": case["information"], "cause_table": cause.table, "cause": cause.key, "effect": "papers",
                "content": SEALED * 10, "office_wrap": SEALED, "created_at": opened_at, "changed_at": opened_at,
                "changed_by": "bench", "receipt_number": f"2026-{number:06d}" if accepted else None,
                "received_at": opened_at if accepted else None, "version": 1,
            }  # fmt: skip
        yield case, sees, report


def fill(app: Flask, count: int) -> str:
    """Write them, with somebody of a town and an officer; returns the town's code."""
    building = app.extensions["kaiji"]
    with building.database.session(write=True) as session:
        load_bodies(session, listed(all_places()), by=SYSTEM, at=clock.now())
        towns = list(session.scalars(select(Body).where(Body.kind == "municipality", Body.closed_on.is_(None))))
        found = session.scalars(select(Body).where(Body.kind == "prefecture"))
        prefectures = {body.prefecture: body.code for body in found}
        an_account(session, Role.OFFICER, Role.PUBLISHER, login="bench-officer")
        code: str = towns[0].code
        create_account(
            session, login="bench-town", name="見本 係", roles=(), by=SYSTEM, at=clock.now(), password=PASSWORD,
            body_code=code,
        )  # fmt: skip
        made = rows(count, towns, prefectures)
        while part := list(islice(made, AT_ONCE)):
            session.execute(insert(Discrepancy), [case for case, _sees, _report in part])
            session.execute(insert(CaseBody), [one for _case, sees, _report in part for one in sees])
            reports = [report for _case, _sees, report in part if report]
            session.execute(insert(Report), reports)
            links = [{"report_id": one["id"], "case_number": f"d-2026-{one['id'][7:]:0>6}"} for one in reports]
            session.execute(insert(ReportCase), links)
        count_anew(session)
        session.execute(text("ANALYZE"))
    return code


def pages(count: int) -> tuple[dict[str, Callable[[], str]], dict[str, Callable[[], str]]]:
    """The addresses that are asked for: by somebody of a town, by the operator."""
    chance = random.Random(3)
    causes = _codes(*CAUSES)

    def some() -> Code:
        return chance.choice(causes)

    def five_years(page: str) -> str:
        """From any day, so that the first month is no whole one."""
        return f"/staff/discrepancies/{page}first_on=2021-12-{chance.randrange(1, 29):02}"

    town = {
        "town: open cases": lambda: "/bodies/cases",
        "town: ended cases": lambda: "/bodies/cases?scope=ended",
        "town: search by name": lambda: "/bodies/cases?scope=ended&q=札幌",
        "town: reports": lambda: "/bodies/reports",
    }
    operator = {
        "operator: open cases": lambda: f"/bodies/cases?page={chance.randrange(1, 100)}",
        "operator: overdue cases": lambda: "/bodies/cases?scope=overdue",
        "operator: ended cases": lambda: f"/bodies/cases?scope=ended&page={chance.randrange(1, 200)}",
        "operator: ended cases, far back": lambda: f"/bodies/cases?scope=ended&page={chance.randrange(600, 1840)}",
        "operator: open cases, last page": lambda: "/bodies/cases?page=9999",
        "operator: case by number": lambda: f"/bodies/cases?scope=ended&q=d-2026-{chance.randrange(1, count):06d}",
        "operator: cases of a body": lambda: "/bodies/cases?scope=ended&q=札幌",
        "operator: cases of 200 bodies": lambda: "/bodies/cases?scope=ended&q=市",
        "operator: reports that wait": lambda: "/staff/discrepancies",
        "operator: report by receipt": lambda: f"/staff/discrepancies?text=2026-{chance.randrange(1, count):06d}",
        "operator: reports of a body": lambda: "/staff/discrepancies?text=札幌",
        "operator: accepted, far back": lambda: (
            f"/staff/discrepancies?state=accepted&page={chance.randrange(400, 1600)}"
        ),
        "operator: reports of 200 bodies": lambda: "/staff/discrepancies?text=市",
        "operator: reports of a cause": lambda: f"/staff/discrepancies?cause={some().table}/{some().key}",
        "operator: trends by cause": lambda: f"/staff/discrepancies/trends?by=cause&{chance.random()}",
        "operator: trends by system": lambda: f"/staff/discrepancies/trends?by=system&{chance.random()}",
        "operator: trends by body": lambda: f"/staff/discrepancies/trends?by=body&{chance.random()}",
        "operator: trends by affair": lambda: f"/staff/discrepancies/trends?by=affair&{chance.random()}",
        "operator: clusters": lambda: f"/staff/discrepancies/clusters?{chance.random()}",
        **{
            f"operator: five years by {by}": partial(five_years, f"trends?by={by}&")
            for by in ("cause", "system", "body", "affair")
        },
        "operator: clusters of five years": partial(five_years, "clusters?"),
    }
    return town, operator


def measure(app: Flask, count: int, meter: Meter) -> None:
    """Ask for each page again and again, print what it took."""
    print(f"{'milliseconds':<36}{'CPU p50':>10}{'CPU p95':>10}{'clock p95':>10}")
    for login, addresses in zip(("bench-town", "bench-officer"), pages(count), strict=True):
        browser = Browser(app)
        if sign_in(browser.client, login).status_code != 303:
            raise RuntimeError(f"{login} cannot sign in")
        for title, address in addresses.items():
            took = []
            for turn in range(ROUNDS + 3):
                path = address()
                with meter.measure() as one:
                    answer = browser.client.get(path)
                    answer.get_data()
                if answer.status_code != 200:
                    raise RuntimeError(f"{path}: {answer.status_code}")
                if turn >= 3:
                    took.append(one)
            figures = Line(title, took).figures()
            print(f"{title:<36}" + "".join(f"{one:>10.1f}" for one in figures), flush=True)


def main(count: int = CASES) -> None:
    """Both databases."""
    for name, app, meter in both_opened():
        began = time.perf_counter()
        fill(app, count)
        print(f"\n{name}: {count:,} cases, filled in {time.perf_counter() - began:.0f} s")
        measure(app, count, meter)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
