"""The letters as a requester receives them."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import page
import pikepdf
import pypdfium2
import pytest
from jinja2.exceptions import SecurityError

from disclosure.letters import decision_letter
from disclosure.letters.frame import Paper
from disclosure.letters.mail_text import text
from disclosure.letters.slip import receipt_slip
from disclosure.letters.versions import LETTERS
from disclosure.models.case import Case
from disclosure.rules.decisions import DecisionType, Reason
from disclosure.rules.kinds import Delivery, Field, Format, RecordKind
from disclosure.rules.regimes import regime
from portal.core.errors import Invalid
from portal.letters.engine import TemplateError
from tests.conftest import make_settings
from tests.factories.disclosure import NOON, NOT_HELD, REASON

DAY = date(2026, 4, 28)
VALUES = {Field.NAME: "葛󠄂城　𠮷之助", Field.ADDRESS: "東京都千代田区見本町一丁目2番3号", Field.POSTAL_CODE: "100-0000"}


def a_context(
    settings, kind, reasons=(), *, regime="P2", values=VALUES, delivery=Delivery.DOWNLOAD, draft=False, **more
):
    case = Case(
        id="case-1", number="開-R08-000123-Q", regime=regime, law_day=date(2026, 4, 1), received_on=date(2026, 4, 1),
        records=RecordKind.BOTH, delivery=delivery, format=Format.PDF,
    )  # fmt: skip
    return decision_letter.context(
        case,
        kind,
        values,
        reasons,
        paper=Paper("見情機第11号", DAY, settings.organisation, sample=True, draft=draft),
        **more,
    )


def made(settings, kind, reasons=(), **more):
    name = decision_letter.kind(kind, regime(more.get("regime", "P2"), DAY))
    return LETTERS.render(LETTERS.current(name, DAY), a_context(settings, kind, reasons, **more))


def words(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    pages = [document[n].get_textpage().get_text_range() for n in range(len(document))]
    document.close()
    return "".join("".join(pages).split())


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    return make_settings(tmp_path_factory.mktemp("home"))


@pytest.mark.parametrize(
    ("kind", "reasons"),
    [
        (DecisionType.FULL, []),
        (DecisionType.PARTIAL, [REASON] * 30),
        (DecisionType.NONE, [REASON]),
        (DecisionType.NOT_HELD, [NOT_HELD]),
        (DecisionType.FORM, [Reason("請求書", "N10", "本人確認書類がないこと", "補正の求めに応じられなかったこと")]),
    ],
)
def test_each_letter_is_accessible_and_says_what_it_must(settings, kind, reasons):
    pdf = made(settings, kind, reasons)
    report = page.validate_pdf_bytes(pdf, profile="ua1")
    assert report.is_compliant, [str(failure) for failure in report.failures]
    said = words(pdf)
    for part in (
        "見情機第11号",
        "令和8年4月28日",
        "様",
        "理事長見本太郎",
        "（公印省略）",
        "記",
        "以上",
        "3か月以内",
        "担当",
    ):
        assert part in said, part
    assert said.index("記1" if "記1" in said else "記１") < said.index("以上")
    for reason in reasons:
        assert "".join(reason.harm.split()) in said
    assert ("利用目的" in said) == (kind in (DecisionType.FULL, DecisionType.PARTIAL))


def test_a_letter_is_made_again_to_the_same_bytes(settings):
    assert made(settings, DecisionType.PARTIAL, [REASON]) == made(settings, DecisionType.PARTIAL, [REASON])


def test_the_name_comes_back_with_its_variant(settings):
    assert "葛󠄂城𠮷之助様" in words(made(settings, DecisionType.FULL))


def test_a_business_answers_without_remedies_against_dispositions(tmp_path):
    said = words(made(make_settings(tmp_path, profile="j-lis-like"), DecisionType.FULL, regime="P1"))
    assert "第33条第2項" in said
    assert "審査請求" not in said


def test_an_unprintable_character_stops_the_letter_and_is_named(settings):
    with pytest.raises(Invalid) as caught:
        made(settings, DecisionType.FULL, values={**VALUES, Field.NAME: "見本\ue000郎"})
    params = caught.value.params
    assert (params["character"], params["codepoints"], params["place"]) == ("\ue000", "U+E000", "Name")
    with pytest.raises(Invalid) as caught:
        made(settings, DecisionType.NONE, [Reason("x", "N2", "𒀀", "z")])
    assert caught.value.params["place"] == "Nature of the information"


def test_what_was_typed_is_never_markup_or_template(settings):
    evil = "<b>{{ 7*7 }}</b><img src=file:///etc/passwd>"
    said = words(made(settings, DecisionType.NONE, [Reason("x", "N2", evil, "z")]))
    assert "{{7*7}}" in said


def test_templates_run_in_a_sandbox():
    source = "{{ ''.__class__.__mro__ }}"
    with pytest.raises(SecurityError):
        LETTERS._environment.from_string(source).render({})


def test_a_draft_says_that_it_is_one(settings):
    assert "起案中の文書です" in words(made(settings, DecisionType.FULL, draft=True))


def test_the_slip_holds_number_and_code_and_nothing_personal(settings):
    for language in ("ja", "en"):
        pdf = receipt_slip(
            "開-R08-000123-Q", "7GK2-9QXM-4TRP-0WZD", received_at=NOON, settings=settings, language=language
        )
        assert page.validate_pdf_bytes(pdf, profile="ua1").is_compliant
        said = words(pdf)
        assert "開-R08-000123-Q" in said
        assert "7GK2-9QXM-4TRP-0WZD" in said
        with pikepdf.open(BytesIO(pdf)) as document:
            assert len(document.pages) == 1


def test_the_version_in_force_is_chosen_by_day():
    assert LETTERS.current("f4", DAY).name == "f4.2022-04-01.html"
    with pytest.raises(TemplateError):
        LETTERS.current("f4", date(2021, 1, 1))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_mail_says_only_that_there_is_news(language):
    subject, body = text("news", language, url="https://x.example", organisation="O", department="D", telephone="1")
    assert subject
    assert "https://x.example" in body
    assert "{" not in subject + body
