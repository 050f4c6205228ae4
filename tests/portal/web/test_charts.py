"""Charts are true to their numbers, fit their picture, and never depend on the picture alone."""

from __future__ import annotations

import itertools
import re
import xml.etree.ElementTree as ET
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from portal.web import chart_parts as parts
from portal.web.charts import Chart, Value, bar_chart, line_chart, number_text

CARDS = [Value("葛飾区", 5000), Value("全国の自治体（通知カードの返戻）", 26000, sure=False), Value("飯田市", 11)]
MONTHS = [date(2016, month, 1) for month in (1, 2, 3, 5, 10)]


def bars(values: list[Value] = CARDS, **more: Any) -> Chart:
    return bar_chart(values, key="k", title="影響した枚数", unit="枚", **more)


def lines(numbers: list[float | None], series: str = "") -> Chart:
    values = [Value(str(day), number, series, day) for day, number in zip(MONTHS, numbers, strict=True)]
    return line_chart(values, key="k", title="累計", unit="万枚")


def drawn(chart: Chart, macro: str) -> str:
    """The chart as the templates write it."""
    env = Environment(
        loader=FileSystemLoader("portal/web/templates"), extensions=["jinja2.ext.i18n"], undefined=StrictUndefined,
        autoescape=True, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    env.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    env.filters["wareki"] = str
    source = '{% import "charts.html" as charts %}{{ charts.' + macro + "(chart) }}"
    return env.from_string(source).render(chart=chart)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 26000, (0, 5000, 10000, 15000, 20000, 25000, 30000)),
        (0, 6, (0, 1, 2, 3, 4, 5, 6)),
        (0, 0, (0, 0.2, 0.4, 0.6, 0.8, 1.0)),
        (3, 1050, (0, 200, 400, 600, 800, 1000, 1200)),
        (-5, 10, (-5, 0, 5, 10)),
        (0, 0.3, (0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3)),
    ],
)
def test_a_scale_has_round_numbers_from_zero(low: float, high: float, expected: tuple[float, ...]) -> None:
    assert parts.ticks(low, high) == expected


@pytest.mark.parametrize("span", [0, -1, float("nan"), float("inf")])
def test_a_scale_without_a_span_is_refused(span: float) -> None:
    with pytest.raises(ValueError, match="positive"):
        parts.nice_step(span)


@given(st.floats(0.01, 1e12), st.integers(2, 8))
def test_a_step_never_gives_more_marks_than_asked(span: float, most: int) -> None:
    step = parts.nice_step(span, most)
    assert span / step <= most + 1e-6
    assert f"{step:e}"[0] in "125"


@pytest.mark.parametrize(
    ("number", "text"),
    [(26000, "26,000"), (0, "0"), (None, "–"), (1.5, "1.5"), (98.25, "98.25"), (-3, "-3"), (3.0, "3"), (7.1, "7.1")],
)
def test_numbers_are_written_with_separators_and_no_needless_decimals(number: float | None, text: str) -> None:
    assert number_text(number) == text


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [([], (0, 1)), ([0, 1], (0, 1)), ([2, 1], (0, 1, 2)), ([0.5], (0, 0.1, 0.2, 0.3, 0.4, 0.5))],
)
def test_a_scale_of_counts_has_no_halves(numbers: list[float], expected: tuple[float, ...]) -> None:
    assert parts.ticks_of(numbers) == expected


def test_bars_are_as_long_as_their_numbers() -> None:
    for drawing in bars().drawings:
        widths = [bar.width for bar in drawing.bars]
        assert widths[0] / widths[1] == pytest.approx(5000 / 26000, rel=1e-3)
        assert {bar.x for bar in drawing.bars} == {drawing.left}


def test_a_chart_is_laid_out_wide_and_narrow() -> None:
    assert [drawing.kind for drawing in bars().drawings] == ["wide", "narrow"]
    assert [drawing.width for drawing in lines([1, 2, 3, 4, 5]).drawings] == [parts.WIDE, parts.NARROW]


@given(st.lists(st.integers(-9_999, 99_999_999), min_size=1, max_size=8), st.text("あ漢x 字、", max_size=60))
def test_everything_of_a_bar_chart_stays_inside_its_picture(numbers: list[int], label: str) -> None:
    chart = bars([Value(f"{label}{n}", number) for n, number in enumerate(numbers)])
    for drawing in chart.drawings:
        for bar in drawing.bars:
            assert bar.x >= -0.1
            assert bar.x + bar.width <= drawing.width + 0.1
            assert bar.y + bar.height <= drawing.bottom + 0.1
            length = parts.text_width(bar.value.text)
            start = bar.value.x - (length if bar.value.anchor == "end" else 0)
            assert start >= -0.1
            assert start + length <= drawing.width + 0.1
        assert all(0 <= text.y <= drawing.height for text in drawing.texts)


def test_several_series_are_told_apart_by_shape_and_not_only_by_colour() -> None:
    chart = bars([Value("1月", 3, "申請"), Value("1月", 2, "交付"), Value("2月", 5, "申請")])
    signs = [bar.sign.shape for bar in chart.drawings[0].bars if bar.sign]
    assert signs == ["circle", "square", "circle"]
    assert chart.rows[1].cells == ("5", "–")


def test_one_series_needs_no_signs() -> None:
    assert all(bar.sign is None for bar in bars().drawings[0].bars)


def test_a_chart_without_values_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        bars([])


def test_more_series_than_can_be_told_apart_are_refused() -> None:
    with pytest.raises(ValueError, match="at most 4"):
        bars([Value("a", 1, str(n)) for n in range(5)])


def test_a_line_is_true_to_time() -> None:
    marks = lines([1, 2, 3, 4, 5]).drawings[0].marks
    january, february, _, _, october = (mark.x for mark in marks)
    assert (february - january) / (october - january) == pytest.approx(31 / 274, abs=0.002)


def test_a_gap_in_the_values_is_a_gap_in_the_line() -> None:
    drawing = lines([1, 2, None, 4, 5]).drawings[0]
    assert [len(points.split()) for _, points in drawing.lines] == [2, 2]
    assert len(drawing.marks) == 4


def test_days_under_a_line_do_not_overlap_and_hold_the_first_and_the_last() -> None:
    days = [date(2016, 1, 1 + n) for n in range(31)]
    chart = line_chart([Value(str(day), 1, day=day) for day in days], key="k", title="t", unit="u")
    for drawing in chart.drawings:
        shown = [tick.label for tick in drawing.across]
        assert (shown[0].text, shown[-1].text) == ("2016-01-01", "2016-01-31")
        room = parts.text_width("2016-01-01", 13)
        assert all(after.x - before.x >= room for before, after in itertools.pairwise(shown))


def test_a_line_without_days_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a day"):
        line_chart([Value("a", 1)], key="k", title="t", unit="u")


def test_a_line_of_one_day_is_drawn_in_the_middle() -> None:
    drawing = line_chart([Value("a", 1, day=MONTHS[0])], key="k", title="t", unit="u").drawings[0]
    assert drawing.left < drawing.marks[0].x < drawing.right


def test_long_labels_are_broken_between_characters_but_not_before_punctuation() -> None:
    wrapped = parts.wrap("通知カードの返戻、再送付。窓口での交付", 84)
    assert "".join(wrapped) == "通知カードの返戻、再送付。窓口での交付"
    assert len(wrapped) > 1
    assert not any(line[0] in "、。ー）" for line in wrapped)


@given(st.text(min_size=0, max_size=80))
def test_breaking_a_label_loses_nothing_but_spaces(text: str) -> None:
    assert re.sub(r"\s", "", "".join(parts.wrap(text, 100))) == re.sub(r"\s", "", text)


@pytest.mark.parametrize(("chart", "macro"), [(bars(), "bar_chart"), (lines([1, None, 3, 4, 5], "申請"), "line_chart")])
def test_a_drawn_chart_is_named_described_unstyled_and_followed_by_its_table(chart: Chart, macro: str) -> None:
    html = drawn(chart, macro)
    assert "style=" not in html
    assert "<script" not in html
    tree = ET.fromstring(html.replace(" open>", ' open="">'))
    for svg in (element for element in tree.iter("svg") if element.get("role") == "img"):
        named = (svg.get("aria-labelledby") or "").split()
        assert [svg.find("title").get("id"), svg.find("desc").get("id")] == named  # type: ignore[union-attr]
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    cells = [cell.text for cell in tree.iter() if cell.tag in ("td", "th")]
    assert [row.label for row in chart.rows] == [cell for cell in cells if cell in {row.label for row in chart.rows}]
    details = tree.find("details")
    assert details is not None
    assert details.get("open") is not None


def test_text_of_a_chart_is_escaped() -> None:
    html = drawn(bars([Value("<b>&", 1)]), "bar_chart")
    assert "<b>" not in html
    assert "&lt;b&gt;&amp;" in html
