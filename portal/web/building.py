"""What the running application was built from, for the views of every room."""

from __future__ import annotations

from typing import Any

from flask import current_app

from portal.core.db import Database
from portal.core.settings import Settings
from portal.core.signing import Signer
from portal.core.vault import OfficeVault, PublicVault


def _services() -> Any:
    return current_app.extensions["kaiji"]


def settings() -> Settings:
    """The installation's settings."""
    found: Settings = _services().settings
    return found


def database() -> Database:
    """The database, for work beside the request's own session."""
    found: Database = _services().database
    return found


def vault() -> PublicVault:
    """What seals; in a process for the public it opens nothing."""
    found: PublicVault = _services().vault
    return found


def office() -> OfficeVault:
    """The vault that opens cases; raises RuntimeError in a process for the public."""
    found: OfficeVault = _services().office
    return found


def signer() -> Signer | None:
    """What signs letters; None where they go out unsigned. CannotSign when the key does not open."""
    found: Signer | None = _services().signer
    return found
