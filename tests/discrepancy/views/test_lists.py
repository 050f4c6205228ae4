"""The lists of cases and of reports, searched by the name of a body."""

from __future__ import annotations

import pytest

from discrepancy.queries import bodies
from tests.discrepancy.views.conftest import Room

ONLY_SOME = "を超える団体の名称"


@pytest.mark.parametrize(
    ("login", "address", "field"),
    [
        ("inquirer", "/bodies/cases", "q"),
        ("officer", "/bodies/cases", "q"),
        ("officer", "/staff/discrepancies", "text"),
    ],
)
def test_a_search_that_leaves_bodies_out_says_so(
    room: Room, monkeypatch: pytest.MonkeyPatch, login: str, address: str, field: str
) -> None:
    monkeypatch.setattr(bodies, "MOST", 1)
    browser = room.browser(login)
    assert ONLY_SOME in browser.get(f"{address}?{field}=北海道").text
    assert ONLY_SOME not in browser.get(f"{address}?{field}=北海道見本市").text
    assert ONLY_SOME not in browser.get(address).text
