import pytest

from portal.core import errors


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (errors.KaijiError, 400),
        (errors.Forbidden, 403),
        (errors.NotFound, 404),
        (errors.Conflict, 409),
        (errors.Gone, 410),
        (errors.Invalid, 422),
        (errors.TooMany, 429),
    ],
)
def test_each_error_has_its_status_and_a_message_of_its_own(kind, status):
    error = kind()
    assert error.status == status
    assert str(error) == error.message == kind.default
    assert isinstance(error, errors.KaijiError)


def test_the_template_stays_apart_from_its_values():
    error = errors.Invalid("At most %(n)s pages.", n=30)
    assert error.message == "At most %(n)s pages."
    assert error.params == {"n": 30}
    assert str(error) == "At most 30 pages."


def test_a_message_without_values_may_hold_a_percent_sign():
    assert str(errors.Invalid("100 % of it")) == "100 % of it"


def test_too_many_says_when_to_come_back():
    assert errors.TooMany(retry_after=900).retry_after == 900
