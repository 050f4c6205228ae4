"""A resident reads the letter in the form that suits them."""

from __future__ import annotations

import json

from flask import Flask
from sqlalchemy import select

from disclosure.rules.decisions import DecisionType
from portal.core.audit import Entry
from portal.core.vault import OfficeVault
from portal.services import Services
from tests.client import Browser
from tests.disclosure.views.desk import Desk
from tests.disclosure.views.filed import Filed, decide, open_case


def test_the_letter_is_offered_in_four_other_forms_and_each_look_is_recorded(
    browser: Browser,
    building: Services,
    office: OfficeVault,
    filed: Filed,
) -> None:
    decide(building, office, DecisionType.PARTIAL)
    case = open_case(browser, filed)
    letter = next(link for link in case.links("/letters/") if not link.endswith(".pdf"))
    page = browser.get(letter)
    links = [link for link in page.links("/letters/") if not link.endswith("/letter.pdf")]
    assert [link.rpartition("/")[2] for link in links] == ["easy", "english", "large.pdf", "letter.txt"]

    easy = browser.get(links[0])
    assert "審査請求（しんさせいきゅう）" in easy.text
    english = browser.get(links[1])
    assert "Reference translation, not the letter itself." in english.text
    assert english.find("article")[0].get("lang") == "en"
    for link in (links[2], f"{links[0]}.pdf", f"{links[1]}.pdf"):
        assert browser.get(link).data.startswith(b"%PDF"), link
    said = browser.get(links[3])
    assert said.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "表題、保有個人情報の開示をする旨の決定について（通知）。" in said.data.decode("utf-8")
    for missing in ("large", "braille", "text.pdf"):
        assert browser.get(f"{letter}/{missing}").status == 404

    with building.database.session(write=False) as session:
        looks = session.scalars(select(Entry.detail).where(Entry.action == "disclosure.case.look")).all()
    read = [detail.get("reading") for detail in map(_plain, looks)]
    assert [one for one in read if one] == ["easy", "english", "large", "easy", "english", "text"]


def _plain(detail: object) -> dict[str, str]:
    return json.loads(detail) if isinstance(detail, str) else dict(detail or {})  # type: ignore[call-overload]


def test_the_desk_has_the_same_forms(app: Flask, building: Services, office: OfficeVault, filed: Filed) -> None:
    decide(building, office, DecisionType.FULL)
    desk = Desk(app)
    page = desk.open("officer", filed[0])
    links = page.links("/readings/")
    assert [link.rpartition("/")[2] for link in links] == ["large", "text", "easy", "english"]
    officer = desk.of("officer")
    assert officer.get(links[0]).data.startswith(b"%PDF")
    assert "表題、" in officer.get(links[1]).data.decode("utf-8")
    assert officer.get(links[0].replace("/large", "/braille")).status == 404
