"""The inputs: where each is sent, what is typed, and what the page must say next to which field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from portal.core import files as kinds
from portal.core import images, names, pdf_pages
from tests.refusals import files as make

PERSONAL = "This looks like a 12-digit personal number (My Number). Do not write it here."
ONE_LINE = "Please write this on one line."
NO_DAY = "This day does not exist or cannot be read. Please write it like 平成2年4月1日 or 1990-04-01."
NOT_RIGHT = "This day cannot be right. Please check the year."
OFFERED = "Please choose from what is offered."
NO_MAIL = "Please check the e-mail address. It should look like name@example.jp."
NO_FILE = "A download is a file: choose PDF, image file, large print or plain text."
MISSING = "Please fill in this field."
NUMBER = "123456789018"


def shorter(longest: int) -> str:
    return f"Please shorten this to {longest} characters or fewer."


@dataclass(frozen=True)
class Typed:
    """One value for one field of one form; ``who`` is a resident, the requester of a case, or a login of staff."""

    where: str
    field: str
    value: Any
    message: str
    who: str = "resident"
    form: str = ""
    also: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        shown = ascii(self.value)[1:-1] if isinstance(self.value, str) else str(self.value)
        return f"{self.where.rsplit('/', 2)[-1]}-{self.field}-{shown[:40]}"


# -- personal numbers ------------------------------------------------------------------------------

WAYS = (
    NUMBER, "023456789013", "987654321093", "111111111118",
    "１２３４５６７８９０１８", "1234-5678-9018", "１２３４－５６７８－９０１８", "1234 5678 9018", "1234　5678　9018",
    "1234.5678.9018", "1234/5678/9018", "1234・5678・9018", "1234_5678_9018", "123,456,789,018", "12-34-56-78-90-18",
    "1 2 3 4 5 6 7 8 9 0 1 8", "1234‐5678‐9018", "1234ー5678ー9018", "1234−5678−9018",
    "一二三四五六七八九〇一八", "壱弐参四五六七八九零壱八", "1２3４5６7８9０1８",
    "١٢٣٤٥٦٧٨٩٠١٨", "१२३४५६७८९०१८", "𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗𝟎𝟏𝟖", "①②③④⑤⑥⑦⑧⑨⓪①⑧",
    "マイナンバーは123456789018です。", "個人番号：1234 5678 9018（本人）",
    "住民票コード 12345678901", "住民票コード：１２３４５６７８９０１", "12345678901234567890123",
    "1234\r\n5678\r\n9018",
)  # fmt: skip
FIELDS = (
    ("person", "name"), ("person", "kana"), ("person", "postal_code"), ("person", "address"), ("person", "birth_date"),
    ("contact", "telephone"), ("contact", "email"), ("records", "details"),
)  # fmt: skip


def personal_numbers() -> list[Typed]:
    """Every way of writing in the free text, and two ways in each field that takes text."""
    rows = [Typed("/en/request/records", "details", way, PERSONAL) for way in WAYS]
    rows += [
        Typed(f"/en/request/{page}", name, way, PERSONAL)
        for page, name in FIELDS
        for way in (NUMBER, "１２３４５６７８９０１８")
    ]
    for name in ("name", "kana", "postal_code", "address", "details", "answer"):
        rows.append(Typed("/en/request/case/correction", name, "１２３４５６７８９０１８", PERSONAL, who="asked"))
    for where, name, login, form, also in STAFF_TEXTS:
        rows.append(Typed(where, name, "1234-5678-9018", PERSONAL, who=login, form=form, also=also))
    return rows


STAFF_TEXTS: tuple[tuple[str, str, str, str, tuple[tuple[str, str], ...]], ...] = (
    ("{identity}/correction", "note", "reception", "/correction", (("defects", "other"),)),
    ("{correction}/correction/answer", "answer", "reception", "/answer", ()),
    ("{correction}/correction/answer", "name", "reception", "/answer", ()),
    ("{correction}/correction/answer", "address", "reception", "/answer", ()),
    ("{correction}/correction/answer", "details", "reception", "/answer", ()),
    ("{approval}/send-back", "reason", "approver", "/send-back", ()),
    ("{received}", "text", "reception", "/notes", ()),
    ("{drafting}/decision", "rows-0-part", "officer", "/decision", ()),
    ("{drafting}/decision", "rows-0-nature", "officer", "/decision", ()),
    ("{drafting}/decision", "rows-0-harm", "officer", "/decision", ()),
    ("/en/staff/find", "name", "officer", "", ()),
    ("/en/staff/accounts/new", "name", "administrator", "", (("login", "sample-new"),)),
    ("/en/staff/accounts/new", "login", "administrator", "", (("name", "見本"),)),
    ("/en/staff/departments", "name_ja", "administrator", "", (("name_en", "Sample"),)),
    ("/en/staff/departments", "name_en", "administrator", "", (("name_ja", "見本"),)),
)

# -- characters and lengths ------------------------------------------------------------------------

CHARACTERS = (
    ("見本\x00太郎", names.CONTROL), ("見本\x07太郎", names.CONTROL), ("見本\x1b[31m太郎", names.CONTROL),
    ("見本\x7f太郎", names.CONTROL), ("見本\x85太郎", names.CONTROL),
    ("見本\u202e太郎", names.DIRECTION), ("見本\u2066太郎\u2069", names.DIRECTION), ("\u200f見本", names.DIRECTION),
    ("見本\ue000太郎", names.PRIVATE), ("見本\U000f0000太郎", names.PRIVATE),
    ("見本\ufffd太郎", names.DAMAGED), ("見本\ufffe太郎", names.DAMAGED), ("見本\ufdd0太郎", names.DAMAGED),
    ("見\u200b本", names.INVISIBLE), ("見\u00ad本", names.INVISIBLE), ("見\ufeff本", names.INVISIBLE),
    ("見\U000e0041本", names.INVISIBLE), ("見\u3164本", names.INVISIBLE), ("見\u2060本", names.INVISIBLE),
    ("\u0301見本", names.STRAY_MARK), ("見本 \u3099", names.STRAY_MARK), ("\ufe0f見本", names.STRAY_MARK),
    ("見" + "\u0300" * 40 + "本", names.TOO_MANY_MARKS),
    ("見本\n太郎", ONE_LINE), ("見本\r\nBcc: other@kaiji.example", ONE_LINE), ("見本\u2028太郎", ONE_LINE),
)  # fmt: skip


def characters() -> list[Typed]:
    """Every bad character in the name, some of them in every other kind of field."""
    rows = [Typed("/en/request/person", "name", text, message) for text, message in CHARACTERS]
    for text, message in (CHARACTERS[0], CHARACTERS[5], CHARACTERS[8], CHARACTERS[22]):
        rows.append(Typed("/en/request/records", "details", text, message))
        rows.append(Typed("/en/request/person", "address", text, message))
        rows.append(Typed("/en/request/case/correction", "answer", text, message, who="asked"))
        rows.append(Typed("{received}", "text", text, message, who="officer", form="/notes"))
    rows.append(Typed("/en/request/contact", "email", "a@kaiji.example\r\nBcc: b@kaiji.example", ONE_LINE))
    rows.append(Typed("/en/request/contact", "telephone", "03\r\nSubject: sample", ONE_LINE))
    return rows


def lengths() -> list[Typed]:
    """One character more than there is room for, and far more."""
    return [
        Typed("/en/request/records", "details", "あ" * 1001, shorter(1000)),
        Typed("/en/request/records", "details", "葛\U000e0100" * 1001, shorter(1000)),
        Typed("/en/request/records", "details", "あ" * 200_000, shorter(1000)),
        Typed("/en/request/person", "name", "見" * 101, shorter(100)),
        Typed("/en/request/person", "kana", "ア" * 101, shorter(100)),
        Typed("/en/request/person", "address", "見" * 201, shorter(200)),
        Typed("/en/request/person", "postal_code", "1" * 13, shorter(12)),
        Typed("/en/request/person", "birth_date", "1" * 41, shorter(40)),
        Typed("/en/request/contact", "telephone", "0" * 41, shorter(40)),
        Typed("/en/request/contact", "email", "a" * 250 + "@b.jp", shorter(254)),
        Typed("/en/request/case/correction", "answer", "あ" * 2001, shorter(2000), who="asked"),
        Typed("{approval}/send-back", "reason", "あ" * 1001, shorter(1000), who="approver", form="/send-back"),
        Typed("{received}", "text", "あ" * 2001, shorter(2000), who="officer", form="/notes"),
    ]


# -- plain mistakes --------------------------------------------------------------------------------

DAYS = (
    ("昭和64年1月8日", NO_DAY), ("昭和64年2月30日", NO_DAY), ("平成2年2月30日", NO_DAY), ("1990-02-29", NO_DAY),
    ("令和0年1月1日", NO_DAY), ("平成0年1月1日", NO_DAY), ("昭和1年12月24日", NO_DAY), ("大正15年12月26日", NO_DAY),
    ("明治5年12月2日", NO_DAY), ("2016-13-01", NO_DAY), ("2016年4月", NO_DAY), ("yesterday", NO_DAY),
    ("0000-00-00", NO_DAY),
    ("13/10/2016", NO_DAY), ("2999-01-01", NOT_RIGHT), ("令和900年1月1日", NOT_RIGHT), ("1800-01-01", NOT_RIGHT),
)  # fmt: skip
ABSENT = (
    ("procedure", "record", "Choose the record that you are looking for."),
    ("records", "whose", "Say whose records you ask for."),
    ("records", "records", "Choose the records."),
    ("person", "name", "Enter your name."),
    ("person", "kana", "Enter the reading of your name."),
    ("person", "address", "Enter your address."),
    ("person", "birth_date", "Enter your date of birth."),
    ("contact", "language", "Please choose one."),
    ("delivery", "delivery", "Choose how you want to receive it."),
    ("delivery", "format", "Choose a form."),
    ("identity", "document", "Choose the kind of document."),
    ("identity", "file", "Please choose a file."),
    ("check", "declared", "Tick the box to declare that you are the person named above."),
)
UNKNOWN = (
    ("procedure", "record"), ("records", "whose"), ("records", "records"), ("contact", "language"),
    ("delivery", "delivery"), ("delivery", "format"), ("identity", "document"),
)  # fmt: skip


def mistakes() -> list[Typed]:
    """Impossible days, bad addresses, missing and unknown values."""
    rows = [Typed("/en/request/person", "birth_date", text, message) for text, message in DAYS]
    rows += [
        Typed("/en/request/contact", "email", text, NO_MAIL)
        for text in ("nobody", "a@b", "a b@kaiji.example", "見本@見本.jp", "@kaiji.example", "a@kaiji example.jp")
    ]
    rows += [
        Typed(f"/en/request/{page}", name, "" if page == "person" else None, message) for page, name, message in ABSENT
    ]
    rows += [Typed(f"/en/request/{page}", name, "nonsense", OFFERED) for page, name in UNKNOWN]
    rows += [
        Typed("/en/request/person", "name", "　 ", "Enter your name."),
        Typed("/en/request/person", "address", "\u2003\u3000 ", "Enter your address."),
        Typed("/en/request/person", "kana", "yamada", "Please write the reading in hiragana or katakana."),
        Typed("/en/request/delivery", "format", "paper", NO_FILE),
        Typed("/en/request/case/correction", "answer", None, "Write an answer or add a file.", who="asked"),
        Typed("/en/request/case/withdraw", "sure", None, "Tick the box if you really want to withdraw.", who="asked"),
        Typed("{approval}/send-back", "reason", "", "Give the reason.", who="approver", form="/send-back"),
        Typed("{received}", "text", "", MISSING, who="officer", form="/notes"),
        Typed("{drafting}/decision", "kind", "nonsense", OFFERED, who="officer", form="/decision"),
        Typed("{identity}/correction", "due_on", "令和0年1月1日", NO_DAY, who="reception", form="/correction"),
        Typed("{identity}/identity", "expires_on", "2月30日", NO_DAY, who="reception", form="/identity"),
        Typed("{identity}/identity", "document", "passport-of-nowhere", OFFERED, who="reception", form="/identity"),
    ]
    return rows


# -- files -----------------------------------------------------------------------------------------

File = Callable[[], bytes]
FILES: tuple[tuple[str, File, str], ...] = (
    ("page.jpg", lambda: make.HTML, kinds.UNKNOWN),
    ("page.html", lambda: make.HTML, kinds.UNKNOWN),
    ("drawing.svg", lambda: make.SVG, kinds.UNKNOWN),
    ("drawing.png", lambda: make.SVG, kinds.UNKNOWN),
    ("moving.gif", lambda: make.GIF, kinds.UNKNOWN),
    ("moving.png", lambda: make.GIF, kinds.UNKNOWN),
    ("script.gif", lambda: make.GIF_AND_SCRIPT, kinds.UNKNOWN),
    ("script.jpg", lambda: make.GIF_AND_SCRIPT, kinds.UNKNOWN),
    ("program.exe", lambda: make.PROGRAM, kinds.UNKNOWN),
    ("program.pdf", lambda: make.PROGRAM, kinds.UNKNOWN),
    ("program.png", lambda: make.ELF, kinds.UNKNOWN),
    ("archive.zip", lambda: make.zipped(sample=b"1"), kinds.UNKNOWN),
    ("archive.pdf", lambda: make.zipped(sample=b"1"), kinds.UNKNOWN),
    ("letter.docx", lambda: make.zipped(**{"word/document.xml": b"<w/>"}), kinds.UNKNOWN),
    ("letter.pdf", lambda: make.zipped(**{"word/document.xml": b"<w/>"}), kinds.UNKNOWN),
    ("note.txt", lambda: "見本".encode(), kinds.UNKNOWN),
    ("note.pdf", lambda: "見本".encode(), kinds.UNKNOWN),
    ("old.webp", lambda: make.picture("WEBP"), kinds.UNKNOWN),
    ("old.bmp", lambda: make.picture("BMP"), kinds.UNKNOWN),
    ("old.tif", lambda: make.picture("TIFF"), kinds.UNKNOWN),
    ("empty.png", lambda: b"", kinds.EMPTY),
    ("empty.pdf", lambda: b"", kinds.EMPTY),
    ("cut.png", lambda: make.picture()[:-60], images.BROKEN),
    ("head.png", lambda: make.picture()[:20], images.BROKEN),
    ("cut.jpg", lambda: make.picture("JPEG")[:-200], images.BROKEN),
    ("cut.heic", lambda: make.picture("HEIF")[:-100], images.BROKEN),
    ("cut.pdf", lambda: make.pdf()[:-200], pdf_pages.BROKEN),
    ("head.pdf", lambda: b"%PDF-1.7 broken", pdf_pages.BROKEN),
    ("deep.pdf", make.nested, pdf_pages.BROKEN),
    ("none.pdf", lambda: make.pdf(0), pdf_pages.NO_PAGES),
    ("picture.png", lambda: make.picture("JPEG"), kinds.MISNAMED),
    ("picture.pdf", lambda: make.picture("JPEG"), kinds.MISNAMED),
    ("paper.jpg", make.pdf, kinds.MISNAMED),
    ("picture", make.picture, kinds.MISNAMED),
    ("both.pdf", lambda: make.picture("JPEG") + make.pdf(), kinds.MISNAMED),
    ("both.jpg", lambda: make.pdf() + make.picture("JPEG"), kinds.MISNAMED),
    ("large.png", lambda: make.picture() + b"\0" * (10 * 1024 * 1024), kinds.TOO_LARGE),
    ("large.pdf", lambda: make.pdf() + b"\n" * (10 * 1024 * 1024), kinds.TOO_LARGE),
    ("bomb.png", make.pixel_bomb, images.TOO_MANY_PIXELS),
    ("wide.png", lambda: make.pixel_bomb(30_000, 10), images.TOO_MANY_PIXELS),
    ("pages.pdf", make.many_pages, pdf_pages.TOO_MANY_PAGES),
    ("five.pdf", lambda: make.pdf(5), pdf_pages.TOO_MANY_PAGES),
    ("bomb.pdf", make.unpacking_bomb, pdf_pages.TOO_BIG_INSIDE),
    ("locked.pdf", lambda: make.encrypted(user="sample", owner="sample"), pdf_pages.ENCRYPTED),
    ("protected.pdf", lambda: make.encrypted(owner="sample"), pdf_pages.ENCRYPTED),
    (f"{NUMBER}.png", make.picture, PERSONAL),
    ("１２３４-５６７８-９０１８.png", make.picture, PERSONAL),
    ("住民票コード12345678901.png", make.picture, PERSONAL),
    ("12345678901234567890123.pdf", make.pdf, PERSONAL),
    ("見本\u202egnp.exe.png", make.picture, kinds.BAD_NAME),
    ("見本\x07.png", make.picture, kinds.BAD_NAME),
    ("長" * 256 + ".png", make.picture, kinds.BAD_NAME),
)
PARAMETERS = {kinds.TOO_LARGE: {"n": 10}, images.TOO_MANY_PIXELS: {"n": 50}, pdf_pages.TOO_MANY_PAGES: {"n": 4}}
