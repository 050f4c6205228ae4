"""Anybody checks a letter: by its file, by its QR code, and the record behind both."""

from __future__ import annotations

import io
import json

import pytest

from portal.core import pdf, press
from portal.letters import tree
from portal.letters.queries.register import TOKEN_CHARACTERS
from tests.client import Browser, Page
from tests.portal.letters.conftest import Room


def checked(room: Room, data: bytes, *, language: str = "/en") -> Page:
    """The answer to a file."""
    browser = room.browser()
    browser.get(f"{language}/verify")
    return browser.send("/verify", file=(io.BytesIO(data), "letter.pdf"))


def a_pdf(text: str) -> bytes:
    return pdf.render(f'<html lang="ja"><body><h1>{text}</h1></body></html>', title="x")


def test_a_true_letter_is_genuine_and_in_force(room: Room) -> None:
    page = checked(room, room.new.pdf)
    assert page.status == 200
    for part in ("Genuine and unchanged", "This letter is in force", room.new.number, "Entry in the public record"):
        assert part in page.text
    assert "葛" not in page.text
    assert page.headers["X-Robots-Tag"].startswith("noindex")
    assert page.headers["Cache-Control"] == "no-store"


def test_the_page_speaks_japanese_as_well(room: Room) -> None:
    page = checked(room, room.new.pdf, language="")
    assert page.tree.get("lang") == "ja"
    assert room.new.number in page.text
    assert "Genuine" not in page.text


def test_a_replaced_letter_is_genuine_and_says_what_replaces_it(room: Room) -> None:
    page = checked(room, room.old.pdf)
    assert "Genuine and unchanged" in page.text
    assert "another one replaces it" in page.text
    assert room.new.number in page.text


@pytest.mark.parametrize("where", [9, 1500, -40])
def test_a_letter_with_one_changed_byte_is_not_ours(room: Room, where: int) -> None:
    data = bytearray(room.new.pdf)
    data[where] ^= 1
    page = checked(room, bytes(data))
    assert "Genuine" not in page.text
    assert "Changed: this is not the letter that we issued" in page.text


def test_a_letter_without_its_signature_is_changed(room: Room) -> None:
    assert "Changed" in checked(room, room.new.pdf[: room.new.base_bytes]).text
    assert "Changed" in checked(room, room.new.pdf + b"\n").text


def test_a_letter_that_we_signed_but_never_issued_is_told_apart(room: Room) -> None:
    from portal.core import clock

    signer = room.building.signer
    assert signer is not None
    page = checked(room, signer.sign(a_pdf("x"), at=clock.now()))
    assert "Signed by us, but not in the register" in page.text


def test_foreign_files_get_plain_answers(room: Room) -> None:
    assert "Not a letter of ours" in checked(room, a_pdf("別の文書")).text
    assert "This is not the letter whose number it carries" in checked(room, a_pdf(room.new.number)).text
    assert "This is not a PDF file" in checked(room, b"hello").text
    assert "This file cannot be read" in checked(room, b"%PDF-1.7 nothing at all").text
    assert "This file is too large" in checked(room, b"%PDF-1.7" + b" " * (20 * 1024 * 1024)).text


@pytest.mark.parametrize(
    ("why", "status", "said"),
    [(press.TOO_SLOW, 200, "This file cannot be read"), (press.DIED, 200, "This file cannot be read"),
     (press.BUSY, 429, "Too much is being done")],
)  # fmt: skip
def test_a_file_that_holds_up_its_reader_gets_a_plain_answer(
    room: Room, monkeypatch: pytest.MonkeyPatch, why: str, status: int, said: str
) -> None:
    def stopped(*_args: object, **_more: object) -> None:
        raise press.PressFailed(why)

    monkeypatch.setattr(press, "run", stopped)
    page = checked(room, a_pdf("x"))
    assert page.status == status
    assert said in page.text
    assert checked(room, room.new.pdf).status == 429  # nothing is said against a letter of ours that was not read


def test_who_checks_very_often_has_to_wait(room: Room) -> None:
    browser = Browser(room.app, address="203.0.113.9")
    browser.get("/en/verify")
    for _ in range(60):
        browser.page = None
        answer = browser.client.post("/en/verify", environ_base={"REMOTE_ADDR": "203.0.113.9"})
        assert answer.status_code != 429
    answer = browser.client.post("/en/verify", environ_base={"REMOTE_ADDR": "203.0.113.9"})
    assert answer.status_code == 429


def test_without_a_file_the_form_says_so(room: Room) -> None:
    browser = room.browser()
    browser.get("/en/verify")
    page = browser.send("/verify", file=(io.BytesIO(b""), ""))
    assert page.status == 422
    assert any("Please choose a file." in error for error in page.errors)


def test_the_qr_code_leads_to_number_day_and_standing(room: Room) -> None:
    browser = room.browser()
    assert room.new.verify_url == f"{room.building.settings.public_url}/verify/{room.new.token}"
    page = browser.get(f"/en/verify/{room.new.token.lower()}")
    for part in (room.new.number, room.new.issued_on.isoformat(), "This letter is in force", "Compare the paper"):
        assert part in page.text
    assert "葛" not in page.text
    assert page.headers["X-Robots-Tag"].startswith("noindex")
    assert 'content="noindex' in page.data.decode("utf-8")
    old = browser.get(f"/en/verify/{room.old.token}")
    assert "another one replaces it" in old.text
    assert room.new.token not in old.data.decode("utf-8")


@pytest.mark.parametrize("token", ["A" * 26, "A" * 25, "é" * 26, "1" * 26, "x"])
def test_an_unknown_address_shows_nothing(room: Room, token: str) -> None:
    assert room.browser().get(f"/verify/{token}").status == 404
    assert len(room.new.token) == 26
    assert set(room.new.token) <= set(TOKEN_CHARACTERS)


def test_the_record_is_explained_and_its_head_is_shown(room: Room) -> None:
    page = room.browser().get("/en/transparency")
    head = room.browser().get("/transparency/head.json")
    said = json.loads(head.data)
    assert said["size"] == 3
    assert said["root"] in page.text.replace(" ", "")


def data(browser: Browser, path: str) -> dict[str, object]:
    page = browser.get(path)
    assert page.status == 200
    found: dict[str, object] = json.loads(page.data)
    return found


def test_proofs_come_out_at_the_head(room: Room) -> None:
    browser = room.browser()
    said = data(browser, f"/transparency/proof.json?sha256={room.old.sha256}")
    for part in (said, said["standing"]):
        leaf = tree.leaf_hash(part["leaf"].encode("ascii"))
        proof = [bytes.fromhex(value) for value in part["proof"]]
        assert tree.includes(leaf, part["index"], part["size"], proof, bytes.fromhex(part["root"]))
        assert room.old.sha256 in part["leaf"]
    assert room.new.sha256 in said["standing"]["leaf"]
    assert data(browser, f"/transparency/proof.json?sha256={room.old.sha256}&size=1")["standing"] is None
    grown = data(browser, "/transparency/consistency.json?from=1&to=3")
    proof = [bytes.fromhex(value) for value in grown["proof"]]
    first, second = grown["from"], grown["to"]
    assert tree.consistent(1, 3, bytes.fromhex(first["root"]), bytes.fromhex(second["root"]), proof)
    kept = room.new.tree  # the head that the letter itself names
    assert (kept.size, kept.root) == (1, first["root"])


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("proof.json", 422),
        ("proof.json?sha256=zz", 422),
        ("proof.json?sha256=" + "0" * 64, 404),
        ("consistency.json", 422),
        ("consistency.json?from=0", 422),
        ("consistency.json?from=2&to=99", 404),
        ("consistency.json?from=3&to=2", 404),
        ("consistency.json?from=9999999999999999999", 422),
    ],
)
def test_wrong_questions_get_problems_as_data(room: Room, path: str, status: int) -> None:
    page = room.browser().get(f"/transparency/{path}")
    assert (page.status, page.headers["Content-Type"]) == (status, "application/problem+json")
