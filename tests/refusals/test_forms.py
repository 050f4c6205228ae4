"""Typed values and files that are refused next to their field, while everything else that was typed stays."""

from __future__ import annotations

import io

import pytest
from markupsafe import escape

from tests.client import Browser
from tests.refusals import files as make
from tests.refusals import table
from tests.refusals.table import Typed
from tests.refusals.world import Sent, World

pytestmark = pytest.mark.usefixtures("nothing_is_left_behind")
TYPED = [*table.personal_numbers(), *table.characters(), *table.lengths(), *table.mistakes()]


def browser_of(world: World, row: Typed) -> tuple[Browser, str]:
    where = row.where
    if where.startswith("{"):
        name = where[1 : where.index("}")]
        where = world.desk.path(world.numbers[name], where[where.index("}") + 1 :])
    return {"resident": world.resident, "asked": world.asked}.get(row.who) or world.desk.of(row.who), where


def is_shown_at(sent: Sent, row: Typed, message: str) -> None:
    """The page of the form again: the message next to its field and in the summary, in a title that says Error."""
    page = sent.page
    assert page.status in (200, 422)
    assert message in sent.message_at(row.field), (row.field, sent.message_at(row.field), page.errors)
    assert any(message in line for line in page.errors)
    assert page.title.startswith("Error: ")


@pytest.mark.parametrize("row", TYPED, ids=str)
def test_a_value_is_refused_next_to_its_field_and_stays_typed(world: World, row: Typed) -> None:
    browser, path = browser_of(world, row)
    before = browser.get(path).data
    sent = world.send(browser, path, {**dict(row.also), row.field: row.value}, form=row.form)
    is_shown_at(sent, row, row.message)
    html = sent.page.data.decode()
    if isinstance(row.value, str) and row.message != table.OFFERED and "\x00" not in row.value:
        assert str(escape(row.value)) in html
    again = browser.get(path).data.decode()
    if isinstance(row.value, str) and len(row.value.strip()) > 3:
        assert str(escape(row.value)) not in again or row.value.encode() in before
    assert table.NUMBER.encode() not in world.stored()


@pytest.mark.parametrize("row", table.FILES, ids=lambda row: row[0][:40].encode("ascii", "replace").decode())
def test_a_file_is_refused_next_to_its_field(world: World, row: tuple[str, table.File, str]) -> None:
    name, data, message = row
    parameters = table.PARAMETERS.get(message)
    what = Typed("/en/request/identity", "file", name, message % parameters if parameters else message)
    typed = {"document": "driving-licence", "file": (io.BytesIO(data()), name)}
    sent = world.send(world.resident, what.where, typed, form="/request/identity")
    is_shown_at(sent, what, what.message)
    assert world.resident.get(what.where).text.count("Checked and stored encrypted") == 1


def test_a_file_is_refused_in_every_other_place_too(world: World) -> None:
    for who, path, form in (
        (world.asked, "/en/request/case/correction", ""),
        (world.desk.of("reception"), world.desk.path(world.numbers["correction"], "/correction/answer"), "/answer"),
        (world.desk.of("officer"), world.desk.path(world.numbers["search"], "/records"), "/records"),
    ):
        sent = world.send(who, path, {"record": "form", "file": (io.BytesIO(make.HTML), "page.jpg")}, form=form)
        assert "This kind of file is not accepted here." in sent.message_at("file")
