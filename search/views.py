"""The doors of the search room: the page and the same as data."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Response, g, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue

from portal.web import freshness
from portal.web.access import public
from portal.web.building import database, settings
from portal.web.language import _l, local_url
from search import forms, names, queries, synonyms
from search.backend import Backend, Hit
from search.engines import engine
from search.query import Query
from search.sources import SOURCES

KINDS = {
    "incident": _l("Incidents"),
    "system": _l("Systems"),
    "letter": _l("Question letters"),
    "question": _l("Questions"),
    "answer": _l("Answers"),
    "figure": _l("Figures"),
    "report": _l("Reports"),
    "document": _l("Disclosed documents"),
    "page": _l("Pages"),
}


LANGUAGES = {"ja": _l("Japanese"), "en": _l("English")}
FACETS = {
    "kind": _l("Kind"),
    "system": _l("System"),
    "cause": _l("Cause"),
    "area": _l("Area"),
    "year": _l("Year"),
    "language": _l("Language"),
}


@dataclass(frozen=True)
class Page:
    """Where a list stands, for the pagination."""

    number: int
    pages: int


@public
def find() -> Response:
    return _answer(_page)


@public
def find_json() -> Response:
    return _answer(_data)


def _page(asked: forms.Asked, answer: queries.Answer) -> ResponseReturnValue:
    known = _names()

    def label(facet: str, value: str) -> str:
        if facet == "kind":
            return str(KINDS.get(value, value))
        if facet == "language":
            return str(LANGUAGES.get(value, value))
        return known.label(facet, value, g.language)

    narrow = [name for name in known.recognised(answer.query) if name.facet not in asked.filters]
    pages = min(-(-answer.found.total // forms.PER_PAGE), forms.LAST_PAGE)
    shown = Page(asked.page, pages)
    return render_template(
        "search/find.html",
        asked=asked,
        answer=answer,
        page=shown,
        path=local_url,
        facets=FACETS,
        label=label,
        narrow=narrow,
    )


def _data(asked: forms.Asked, answer: queries.Answer) -> ResponseReturnValue:
    found = answer.found
    return jsonify(
        query=asked.text,
        reading=answer.reading,
        ready=found.ready,
        understood=_understood(answer.query),
        total=found.total,
        page=asked.page,
        hits=[_as_data(hit) for hit in found.hits],
        facets={name: dict(values) for name, values in found.facets.items()},
    )


def _understood(query: Query) -> dict[str, Any]:
    """How the text was read."""
    return {
        "all_of": [[word.text for word in group] for group in query.groups],
        "without": [word.text for word in query.without],
        "fields": {name: list(values) for name, values in query.fields},
        "since": query.since.isoformat() if query.since else None,
        "until": query.until.isoformat() if query.until else None,
        "left_out": list(query.ignored),
    }


def _answer(make: Callable[[forms.Asked, queries.Answer], ResponseReturnValue]) -> Response:
    """An answer marked by the state of the index; a refused text, and the want of an index, are kept nowhere."""
    asked, index = forms.read(request.args), engine(settings())
    with database().session(write=False) as session:
        same_words = synonyms.groups(session)
    mark = freshness.mark(f"s{index.state()}", sorted(same_words.items()))
    if not asked.refused and (same := freshness.unchanged(mark)) is not None:
        return same
    answer = _ask(asked, index, same_words)
    response = make_response(make(asked, answer))
    if asked.refused or not answer.found.ready:
        response.headers["Cache-Control"] = "no-store"
        return response
    return freshness.marked(response, mark)


def _ask(asked: forms.Asked, index: Backend, same: synonyms.Groups) -> queries.Answer:
    return queries.find(
        index,
        asked.text,
        language=g.language,
        filters=asked.filters,
        limit=forms.PER_PAGE,
        offset=asked.offset,
        facets=forms.FACETS,
        newest=asked.newest,
        names=_names(),
        synonyms=same,
    )


def _names() -> names.Names:
    return names.at_hand(database(), SOURCES, engine(settings()).state())


def _as_data(hit: Hit) -> dict[str, Any]:
    return {
        "key": hit.key,
        "kind": hit.kind,
        "title": hit.title,
        "url": local_url(hit.url),
        "day": hit.day.isoformat() if hit.day else None,
        "language": hit.language,
        "passage": "".join(run.text for run in hit.passage),
        "marks": [run.text for run in (*hit.title_runs, *hit.passage) if run.marked],
    }
