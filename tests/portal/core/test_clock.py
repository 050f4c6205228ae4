from datetime import UTC, date, datetime, timedelta

import pytest

from portal.core import clock


def test_now_is_aware_and_utc():
    assert clock.now().utcoffset() == timedelta(0)


def test_monotonic_never_goes_back():
    first = clock.monotonic()
    assert clock.monotonic() >= first


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 3, 31, 14, 59, 59, tzinfo=UTC), date(2026, 3, 31)),
        (datetime(2026, 3, 31, 15, 0, tzinfo=UTC), date(2026, 4, 1)),
    ],
)
def test_a_day_in_japan_begins_at_fifteen_hours_utc(at, day):
    assert clock.day_in_japan(at) == day


def test_a_naive_moment_has_no_day():
    with pytest.raises(ValueError):
        clock.day_in_japan(datetime(2026, 4, 1))


def test_it_can_be_a_given_moment_for_a_while():
    then = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)
    with clock.standing_at(then):
        assert clock.now() == then
    assert clock.now() > then
    with pytest.raises(ValueError, match="time zone"), clock.standing_at(datetime(2026, 4, 1)):
        pass
