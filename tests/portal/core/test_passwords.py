import pytest

from portal.core import passwords
from portal.core.errors import Invalid

GOOD = "曇り空 teapot 七つの坂道"


def test_a_password_fits_its_own_hash_alone():
    hashed = passwords.hash_password(GOOD)
    assert hashed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert passwords.verify(hashed, GOOD)
    assert not passwords.verify(hashed, GOOD + "x")
    assert not passwords.needs_rehash(hashed)
    assert hashed != passwords.hash_password(GOOD)


def test_the_keyboards_way_of_composing_makes_no_difference():
    hashed = passwords.hash_password("かぎのかかる はこがある ガラス")
    assert passwords.verify(hashed, "かき\u3099のかかる はこか\u3099ある カ\u3099ラス")


def test_a_hash_with_other_parameters_is_to_be_made_again():
    assert passwords.needs_rehash("$argon2id$v=19$m=8192,t=2,p=1$c2FsdHNhbHQ$aGFzaA")


@pytest.mark.parametrize("stored", ["", "x", "$argon2id$broken", "$2b$12$abc"])
def test_nothing_fits_what_is_no_hash(stored):
    assert not passwords.verify(stored, GOOD)


@pytest.mark.parametrize(
    ("password", "message"),
    [
        ("", passwords.TOO_SHORT),
        ("a b c d e f g!", passwords.TOO_SHORT),
        ("correct horse battery " * 6, passwords.TOO_LONG),
        ("correct\x00horse battery", passwords.UNPRINTABLE),
        ("aaaaaaaaaaaaaaaaaaa", passwords.COMMON),
        ("abababababababababab", passwords.COMMON),
        ("passwordpassword", passwords.COMMON),
        ("Password123456!!", passwords.COMMON),
        ("ｐａｓｓｗｏｒｄ１２３４５６７８", passwords.COMMON),
        ("qwertyuiopasdfghjkl", passwords.COMMON),
        ("abcdefghijklmnopqrstuvwxyz", passwords.COMMON),
        ("admin-welcome-2026", passwords.COMMON),
    ],
)
def test_weak_passwords_are_refused_with_a_reason(password, message):
    with pytest.raises(Invalid) as caught:
        passwords.hash_password(password)
    assert caught.value.message == message


@pytest.mark.parametrize(
    "password", [GOOD, "correct horse battery", "K7f2-9QxM-b4Tw-ZpLr", "みどりの机に三つの林檎があるらしい"]
)
def test_good_passwords_are_accepted(password):
    passwords.check(password)


def test_an_endless_password_costs_no_more_than_another():
    assert not passwords.verify(passwords.hash_password(GOOD), "x" * 10_000_000)
