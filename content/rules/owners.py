"""The sorts of things that the public record consists of; each has an address of its own."""

from enum import StrEnum


class Owner(StrEnum):
    """Also the kind of its search record and the first part of its key there."""

    INCIDENT = "incident"
    SYSTEM = "system"
    LETTER = "letter"
    FIGURE = "figure"
    DOCUMENT = "document"
    PAGE = "page"
