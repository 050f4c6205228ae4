"""Which documents match: sets first, then an exact look at the few that the sets leave."""

from collections.abc import Iterable, Mapping
from functools import reduce
from operator import or_

from search.bits import numbers
from search.cards import SEPARATOR
from search.query import Query
from search.shelf import Shelf
from search.term import Option, Term

_MOST_ENDINGS = 200


def matches(shelf: Shelf, query: Query, filters: Mapping[str, str]) -> int:
    """The documents that match a query and lie in every filter."""
    within = shelf.everything
    shelf.fetch("facet", [f"{name}={value}" for name, value in filters.items()])
    for name, value in filters.items():
        within &= shelf.postings("facet", f"{name}={value}")
    for field, values in query.fields:
        shelf.fetch("facet", [f"{field}={value}" for value in values])
        within &= reduce(or_, (shelf.postings("facet", f"{field}={value}") for value in values), 0)
    if query.since or query.until:
        within &= shelf.by_day.between(query.since, query.until)
    groups = [[term for word in group if (term := word.term())] for group in query.groups]
    if query.any:
        groups = [[term for group in groups for term in group]] if groups else []
    fetch(shelf, "text", (term for group in groups for term in group))
    for group in groups:
        within &= reduce(or_, (possible(shelf, term) for term in group), 0)
    for group in sorted(groups, key=lambda group: sum(bool(term.maybe) for term in group)):
        within = reduce(or_, (having(shelf, term, within) for term in group), 0)
    for word in query.without:
        if term := word.term():
            within &= ~having(shelf, term, within)
    return within


def having(shelf: Shelf, term: Term, within: int) -> int:
    """The documents of a set that have a term, exactly."""
    sure = reduce(or_, (filed(shelf, "text", option) for option in term.sure), 0) & within
    doubtful = reduce(or_, (filed(shelf, "text", option) for option in term.maybe), 0) & within & ~sure
    if term.literals:
        return sure | (shelf.containing(term.literals, doubtful) if doubtful else 0)
    shelf.read(numbers(doubtful))
    found = 0
    for number in numbers(doubtful):
        if _in_one_field(term, shelf.folded(number)):
            found |= 1 << number
    return sure | found


def fetch(shelf: Shelf, field: str, terms: Iterable[Term]) -> None:
    """Say which postings these terms will need."""
    options = (option for term in terms for option in (*term.sure, *term.maybe))
    shelf.fetch(field, {token for option in options for token in option if not token.endswith("*")})


def filed(shelf: Shelf, field: str, option: Option) -> int:
    """The documents that have every token of an option in a field."""
    found = shelf.everything
    for token in option:
        found &= _postings(shelf, field, token)
        if not found:
            break
    return found


def possible_in_title(shelf: Shelf, term: Term) -> int:
    """The documents that may have a term in the title."""
    return reduce(or_, (filed(shelf, "title", option) for option in (*term.sure, *term.maybe)), 0)


def possible(shelf: Shelf, term: Term) -> int:
    """The documents that may have a term."""
    return reduce(or_, (filed(shelf, "text", option) for option in (*term.sure, *term.maybe)), 0)


def _postings(shelf: Shelf, field: str, token: str) -> int:
    if not token.endswith("*"):
        return shelf.postings(field, token)
    found = shelf.starting(field, token[:-1])[:_MOST_ENDINGS]
    return reduce(or_, (shelf.postings(field, other) for other in found), 0)


def _in_one_field(term: Term, text: str) -> bool:
    """Whether a pattern matches without reaching from the title into the body."""
    found = term.pattern.search(text)
    if found is None or SEPARATOR not in found.group():
        return found is not None
    return any(term.pattern.search(part) for part in text.split(SEPARATOR))
