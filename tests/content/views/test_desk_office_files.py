"""Workbooks and Word files at the desk: refused next to the field in both languages, published as downloads."""

from io import BytesIO

import pytest

from portal.core.files import DOCX
from portal.core.sheets import XLSX
from tests.client import Browser, Page
from tests.content.conftest import Staff
from tests.content.views.test_desk import DESK, NEW, _chosen, press
from tests.portal.core import office_samples as make


def attach(staff: Staff, data: bytes, name: str, desk: str = DESK, button: str = "Save") -> Page:
    """Add a file to a new bulletin."""
    form = staff.get(f"{desk}/new").form(button=button)
    file = {"file": (BytesIO(data), name), "file_title_ja": "一覧", "file_title_en": "List"}
    return staff.post(f"{desk}/new", {**_chosen(form.values), **NEW, **file, "attach": "1"})


@pytest.mark.parametrize(
    ("data", "name", "ja", "en"),
    [
        (make.hidden("hidden"), "a.xlsx", "表示されていないもの", "something hidden"),
        (make.commented(), "a.xlsx", "コメントかメモ", "comments or notes"),
        (make.with_number("property"), "a.xlsx", "マイナンバー", "My Number"),
        (make.word(make.paragraph("a", run="<w:vanish/>")), "a.docx", "表示されていないもの", "something hidden"),
        (make.word("<w:p><w:del/></w:p>"), "a.docx", "変更履歴", "tracked changes"),
        (make.word(make.paragraph("a")), "a.docm", "マクロ付き", "macros"),
        (b"\xd0\xcf\x11\xe0 old", "a.doc", "古い形式", "old format"),
        (b"GIF89a", "a.gif", "Excel (.xlsx)", "Excel (.xlsx)"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_next_to_its_field(
    publisher: Staff, data: bytes, name: str, ja: str, en: str
) -> None:
    for page, said in (
        (attach(publisher, data, name), en),
        (attach(publisher, data, name, desk=DESK.removeprefix("/en"), button="保存"), ja),
    ):
        [error] = page.errors
        assert said in error
        values = page.form("/new").values
        assert values["body_ja"] == NEW["body_ja"], "what was typed is still there"
        assert "attachments-0-sha256" not in values


@pytest.mark.parametrize(
    ("data", "name", "media_type", "word"),
    [
        (make.municipalities(), "一覧.xlsx", XLSX, "Excel"),
        (make.word(make.paragraph("通知")), "通知.docx", DOCX, "Word"),
    ],
)
def test_a_file_is_published_as_a_download(
    publisher: Staff, approver: Staff, browser: Browser, data: bytes, name: str, media_type: str, word: str
) -> None:
    listed = attach(publisher, data, name)
    assert listed.errors == []
    values = _chosen(listed.form(button="Save").values)
    assert values["attachments-0-name"] == name
    draft = publisher.post(f"{DESK}/new", values)
    press(publisher, draft, "/send")
    press(approver, approver.get(draft.path), "/publish")
    page = browser.get("/incidents/counter-delay-2026/bulletins/1")
    assert [word in one.text_content() for one in page.find("a", "file-link")] == [True]
    [link] = page.links("/files/1/")
    answer = browser.client.get(link)
    assert answer.mimetype == media_type
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert make.SECRET.encode() not in answer.data
    told = browser.client.get("/api/v1/incidents/counter-delay-2026/bulletins/1").get_json()
    assert [one["media_type"] for one in told["item"]["attachments"]] == [media_type]
