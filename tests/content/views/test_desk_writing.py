"""Writing at the desk: nothing is lost, nobody is written over, and what two people publish."""

import json
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from PIL import Image

from portal.core.actor import Role
from portal.core.db import Database
from tests.client import Browser, Page
from tests.content.conftest import Staff
from tests.content.views.test_desk import DESK, NEW, _chosen, press, write
from tests.factories.accounts import an_account
from tests.factories.content import a_published, a_writing


def autosave(staff: Staff, place: str, **values: str) -> dict[str, Any]:
    form = staff.get(f"{DESK}/{place}").form(button="Save")
    page = staff.post(f"{DESK}/forms", {**_chosen(form.values), "place": place, **values})
    found: dict[str, Any] = json.loads(page.data)
    return found


def test_what_is_typed_is_kept_previewed_and_there_again(publisher: Staff) -> None:
    body = "# 影響\n\n**12**市\n\n| 市 | 件数 |\n|---|--:|\n| 見本市 | 12 |"
    told = autosave(publisher, "new", body_ja=body, body_en="123456789018", **{"facts-0-number": "many"})
    assert told["refused"] == ["Text, English"]
    assert "<h4>影響</h4>" in told["preview"]
    assert '<td class="numeric">12</td>' in told["preview"]
    again = autosave(publisher, "new", body_ja="あ", typing=told["typing"], typing_version=str(told["version"]))
    assert (again["typing"], again["version"]) == (told["typing"], told["version"] + 1)
    elsewhere = autosave(publisher, "new", body_ja="い", typing=told["typing"], typing_version=str(told["version"]))
    assert elsewhere["typing"] != told["typing"]
    shown = publisher.get(f"{DESK}/new?typing={told['typing']}").form(button="Save").values
    assert (shown["body_ja"], shown["typing"]) == ("あ", told["typing"])
    desk = publisher.get(DESK)
    assert len(desk.links("?typing=")) == 2
    assert "Thrown away" in press(publisher, desk, f"{told['typing']}/discard").text
    assert publisher.get(f"{DESK}/new?typing={told['typing']}").status == 404


def test_without_a_script_a_half_done_form_is_kept_and_previewed(publisher: Staff) -> None:
    form = publisher.get(f"{DESK}/new").form(button="Save")
    seen = publisher.post(f"{DESK}/new", {**_chosen(form.values), "body_ja": "**太字**", "preview": "1"})
    assert [one.text for one in seen.find("strong", inside="prose")] == ["太字"]
    assert seen.errors == []
    desk = publisher.post(
        f"{DESK}/new", {**_chosen(form.values), "body_ja": "途中", "facts-0-day": "いつか", "keep": "1"}
    )
    [link] = desk.links("?typing=")
    values = publisher.get(link).form(button="Save").values
    assert (values["body_ja"], values["facts-0-day"]) == ("途中", "いつか")
    saved = publisher.post(f"{DESK}/new", {**_chosen(values), **NEW, "facts-0-day": ""})
    assert "Saved as a draft" in saved.text
    assert not publisher.get(DESK).links("?typing=")


def test_two_editors_are_asked_and_lose_nothing(publisher: Staff, second_publisher: Staff, approver: Staff) -> None:
    draft = write(publisher)
    path = f"{draft.path}/edit"
    mine = _chosen(publisher.get(path).form(button="Save").values)
    theirs = write(second_publisher, path, body_en="Their words.", bulletin_title_en="Their headline")
    assert "Their words." in theirs.text
    asked = publisher.post(path, {**mine, "body_en": "My words.", "bulletin_title_ja": "私の見出し"})
    text = asked.text
    assert "Two texts" in text
    for words in ("Their words.", "My words.", "Their headline", "私の見出し"):
        assert words in text
    assert "Fact 1 – " not in text, "a row that says nothing is no difference"
    form = asked.form(button="Save")
    values = {**_chosen(form.values), "take-body_en": "mine", "take-bulletin_title_en": "theirs"}
    merged = publisher.post(path, values)
    assert "Saved." in merged.text
    for words in ("My words.", "Their headline", "私の見出し"):
        assert words in merged.text
    press(publisher, merged, "/send")
    assert not [form for form in second_publisher.get(draft.path).tree.xpath("//form/@action") if "/publish" in form]
    late = second_publisher.post(path, {**mine, "csrf_token": _token(second_publisher), "body_en": "Too late."})
    assert "no longer being written" in late.text
    assert late.links("?typing=")
    assert "Published as" in press(approver, approver.get(draft.path), "/publish").text


def _token(staff: Staff) -> str:
    return staff.get(f"{DESK}/new").form(button="Save").values["csrf_token"]


def test_a_file_is_published_under_its_hash(publisher: Staff, approver: Staff, browser: Browser, png: bytes) -> None:
    form = publisher.get(f"{DESK}/new").form(button="Save")
    file = {"file": (BytesIO(png), "図 1.png"), "file_title_ja": "図", "file_title_en": "Picture"}
    with_file = publisher.post(f"{DESK}/new", {**_chosen(form.values), **NEW, **file, "attach": "1"})
    values = _chosen(with_file.form(button="Save").values)
    assert values["attachments-0-name"] == "図 1.png"
    draft = publisher.post(f"{DESK}/new", values)
    press(publisher, draft, "/send")
    press(approver, approver.get(draft.path), "/publish")
    page = browser.get("/incidents/counter-delay-2026/bulletins/1")
    [link] = page.links("/files/1/")
    answer = browser.client.get(link)
    assert answer.data.startswith(b"\x89PNG")
    assert answer.headers["ETag"] == f'"{values["attachments-0-sha256"]}"'
    assert "immutable" in answer.headers["Cache-Control"]
    assert "Set-Cookie" not in answer.headers
    assert browser.client.get(link, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert browser.client.get(link.replace("/files/1/", "/files/2/")).status_code == 404


@pytest.fixture
def png() -> bytes:
    """A small picture."""
    out = BytesIO()
    Image.new("RGB", (8, 8), "navy").save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def second_publisher(app: Flask, store: Database) -> Staff:
    """Another publisher at the desk."""
    with store.session(write=True) as session:
        an_account(session, Role.PUBLISHER, login="sample-second", name="見本　二郎")
    return Staff(app, address="192.0.2.23").sign_in("sample-second")


def test_a_first_bulletin_from_a_template_goes_out_at_once_and_is_approved_later(
    publisher: Staff, approver: Staff, browser: Browser
) -> None:
    publisher.get(f"{DESK}/quick")
    wrong = publisher.send(
        button="Write", template="counter-stop", system="lgwan", area="府中市", since="25時", next_minutes="60"
    )
    assert len(wrong.errors) == 2
    planned = {"template": "maintenance", "system": "jpki", "area": "JP", "since": "22:00"}
    assert len(publisher.send(**planned).errors) == 1
    work = publisher.send(**planned, day="2031-04-01", until="2:00")
    assert "2031-04-02 02:00" in work.text
    publisher.get(f"{DESK}/quick")
    draft = publisher.send(template="outage", system="jpki", area="北海道", since="9:05", next_minutes="60")
    assert "No answer yet" not in draft.text
    sent = publisher.send("/publish-now", **{"now-reason": "No second person at night"})
    assert "Published at once" in sent.text
    assert not [form for form in sent.tree.xpath("//form/@action") if form.endswith("/approve")]
    [link] = [href for href in sent.links("/incidents/jpki-") if "/bulletins/1" in href]
    assert "No second person at night" in browser.get(link).text
    desk = approver.get(DESK)
    assert "Approved afterwards" in press(approver, desk, "/approve").text


def test_a_withdrawal_is_asked_agreed_and_leaves_its_place(
    publisher: Staff, approver: Staff, browser: Browser, store: Database
) -> None:
    with store.session(write=True) as session:
        a_published(session, a_writing())
        a_published(session, a_writing(title_en="About something else"), new=False)
    publisher.get(f"{DESK}/incidents/slow-2026/withdrawal")
    asked = publisher.send(number="2", reason_ja="別の障害", reason_en="Another fault")
    assert "Another person has to agree" in asked.text
    assert browser.get("/en/incidents/slow-2026/bulletins/2").status == 200
    approver.get(asked.path)
    approver.send("/back", reason="Say which fault")
    [link] = publisher.get(asked.path).links("/reword")
    assert "Say which fault" in publisher.get(link).text
    assert publisher.page
    assert publisher.page.form().values["reason_en"] == "Another fault"
    again = publisher.send(number="2", reason_ja="別の障害の文", reason_en="Another fault, that of Tuesday")
    assert again.path == asked.path
    agreed = press(approver, approver.get(asked.path), "/publish")
    assert "withdrawn" in agreed.text
    page: Page = browser.get("/en/incidents/slow-2026/bulletins/2")
    assert page.status == 410
    assert "Another fault, that of Tuesday" in page.text
    assert "About something else" not in browser.get("/en/incidents/slow-2026").text
