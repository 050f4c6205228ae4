"""The doors of the search room: the page and the same as data."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from flask import Response, g, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue

from portal.web import freshness
from portal.web.access import public
from portal.web.building import database, settings
from portal.web.language import _l, local_url
from search import forms, names, queries, synonyms, vocabulary
from search.backend import Backend, Hit
from search.engines import engine
from search.passages import marked_sentence
from search.query import Query
from search.record import Spot
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
    "file": _l("Attached files"),
    "page": _l("Pages"),
}


SPOTS = {
    "bulletin": _l("Bulletin %(number)s"),
    "section": _l("Section %(number)s"),
    "question": _l("Question %(number)s"),
    "answer": _l("Answer %(number)s"),
    "statements": _l("What others said"),
    "measure": _l("What was done and promised"),
    "glance": _l("At a glance"),
    "page": _l("Page %(number)s"),
    "sheet": _l("Sheet “%(number)s”"),
    "heading": _l("“%(number)s”"),
    "file": _l("The file itself"),
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


@public
def suggest() -> Response:
    """Words that begin so, by writing or by sound, and that find something."""
    asked, index = forms.read(request.args), engine(settings())
    same = _same_words()
    mark = freshness.mark(f"s{index.state()}", sorted(same.items()))
    if not asked.refused and (unchanged := freshness.unchanged(mark)) is not None:
        return unchanged
    known = vocabulary.at_hand(index.words, _names(), tuple(same.values()), index.state())
    response = jsonify(query=asked.text, suggestions=queries.suggestions(index, asked.text, known, same))
    if asked.refused:
        response.headers["Cache-Control"] = "no-store"
        return response
    return freshness.marked(response, mark)


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
        spot_name=_spot_name,
        place=_place,
        often=_often(known),
        saved=asked.parameters if answer.query or asked.filters else None,
    )


def _data(asked: forms.Asked, answer: queries.Answer) -> ResponseReturnValue:
    found = answer.found
    return jsonify(
        query=asked.text,
        reading=answer.reading,
        ready=found.ready,
        understood=_understood(answer.query),
        meant=[{"typed": typed, "meant": meant} for typed, meant in answer.meant],
        offered={"query": answer.offer.text, "total": answer.offer.total} if answer.offer else None,
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
    same_words = _same_words()
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
    known, state = _names(), index.state()
    return queries.find(
        index,
        asked.text,
        language=g.language,
        filters=asked.filters,
        limit=forms.PER_PAGE,
        offset=asked.offset,
        facets=forms.FACETS,
        newest=asked.newest,
        names=known,
        synonyms=same,
        words=lambda: vocabulary.at_hand(index.words, known, tuple(same.values()), state),
    )


def _same_words() -> synonyms.Groups:
    with database().session(write=False) as session:
        return synonyms.groups(session)


def _often(known: names.Names) -> list[str]:
    """What the field of the search offers without a script: names of systems and causes in the page's language."""
    called = [name for (facet, _), name in known.labels.items() if facet in ("system", "cause")]
    return [name.ja if g.language == "ja" else name.en or name.ja for name in called]


def _names() -> names.Names:
    return names.at_hand(database(), SOURCES, engine(settings()).state())


def _as_data(hit: Hit) -> dict[str, Any]:
    return {
        "key": hit.key,
        "kind": hit.kind,
        "title": hit.title,
        "url": local_url(hit.url),
        "within": hit.within,
        "place": _spot_as_data(hit.spot),
        "day": hit.day.isoformat() if hit.day else None,
        "language": hit.language,
        "passage": "".join(run.text for run in hit.passage),
        "marks": [run.text for run in (*hit.title_runs, *hit.passage) if run.marked],
    }


def _spot_name(spot: Spot) -> str:
    """What the place of a hit is called: 第3報."""
    named = str(SPOTS.get(spot.kind, ""))
    return named % {"number": spot.number} if named else spot.number


def _place(hit: Hit) -> str:
    """The address of the place of a hit; within a page that browser goes to the sentence and marks it that can.

    The sentence stands behind the `#`, which no browser sends: https://wicg.github.io/scroll-to-text-fragment/.
    """
    address = local_url(hit.spot.url) if hit.spot else local_url(hit.url)
    sentence = marked_sentence(hit.passage)
    if not sentence or "#" not in address or "#page=" in address:
        return address
    return f"{address}:~:text={quote(sentence, safe='').replace('-', '%2D')}"


def _spot_as_data(spot: Spot | None) -> dict[str, str | None] | None:
    """Where the passage of a hit stands, and the thing as it stood then."""
    if spot is None:
        return None
    version = local_url(spot.version) if spot.version else None
    return {"name": _spot_name(spot), "url": local_url(spot.url), "version": version}
