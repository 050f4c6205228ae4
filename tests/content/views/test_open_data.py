"""The API, the files of the record, the catalogue and what pages say of themselves, read with parsers of others."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pyshacl
import pytest
import rdflib
from flask import Flask
from rdflib.compare import isomorphic
from rdflib.namespace import DCAT, DCTERMS, RDF, SDO

from content.rules.dictionary import tables
from content.rules.reuse import LICENCE_URL
from portal import services
from portal.app import create_app
from portal.core.db import Database
from portal.core.settings import Settings
from tests.client import Browser
from tests.factories.content import a_correction, a_draft, a_published, a_withdrawal, a_writing, load, the_archive

API, SCHEMAS = "/api/v1", Path(__file__).parents[1] / "schemas"
# What the reader of JSON-LD says of itself.
quiet = pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning", "ignore:Dataset:DeprecationWarning")


# Of the vocabulary (https://schema.org/docs/full.html): what each type that we name is one of, and what each property
# that we name may be said of.
KINDS = {
    "Report": {"Article", "CreativeWork"}, "Dataset": {"CreativeWork"},
    "DataDownload": {"MediaObject", "CreativeWork"}, "GovernmentOrganization": {"Organization"}, "Organization": set(),
    "Service": {"Intangible"}, "AdministrativeArea": {"Place"},
}  # fmt: skip
OF_ANYTHING = {"name", "url", "identifier", "description"}
OF_WORKS = {
    "headline", "position", "datePublished", "dateModified", "version", "publisher", "license", "isAccessibleForFree",
    "about", "spatialCoverage", "isPartOf", "hasPart", "inLanguage", "creator", "encodingFormat",
}  # fmt: skip
OF = {
    **dict.fromkeys(OF_ANYTHING, "Thing"), **dict.fromkeys(OF_WORKS, "CreativeWork"),
    "distribution": "Dataset", "contentUrl": "MediaObject",
}  # fmt: skip


def misused(told: Any) -> list[str]:
    """Types and properties that the vocabulary does not have, or has for other things."""
    if isinstance(told, list):
        return [fault for one in told for fault in misused(one)]
    if not isinstance(told, dict):
        return []
    kind = told["@type"]
    kinds = {kind, "Thing", *KINDS.get(kind, ())}
    names = [name for name in told if name[0] != "@"]
    unknown = [name for name in (kind, *names) if f"https://schema.org/{name}" not in SDO]
    strange = [f"{kind}.{name}" for name in names if OF.get(name) not in kinds]
    return unknown + strange + [fault for one in told.values() for fault in misused(one)]


def got(browser: Browser, path: str, status: int = 200) -> Any:
    page = browser.get(path)
    assert page.status == status, page.text
    return json.loads(page.data)


def walked(browser: Browser, path: str) -> list[Any]:
    """All items of a list, part by part."""
    found: list[Any] = []
    while path:
        answer = got(browser, path)
        found += answer["items"]
        path = (answer["next"] or "").replace("http://localhost", "")
        path = path[path.index(API) :] if path else ""
    return found


def test_every_order_of_incidents_is_told_whole_in_parts(browser: Browser) -> None:
    keys = {one.key for one in the_archive().incidents}
    for sort in ("day", "oldest", "severity", "said"):
        found = [one["key"] for one in walked(browser, f"{API}/incidents?sort={sort}&limit=7")]
        assert len(found) == len(keys)
        assert set(found) == keys
    assert len(walked(browser, f"{API}/facts?limit=150")) == len(list(the_archive().facts()))
    assert len(walked(browser, f"{API}/areas?prefecture=31&limit=9")) > 19


def test_filters_are_those_of_the_page_and_fields_are_chosen(browser: Browser) -> None:
    answer = got(browser, f"{API}/incidents?system=juki-relay-servers&from=2016-01-01&to=2016-12-31&fields=title,state")
    assert answer["total"] == len(answer["items"]) > 3
    assert set(answer["items"][0]) == {"key", "title", "state"}
    assert answer["licence"]["url"] == LICENCE_URL
    assert "system=juki-relay-servers" in browser.get("/incidents?system=juki-relay-servers").path


def test_what_cannot_be_meant_is_refused_by_name(browser: Browser) -> None:
    answer = got(browser, f"/en{API}/incidents?severity=9&colour=red&from=2016-02-30", 400)
    assert browser.page
    assert browser.page.headers["Content-Type"] == "application/problem+json"
    assert {one["parameter"] for one in answer["errors"]} == {"severity", "colour", "from"}
    assert answer["title"] == "Bad Request"
    assert got(browser, f"{API}/nothing-here", 404)["type"] == "about:blank"
    assert got(browser, f"{API}/incidents/nothing-here", 404)["status"] == 404


def test_an_answer_is_open_to_all_and_marked_by_the_revision(app: Flask, store: Database) -> None:
    client = app.test_client()
    path = f"{API}/incidents/relay-servers-2016-01"
    first = client.get(path)
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in first.headers
    assert "stale-while-revalidate" in first.headers["Cache-Control"]
    assert first.headers["ETag"].startswith('"r')
    assert 'rel="license"' in first.headers["Link"]
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    asked = client.options(path, headers={"Origin": "https://reader.example", "Access-Control-Request-Method": "GET"})
    assert asked.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    with store.session(write=True) as session:
        a_published(session)
    assert client.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_a_withdrawn_bulletin_leaves_its_place_and_no_word(browser: Browser, store: Database) -> None:
    with store.session(write=True) as session:
        a_published(session)
        a_published(session, a_correction("slow-2026/1/1", number=1100.0), new=False)
        a_withdrawal(session, "slow-2026", 1)
        a_draft(session, a_writing(title_en="Secret so far"), key="draft-2026")
    answer = got(browser, f"{API}/incidents/slow-2026/bulletins/1", 410)
    assert answer["withdrawn"]["reason"]["en"] == "It was about another fault"
    whole = got(browser, f"{API}/incidents/slow-2026")["item"]
    assert whole["record"][0]["withdrawn"]["reason"]
    assert "facts" not in whole["record"][0]
    assert [one["id"] for one in got(browser, f"{API}/facts?incident=slow-2026")["items"]] == ["slow-2026/2/1"]
    old = got(browser, "/incidents/slow-2026.json")["bulletins"][0]
    assert old["withdrawn"]
    assert "body" not in old
    for name in ("incidents.jsonl", "bulletins.jsonl", "facts.csv", "record.sqlite"):
        data = browser.get(f"/data/{name}").data
        assert b"Issuing at counters is slow" not in data or data.count(b"Issuing at counters is slow") == 1
        assert b"Secret so far" not in data


def test_files_hold_the_whole_record_with_its_terms(browser: Browser) -> None:
    lines = [json.loads(line) for line in browser.get("/data/incidents.jsonl").data.splitlines()]
    assert [one["key"] for one in lines] == sorted(one.key for one in the_archive().incidents)
    assert {one["licence"] for one in lines} == {LICENCE_URL}
    facts = list(csv.DictReader(io.StringIO(browser.get("/data/facts.csv").data.decode("utf-8-sig"))))
    assert len(facts) == len(list(the_archive().facts()))
    assert facts[0]["licence"] == LICENCE_URL
    bulletins = [json.loads(line) for line in browser.get("/data/bulletins.jsonl").data.splitlines()]
    assert sum(len(one["facts"]) for one in bulletins) == len(facts)
    with tempfile.NamedTemporaryFile(suffix=".sqlite") as file:
        file.write(browser.get("/data/record.sqlite").data)
        file.flush()
        found = sqlite3.connect(file.name)
        assert found.execute("SELECT count(*) FROM fact").fetchone()[0] == len(facts)
        assert dict(found.execute("SELECT name, value FROM about"))["licence"] == "PDL-1.0"
        assert {row[0] for row in found.execute("SELECT name FROM sqlite_master WHERE type = 'table'")} == set(tables())
        found.close()
    said = list(csv.reader(io.StringIO(browser.get("/data/dictionary.csv").data.decode("utf-8-sig"))))
    assert {row[2] for row in said if row[0] == "facts.csv"} == set(tables()["fact"].names)


@quiet
def test_the_catalogue_says_the_same_in_both_forms(browser: Browser) -> None:
    whole = rdflib.Graph().parse(data=browser.get("/data/catalog.ttl").data, format="turtle")
    other = rdflib.Graph().parse(data=browser.get("/data/catalog.jsonld").data, format="json-ld")
    assert isomorphic(whole, other)
    (dataset,) = whole.subjects(RDF.type, DCAT.Dataset)
    shapes = rdflib.Graph().parse(SCHEMAS / "dcat-ap.ttl")
    fits, _report, told = pyshacl.validate(whole, shacl_graph=shapes)
    assert fits, told
    whole.remove((dataset, DCTERMS.description, None))
    assert not pyshacl.validate(whole, shacl_graph=shapes)[0]
    files = list(whole.objects(dataset, DCAT.distribution))
    assert len(files) == 6
    for file in files:
        assert (file, DCTERMS.license, rdflib.URIRef(LICENCE_URL)) in whole
        path = str(whole.value(file, DCAT.downloadURL))
        assert browser.get(urlsplit(path).path).status == 200


@quiet
def test_pages_say_what_they_are_about(browser: Browser, store: Database) -> None:
    schema = rdflib.Namespace("https://schema.org/")
    with store.session(write=True) as session:
        a_published(session, a_writing(incident={"title_en": "</script><b>", "title_ja": "題"}))
    for path, kind in (("/en/incidents/slow-2026", schema.Report), ("/data", schema.Dataset)):
        page = browser.get(path)
        (block,) = page.tree.xpath("//script[@type='application/ld+json']")
        told = json.loads(block.text)
        assert told.pop("@context") == "https://schema.org"
        graph = rdflib.Graph().parse(data=json.dumps({**told, "@context": {"@vocab": str(schema)}}), format="json-ld")
        assert any(graph.subjects(RDF.type, kind))
        assert misused(told) == []


def test_a_bulletin_whose_day_is_not_known_is_dated_by_the_day_in_japan(settings: Settings, database: Database) -> None:
    with database.session(write=True) as session:
        load(session, at=datetime(2026, 3, 31, 20, tzinfo=UTC))
    services.make_keys(settings)
    app = create_app(settings)
    page = Browser(app).get("/incidents/inazawa-return-postcards-2015")
    (block,) = page.tree.xpath("//script[@type='application/ld+json']")
    assert json.loads(block.text)["hasPart"][0]["datePublished"] == "2026-04-01"
    app.extensions["kaiji"].database.close()
