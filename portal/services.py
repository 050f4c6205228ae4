"""What the whole building shares, made once from the settings and handed on as values."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from portal.core import clock, keyfiles, mail, press, signing, signing_sample
from portal.core import vault as vaults
from portal.core.db import Database
from portal.core.settings import Settings, Signing, Surface

WEB_KEY = "web.key"


@dataclass(frozen=True)
class Services:
    """Settings, database, keys and mail. ``vault`` of a public process can seal but open nothing."""

    settings: Settings
    database: Database
    vault: vaults.PublicVault
    mailer: mail.Mailer
    web_secret: bytes

    @property
    def office(self) -> vaults.OfficeVault:
        """The vault with the back office's keys; raises where this process has none."""
        if not isinstance(self.vault, vaults.OfficeVault):
            raise RuntimeError("This process serves the public only and holds no key that opens a case.")
        return self.vault

    @property
    def signer(self) -> signing.Signer | None:
        """What signs letters, opened at first use; None for unsigned letters and where the public only is served.

        Raises CannotSign when the key does not open.
        """
        return None if self.settings.surface is Surface.PUBLIC else signing.signer(self.settings)


def build(settings: Settings) -> Services:
    """Open everything; raises with plain words when the keys are not there (``kaiji setup`` makes them)."""
    press.configure(settings.press_processes)
    load = vaults.load_public if settings.surface is Surface.PUBLIC else vaults.load_office
    return Services(
        settings=settings,
        database=Database(settings.database_url),
        vault=load(settings.keys),
        mailer=mail.mailer(settings),
        web_secret=keyfiles.read_secret(settings.keys / WEB_KEY),
    )


def make_keys(settings: Settings) -> bool:
    """Make the keys that are missing; returns whether any was made. Existing keys are never touched."""
    settings.keys.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = vaults.make_office_key(settings.keys)
    path = settings.keys / WEB_KEY
    if not path.exists():
        keyfiles.write_new(path, secrets.token_bytes(32))
        made = True
    return make_sample_key(settings) or made


def make_sample_key(settings: Settings) -> bool:
    """Make the key for sample signatures where one is used and missing; returns whether it was made."""
    if settings.signing is not Signing.SAMPLE or settings.surface is Surface.PUBLIC:
        return False
    return signing_sample.make(settings.keys, organisation=settings.organisation.name, at=clock.now())
