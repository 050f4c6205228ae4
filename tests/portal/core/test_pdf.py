import base64
from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from jinja2 import Environment
from markupsafe import Markup
from PIL import Image

from portal.core import pdf
from portal.core.pdf import BadLetter, MissingGlyph, check_text, mark, render
from tests.structure import nonconformities

NAME = "見本　葛\U000e0102城　𠮷邉\U000e0110（髙﨑濵）"
LETTER = f"""<!doctype html><html lang="ja"><head></head><body>
<p class="number">見情開第12号</p><p class="date">令和8年6月1日</p>
<div class="addressee"><p>{NAME}　様</p></div>
<div class="sender"><p>見本情報システム機構</p><p>理事長　見本　太郎</p></div>
<h1>保有個人情報開示決定通知書</h1>
<p class="indent">下記のとおり開示することと決定したので、通知します。</p>
<p class="ki">記</p>
<ol class="number"><li>開示する保有個人情報<br>交付申請書の記録
<ol class="paren"><li>顔写真<ol><li>細目</li></ol></li></ol></li></ol>
<table><caption>表1</caption>
<thead><tr><th scope="col">区分</th><th scope="col">内容</th></tr></thead>
<tbody><tr><th scope="row">申請書</th><td>平成28年1月13日</td></tr></tbody></table>
<p class="ijo">以上</p></body></html>"""


def body(inner):
    return f'<html lang="ja"><body><h1>見出し</h1>{inner}</body></html>'


def text_of(data):
    document = pypdfium2.PdfDocument(data)
    try:
        return "\n".join(p.get_textpage().get_text_range() for p in document)
    finally:
        document.close()


@pytest.fixture(scope="module")
def letter():
    return render(LETTER, title="保有個人情報開示決定通知書")


def test_a_letter_is_for_everyone_and_for_ever(letter):
    assert nonconformities(letter) == []


def test_what_stands_in_the_margins_is_no_part_of_the_text(letter):
    with pikepdf.open(BytesIO(letter)) as document:
        marks = [i.operands for i in pikepdf.parse_content_stream(document.pages[0], "BDC")]
    assert [str(o[1].Type) for o in marks if str(o[0]) == "/Artifact" and "/Type" in o[1]] == ["/Pagination"]


def test_the_engine_that_sets_letters_has_a_name():
    assert pdf.engine() == pdf.engine()
    for part in ("weasyprint 70", "pydyf", "pango", "zlib", "fonts "):
        assert part in pdf.engine()


def test_a_letter_has_its_title_and_language(letter):
    with pikepdf.open(BytesIO(letter)) as document:
        assert str(document.Root.Lang) == "ja"
        assert str(document.docinfo["/Title"]) == "保有個人情報開示決定通知書"
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert document.Root.MarkInfo.Marked
        assert "/OpenAction" not in document.Root


def test_a_letters_text_comes_back_with_every_variant(letter):
    text = text_of(letter)
    for part in (NAME, "見情開第12号", "記", "以上", "(1)", "ア", "1 / 1"):
        assert part in text


def test_the_same_html_gives_the_same_bytes(letter):
    assert render(LETTER, title="保有個人情報開示決定通知書") == letter


def test_only_the_letters_fonts_are_in_the_file_and_each_is_embedded(letter):
    assert pdf.read_back(letter) == []
    with pikepdf.open(BytesIO(letter)) as document:
        fonts = {
            str(o.BaseFont).partition("+")[2]
            for o in document.objects
            if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/Font"
        }
    assert fonts == {"BIZ-UDMincho", "BIZ-UDGothic-Bold", "IPAmjMincho"}


def _with(letter, change):
    with pikepdf.open(BytesIO(letter)) as document:
        change(document)
        out = BytesIO()
        document.save(out)
        return out.getvalue()


def test_reading_back_finds_a_glyph_that_stands_for_nothing(letter):
    def change(document):
        document.pages[0].contents_add(b"BT <00000001> Tj ET")

    assert pdf.read_back(_with(letter, change)) == ["page 1 has a glyph that stands for nothing"]


def test_reading_back_finds_foreign_fonts_and_those_that_are_not_embedded(letter):
    def change(document):
        document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Font, BaseFont=pikepdf.Name("/Helvetica")))
        document.Root.Extra = document.objects[-1]
        for item in document.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
                for key in {"/FontFile2", "/FontFile3"} & set(item.keys()):
                    del item[key]

    wrong = pdf.read_back(_with(letter, change))
    assert "font Helvetica" in wrong
    assert "font IPAmjMincho is not embedded" in wrong


def test_another_family_is_an_error_and_no_substitute():
    with pytest.raises(BadLetter) as caught:
        render(body("<p style=\"font-family: 'Noto Sans CJK JP'\">別の書体</p>"), title="x")
    assert "Noto" in caught.value.reasons[0]


@pytest.mark.parametrize(
    ("char", "code"), [("\ue000", "U+E000"), ("\U00030000", "U+30000"), ("葛\U000e01ef", "U+E01EF")]
)
def test_a_character_without_a_glyph_stops_the_letter(char, code):
    with pytest.raises(MissingGlyph) as caught:
        render(body(f"<p>見本 {char} 様</p><p>{char}</p>"), title="x")
    assert [p.cluster for p in caught.value.problems] == [char]
    assert code in caught.value.problems[0].codepoints
    assert code in str(caught.value)
    assert caught.value.status == 422


def test_all_missing_characters_are_named_at_once():
    with pytest.raises(MissingGlyph) as caught:
        render(body("<p>\ue000</p><p><b>\ue001</b>\ue002</p>"), title="x")
    assert [p.cluster for p in caught.value.problems] == ["\ue000", "\ue001", "\ue002"]


def test_texts_are_checked_before_a_letter_is_made():
    assert check_text(NAME) == []
    assert [m.codepoints for m in check_text("見本\ue000")] == [("U+E000",)]


def test_marking_escapes_and_chooses_fonts():
    assert mark("<b>𠮷</b>") == Markup('&lt;b&gt;<span class="f-ipamj">𠮷</span>&lt;/b&gt;')
    assert mark(12) == Markup("12")
    assert mark(Markup("<b>x</b>")) == Markup("<b>x</b>")
    with pytest.raises(MissingGlyph):
        mark("\ue000")


def test_no_value_of_a_template_goes_round_the_marking():
    template = Environment(autoescape=True, finalize=mark).from_string("<p>{{ name }}{{ 5 }}{{ name|upper }}</p>")
    assert (
        template.render(name="𠮷&")
        == '<p><span class="f-ipamj">𠮷</span>&amp;5<span class="f-ipamj">𠮷</span>&amp;</p>'
    )
    with pytest.raises(MissingGlyph):
        template.render(name="\ue000")


def test_marked_and_unmarked_text_give_the_same_letter():
    marked = render(body(f"<p>{mark(NAME)} 様</p>"), title="x")
    assert marked == render(body(f"<p>{NAME} 様</p>"), title="x")


@pytest.mark.parametrize(
    "inner",
    [
        '<img src="file:///etc/hostname" alt="x">',
        '<img src="http://127.0.0.1:9/x.png" alt="x">',
        '<img src="relative.png" alt="x">',
        '<link rel="stylesheet" href="file:///etc/hostname">',
        '<p style="background: url(https://127.0.0.1:9/)">x</p>',
        '<link rel="attachment" href="file:///etc/hostname">',
        '<p style="colour: red">x</p>',
        '<img src="data:image/png;base64,AAAA" alt="x">',
    ],
)
def test_nothing_is_fetched_and_every_complaint_is_an_error(inner):
    with pytest.raises(BadLetter) as caught:
        render(body(inner), title="x")
    assert caught.value.reasons
    assert caught.value.status == 500


def test_a_picture_in_the_document_itself_is_drawn():
    out = BytesIO()
    Image.new("RGB", (8, 8)).save(out, "PNG")
    address = "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()
    data = render(body(f'<p><img alt="見本の図" src="{address}"></p>'), title="x")
    assert nonconformities(data) == []


def test_complaints_are_kept_without_anybodys_data(caplog):
    with pytest.raises(BadLetter) as caught:
        render(body('<p style="colour: secret-value">x</p>'), title="x")
    assert "secret-value" not in str(caught.value) + " ".join(caught.value.reasons)
    assert "secret-value" not in caplog.text


def test_an_attachment_travels_inside_and_the_bytes_stay_the_same():
    attached = pdf.Attachment("decision.json", "決定の内容", b'{"a":1}', datetime(2026, 6, 1, tzinfo=UTC))
    data = render(LETTER, title="x", attachments=[attached])
    assert data == render(LETTER, title="x", attachments=[attached])
    assert nonconformities(data) == []
    with pikepdf.open(BytesIO(data)) as document:
        (inside,) = document.attachments.values()
        (listed,) = document.Root.AF
        assert listed.AFRelationship == "/Data"
        assert inside.filename == "decision.json"
        assert inside.get_file().read_bytes() == b'{"a":1}'


def test_a_document_may_bring_counter_styles_that_do_not_leak_into_the_next(letter):
    own = "<style>@counter-style paren-items { system: extends decimal; prefix: '<'; suffix: '>' }</style>"
    changed = render(LETTER.replace("<head>", f"<head>{own}"), title="保有個人情報開示決定通知書")
    assert "<1>" in text_of(changed)
    assert render(LETTER, title="保有個人情報開示決定通知書") == letter


def test_a_long_letter_has_numbered_pages():
    data = render(body("<p>長い文章です。</p>" * 120), title="x")
    assert "2 / " in text_of(data)
    assert nonconformities(data) == []


def test_warming_reads_the_fonts_and_raises_nothing() -> None:
    pdf.warm()


def test_a_template_that_prints_something_else_than_a_text_is_stopped() -> None:
    with pytest.raises(TypeError, match="not a list"):
        pdf.mark(["見本"])
