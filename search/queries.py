"""Finding for readers: as typed, else by the parts of long words, else by any of the words."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from search.backend import Backend, Found
from search.names import Names
from search.query import Query, parse
from search.synonyms import Groups, widened


class Reading(StrEnum):
    """How much the typed text was loosened until something was found."""

    EXACT = "exact"
    PARTS = "parts"
    ANY = "any"


@dataclass(frozen=True)
class Answer:
    """What was found, for which query, understood how."""

    query: Query
    found: Found
    reading: Reading


def find(
    backend: Backend,
    text: str,
    *,
    language: str | None = None,
    filters: Mapping[str, str] | None = None,
    limit: int = 20,
    offset: int = 0,
    facets: tuple[str, ...] = (),
    newest: bool = False,
    names: Names | None = None,
    synonyms: Groups | None = None,
) -> Answer:
    """Search for any text at all; never raises."""
    typed = parse(text, names.value_of) if names else parse(text)
    query = widened(typed, synonyms or {})

    def look(wanted: Query) -> Found:
        return backend.find(
            wanted,
            language=language,
            filters=filters,
            limit=limit,
            offset=offset,
            facets=facets,
            newest=newest,
        )

    answer = Answer(query, look(query), Reading.EXACT)
    if answer.found.total or not answer.found.ready or not query.groups:
        return answer
    parts = typed.split()
    for wanted, reading in ((parts, Reading.PARTS), (parts.loose(), Reading.ANY)):
        if wanted.groups != typed.groups and (found := look(wanted)).total:
            return Answer(wanted, found, reading)
    return answer
