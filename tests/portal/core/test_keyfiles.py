import stat

import pytest

from portal.core import keyfiles
from portal.core.keyfiles import KeyFileError, read_secret, write_new


def test_a_new_file_is_its_owners_alone_and_never_overwritten(tmp_path):
    path = tmp_path / "keys" / "a.key"
    write_new(path, b"secret")
    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert read_secret(path) == b"secret"
    with pytest.raises(FileExistsError):
        write_new(path, b"other")


@pytest.mark.parametrize("mode", [0o440, 0o404, 0o644, 0o700, 0o420])
def test_a_key_that_others_can_read_is_refused(tmp_path, mode):
    path = tmp_path / "a.key"
    path.write_bytes(b"secret")
    path.chmod(mode)
    with pytest.raises(KeyFileError, match="chmod 0400"):
        read_secret(path)


def test_a_missing_key_is_said_in_plain_words(tmp_path):
    with pytest.raises(KeyFileError, match="missing"):
        read_secret(tmp_path / "a.key")


def test_office_files_are_found_by_number_and_nothing_else(tmp_path):
    for name in [
        "office-0002.pem",
        "office-0001.pem",
        "office-0001.pub",
        "office-1.pem",
        "web.key",
        "office-0003.pem.bak",
    ]:
        (tmp_path / name).touch()
    assert list(keyfiles.office_files(tmp_path, "pem")) == [1, 2]
    assert list(keyfiles.office_files(tmp_path, "pub")) == [1]
    assert keyfiles.office_files(tmp_path / "nowhere", "pem") == {}
