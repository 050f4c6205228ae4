"""What an installation may choose among, by the names that its settings use."""

from enum import StrEnum


class Surface(StrEnum):
    """Which part of the site a process serves."""

    PUBLIC = "public"
    STAFF = "staff"
    ALL = "all"


class Signing(StrEnum):
    """With which key letters are signed."""

    SAMPLE = "sample"
    PKCS12 = "pkcs12"
    PKCS11 = "pkcs11"
    NONE = "none"


class SearchEngine(StrEnum):
    """What keeps the index of published things."""

    AUTO = "auto"
    WHOOSH = "whoosh"
    TANTIVY = "tantivy"
    POSTGRESQL = "postgresql"
