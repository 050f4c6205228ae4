"""Settings are checked at the start, and every one is documented."""

from dataclasses import fields, replace
from pathlib import Path

import pytest

from portal.core.settings import Settings, SettingsError, Signing, Surface

ROOT = Path(__file__).resolve().parents[3]


def test_defaults_make_a_whole_installation(tmp_path: Path) -> None:
    settings = Settings.from_env({"KAIJI_HOME": str(tmp_path)})
    assert settings.surface is Surface.ALL
    assert settings.public_url == "http://127.0.0.1:8000"
    assert settings.database_url == f"sqlite:///{tmp_path / 'kaiji.db'}"
    assert not settings.secure
    assert settings.organisation.profile == "public-body"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KAIJI_PORT", "８０００"),
        ("KAIJI_PORT", "http"),
        ("KAIJI_SURFACE", "everything"),
        ("KAIJI_SAMPLE", "maybe"),
        ("KAIJI_PROFILE", "nobody"),
        ("KAIJI_PUBLIC_URL", "kaiji.example"),
        ("KAIJI_LOG_LEVEL", "loud"),
        ("KAIJI_ORGANISATION_FILE", "/nowhere.toml"),
        ("KAIJI_TYPO", "1"),
    ],
)
def test_a_wrong_setting_stops_the_start_and_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as error:
        Settings.from_env({name: value})
    assert name in str(error.value) or value in str(error.value)


PKCS12 = {
    "KAIJI_SAMPLE": "0",
    "KAIJI_SIGNING": "pkcs12",
    "KAIJI_SIGNING_FILE": "/keys/letters.p12",
    "KAIJI_SIGNING_PASSWORD_FILE": "/keys/letters.password",
    "KAIJI_SIGNING_SUBJECT": "CN=見本, C=JP",
    "KAIJI_SIGNING_ANCHORS": "/keys/anchors.pem",
}
PKCS11 = {
    "KAIJI_SIGNING": "pkcs11",
    "KAIJI_SIGNING_SUBJECT": "CN=見本, C=JP",
    "KAIJI_SIGNING_ANCHORS": "/keys/anchors.pem",
    "KAIJI_PKCS11_MODULE": "/usr/lib/softhsm/libsofthsm2.so",
    "KAIJI_PKCS11_TOKEN": "kaiji",
    "KAIJI_PKCS11_KEY": "letters",
    "KAIJI_PKCS11_PIN_FILE": "/keys/pin",
}


def test_a_demonstration_signs_with_a_sample_and_others_not_at_all() -> None:
    assert Settings.from_env({}).signing is Signing.SAMPLE
    assert Settings.from_env({"KAIJI_SAMPLE": "0"}).signing is Signing.NONE
    assert Settings.from_env(PKCS12).signing is Signing.PKCS12
    assert Settings.from_env(PKCS11).signing is Signing.PKCS11


@pytest.mark.parametrize("missing", sorted({*PKCS12, *PKCS11} - {"KAIJI_SIGNING", "KAIJI_SAMPLE"}))
def test_a_signing_key_needs_all_its_settings(missing: str) -> None:
    for whole in (PKCS12, PKCS11):
        if missing in whole:
            with pytest.raises(SettingsError, match=f"needs {missing}"):
                Settings.from_env({name: value for name, value in whole.items() if name != missing})


def test_a_machine_for_the_public_needs_no_key_to_verify() -> None:
    public = {name: value for name, value in PKCS12.items() if "FILE" not in name} | {"KAIJI_SURFACE": "public"}
    assert Settings.from_env(public).signing is Signing.PKCS12
    with pytest.raises(SettingsError, match="KAIJI_SIGNING_ANCHORS"):
        Settings.from_env({name: value for name, value in public.items() if name != "KAIJI_SIGNING_ANCHORS"})


@pytest.mark.parametrize(
    ("env", "said"),
    [
        ({"KAIJI_SAMPLE": "0", "KAIJI_SIGNING": "sample"}, "for demonstrations"),
        ({"KAIJI_SIGNING": "gpg"}, "KAIJI_SIGNING must be one of"),
        ({**PKCS12, "KAIJI_PKCS11_TOKEN": "kaiji"}, "KAIJI_PKCS11_TOKEN is set, but KAIJI_SIGNING is pkcs12"),
        ({**PKCS11, "KAIJI_SIGNING_FILE": "/x"}, "KAIJI_SIGNING_FILE is set, but KAIJI_SIGNING is pkcs11"),
        ({"KAIJI_SIGNING": "none", "KAIJI_TIMESTAMP_URL": "http://tsa.example"}, "KAIJI_TIMESTAMP_URL is set"),
        ({"KAIJI_SIGNING": "none", "KAIJI_SEAL_FILE": "/seal.png"}, "KAIJI_SEAL_FILE is set"),
        ({"KAIJI_TIMESTAMP_URL": "tsa.example"}, "KAIJI_TIMESTAMP_URL must look like"),
        ({"KAIJI_TIMESTAMP_URL": "file:///etc/passwd"}, "KAIJI_TIMESTAMP_URL must look like"),
    ],
)
def test_settings_of_signing_that_do_not_fit_together_are_refused(env: dict[str, str], said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        Settings.from_env(env)


def test_an_incomplete_organisation_is_named(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('[ours]\nname = "見本"\n', "utf-8")
    with pytest.raises(SettingsError, match="incomplete"):
        Settings.from_env({"KAIJI_ORGANISATION_FILE": str(path), "KAIJI_PROFILE": "ours"})


def test_an_organisation_without_an_english_name_is_called_by_its_own() -> None:
    organisation = Settings.from_env({}).organisation
    assert organisation.named("en") == organisation.name_en != organisation.named("ja") == organisation.name
    assert replace(organisation, name_en="").named("en") == organisation.name


def test_every_setting_is_documented() -> None:
    text = (ROOT / "docs" / "settings.md").read_text("utf-8")
    for field in fields(Settings):
        if field.name != "organisation":
            assert f"`KAIJI_{field.name.upper()}`" in text
