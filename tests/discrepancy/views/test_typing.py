"""Forms of bodies are kept from the first keystroke, sealed, each for whoever writes it."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from discrepancy.models.typings import TypedForm
from discrepancy.operations.rotate_keys import rewrap
from discrepancy.operations.typing import TABLE, forget_old, vault_typing
from portal.core import clock
from portal.core.sealed import open_json
from tests.client import Browser
from tests.discrepancy.views.conftest import Room

NEW, KEEP = "/en/bodies/cases/new", "/en/bodies/typing"
SUMMARY = "所得の額が書類と合わない。"
PERSONAL = "123456789018"


def values(browser: Browser, path: str) -> dict[str, str]:
    """A form as it begins."""
    page = browser.get(path)
    found = page.tree.xpath("//form[@data-autosave]")[0]
    assert found.get("data-autosave") == KEEP
    names = ("csrf_token", "typing", "typing_version", "place")
    return {name: found.xpath(f".//input[@name='{name}']/@value")[0] for name in names}


def keep(browser: Browser, sent: dict[str, str]) -> tuple[int, dict[str, Any]]:
    """What the script does."""
    answer = browser.client.post(KEEP, data=sent)
    return answer.status_code, json.loads(answer.data) if answer.status_code == 200 else {}


def rows(room: Room) -> list[TypedForm]:
    with room.building.database.session(write=False) as session:
        return list(session.scalars(select(TypedForm)))


@pytest.fixture(autouse=True)
def nothing_kept(room: Room) -> None:
    with room.building.database.session(write=True) as session:
        forget_old(session, now=clock.now() + timedelta(days=200))


def test_a_case_is_kept_while_it_is_typed_and_goes_when_it_is_open(room: Room) -> None:
    browser = room.browser("inquirer")
    form = values(browser, NEW)
    status, told = keep(browser, {**form, "summary": SUMMARY, "kind": "different"})
    assert (status, told["typing"], told["refused"]) == (200, form["typing"], [])
    status, told = keep(browser, {**form, "typing_version": str(told["version"]), "summary": SUMMARY + "二"})
    [kept] = rows(room)
    assert SUMMARY.encode() not in kept.content, "sealed"
    page = browser.get(NEW)
    [link] = page.links(f"?typing={kept.id}")
    page = browser.get(link)
    assert page.form("/new").values["summary"] == SUMMARY + "二"
    whole = {
        **page.form("/new").values, "kind": "different", "occurred_on": "2026-10-20", "occurred_at": "9:05",
        "affair": "child-allowance", "information": "local-tax",
    }  # fmt: skip
    page = browser.post("/en/bodies/cases/new", whole)
    assert page.errors == []
    assert rows(room) == []


def test_a_personal_number_is_never_kept(room: Room) -> None:
    browser = room.browser("inquirer")
    for path, field, label in (
        (NEW, "summary", "What was noticed"),
        (f"/en/bodies/cases/{room.case}/ask/operator", "request", "Request to the other side"),
        (f"/en/bodies/cases/{room.case}/emergency", "summary", "Outline of the event"),
    ):
        form = values(browser, path)
        status, told = keep(browser, {**form, field: f"番号は{PERSONAL}", "occurred_at": "9:05"})
        assert (status, told["refused"]) == (200, [label])
        page = browser.get(f"{path}?typing={told['typing']}")
        assert PERSONAL not in page.text
        assert page.form(path.rpartition("/")[2]).values["occurred_at"] == "9:05"
    office = room.building.office
    for kept in rows(room):
        key = office.open_case(vault_typing(kept.id), kept.office_wrap)
        assert PERSONAL not in json.dumps(open_json(key, TABLE, "content", kept.id, kept.content))


def test_the_form_of_an_emergency_comes_back_with_what_was_chosen(room: Room) -> None:
    browser = room.browser("inquirer")
    path = f"/en/bodies/cases/{room.case}/emergency"
    form = browser.get(path).form("/emergency")
    chosen = {"kind": "leak", "called_on": "2026-11-02", "called_at": "9:05", "told": ["commission", "local-security"]}
    page = browser.post(form.action, {**form.values, **chosen, "keep": "1"})
    assert page.heading == room.case
    [link] = browser.get(path).links("typing=")
    page = browser.get(link)
    values = page.form("/emergency").values
    assert (values["called_on"], values["called_at"]) == ("2026-11-02", "9:05")
    checked = page.tree.xpath("//input[@checked]/@value")
    assert set(checked) >= {"leak", "commission", "local-security"}


def test_nobody_else_opens_or_overwrites_it(room: Room) -> None:
    mine, other = room.browser("inquirer"), room.browser("stranger")
    form = values(mine, NEW)
    keep(mine, {**form, "summary": SUMMARY})
    assert other.get(f"{NEW}?typing={form['typing']}").status == 404
    theirs = values(other, NEW)
    status, told = keep(other, {**theirs, "typing": form["typing"], "summary": "別"})
    assert status == 200
    assert told["typing"] != form["typing"]
    assert mine.get(f"{NEW}?typing={form['typing']}").form("/new").values["summary"] == SUMMARY
    case = {**theirs, "place": f"cases/{room.case}/ask/operator", "summary": "別"}
    assert keep(other, case)[0] == 404, "a case that is not theirs"
    for place in ("", "cases/new/x", "reports/none/edit", "drafts/x"):
        assert keep(mine, {**form, "place": place})[0] == 404


def test_a_window_that_is_behind_writes_nothing_over(room: Room) -> None:
    browser = room.browser("inquirer")
    form = values(browser, NEW)
    _status, first = keep(browser, {**form, "summary": "一"})
    _status, second = keep(browser, {**form, "summary": "二"})
    assert first["typing"] != second["typing"]
    assert len(rows(room)) == 2


def test_without_a_script_a_button_keeps_it(room: Room) -> None:
    browser = room.browser("inquirer")
    path = f"/en/bodies/cases/{room.case}/ask/operator"
    form = browser.get(path).form("/operator")
    page = browser.post(form.action, {**form.values, "request": "調べてください。", "keep": "1"})
    assert page.heading == room.case
    [kept] = rows(room)
    page = browser.get(path)
    assert browser.get(page.links("typing=")[0]).form("/operator").values["request"] == "調べてください。"
    page = browser.post(form.action, {**form.values, "typing": "", "request": PERSONAL, "keep": "1"})
    assert "personal number" in page.text
    with room.building.database.session(write=True) as session:
        assert rewrap(session, room.building.office) >= 1
        forget_old(session, now=kept.changed_at + timedelta(days=89))
        assert len(list(session.scalars(select(TypedForm)))) == 2
        forget_old(session, now=clock.now() + timedelta(days=91))
    assert rows(room) == []
