"""How a letter addresses somebody: 様 for a person, 御中 for an office, 殿 or 各位 where customary. One, never two."""

from __future__ import annotations

HONORIFICS = ("様", "御中", "各位", "殿")
# A name that ends in one of these has been addressed already; 殿 can be a name's last character.
ADDRESSED = ("様", "御中", "各位")


def addressed(name: str, honorific: str) -> str:
    """Name and honorific as the letter prints them. ValueError for an honorific that letters do not use."""
    if honorific and honorific not in HONORIFICS:
        raise ValueError(f"No honorific of letters: {honorific}")
    return name if not honorific or name.endswith(ADDRESSED) else f"{name}　{honorific}"
