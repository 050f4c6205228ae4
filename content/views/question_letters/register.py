"""The register of question letters: the list of letters and the list of their questions, with filters and as files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from flask import Response, g, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from content.models.letters import Letter
from content.queries.open_things import letter as letter_shape
from content.queries.question_letters import lists, shapes
from content.queries.question_letters.lists import Choice
from content.rules.dictionary import LETTER, LETTERS_FILE, QUESTION, QUESTIONS_FILE, tables
from content.rules.question_letters import asking
from content.rules.question_letters.asking import Asked
from content.rules.question_letters.register import NOBODY, Sort
from content.rules.reuse import LICENCE_URL, licence
from content.views.incident_list import Chosen
from content.views.incidents import page_number
from content.views.kept import present_mark
from content.views.letter_words import SENDERS, STANDINGS, STATES, title
from content.views.question_letters.feeds import feed_links
from content.views.words import GROUNDS, answer_type
from portal.core import clock
from portal.web import freshness
from portal.web.access import public
from portal.web.building import settings
from portal.web.downloads import long_csv_file
from portal.web.language import _, choose

SIZE = 100
Page = str | Response | AnyResponse


@public
def letters() -> Page:
    """Letters by filters, page by page. An address with empty parts leads to the one without them."""
    if (shorter := _shorter()) is not None:
        return shorter
    asked, today = asking.of_letters(request.args), clock.day_in_japan(clock.now())
    choices = lists.letter_choices(g.session, asked, today=today)
    page = lists.list_letters(g.session, asked, today=today, number=page_number())
    return _shown("letters", asked, choices, asking.LETTER_SORTS, page=page, feeds=feed_links(), today=today)


@public
def items() -> Page:
    """The questions of all letters by filters, page by page."""
    if (shorter := _shorter()) is not None:
        return shorter
    asked, today = asking.of_items(request.args), clock.day_in_japan(clock.now())
    choices = lists.item_choices(g.session, asked, today=today)
    page = lists.list_items(g.session, asked, today=today, number=page_number())
    return _shown("items", asked, choices, asking.ITEM_SORTS, page=page, today=today)


def _shown(name: str, asked: Asked, choices: Mapping[str, list[Choice]], sorts: Sequence[Sort], **more: Any) -> str:
    """A page of a list with its filters."""
    return render_template(
        f"content/question_letters/{name}.html",
        asked=asked,
        choices=choices,
        chosen=_chosen(asked, choices),
        sorts=_sorts(sorts),
        facet_name=facet_name,
        choice_text=choice_text,
        **more,
    )


@public
def letters_json() -> Response:
    """The list of letters for programs; all pages stay reachable by ``page``."""
    asked, today, origin = asking.of_letters(request.args), clock.day_in_japan(clock.now()), settings().public_url
    found = lists.list_letters(g.session, asked, today=today, number=page_number(), size=SIZE)
    told = [{**letter_shape(one, origin), **shapes.days_of(one.entry, today=today)} for one in found.items]
    parts = {"total": found.total, "page": found.number, "pages": found.pages}
    return jsonify(**parts, letters=told, licence=licence())


@public
def items_json() -> Response:
    """The list of questions for programs."""
    asked, today, origin = asking.of_items(request.args), clock.day_in_japan(clock.now()), settings().public_url
    found = lists.list_items(g.session, asked, today=today, number=page_number(), size=SIZE)
    told = [shapes.question(one, origin, today=today) for one in found.items]
    return jsonify(total=found.total, page=found.number, pages=found.pages, questions=told, licence=licence())


@public
def letters_table() -> Response:
    """What the filters leave of the letters, for a spreadsheet."""
    asked, today = asking.of_letters(request.args), clock.day_in_japan(clock.now())
    return _table(
        LETTERS_FILE,
        tables()[LETTER].names,
        lambda: (shapes.letter_row(line) for line in lists.all_letters(g.session, asked, today=today)),
    )


@public
def items_table() -> Response:
    """What the filters leave of the questions, for a spreadsheet."""
    asked, today = asking.of_items(request.args), clock.day_in_japan(clock.now())
    return _table(
        QUESTIONS_FILE,
        tables()[QUESTION].names,
        lambda: (shapes.question_row(line) for line in lists.all_items(g.session, asked, today=today)),
    )


def _table(name: str, head: Sequence[str], rows: Callable[[], Iterable[list[object]]]) -> Response:
    """A table with the terms in each row, as it goes out; unchanged is told before anything is read."""
    mark = present_mark(request.path, {})
    response = freshness.unchanged(mark)
    if response is None:
        told = ([*row, LICENCE_URL] for row in rows())
        response = freshness.marked(long_csv_file(name, [*head, "licence"], told), mark)
    response.headers.add("Link", f'<{LICENCE_URL}>; rel="license"')
    response.headers.add("Link", f'<{settings().public_url}/data/dictionary.csv>; rel="describedby"')
    return response


def facet_name(facet: str) -> str:
    """What a filter is called."""
    return {
        "q": _("Words in the title"),
        "state": _("State of the letter"),
        "standing": _("Where the questions stand"),
        "overdue": _("Overdue"),
        "sender": _("Kind of sender"),
        "ground": _("Ground for declining"),
        "type": _("Type of answer"),
        "department": _("Department"),
        "year": _("Year"),
        "system": _("System"),
        "incident": _("Incident"),
        "letter": _("Question letter"),
    }[facet]


def choice_text(facet: str, choice: Choice) -> str:
    """A choice in words."""
    if isinstance(choice.item, Letter):
        return title(choice.item)
    if choice.item is not None:
        return str(choose(choice.item, "title" if facet == "incident" else "name"))
    words: Mapping[str, Mapping[Any, Any]] = {
        "state": STATES,
        "standing": {one: text for one, (text, _tone) in STANDINGS.items()},
        "overdue": {asking.YES: _("Overdue only")},
        "sender": SENDERS,
        "ground": GROUNDS,
        "department": {NOBODY: _("Not recorded")},
    }
    if facet == "type":
        return f"{choice.value} {answer_type(choice.value)[0]}"
    return str(words.get(facet, {}).get(choice.value, choice.value))


def _chosen(asked: Asked, choices: Mapping[str, list[Choice]]) -> list[Chosen]:
    """What is asked, in the order of the form."""
    found = []
    for name, value in asked.typed.items():
        if name == "sort" or name in asked.errors:
            continue
        text = next((choice_text(name, one) for one in choices.get(name, ()) if one.value == value), value)
        rest: dict[str, Any] = asked.without(name)
        found.append(Chosen(facet_name(name), text, url_for(str(request.endpoint), **rest)))
    return found


def _sorts(known: Sequence[Sort]) -> list[tuple[str, str]]:
    words = {
        Sort.DAY: _("Newest letters first"),
        Sort.OLDEST: _("Oldest letters first"),
        Sort.DUE: _("Due first"),
        Sort.SLOWEST: _("Longest until the answer first"),
    }
    return [("" if one is Sort.DAY else str(one), words[one]) for one in known]


def _shorter() -> AnyResponse | None:
    given = request.args.to_dict()
    if all(given.values()):
        return None
    known = {*asking.LETTER_FACETS, *asking.ITEM_FACETS, "q", "sort", "page"}
    kept: dict[str, Any] = {name: value for name, value in given.items() if value and name in known}
    return redirect(url_for(str(request.endpoint), **kept), 302)
