"""The frame of an official letter: what stands where, and what never stands together."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from disclosure.letters.samples import REASONS, decision_sample
from disclosure.letters.versions import LETTERS
from disclosure.rules.decisions import DecisionType
from portal.core import pdf
from portal.core.settings import Settings
from portal.letters import pictures
from portal.letters.engine import Context

MM = 72 / 25.4
SEALED = {"seal": "", "seal_image": True, "signed": "sample"}


def a_context(kind: DecisionType = DecisionType.FULL, reasons=(), **more) -> Context:
    return decision_sample(Settings.from_env({}).organisation, kind, reasons, **more)


def laid_out(context: Context) -> bytes:
    html = LETTERS.html(LETTERS.named("f4.2022-04-01.html"), context)
    return pdf.render(html, title=context["title"])


def pages(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(BytesIO(data))
    found = ["".join(page.get_textpage().get_text_range().split()) for page in document]
    document.close()
    return found


def test_the_seal_is_the_signatures_place() -> None:
    with pikepdf.open(BytesIO(laid_out(a_context(**SEALED)))) as document:
        names = list(document.Root.Names.Dests.Names)
        left, top = (float(value) for value in names[names.index("seal") + 1][2:4])
        images = [
            str(e.Alt) for e in document.objects if isinstance(e, pikepdf.Dictionary) and e.get("/S") == "/Figure"
        ]
    assert pytest.approx(left, abs=0.5) == (210 - 25.3 - 22) * MM, "22 mm from the right edge of the text"
    assert 0 < top < 297 * MM
    assert images == ["公印", "この文書を確かめるページのアドレスを表すQRコード"]


def test_without_a_seal_the_letter_says_that_it_is_left_out() -> None:
    data = laid_out(a_context())
    said = "".join(pages(data))
    assert "（公印省略）" in said
    assert "電子署名を付けていません" in said
    assert "seal" not in LETTERS.html(LETTERS.named("f4.2022-04-01.html"), a_context())


def test_later_pages_name_the_letter_and_every_page_is_counted() -> None:
    data = laid_out(a_context(DecisionType.PARTIAL, REASONS * 9, **SEALED))
    found = pages(data)
    assert len(found) > 3
    head = "見情機第11号保有個人情報の開示をする旨の決定について（通知）"
    assert [head in text for text in found] == [False, *[True] * (len(found) - 1)]
    assert all(f"{number}/{len(found)}" in text for number, text in enumerate(found, start=1))
    table = [text for text in found if REASONS[0].part in text or REASONS[1].part in text]
    assert len(table) > 1
    assert all("不開示とした部分該当条項情報の性質" in text for text in table), "the head is repeated"
    assert "別紙不開示とした部分とその理由" in table[0]
    assert "不開示とした部分ごとの理由" in table[0], "the caption stays with its table"
    assert "QRコード" in found[-1]


def test_the_address_lies_in_the_window_of_the_envelope_and_nothing_else_does() -> None:
    context = a_context(window=True, **SEALED)
    document = pypdfium2.PdfDocument(BytesIO(laid_out(context)))
    page = document[0]
    text = page.get_textpage()
    top = page.get_height()
    shown = "".join(text.get_text_bounded(22 * MM, top - 38 * MM, 87 * MM, top - 13 * MM).split())
    # Wherever the sheet lies in the envelope: the window moves over this much of it.
    around = "".join(text.get_text_bounded(0, top - 57 * MM, 112 * MM, top).split())
    assert shown == "〒100-0000東京都千代田区見本町一丁目2番3号見本マンション405葛󠄂城𠮷之助様"
    assert around == shown
    document.close()


def test_a_corrected_letter_names_the_old_one_and_the_reason() -> None:
    replaces = {"number": "見情機第9号", "date": "令和8年4月24日", "reason": "名称に誤りがありました。"}
    said = pages(laid_out(a_context(replaces=replaces, **SEALED)))[0]
    assert "令和8年4月24日付け見情機第9号の通知を次のとおり訂正し、これに代わるものです。" in said
    assert "訂正の理由名称に誤りがありました。" in said
    assert said.index("訂正の理由") < said.index("記１")


@pytest.mark.parametrize(
    ("name", "honorific", "line"),
    [
        ("見本　太郎", "様", "見本　太郎　様"),
        ("見本市民連絡会", "御中", "見本市民連絡会　御中"),
        ("各都道府県担当部局長", "殿", "各都道府県担当部局長　殿"),
        ("関係各位", "", "関係各位"),
        ("見本市民連絡会御中", "様", "見本市民連絡会御中"),
        ("見本　太郎様", "様", "見本　太郎様"),
    ],
)
def test_the_addressee_has_one_honorific(name: str, honorific: str, line: str) -> None:
    html = LETTERS.html(LETTERS.named("f4.2022-04-01.html"), a_context(addressee=name, honorific=honorific))
    assert f'<p class="name">{line}</p>' in html


def test_an_unknown_honorific_stops_the_letter() -> None:
    with pytest.raises(ValueError, match="No honorific"):
        LETTERS.html(LETTERS.named("f4.2022-04-01.html"), a_context(honorific="様御中"))


def test_a_draft_has_neither_code_nor_address_to_verify() -> None:
    html = LETTERS.html(LETTERS.named("f4.2022-04-01.html"), a_context(draft=True, verify_url=""))
    assert "【案】" in html
    assert 'class="verify"' not in html


def test_the_same_text_gives_the_same_code() -> None:
    pictures.qr.cache_clear()
    first = pictures.qr("https://kaiji.example/verify/A")
    pictures.qr.cache_clear()
    assert pictures.qr("https://kaiji.example/verify/A") == first
    assert first.startswith("data:image/png;base64,")
    assert pictures.qr("https://kaiji.example/verify/B") != first
