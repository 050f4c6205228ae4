"""Desks and people of bodies, what they are told, and until when a case waits for them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from discrepancy.models.cases import Discrepancy
from discrepancy.models.notices import Notice
from discrepancy.operations.investigate import Found, find_cause, go_on
from discrepancy.operations.keep_register import DeskFaults, add_correspondent, change_desk, desk_of
from discrepancy.operations.notify_others import NO_WRONG_DATA, NOT_ONESELF, SAY_WHAT, notify_others, read_notice
from discrepancy.operations.open_case import open_case
from discrepancy.operations.remind import DUE, DueWith, due_now, remind
from discrepancy.operations.rotate_keys import rewrap
from discrepancy.operations.steps import TABLE, case_key
from discrepancy.operations.tell import TELL
from discrepancy.queries.access import find_body
from discrepancy.queries.bodies import meant, register
from discrepancy.queries.desk import Filter, Scope, desk
from discrepancy.queries.enquiries import find_notice
from discrepancy.rules.desks import Desk
from discrepancy.rules.states import CaseAction as A
from portal.core.actor import Actor, ActorKind, Role
from portal.core.errors import Conflict, Forbidden, Invalid, NotFound
from portal.core.jobs import Job
from portal.core.vault import OfficeVault, add_office_key, load_office, make_office_key
from tests.discrepancy.operations.conftest import AT, AUDITOR, INQUIRER, OPERATOR, PROVIDER, STRANGER
from tests.discrepancy.operations.test_cases import asked, new, opened  # noqa: F401 - fixtures

ADMINISTRATOR = Actor(ActorKind.STAFF, "staff-admin", frozenset({Role.ADMINISTRATOR}), "見本 管子")
DESK = Desk("見本課", "011-000-0000", "", "desk@example.jp")
TODAY = date(2026, 10, 26)


@pytest.mark.parametrize(("by", "may"), [(PROVIDER, True), (OPERATOR, True), (ADMINISTRATOR, True), (STRANGER, False)])
def test_a_body_and_the_keepers_change_its_desk_and_nobody_else(bodies: Session, by: Actor, may: bool) -> None:
    body = find_body(bodies, "011011")
    if may:
        assert change_desk(bodies, body, DESK, by=by, at=AT)
        assert desk_of(body) == DESK
        assert not change_desk(bodies, body, DESK, by=by, at=AT), "nothing is different"
    else:
        with pytest.raises(Forbidden):
            change_desk(bodies, body, DESK, by=by, at=AT)


@pytest.mark.parametrize(
    ("desk_said", "field"),
    [
        (Desk(telephone="not a number"), "telephone"),
        (Desk(mail="nowhere"), "mail"),
        (Desk(section="番号は123456789018"), "section"),
    ],
)
def test_a_desk_that_cannot_be_is_refused_next_to_its_field(bodies: Session, desk_said: Desk, field: str) -> None:
    with pytest.raises(Invalid) as caught:
        change_desk(bodies, find_body(bodies, "011011"), desk_said, by=OPERATOR, at=AT)
    assert caught.value.params["field"] == field
    assert isinstance(caught.value, DeskFaults) is (field != "section")


def test_only_administrators_make_accounts_of_bodies_and_these_see_their_body_only(bodies: Session) -> None:
    body = find_body(bodies, "011011")
    for by in (PROVIDER, OPERATOR, AUDITOR):
        with pytest.raises(Forbidden):
            add_correspondent(bodies, body, login="sapporo", name="見本 係", by=by, at=AT)
    account, _clear = add_correspondent(bodies, body, login="sapporo", name="見本 係", by=ADMINISTRATOR, at=AT)
    actor = account.as_actor()
    assert (actor.kind, actor.body, actor.roles) == (ActorKind.BODY, "011011", {Role.CORRESPONDENT})
    assert register(bodies, "見本").people == {"011011": 1}


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("青森県見本町", ["022012"]),
        ("02201", ["022012"]),
        ("mhlw", ["MHLW"]),
        ("青森県見本", ["022012", "022021"]),
        ("どこにもない", []),
        ("%", []),
    ],
)
def test_a_body_is_found_by_name_or_code(bodies: Session, said: str, codes: list[str]) -> None:
    assert [body.code for body in meant(bodies, said)] == codes


def test_a_case_is_due_with_whose_move_it_is(bodies: Session, office: OfficeVault, asked: Discrepancy) -> None:  # noqa: F811
    assert asked.due_on == date(2026, 10, 28)
    assert due_now(bodies, today=TODAY) == [DueWith("011011", soon=1, overdue=0)]
    assert due_now(bodies, today=TODAY + timedelta(days=3)) == [DueWith("011011", soon=0, overdue=1)]
    for actor, ours in ((INQUIRER, 0), (PROVIDER, 1), (STRANGER, 0), (OPERATOR, 0)):
        found = desk(bodies, Filter(scope=Scope.OURS), actor=actor, today=TODAY)
        assert (found.total, found.counts[Scope.OURS]) == (ours, ours)
    [row] = desk(bodies, Filter(text="北海道見本市"), actor=INQUIRER, today=TODAY + timedelta(days=3)).rows
    assert (row.case.number, row.ours, row.overdue) == (asked.number, False, True)
    assert [remind(bodies, today=TODAY, at=AT) for _twice in (1, 2)] == [1, 1]
    bodies.flush()
    told = [(job.kind, job.payload["body"]) for job in bodies.scalars(select(Job).order_by(Job.created_at, Job.kind))]
    assert sorted(told) == [(TELL, "011011"), (DUE, "011011")], "once a day each"

    go_on(bodies, asked, A.TAKE_UP, vault=office, by=PROVIDER, at=AT)
    go_on(bodies, asked, A.SAY_SLOW, vault=office, by=PROVIDER, at=AT, note="来週まで")
    assert asked.due_on is None, "the inquirer knows that it takes long"


def test_cases_stand_by_their_day_and_those_without_one_behind(
    bodies: Session,
    office: OfficeVault,
    asked: Discrepancy,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    further = [open_case(bodies, new(), vault=office, by=INQUIRER, at=AT).number for _one in (1, 2)]
    monkeypatch.setattr("discrepancy.queries.paging.A_PAGE", 2)
    for actor in (INQUIRER, OPERATOR):
        pages = [desk(bodies, Filter(page=page), actor=actor, today=TODAY) for page in (1, 2)]
        assert [row.case.number for page in pages for row in page.rows] == [asked.number, *further]
        assert {(page.total, page.pages) for page in pages} == {(3, 2)}


def test_others_that_got_wrong_data_are_told_and_see_nothing_of_the_case(
    bodies: Session,
    office: OfficeVault,
    asked: Discrepancy,  # noqa: F811
) -> None:
    keep = {"vault": office, "by": PROVIDER, "at": AT}
    village, inquirer = find_body(bodies, "022021"), find_body(bodies, "022012")
    with pytest.raises(Conflict, match=NO_WRONG_DATA):
        notify_others(bodies, asked, [(village, "")], "誤りがありました。", **keep)
    go_on(bodies, asked, A.TAKE_UP, **keep)
    find_cause(bodies, asked, A.FIND_WRONG_DATA, Found(TODAY, quick=True, title="副本の登録遅延"), **keep)
    for others, text, message in (([(inquirer, "")], "誤り", NOT_ONESELF), ([(village, "")], " ", SAY_WHAT)):
        with pytest.raises(Invalid, match=message):
            notify_others(bodies, asked, others, text, **keep)
    with pytest.raises(Invalid) as caught:
        notify_others(bodies, asked, [(village, "123456789018")], "誤りがありました。", **keep)
    assert caught.value.params["field"] == "others"
    with pytest.raises(Forbidden):
        notify_others(bodies, asked, [], "", vault=office, by=INQUIRER, at=AT)

    [notice] = notify_others(bodies, asked, [(village, "20261026-ABC-000777")], "誤りがありました。", **keep)
    with pytest.raises(NotFound):
        find_notice(bodies, notice.id, actor=INQUIRER)
    said = read_notice(bodies, find_notice(bodies, notice.id, actor=STRANGER), vault=office, by=STRANGER, at=AT)
    assert said == {"text": "誤りがありました。", "serial": "20261026-ABC-000777"}
    assert bodies.get_one(Notice, notice.id).seen_by == STRANGER.id
    assert desk(bodies, Filter(), actor=STRANGER, today=TODAY).total == 0


def test_cases_open_with_the_new_key_when_keys_are_rotated(bodies: Session, tmp_path: Path) -> None:
    make_office_key(tmp_path)
    case = open_case(bodies, new(), vault=load_office(tmp_path), by=INQUIRER, at=AT)
    before = case.office_wrap
    add_office_key(tmp_path)
    newest = load_office(tmp_path)
    assert rewrap(bodies, newest) == 1
    assert case.office_wrap != before
    assert case_key(case, newest).open(TABLE, "summary", case.number, case.summary)
