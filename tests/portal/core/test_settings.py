"""Settings are checked at the start, and every one is documented."""

from dataclasses import fields
from pathlib import Path

import pytest

from portal.core.settings import Settings, SettingsError, Surface

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


def test_an_incomplete_organisation_is_named(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('[ours]\nname = "見本"\n', "utf-8")
    with pytest.raises(SettingsError, match="incomplete"):
        Settings.from_env({"KAIJI_ORGANISATION_FILE": str(path), "KAIJI_PROFILE": "ours"})


def test_every_setting_is_documented() -> None:
    text = (ROOT / "docs" / "settings.md").read_text("utf-8")
    for field in fields(Settings):
        if field.name != "organisation":
            assert f"`KAIJI_{field.name.upper()}`" in text
