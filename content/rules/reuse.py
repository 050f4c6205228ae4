"""On which terms the public record may be reused, and which shape its data have: said with every answer and file."""

from __future__ import annotations

# Grows with the data's shape: the first number where a reader written for the one before would fail (docs/api.md).
SCHEMA_VERSION = "1.0"
API = "/api/v1"

LICENCE_ID = "PDL-1.0"
LICENCE_JA = "公共データ利用規約（第1.0版）"
LICENCE_EN = "Public Data License (Version 1.0)"
LICENCE_URL = "https://www.digital.go.jp/resources/open_data/public_data_license_v1.0"
# The terms say of themselves that they are compatible with these.
COMPATIBLE_ID = "CC-BY-4.0"
COMPATIBLE_URL = "https://creativecommons.org/licenses/by/4.0/"


def licence() -> dict[str, object]:
    """The terms as plain values."""
    return {
        "id": LICENCE_ID,
        "name": {"ja": LICENCE_JA, "en": LICENCE_EN},
        "url": LICENCE_URL,
        "compatible_with": {"id": COMPATIBLE_ID, "url": COMPATIBLE_URL},
    }
