"""What an installation decides, read once at the start; the only reader of the environment.

Every field has an environment variable ``KAIJI_<FIELD IN CAPITALS>``; an unknown ``KAIJI_…`` variable is an
error, so that a typing mistake cannot silently mean the default.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from portal.core.choices import SearchEngine as SearchEngine
from portal.core.choices import Signing as Signing
from portal.core.choices import Surface as Surface

DATA = Path(__file__).parent / "data"


class SettingsError(Exception):
    """A setting is missing, unknown or wrong; the text says which and how to mend it."""


@dataclass(frozen=True)
class Organisation:
    """The public body that runs this installation, as printed on pages and letters.

    ``body`` says in a line which kind of body it is before the law, for every page that depends on it.
    """

    profile: str
    name: str
    name_en: str
    head_title: str
    head_name: str
    postal_code: str
    address: str
    department: str
    telephone: str
    fax: str
    email: str
    letter_mark: str
    receipt_mark: str
    defendant: str
    representative: str
    court: str
    appeal_to: str
    body_ja: str = ""
    body_en: str = ""

    def named(self, language: str) -> str:
        """Its name for readers of ``language``: the Japanese one where there is no other."""
        return self.name if language == "ja" else self.name_en or self.name


@dataclass(frozen=True)
class Settings:
    """Everything an installation may set. Paths are absolute; each field is documented in docs/settings.md."""

    home: Path
    database_url: str
    public_url: str
    host: str
    port: int
    surface: Surface
    sample: bool
    organisation: Organisation
    law_folder: Path | None
    keys: Path
    outbox: Path
    published_folder: Path
    web_processes: int
    web_threads: int
    press_processes: int
    trusted_proxies: int
    cache_seconds: int
    cache_renewing_seconds: int
    cache_error_seconds: int
    smtp_host: str
    smtp_port: int
    smtp_user: str
    smtp_password_file: Path | None
    smtp_starttls: bool
    mail_from: str
    feed_authority: str
    webhooks_anywhere: bool
    letter_draft_days: int
    search_engine: SearchEngine
    signing: Signing
    signing_file: Path | None
    signing_password_file: Path | None
    signing_subject: str
    signing_anchors: Path | None
    pkcs11_module: Path | None
    pkcs11_token: str
    pkcs11_key: str
    pkcs11_pin_file: Path | None
    timestamp_url: str
    seal_file: Path | None
    log_level: str

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read and check the settings; raises SettingsError with the variable's name."""
        env = dict(os.environ if environ is None else environ)
        known = {f"KAIJI_{field.name.upper()}" for field in fields(cls)} - {"KAIJI_ORGANISATION"}
        known |= {"KAIJI_PROFILE", "KAIJI_ORGANISATION_FILE"}
        if unknown := sorted(name for name in env if name.startswith("KAIJI_") and name not in known):
            raise SettingsError(f"Unknown setting {unknown[0]}. Known are: {', '.join(sorted(known))}.")
        home = Path(env.get("KAIJI_HOME", "var")).resolve()
        port = _number(env, "KAIJI_PORT", 8000)
        host = env.get("KAIJI_HOST", "127.0.0.1")
        sample = _flag(env, "KAIJI_SAMPLE", True)
        settings = cls(
            home=home,
            database_url=env.get("KAIJI_DATABASE_URL", f"sqlite:///{home / 'kaiji.db'}"),
            public_url=env.get("KAIJI_PUBLIC_URL", f"http://{host}:{port}").rstrip("/"),
            host=host,
            port=port,
            surface=_choice(env, "KAIJI_SURFACE", Surface, Surface.ALL),
            sample=sample,
            organisation=_organisation(env),
            law_folder=law_folder(env),
            keys=Path(env.get("KAIJI_KEYS", home / "keys")).resolve(),
            outbox=Path(env.get("KAIJI_OUTBOX", home / "outbox")).resolve(),
            published_folder=Path(env.get("KAIJI_PUBLISHED_FOLDER", home / "published")).resolve(),
            web_processes=_number(env, "KAIJI_WEB_PROCESSES", 2),
            web_threads=_number(env, "KAIJI_WEB_THREADS", 4),
            press_processes=_number(env, "KAIJI_PRESS_PROCESSES", 1),
            trusted_proxies=_number(env, "KAIJI_TRUSTED_PROXIES", 0),
            cache_seconds=_number(env, "KAIJI_CACHE_SECONDS", 30),
            cache_renewing_seconds=_number(env, "KAIJI_CACHE_RENEWING_SECONDS", 30),
            cache_error_seconds=_number(env, "KAIJI_CACHE_ERROR_SECONDS", 86400),
            smtp_host=env.get("KAIJI_SMTP_HOST", ""),
            smtp_port=_number(env, "KAIJI_SMTP_PORT", 587),
            smtp_user=env.get("KAIJI_SMTP_USER", ""),
            smtp_password_file=_file(env, "KAIJI_SMTP_PASSWORD_FILE"),
            smtp_starttls=_flag(env, "KAIJI_SMTP_STARTTLS", True),
            mail_from=env.get("KAIJI_MAIL_FROM", "no-reply@kaiji.example"),
            feed_authority=env.get("KAIJI_FEED_AUTHORITY", ""),
            webhooks_anywhere=_flag(env, "KAIJI_WEBHOOKS_ANYWHERE", False),
            letter_draft_days=_number(env, "KAIJI_LETTER_DRAFT_DAYS", 30),
            search_engine=_choice(env, "KAIJI_SEARCH_ENGINE", SearchEngine, SearchEngine.AUTO),
            signing=_choice(env, "KAIJI_SIGNING", Signing, Signing.SAMPLE if sample else Signing.NONE),
            signing_file=_file(env, "KAIJI_SIGNING_FILE"),
            signing_password_file=_file(env, "KAIJI_SIGNING_PASSWORD_FILE"),
            signing_subject=env.get("KAIJI_SIGNING_SUBJECT", ""),
            signing_anchors=_file(env, "KAIJI_SIGNING_ANCHORS"),
            pkcs11_module=_file(env, "KAIJI_PKCS11_MODULE"),
            pkcs11_token=env.get("KAIJI_PKCS11_TOKEN", ""),
            pkcs11_key=env.get("KAIJI_PKCS11_KEY", ""),
            pkcs11_pin_file=_file(env, "KAIJI_PKCS11_PIN_FILE"),
            timestamp_url=env.get("KAIJI_TIMESTAMP_URL", ""),
            seal_file=_file(env, "KAIJI_SEAL_FILE"),
            log_level=env.get("KAIJI_LOG_LEVEL", "info"),
        )
        parts = urlsplit(settings.public_url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise SettingsError("KAIJI_PUBLIC_URL must look like https://kaiji.example.jp")
        if settings.feed_authority and not re.fullmatch(r"[a-z0-9.-]+,\d{4}(-\d\d){0,2}", settings.feed_authority):
            raise SettingsError("KAIJI_FEED_AUTHORITY must look like kaiji.example.jp,2026")
        if not 1 <= settings.letter_draft_days <= 365:
            raise SettingsError("KAIJI_LETTER_DRAFT_DAYS must be from 1 to 365.")
        if settings.log_level not in ("debug", "info", "warning", "error"):
            raise SettingsError("KAIJI_LOG_LEVEL must be debug, info, warning or error.")
        if settings.search_engine is SearchEngine.POSTGRESQL and not settings.database_url.startswith("postgresql"):
            raise SettingsError("KAIJI_SEARCH_ENGINE can be postgresql only where KAIJI_DATABASE_URL is.")
        _check_signing(settings)
        return settings

    @property
    def secure(self) -> bool:
        """True when residents reach the site over TLS; cookies are then ``__Host-`` and Secure."""
        return self.public_url.startswith("https://")

    @property
    def tag_authority(self) -> str:
        """Who names the entries of feeds: a host and a year in which it was ours (RFC 4151)."""
        return self.feed_authority or f"{urlsplit(self.public_url).hostname},2026"

    @property
    def index_folder(self) -> Path:
        """Where the embedded search index lives."""
        return self.home / "index"


def forget_environment() -> None:
    """Take every `KAIJI_…` variable out of this process, which works for another one that has read them."""
    for name in [name for name in os.environ if name.startswith("KAIJI_")]:
        del os.environ[name]


def _number(env: Mapping[str, str], name: str, default: int) -> int:
    text = env.get(name, str(default))
    if not (text.isascii() and text.isdigit()):
        raise SettingsError(f"{name} must be a whole number, but is {text!r}.")
    return int(text)


def _flag(env: Mapping[str, str], name: str, default: bool) -> bool:
    text = env.get(name, "1" if default else "0").lower()
    if text not in ("0", "1", "true", "false", "yes", "no"):
        raise SettingsError(f"{name} must be 1 or 0, but is {text!r}.")
    return text in ("1", "true", "yes")


def _file(env: Mapping[str, str], name: str) -> Path | None:
    text = env.get(name, "")
    return Path(text).resolve() if text else None


_Choice = TypeVar("_Choice", bound=StrEnum)


def _choice(env: Mapping[str, str], name: str, kind: type[_Choice], default: _Choice) -> _Choice:
    text = env.get(name, default.value)
    try:
        return kind(text)
    except ValueError:
        raise SettingsError(f"{name} must be one of {', '.join(kind)}, but is {text!r}.") from None


def law_folder(environ: Mapping[str, str] | None = None) -> Path | None:
    """The folder of the organisation's own rows of law, read by the tables before there are settings; None without."""
    found = (os.environ if environ is None else environ).get("KAIJI_LAW_FOLDER")
    if not found:
        return None
    folder = Path(found).resolve()
    if not folder.is_dir():
        raise SettingsError(f"KAIJI_LAW_FOLDER must be a folder, but {folder} is none.")
    return folder


def _organisation(env: Mapping[str, str]) -> Organisation:
    profile = env.get("KAIJI_PROFILE", "public-body")
    path = Path(env.get("KAIJI_ORGANISATION_FILE", DATA / "organisations.toml"))
    try:
        table: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"The organisation file {path} cannot be read: {error}") from None
    if profile not in table:
        raise SettingsError(f"KAIJI_PROFILE must be one of {', '.join(sorted(table))}, but is {profile!r}.")
    try:
        return Organisation(profile=profile, **table[profile])
    except TypeError as error:
        raise SettingsError(f"The organisation {profile!r} in {path} is incomplete: {error}") from None


_WHERE = ("signing_subject", "signing_anchors")
_PKCS12 = ("signing_file", "signing_password_file")
_PKCS11 = ("pkcs11_module", "pkcs11_token", "pkcs11_key", "pkcs11_pin_file")
_NEEDED = {
    Signing.PKCS12: (*_PKCS12, *_WHERE),
    Signing.PKCS11: (*_PKCS11, *_WHERE),
    Signing.SAMPLE: (),
    Signing.NONE: (),
}
_MEANT_FOR = {
    **dict.fromkeys(_PKCS12, (Signing.PKCS12,)),
    **dict.fromkeys(_PKCS11, (Signing.PKCS11,)),
    "timestamp_url": (Signing.SAMPLE, Signing.PKCS12, Signing.PKCS11),
    "seal_file": (Signing.SAMPLE, Signing.PKCS12, Signing.PKCS11),
}


def _check_signing(settings: Settings) -> None:
    """Whether the settings of signing fit together. SettingsError."""
    how = settings.signing
    if how is Signing.SAMPLE and not settings.sample:
        raise SettingsError(
            "KAIJI_SIGNING=sample is for demonstrations: its key proves nothing. "
            "Set KAIJI_SIGNING to pkcs12, pkcs11 or none, or KAIJI_SAMPLE=1."
        )
    for name in _NEEDED[how]:
        away = settings.surface is Surface.PUBLIC and name not in _WHERE  # it verifies, and holds no key
        if not away and not getattr(settings, name):
            raise SettingsError(f"KAIJI_SIGNING={how} needs KAIJI_{name.upper()}.")
    for name, kinds in _MEANT_FOR.items():
        if getattr(settings, name) and how not in kinds:
            raise SettingsError(
                f"KAIJI_{name.upper()} is set, but KAIJI_SIGNING is {how}. "
                f"Remove it, or set KAIJI_SIGNING to {' or '.join(kinds)}."
            )
    if settings.timestamp_url and urlsplit(settings.timestamp_url).scheme not in ("http", "https"):
        raise SettingsError("KAIJI_TIMESTAMP_URL must look like https://tsa.example.jp/rfc3161")
