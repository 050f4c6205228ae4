"""Where do I ask? One permanent page for each record, for both profiles and in both languages."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from disclosure.forms.resident.questions import today
from disclosure.rules import routing
from portal import services
from portal.app import create_app
from tests.client import Browser
from tests.conftest import make_settings


class Visitor(Browser):
    """Somebody who looks at the pages of an organisation with this profile."""

    profile = ""


@pytest.fixture(scope="module", params=["public-body", "j-lis-like"])
def visitor(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, empty_sqlite: Path
) -> Iterator[Visitor]:
    folder: Path = tmp_path_factory.mktemp("routing")
    shutil.copy(empty_sqlite, folder / "kaiji.db")
    settings = make_settings(folder, profile=request.param)
    services.make_keys(settings)
    app = create_app(settings)
    browser = Visitor(app)
    browser.profile = request.param
    yield browser
    app.extensions["kaiji"].database.close()


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_record_is_answered_with_its_holder_and_its_law(visitor: Visitor, prefix: str) -> None:
    index = visitor.get(f"{prefix}/request/where")
    for row in routing.routes(visitor.profile, today()):
        assert index.links(f"{prefix}/request/where/{row.record}"), row.record
        page = visitor.get(f"{prefix}/request/where/{row.record}")
        assert page.status == 200
        for text in (row.label_en, row.where_en, row.tell_en) if prefix else (row.label_ja, row.where_ja, row.tell_ja):
            assert text in page.text, row.record
        assert row.source_ja in page.text
        begins = "documents" if row.record == "documents" else f"procedure?record={row.record}"
        assert bool(page.links(f"{prefix}/request/{begins}")) == row.on_web


def test_each_page_says_what_can_be_done(visitor: Visitor) -> None:
    for row in routing.routes(visitor.profile, today()):
        page = visitor.get(f"/en/request/where/{row.record}")
        heading = {
            (True, "here"): "You can ask for this record here",
            (False, "here"): "You can ask for this record here, on paper",
            (False, "nobody"): "This is not the right procedure",
        }.get((row.on_web, row.holder.value), "Please ask elsewhere for this record")
        assert page.heading == heading, row.record
        assert ("Within 30 days" in page.text) == (row.holder.value == "here")
        assert bool(page.links("note.pdf")) == (row.holder.value != "nobody")
        for line in row.take_en:
            assert line in page.text


def test_the_same_words_for_everybody_who_asks_about_the_police(visitor: Visitor) -> None:
    page = visitor.get("/en/request/where/investigation")
    assert "Why everybody gets the same answer" in page.text
    assert "whether or not there was such an inquiry" in page.text
    assert page.links("/en/request/procedure?record=investigation")


@pytest.mark.parametrize(
    ("words", "record"),
    [
        ("しゃしん", "card-application"),
        ("ｼｬｼﾝ", "card-application"),
        ("マイナンバーカードの写真を見たい", "card-application"),
        ("けいさつ", "investigation"),
        ("POLICE", "investigation"),
        ("じゅうきねっと", "register-data"),
        ("父が亡くなった", "deceased"),
        ("こども", "representative"),
        ("情報公開", "documents"),
        ("会社", "company"),
    ],
)
def test_common_words_find_the_record(visitor: Visitor, words: str, record: str) -> None:
    page = visitor.get("/request/where?" + urlencode({"q": words}))
    assert page.find("ul")[0].xpath(".//a/@href")[0] == f"/request/where/{record}"


def test_nothing_found_is_said_and_a_personal_number_is_not_shown_again(visitor: Visitor) -> None:
    assert "No record fits these words" in visitor.get("/en/request/where?q=zzzzzz").text
    page = visitor.get("/en/request/where?q=123456789018")
    assert "look like a personal number" in page.text
    assert "123456789018" not in page.text


def test_an_unknown_record_is_not_found(visitor: Visitor) -> None:
    assert visitor.get("/request/where/unknown").status == 404
    assert visitor.get("/request/where/unknown/note.pdf").status == 404
    assert visitor.get("/request/where/deceased/note.pdf").status == 404, "there is nowhere to take a note to"


def test_the_note_is_a_pdf_without_any_personal_data(visitor: Visitor) -> None:
    answer = visitor.get("/request/where/intermediate-server/note.pdf")
    assert answer.status == 200
    assert answer.data.startswith(b"%PDF-")
    assert answer.headers["Content-Type"] == "application/pdf"
