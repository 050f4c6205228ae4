"""The desk of question letters, as its people use it."""

from __future__ import annotations

import json

import pytest
from flask import Flask

from content.models.letters import Letter
from content.models.replies import DraftAnswer, Reply
from content.operations.question_letters.file_letter import file_letter
from portal.accounts.models import Department
from portal.core import audit
from portal.core.actor import PUBLIC, Role
from portal.core.db import Database
from tests.client import Browser
from tests.content.conftest import Staff
from tests.content.operations.question_letters.test_file_letter import AT, CODE, filing
from tests.factories.accounts import an_account

DESK = "/en/staff/questions"
FIRST = f"{DESK}/q-2026-0001"


@pytest.fixture
def people(app: Flask, store: Database) -> dict[str, Staff]:
    """Reception, a writer, a checker and an approver at their desks; a letter has come."""
    roles = {"front": Role.RECEPTION, "writer": Role.PUBLISHER, "checker": Role.OFFICER, "approver": Role.APPROVER}
    with store.session(write=True) as session:
        for login, role in roles.items():
            an_account(session, role, login=f"sample-{login}", name=f"見本　{login}")
        session.add(Department(id="it", name_ja="見本情報課", name_en="Sample IT", created_at=AT))
        vault = app.extensions["kaiji"].vault
        file_letter(session, filing(), submission_key="k" * 32, access_code=CODE, vault=vault, by=PUBLIC, at=AT)
    return {login: Staff(app, address=f"192.0.2.{n}").sign_in(f"sample-{login}") for n, login in enumerate(roles, 31)}


def opened(front: Staff) -> None:
    """Reception masks, looks and opens."""
    page = front.get(f"{FIRST}/open")
    assert "見本 花子" in page.text
    page = front.send("/open", words="3,000世帯\n無い語", mask="1")
    page = front.send("/open", preview="1")
    assert "約■■" in page.find("section", "letter-paper")[0].text_content()
    page = front.send("/open", open="1")
    assert "anybody can read it now" in page.text


def test_reception_opens_a_letter_after_a_look_at_what_the_public_will_read(
    people: dict[str, Staff], browser: Browser, store: Database
) -> None:
    front = people["front"]
    page = front.get(DESK)
    assert "To confirm to the sender" in page.text
    assert "To open" in page.text
    page = front.get(f"{FIRST}/parts")
    assert "Questions found: 36" in page.text
    page = front.send("/parts", do="join:9")
    assert "Questions found: 36" in page.text
    front.get(f"{FIRST}/open")
    refused = front.send("/open", open="1", **{"block-9": "something else"})
    assert "masked" in refused.text
    assert refused.find(css="field--error")
    opened(front)
    assert "■■" in browser.get("/letters/q-2026-0001").text
    with store.session(write=False) as session:
        looks = [one for one in audit.entries(session, subject="q-2026-0001") if one.action == "content.letter.look"]
        assert len(looks) == 9
        assert session.get_one(Letter, "q-2026-0001").state == "open"
    page = front.get(f"{FIRST}/sender")
    assert "yomu@example.jp" in page.text
    assert front.get(f"{FIRST}/files/none").status == 404
    for other in ("writer", "checker", "approver"):
        assert people[other].get(f"{FIRST}/sender").status == 403
        assert people[other].get(f"{FIRST}/open").status == 403


def test_a_letter_goes_from_the_desk_to_the_public_through_three_people(
    people: dict[str, Staff], browser: Browser, store: Database
) -> None:
    front, writer = people["front"], people["writer"]
    opened(front)
    page = writer.get(f"{FIRST}/assign")
    page = writer.send("/assign", department="it", sections="q-2026-0001/1", due_on="2099-01-31")
    assert "19 questions" in page.text
    page = writer.send(button="Take them back", back="1", **{"back-questions": "q-2026-0001/1-1-1"})
    assert "Taken back: 1 questions." in page.text
    writer.get(FIRST)
    page = writer.send("/replies", kind="answer")
    assert "This question has no answer" in page.text
    every = [one.get("value") for one in page.tree.xpath("//input[@name='begin-questions']")]
    page = writer.send("/answers", **{"begin-questions": every[0]})
    page = writer.send(
        button="Save", questions=every[0], text="関係法令に基づき適正に対応いたします。", types="A11", done="y"
    )
    assert "says nothing of what was asked" in page.text
    page = writer.send(button="Save", seen_formula="y", types="A11", questions=every[0], done="y")
    assert page.path.endswith("/replies/1")
    form = page.form("/edit")
    kept = json.loads(writer.post(f"{DESK}/forms", {**form.values, "preface": "書きかけの前文"}).data)
    page = writer.get(f"{form.action}?typing={kept['typing']}")
    assert page.form("/edit").values["preface"] == "書きかけの前文"
    form = page.form("/edit")
    whys = {name: "資料が残っていないため（見本）" for name in form.values if name.endswith("-why")}
    page = writer.post(form.action, {**form.values, **whys})
    assert "Nothing is missing." in page.text
    page = writer.send("/steps/send")
    assert "Sent to the legal check" in page.text
    assert not page.links("/steps/clear")
    checker, approver = people["checker"], people["approver"]
    checker.get(f"{FIRST}/replies/1")
    checker.send("/steps/clear")
    approver.get(f"{FIRST}/replies/1")
    page = approver.send("/steps/approve")
    assert "The letter can be issued" in page.text
    assert "To issue" in people["writer"].get(DESK).text
    with store.session(write=False) as session:
        found = session.query(Reply).one()
        assert found.state == "approved"


def test_two_officers_at_once_get_the_merge_question(people: dict[str, Staff], app: Flask, store: Database) -> None:
    opened(people["front"])
    writer = people["writer"]
    with store.session(write=True) as session:
        an_account(session, Role.PUBLISHER, login="sample-second", name="見本　二郎")
    second = Staff(app, address="192.0.2.44").sign_in("sample-second")
    writer.get(FIRST)
    page = writer.send("/replies", kind="answer")
    first = page.tree.xpath("//input[@name='begin-questions']")[0].get("value")
    page = writer.send("/answers", **{"begin-questions": first})
    address = page.path
    second.get(address)
    writer.send(button="Save", text="一つ目の答えです。", types="A1")
    page = second.send(button="Save", text="二つ目の答えです。", types="A1")
    assert "Two texts" in page.text
    assert "一つ目の答えです。" in page.text
    page = second.send(button="Save", **{"take-text": "theirs"})
    kept = second.get(address)
    assert kept.form(button="Save").values["text"] == "一つ目の答えです。"
    typed = second.post(f"{DESK}/forms", {**kept.form(button="Save").values, "text": "打ちかけ", "typing": ""})
    assert typed.status == 200
    kept_as = json.loads(typed.data)["typing"]
    assert "打ちかけ" in second.get(f"{address}?typing={kept_as}").text
    with store.session(write=False) as session:
        assert session.query(DraftAnswer).one().text == "一つ目の答えです。"
