"""The doors of the search room: the page and the same as data."""

from dataclasses import dataclass
from typing import Any

from flask import current_app, g, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue

from portal.web.access import public
from portal.web.language import _l, local_url
from search import forms, queries
from search.backend import Hit
from search.engines import engine

KINDS = {
    "incident": _l("Incidents"),
    "system": _l("Systems"),
    "letter": _l("Question letters"),
    "question": _l("Questions"),
    "answer": _l("Answers"),
    "figure": _l("Figures"),
    "report": _l("Reports"),
    "page": _l("Pages"),
}


@dataclass(frozen=True)
class Page:
    """Where a list stands, for the pagination."""

    number: int
    pages: int


@public
def find() -> ResponseReturnValue:
    asked, answer = _ask()
    pages = min(-(-answer.found.total // forms.PER_PAGE), forms.LAST_PAGE)
    shown = Page(asked.page, pages)
    return _fresh(
        render_template("search/find.html", asked=asked, answer=answer, kinds=KINDS, page=shown, path=local_url), asked
    )


@public
def find_json() -> ResponseReturnValue:
    asked, answer = _ask()
    found = answer.found
    data = jsonify(
        query=asked.text,
        reading=answer.reading,
        ready=found.ready,
        total=found.total,
        page=asked.page,
        hits=[_as_data(hit) for hit in found.hits],
        facets={name: dict(values) for name, values in found.facets.items()},
    )
    return _fresh(data, asked)


def _fresh(answer: ResponseReturnValue, asked: forms.Asked) -> ResponseReturnValue:
    """What is published now is found now: asked again each time; a refused text is kept nowhere."""
    response = make_response(answer)
    response.headers["Cache-Control"] = "no-store" if asked.refused else "no-cache"
    return response


def _ask() -> tuple[forms.Asked, queries.Answer]:
    asked = forms.read(request.args)
    answer = queries.find(
        engine(current_app.extensions["kaiji"].settings),
        asked.text,
        language=g.language,
        filters=asked.filters,
        limit=forms.PER_PAGE,
        offset=asked.offset,
        facets=("kind",),
    )
    return asked, answer


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
