"""What hangs on an incident's page: it as it stood at a bulletin, two bulletins compared, how to cite it, and paper."""

from __future__ import annotations

from typing import Any

from flask import Response, g, make_response, render_template, request, url_for

from content.models.bulletins import Bulletin
from content.queries import incident_page
from content.queries.bulletin_diff import bulletin_diff
from content.queries.bulletin_views import BulletinView
from content.queries.incident_page import IncidentPage
from content.rules import citing, markup, text_diff
from content.rules.citing import Citation
from content.views.reading_rows import reading_rows
from content.views.relation_picture import relation_picture
from content.views.words import bulletin_name
from portal.core.errors import NotFound
from portal.web.access import public
from portal.web.building import settings
from portal.web.downloads import download
from portal.web.language import _, choose, current

FORMATS = {
    "bib": (citing.bibtex, "application/x-bibtex"),
    "ris": (citing.ris, "application/x-research-info-systems"),
    "json": (citing.csl, "application/vnd.citationstyles.csl+json"),
}


def gone(page: IncidentPage, view: BulletinView | None = None) -> Response:
    """What is left of a bulletin, or of a whole incident, that was withdrawn: place, reason and day."""
    return make_response(render_template("content/withdrawn.html", page=page, view=view), 410)


@public
def version(key: str, number: int) -> str | Response:
    """The incident as it stood at a bulletin."""
    page = incident_page.incident_page(g.session, key, version=number)
    if page.view(number).withdrawal:
        return gone(page, page.view(number))
    return render_template("content/incident.html", page=page, clock=None, graph=relation_picture(page))


@public
def diff(key: str) -> str | Response:
    """Two bulletins side by side."""
    page = incident_page.incident_page(g.session, key)
    last = page.shown[-1].bulletin.number if page.shown else 0
    to = _number("to", last)
    found = bulletin_diff(page, _number("from", to - 1), to)
    for view in (found.old, found.new):
        if view.withdrawal:
            return gone(page, view)
    old, new = found.old.bulletin, found.new.bulletin
    return render_template(
        "content/diff.html",
        page=page,
        diff=found,
        title=text_diff.rows(choose(old, "title"), choose(new, "title")),
        body=text_diff.rows(_plain(old), _plain(new)),
        readings=reading_rows(g.session, found.old_reading, found.new_reading),
    )


@public
def cite(key: str, number: int) -> str | Response:
    """How to cite a bulletin, and the incident as it stood at it."""
    page = incident_page.incident_page(g.session, key)
    if page.view(number).withdrawal:
        return gone(page, page.view(number))
    one = citation(page, number)
    return render_template("content/cite.html", page=page, view=page.view(number), one=one, said=citing.sentence(one))


@public
def cite_file(key: str, number: int, ending: str) -> Response:
    """The citation for a program that keeps references."""
    page = incident_page.incident_page(g.session, key)
    if ending not in FORMATS:
        raise NotFound
    if page.view(number).withdrawal:
        return gone(page, page.view(number))
    make, media_type = FORMATS[ending]
    data = make(citation(page, number)).encode()
    return download(data, name=f"{key}-{number}.{ending}", media_type=media_type)


def _number(name: str, otherwise: int) -> int:
    text = request.args.get(name, "")
    if not text:
        return otherwise
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise NotFound
    return int(text)


def _plain(bulletin: Bulletin) -> str:
    return markup.plain(choose(bulletin, "body"), bulletin.markup)


def citation(page: IncidentPage, number: int) -> Citation:
    """A bulletin, and the incident as it stood at it, as they are cited in the page's language."""
    bulletin, origin = page.view(number).bulletin, settings().public_url
    own = settings().organisation.named(current())
    values: dict[str, Any] = {"key": page.incident.key, "number": number}
    return Citation(
        key=page.incident.key,
        version=number,
        language=current(),
        title=choose(bulletin, "title"),
        incident=(_("[Exercise]") + " " if page.incident.exercise else "") + choose(page.incident, "title"),
        number=bulletin_name(number),
        publisher=own if bulletin.reconstructed else choose(page.bodies[bulletin.publisher_key], "name"),
        site=f"{_('Kaiji')} – {own}",
        address=origin + url_for("content.bulletin", **values),
        whole_address=origin + url_for("content.version", **values),
        day=bulletin.day,
        sha256=bulletin.content_hash,
        whole_sha256=citing.fingerprint([view.bulletin.content_hash for view in page.bulletins[:number]]),
    )
