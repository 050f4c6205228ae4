"""What each page of the record lists, as a filter: its feed lists the same."""

from __future__ import annotations

from enum import StrEnum

from content.rules.areas import is_area
from content.rules.filters import Filters


class Scope(StrEnum):
    """What a list is about; its word stands in addresses: ``/feeds/<scope>/<key>.atom``."""

    ALL = "all"
    SYSTEM = "systems"
    CAUSE = "causes"
    PLACE = "places"
    INCIDENT = "incidents"


def filters_of(scope: Scope, key: str = "") -> Filters:
    """The incidents of a page. A place's are those stated for it (a prefecture's: or for any place in it).

    ``key`` is a system, a cause or an area's code, and is not looked up; ValueError for what is no area.
    """
    match scope:
        case Scope.SYSTEM:
            return Filters(system=key)
        case Scope.CAUSE:
            return Filters(cause=key)
        case Scope.PLACE:
            if not is_area(key):
                raise ValueError(key)
            return Filters(area=key)
        case Scope.ALL:
            return Filters()
        case Scope.INCIDENT:
            raise ValueError(key)  # one incident is no list
