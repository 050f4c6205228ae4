"""A form on paper says everything that was filled in, and in words what must be."""

from __future__ import annotations

from datetime import date

import pytest

from discrepancy.letters.sheet_paper import KIND, PAPERS, paper_context
from discrepancy.rules.codes import shipped
from discrepancy.rules.fields import FormKind, form
from tests.discrepancy.rules.reports import PROVIDER_CAUSED

DAY = date(2026, 11, 2)


@pytest.mark.parametrize("kind", FormKind)
def test_every_field_stands_on_the_paper(kind: FormKind) -> None:
    of = form(kind)
    values = {key: value for key, value in PROVIDER_CAUSED.items() if key in of.by_key}
    context = paper_context(of, values, shipped(), title=of.name_ja, day=DAY, sample=True)
    page = PAPERS.html(PAPERS.current(KIND, DAY), context)
    assert all(field.name_ja in page for field in of.fields)
    assert "児童手当" in page
    assert "令和8年11月2日（2026-11-02）" in page
    assert "【必須】" in page
    assert "見本の環境" in page
