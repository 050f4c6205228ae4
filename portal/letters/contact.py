"""The organisation as its letters name it."""

from __future__ import annotations

from portal.core.settings import Organisation


def contact(organisation: Organisation) -> dict[str, str]:
    """Whom a letter says to ask (問合せ先)."""
    return {
        "organisation": organisation.name,
        "department": organisation.department,
        "address": f"〒{organisation.postal_code}　{organisation.address}",
        "telephone": organisation.telephone,
        "fax": organisation.fax,
        "email": organisation.email,
    }


def sender(organisation: Organisation) -> dict[str, str]:
    """Whose a slip or a list is that goes out without being a letter."""
    return {
        "organisation": organisation.name,
        "department": organisation.department,
        "postal_code": organisation.postal_code,
        "address": organisation.address,
        "telephone": organisation.telephone,
    }
