import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core import vault
from portal.core.keyfiles import KeyFileError
from portal.core.vault import CannotOpen, OfficeVault, PublicVault

CASE, OTHER = "0190-case-a", "0190-case-b"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("vault") / "keys"
    assert vault.make_office_key(path)
    return path


@pytest.fixture(scope="module")
def office(folder):
    return vault.load_office(folder)


@pytest.fixture(scope="module")
def public(folder):
    return vault.load_public(folder)


KEY = vault.CaseKey(bytes(range(32)))


@given(st.binary(max_size=2000))
def test_what_is_sealed_opens_in_its_place(data):
    sealed = KEY.seal("case", "name", "r1", data)
    assert len(sealed) == len(data) + 29
    assert sealed[0] == 1
    assert KEY.open("case", "name", "r1", sealed) == data


def test_sealing_twice_gives_different_bytes():
    assert KEY.seal("case", "name", "r1", b"x") != KEY.seal("case", "name", "r1", b"x")


@pytest.mark.parametrize(
    "place", [("cases", "name", "r1"), ("case", "kana", "r1"), ("case", "name", "r2"), ("case", "name", "r1 ")]
)
def test_a_value_moved_elsewhere_does_not_open(place):
    with pytest.raises(CannotOpen):
        KEY.open(*place, KEY.seal("case", "name", "r1", b"x"))


def test_no_flipped_bit_goes_unnoticed():
    sealed = KEY.seal("case", "name", "r1", b"value")
    for bit in range(len(sealed) * 8):
        broken = bytearray(sealed)
        broken[bit // 8] ^= 1 << bit % 8
        with pytest.raises(CannotOpen):
            KEY.open("case", "name", "r1", bytes(broken))


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01" * 28, b"\x02" * 40])
def test_bytes_that_were_never_sealed_do_not_open(sealed):
    with pytest.raises(CannotOpen):
        KEY.open("case", "name", "r1", sealed)


def test_another_key_does_not_open():
    with pytest.raises(CannotOpen):
        vault.CaseKey(bytes(32)).open("case", "name", "r1", KEY.seal("case", "name", "r1", b"x"))


@pytest.mark.parametrize("place", [("a|b", "c", "d"), ("a", "b|c", "d"), ("", "b", "c"), ("a", "b", "")])
def test_a_place_has_one_reading_only(place):
    with pytest.raises(ValueError):
        KEY.seal(*place, b"x")


def test_a_key_does_not_show_itself():
    assert "secret" not in repr(KEY)
    assert KEY.secret.hex() not in KEY.id
    assert len(KEY.id) == 16


def test_the_public_side_seals_and_the_office_opens(public, office):
    key, wrap = public.new_case(CASE)
    sealed = key.seal("case", "name", "r1", "葛\U000e0102城".encode())
    assert office.open_case(CASE, wrap) == key
    assert office.open_case(CASE, wrap).open("case", "name", "r1", sealed).decode() == "葛\U000e0102城"
    assert not hasattr(public, "open_case")
    assert not isinstance(public, OfficeVault)
    assert isinstance(office, PublicVault)


def test_each_case_has_a_key_of_its_own(public):
    assert public.new_case(CASE)[0] != public.new_case(CASE)[0]


def test_a_wrap_opens_for_its_case_alone(public, office):
    _, wrap = public.new_case(CASE)
    with pytest.raises(CannotOpen):
        office.open_case(OTHER, wrap)


def test_a_broken_wrap_does_not_open(public, office):
    _, wrap = public.new_case(CASE)
    for index in (0, 1, 8, 9, 40, len(wrap) - 1):
        broken = bytearray(wrap)
        broken[index] ^= 1
        with pytest.raises(CannotOpen):
            office.open_case(CASE, bytes(broken))
    for short in (b"", wrap[:5], wrap[:9], wrap[:20]):
        with pytest.raises(CannotOpen):
            office.open_case(CASE, short)


def test_rotation_wraps_anew_and_keeps_what_was_sealed(tmp_path):
    vault.make_office_key(tmp_path)
    key, old_wrap = vault.load_public(tmp_path).new_case(CASE)
    new_id = vault.add_office_key(tmp_path)
    office = vault.load_office(tmp_path)
    assert not office.is_newest(old_wrap)
    assert office.open_case(CASE, old_wrap) == key
    new_wrap = office.rewrap(CASE, old_wrap)
    assert office.is_newest(new_wrap)
    assert new_wrap[1:9].hex() == new_id
    assert office.rewrap(CASE, new_wrap) == new_wrap
    (tmp_path / "office-0001.pem").unlink()
    office = vault.load_office(tmp_path)
    assert office.open_case(CASE, new_wrap) == key
    with pytest.raises(CannotOpen):
        office.open_case(CASE, old_wrap)


def test_the_list_of_keys_names_the_newest(tmp_path):
    assert not vault.has_office_key(tmp_path)
    assert vault.make_office_key(tmp_path)
    assert not vault.make_office_key(tmp_path)
    vault.add_office_key(tmp_path)
    listed = vault.list_office_keys(tmp_path)
    assert [(key["number"], key["newest"]) for key in listed] == [(1, False), (2, True)]
    assert vault.load_public(tmp_path).key_id.hex() == listed[1]["id"] == vault.load_office(tmp_path).key_id.hex()


def test_a_public_machine_needs_no_private_key(tmp_path):
    vault.make_office_key(tmp_path)
    (tmp_path / "office-0001.pem").unlink()
    vault.load_public(tmp_path).new_case(CASE)
    with pytest.raises(KeyFileError, match="no key of the office"):
        vault.load_office(tmp_path)


def test_without_keys_the_vault_says_so(tmp_path):
    with pytest.raises(KeyFileError, match="no public key"):
        vault.load_public(tmp_path)
    vault.make_office_key(tmp_path)
    (tmp_path / "index.key").unlink()
    with pytest.raises(KeyFileError, match="missing"):
        vault.load_office(tmp_path)
    (tmp_path / "index.key").write_bytes(b"short")
    (tmp_path / "index.key").chmod(0o600)
    with pytest.raises(KeyFileError, match="32 bytes"):
        vault.load_office(tmp_path)


def test_a_private_key_that_others_can_read_is_refused(tmp_path):
    vault.make_office_key(tmp_path)
    (tmp_path / "office-0001.pem").chmod(0o440)
    with pytest.raises(KeyFileError, match="chmod"):
        vault.load_office(tmp_path)


def test_keys_are_pem():
    private, public = vault.generate_office_key()
    assert private.startswith(b"-----BEGIN PRIVATE KEY-----")
    assert public.startswith(b"-----BEGIN PUBLIC KEY-----")


def test_data_of_a_session_opens_with_its_token_alone():
    token = b"t" * 32
    sealed = vault.seal_with(token, "session", "data", "r1", b"draft")
    assert vault.open_with(token, "session", "data", "r1", sealed) == b"draft"
    for other in [(b"u" * 32, "session", "data", "r1"), (token, "session", "data", "r2")]:
        with pytest.raises(CannotOpen):
            vault.open_with(*other, sealed)
    with pytest.raises(ValueError):
        vault.seal_with(b"short", "session", "data", "r1", b"draft")


def test_blind_indexes_meet_within_a_column_and_a_key_only(office, public):
    index = public.blind("case.name", "ヤマダタロウ")
    assert index == office.blind("case.name", "ヤマダタロウ")
    assert len(index) == 32
    assert index != public.blind("case.kana", "ヤマダタロウ")
    assert index != public.blind("case.name", "ヤマダジロウ")
    assert index != vault.blind(b"k" * 32, "case.name", "ヤマダタロウ")
