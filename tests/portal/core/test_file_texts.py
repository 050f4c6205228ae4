"""What published files say, page by page."""

import pytest

from portal.core import file_texts
from portal.core.errors import Invalid
from portal.core.files import JPEG, PDF
from tests.portal.core.sent_files import pdf
from tests.portal.core.test_pdf_pictures import paper


def test_pages_that_say_something_are_read_under_their_numbers():
    assert file_texts.parts(paper("first", "", "third"), PDF) == [("1", "first"), ("3", "third")]
    assert file_texts.parts(pdf(2), PDF) == []


def test_pages_survive_being_kept_as_one_text():
    assert file_texts.pages_of(file_texts.by_page(paper("first", "", "third"))) == [("1", "first"), ("3", "third")]
    assert file_texts.by_page(pdf(2)) == ""
    assert file_texts.pages_of("") == []


def test_a_very_long_text_is_read_to_a_limit(monkeypatch):
    monkeypatch.setattr(file_texts, "LONGEST", 8)
    assert file_texts.parts(paper("first", "second", "third"), PDF) == [("1", "first"), ("2", "sec")]


def test_what_no_database_holds_is_left_out(monkeypatch):
    monkeypatch.setattr(file_texts, "_pages", lambda _data: ["a\x00b\ud800c\r\nhy\ufffe\nphen", "\x0c"])
    assert file_texts.parts(b"", PDF) == [("1", "abc\nhyphen")]


@pytest.mark.parametrize(("data", "media_type"), [(b"%PDF-1.7 broken", PDF), (b"", PDF), (b"\xff\xd8\xff", JPEG)])
def test_what_cannot_be_read_is_refused(data, media_type):
    with pytest.raises(Invalid):
        file_texts.parts(data, media_type)
