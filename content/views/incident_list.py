"""The list of incidents: its form, what is chosen, its timeline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from content.queries import facets, incidents
from content.queries.facets import Choice
from content.queries.feeds_scope import Scope
from content.rules import asking
from content.rules.asking import Asked
from content.views.feed_links import feed_links
from content.views.incidents import page_number
from content.views.timeline import timeline
from content.views.words import CAUSE_STATUSES, KINDS, STATES
from portal.web.access import public
from portal.web.language import _, choose


@dataclass(frozen=True)
class Chosen:
    """A filter in force, and the list's address without it."""

    name: str
    text: str
    href: str


@public
def list_all() -> str | Response | AnyResponse:
    """Incidents by filters, page by page. An address with empty parts leads to the one without them."""
    given = request.args.to_dict()
    if any(value == "" for value in given.values()):
        return redirect(address({name: value for name, value in given.items() if value}), 302)
    asked = asking.read(given)
    choices = facets.choices(g.session, asked.filters)
    found = incidents.list_incidents(g.session, asked.filters, number=page_number(), sort=asked.sort)
    return render_template(
        "content/incidents.html",
        asked=asked,
        page=found,
        choices=choices,
        chosen=chosen(asked, choices),
        picture=timeline(g.session, asked.filters, address(asked.without("from", "to", "sort"))),
        feeds=feed_links(Scope.ALL),
        choice_text=label,
    )


def address(parts: Mapping[str, Any]) -> str:
    """The list's address with these parts, whatever a reader put among them."""
    known = {name: value for name, value in parts.items() if name in (*asking.NAMES, "year", "page")}
    return url_for("content.incidents", **known)


def chosen(asked: Asked, choices: Mapping[str, Sequence[Choice]]) -> list[Chosen]:
    """What is asked, in the order of the form."""
    found = []
    labels = names()
    for name, value in asked.typed.items():
        if name in ("sort", "wide") or name in asked.errors:
            continue
        text = next((label(name, one) for one in choices.get(name, ()) if one.value == value), value)
        gone = (name, "wide") if name == "area" else (name,)
        found.append(Chosen(labels[name], text, address(asked.without(*gone))))
    return found


def names() -> dict[str, str]:
    """The filters' labels."""
    return {
        "system": _("System"),
        "from": _("Period from"),
        "to": _("Period until"),
        "area": _("Area"),
        "cause": _("Cause"),
        "cause_status": _("What is known of the cause"),
        "severity": _("Severity"),
        "state": _("State"),
        "kind": _("Kind"),
        "exercise": _("Exercises"),
    }


def label(name: str, choice: Choice) -> str:
    """A choice in words."""
    if choice.item is not None:
        return str(choose(choice.item, "name"))
    words: dict[str, Any] = {
        "cause_status": CAUSE_STATUSES,
        "state": {state: text for state, (text, _tone) in STATES.items()},
        "kind": KINDS,
        "exercise": {asking.YES: _("Exercises only"), asking.NO: _("Without exercises")},
    }
    return str(words.get(name, {}).get(choice.value, choice.value))
