"""The method of disclosure: what goes together, and when something must still be chosen."""

from __future__ import annotations

from datetime import date

import pytest

from disclosure.rules import handouts, methods
from disclosure.rules.kinds import Delivery, Format
from portal.core.errors import Invalid

D, F = Delivery, Format
FITS = {
    D.DOWNLOAD: {F.PDF, F.IMAGE, F.LARGE_PRINT, F.TEXT},
    D.POST: {F.PAPER, F.LARGE_PRINT, F.CARRIER},
    D.OFFICE: {F.INSPECTION, F.PAPER, F.LARGE_PRINT, F.CARRIER, F.PDF, F.IMAGE},
}


@pytest.mark.parametrize("delivery", list(Delivery))
@pytest.mark.parametrize("wanted", list(Format))
def test_way_and_form_go_together_or_the_message_says_what_does(delivery, wanted):
    if wanted in FITS[delivery]:
        methods.check(delivery, wanted)
        assert methods.must_choose(delivery, wanted) is (delivery is D.OFFICE)
    else:
        with pytest.raises(Invalid):
            methods.check(delivery, wanted)
        assert methods.must_choose(delivery, wanted)


def test_the_last_day_is_in_time():
    assert not methods.is_late(None, date(2026, 5, 8))
    assert not methods.is_late(date(2026, 5, 8), date(2026, 5, 8))
    assert methods.is_late(date(2026, 5, 8), date(2026, 5, 9))


@pytest.mark.parametrize("typed", ["123456", "１２３ ４５６", "123-456", " 123・456".replace("・", "")])
def test_a_code_is_read_in_any_width(typed):
    assert handouts.plain_code(typed) == "123456"
