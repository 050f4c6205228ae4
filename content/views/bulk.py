"""The whole record as files: the page that lists them, the files, and what their columns mean."""

from __future__ import annotations

from flask import Response, g, render_template

from content.operations import dumps
from content.queries import revision
from content.rules import dictionary
from content.rules.reuse import LICENCE_URL, SCHEMA_VERSION
from content.views.linked_data import TITLES
from portal.core.errors import NotFound
from portal.web import freshness
from portal.web.access import public
from portal.web.building import database, settings
from portal.web.downloads import csv_file, download_file
from portal.web.language import current


@public
def data() -> str:
    """Which files there are, how they are made, and every column."""
    english = current() == "en"
    return render_template(
        "content/data.html",
        files=[(name, media_type, TITLES[name][english]) for name, media_type in dumps.FILES.items()],
        tables=dictionary.tables().values(),
        revision=revision.number(g.session),
        schema_version=SCHEMA_VERSION,
    )


@public
def file(name: str) -> Response:
    """A file of the present revision; it is made when somebody first asks for one of its revision."""
    if name not in dumps.FILES:
        raise NotFound
    number = revision.number(g.session)
    response = freshness.unchanged(freshness.mark(f"r{number}"))
    if response is None:
        g.session.close()
        folder, number = dumps.ready(database(), settings().home / "dumps", origin=settings().public_url)
        opened = (folder / name).open("rb")
        response = download_file(opened, name=f"kaiji-r{number}-{name}", media_type=dumps.FILES[name])
        response.headers["X-Kaiji-Revision"] = str(number)
        freshness.marked(response, freshness.mark(f"r{number}"))
    response.headers.add("Link", f'<{LICENCE_URL}>; rel="license"')
    return response


@public
def dictionary_file() -> Response:
    """What every column of the files means."""
    rows = ([*line, LICENCE_URL] for line in dictionary.lines())
    response = csv_file("dictionary.csv", [*dictionary.HEAD, "licence"], rows)
    response.headers.add("Link", f'<{LICENCE_URL}>; rel="license"')
    return response
