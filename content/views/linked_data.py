"""What search engines and catalogues read: schema.org on pages, DCAT for the record as a whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from flask import Response, g
from flask.blueprints import BlueprintSetupState
from markupsafe import Markup

from content.operations.dumps import BULLETINS, FILES, INCIDENTS
from content.queries import revision
from content.queries.incident_page import IncidentPage
from content.queries.incident_shelf import shelf
from content.queries.open_shapes import instant
from content.rules.dictionary import FACTS, SQLITE
from content.rules.filters import Sort
from content.rules.reuse import API, COMPATIBLE_URL, LICENCE_URL, SCHEMA_VERSION
from content.rules.triples import TYPE, Iri, Text, Triple, Typed, json_ld, turtle
from content.views.api import origin
from portal.core.clock import day_in_japan
from portal.web.access import public
from portal.web.building import settings
from portal.web.language import choose, current, local_url

MEDIA = "https://www.iana.org/assignments/media-types/"
FREQUENCY = "http://publications.europa.eu/resource/authority/frequency/IRREG"
JAPANESE = "http://publications.europa.eu/resource/authority/language/JPN"
ENGLISH = "http://publications.europa.eu/resource/authority/language/ENG"
JAPAN = "https://www.geonames.org/1861060/"
TITLES = {
    INCIDENTS: ("障害・保守（JSON Lines）", "Incidents and maintenance (JSON Lines)"),
    BULLETINS: ("発表とその事実（JSON Lines）", "Bulletins with their facts (JSON Lines)"),
    FACTS: ("事実（CSV）", "Facts (CSV)"),
    SQLITE: ("記録全体（SQLite）", "The whole record (SQLite)"),
}
# Tables that the application makes as they are asked for; they can be had with filters as well.
TABLES = {
    "/letters.csv": ("質問書（CSV）", "Question letters (CSV)"),
    "/letters/items.csv": ("質問書の質問とその状況（CSV）", "Questions of letters with where they stand (CSV)"),
}
TITLE = ("障害・発表の公開記録", "Public record of incidents and bulletins")
ABOUT = (
    "システムの障害、停止、保守について、いつ何が発表されたかの記録。公表したものは変わらない。",
    "What was said of outages, faults and maintenance of systems, and when. What is published never changes.",
)


def install(state: BlueprintSetupState) -> None:
    """Let templates say what a page is about."""
    state.app.jinja_env.globals.update(linked_incident=linked_incident, linked_dataset=linked_dataset)


def _block(value: dict[str, Any]) -> Markup:
    """A block of data in a page: nothing in it ends the block or is run."""
    text = json.dumps({"@context": "https://schema.org", **value}, ensure_ascii=False, separators=(",", ":"))
    for one in "<>&\u2028\u2029":
        text = text.replace(one, f"\\u{ord(one):04x}")
    return Markup('<script type="application/ld+json">{}</script>').format(Markup(text))  # noqa: S704 - see above


def _publisher() -> dict[str, str]:
    return {"@type": "GovernmentOrganization", "name": settings().organisation.named(current()), "url": origin()}


def linked_incident(page: IncidentPage) -> Markup:
    """An incident as a report, with its bulletins as parts."""
    one = page.incident
    address = origin() + local_url(f"/incidents/{one.key}")
    drill = ("[訓練] " if current() == "ja" else "[Exercise] ") if one.exercise else ""
    parts = [
        {
            "@type": "Report",
            "@id": f"{address}/bulletins/{view.bulletin.number}",
            "headline": choose(view.bulletin, "title"),
            "position": view.bulletin.number,
            "datePublished": (view.bulletin.day or day_in_japan(view.bulletin.published_at)).isoformat(),
            "publisher": {"@type": "Organization", "name": choose(page.bodies[view.bulletin.publisher_key], "name")},
        }
        for view in page.shown
    ]
    return _block(
        {
            "@type": "Report",
            "@id": address,
            "url": address,
            "identifier": one.key,
            "headline": drill + choose(one, "title"),
            "inLanguage": current(),
            "datePublished": one.sort_on.isoformat(),
            "dateModified": instant(one.changed_at),
            "version": str(one.last_number),
            "publisher": _publisher(),
            "license": [LICENCE_URL, COMPATIBLE_URL],
            "isAccessibleForFree": True,
            "about": [{"@type": "Service", "name": choose(system, "name")} for system in page.systems],
            "spatialCoverage": [
                {"@type": "AdministrativeArea", "name": choose(area, "name"), "identifier": area.code}
                for area in page.areas
            ],
            "isPartOf": {"@type": "Dataset", "@id": f"{origin()}/data#record", "name": TITLE[current() == "en"]},
            "hasPart": parts,
        }
    )


def linked_dataset() -> Markup:
    """The record as a dataset, with its files."""
    english = current() == "en"
    return _block(
        {
            "@type": "Dataset",
            "@id": f"{origin()}/data#record",
            "name": TITLE[english],
            "description": ABOUT[english],
            "url": origin() + local_url("/data"),
            "license": LICENCE_URL,
            "isAccessibleForFree": True,
            "inLanguage": ["ja", "en"],
            "creator": _publisher(),
            "version": f"{SCHEMA_VERSION}+r{revision.number(g.session)}",
            "distribution": [
                {
                    "@type": "DataDownload",
                    "name": titles[english],
                    "encodingFormat": media_type,
                    "contentUrl": origin() + path,
                }
                for path, media_type, titles in _files()
            ],
        }
    )


def _files() -> Iterator[tuple[str, str, tuple[str, str]]]:
    """The path, type and titles of each file of the record."""
    yield from ((f"/data/{name}", media_type, TITLES[name]) for name, media_type in FILES.items())
    yield from ((path, "text/csv", titles) for path, titles in TABLES.items())


def catalogue() -> list[Triple]:
    """The record as an entry of a catalogue (DCAT 3)."""
    base, one = origin(), settings().organisation
    whole, record, service, publisher = (f"{base}/data#{part}" for part in ("catalog", "record", "api", "publisher"))
    found: list[Triple] = [
        (publisher, TYPE, "foaf:Agent"),
        (publisher, "foaf:name", Text(one.name, "ja")),
        (publisher, "foaf:homepage", Iri(f"{base}/")),
        (whole, TYPE, "dcat:Catalog"),
        (whole, "dct:title", Text("開示：公開データ", "ja")),
        (whole, "dct:title", Text("Kaiji: open data", "en")),
        (whole, "dct:description", Text(ABOUT[0], "ja")),
        (whole, "dct:description", Text(ABOUT[1], "en")),
        (whole, "dct:publisher", Iri(publisher)),
        (whole, "dct:license", Iri(LICENCE_URL)),
        (whole, "foaf:homepage", Iri(f"{base}/data")),
        (whole, "dcat:dataset", Iri(record)),
        (whole, "dcat:service", Iri(service)),
        (record, TYPE, "dcat:Dataset"),
        (record, "dct:title", Text(TITLE[0], "ja")),
        (record, "dct:title", Text(TITLE[1], "en")),
        (record, "dct:description", Text(ABOUT[0], "ja")),
        (record, "dct:description", Text(ABOUT[1], "en")),
        (record, "dct:identifier", Text(record)),
        (record, "dct:publisher", Iri(publisher)),
        (record, "dct:license", Iri(LICENCE_URL)),
        (record, "dct:accrualPeriodicity", Iri(FREQUENCY)),
        (record, "dct:spatial", Iri(JAPAN)),
        (record, "dcat:landingPage", Iri(f"{base}/data")),
        (record, "dcat:contactPoint", Iri(f"{base}/data#contact")),
        (record, "dcat:version", Text(f"r{revision.number(g.session)}")),
        (f"{base}/data#contact", TYPE, "vcard:Organization"),
        (f"{base}/data#contact", "vcard:fn", Text(one.department or one.name, "ja")),
        (f"{base}/data#contact", "vcard:hasEmail", Iri(f"mailto:{one.email}")),
        (service, TYPE, "dcat:DataService"),
        (service, "dct:title", Text("Read API", "en")),
        (service, "dct:license", Iri(LICENCE_URL)),
        (service, "dcat:endpointURL", Iri(f"{base}{API}")),
        (service, "dcat:endpointDescription", Iri(f"{base}{API}/openapi.json")),
        (service, "dcat:servesDataset", Iri(record)),
    ]
    for language in (JAPANESE, ENGLISH):
        found += [(whole, "dct:language", Iri(language)), (record, "dct:language", Iri(language))]
    for words, language in (("障害 システム 自治体 マイナンバー", "ja"), ("incidents outages municipalities", "en")):
        found += [(record, "dcat:keyword", Text(word, language)) for word in words.split()]
    found += _times(whole, record, f"{base}/data#period")
    for path, media_type, titles in _files():
        file = base + path
        found += [
            (record, "dcat:distribution", Iri(file)),
            (file, TYPE, "dcat:Distribution"),
            (file, "dct:title", Text(titles[0], "ja")),
            (file, "dct:title", Text(titles[1], "en")),
            (file, "dcat:downloadURL", Iri(file)),
            (file, "dcat:accessURL", Iri(f"{base}/data")),
            (file, "dcat:mediaType", Iri(MEDIA + media_type)),
            (file, "dct:license", Iri(LICENCE_URL)),
            (file, "dct:conformsTo", Iri(f"{base}/data/dictionary.csv")),
        ]
    return found


def _times(whole: str, record: str, period: str) -> list[Triple]:
    found: list[Triple] = []
    now = revision.current(g.session)
    if now is not None:
        changed = Typed(instant(now.changed_at) or "", "xsd:dateTime")
        found += [(whole, "dct:modified", changed), (record, "dct:modified", changed)]
    held = shelf(g.session)
    days: list[date] = [entry.day for sort in (Sort.OLDEST, Sort.DAY) for entry in held.first_of(held.all, sort, 1)]
    if days:
        found += [(record, "dct:temporal", Iri(period)), (period, TYPE, "dct:PeriodOfTime")]
        found += [(period, "dcat:startDate", Typed(days[0].isoformat(), "xsd:date"))]
        found += [(period, "dcat:endDate", Typed(days[-1].isoformat(), "xsd:date"))]
    return found


@public
def catalogue_json() -> Response:
    """The entry as JSON-LD."""
    return Response(json_ld(catalogue()), mimetype="application/ld+json")


@public
def catalogue_turtle() -> Response:
    """The entry as Turtle."""
    return Response(turtle(catalogue()), mimetype="text/turtle")
