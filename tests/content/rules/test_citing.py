"""Citations are read by programs that we did not write."""

import io
import json
import warnings
from datetime import date

import pytest
import rispy
from citeproc import Citation as CSLCitation
from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

from content.rules.citing import Citation, bibtex, csl, fingerprint, ris, sentence

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import bibtexparser
STYLE = io.BytesIO(b"""<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
<info><title>Lines</title><id>lines</id><updated>2026-04-01T00:00:00Z</updated></info>
<citation><layout><text variable="title"/></layout></citation>
<bibliography><layout><group delimiter=" / "><names variable="author"/><text variable="title"/>
<text variable="container-title"/><text variable="version"/>
<date variable="issued"><date-part name="year" suffix="-"/><date-part name="month" form="numeric" suffix="-"/>
<date-part name="day"/></date>
<text variable="URL"/></group></layout></bibliography></style>""")


def a_citation(**values: object) -> Citation:
    given = {
        "key": "slow-2026", "version": 3, "language": "ja", "title": "復旧しました & 100% {終了}",
        "incident": "電子証明書の発行が遅れる障害", "number": "第3報", "publisher": "見本情報システム機構",
        "site": "開示 – 見本情報システム機構", "address": "https://kaiji.example/incidents/slow-2026/bulletins/3",
        "whole_address": "https://kaiji.example/incidents/slow-2026/versions/3", "day": date(2026, 4, 2),
        "sha256": "a" * 64, "whole_sha256": "b" * 64,
    }  # fmt: skip
    return Citation(**{**given, **values})  # type: ignore[arg-type]


def test_bibtex_is_read_back() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        (entry,) = bibtexparser.loads(bibtex(a_citation())).entries
    assert entry["ID"] == "slow-2026-3"
    assert entry["ENTRYTYPE"] == "misc"
    assert entry["author"] == "{見本情報システム機構}"
    assert entry["title"] == r"電子証明書の発行が遅れる障害 第3報 復旧しました \& 100\% \{終了\}"
    assert (entry["year"], entry["month"], entry["version"]) == ("2026", "4", "3")
    assert entry["url"] == a_citation().address
    assert "a" * 64 in entry["note"]


def test_ris_is_read_back() -> None:
    (entry,) = rispy.loads(ris(a_citation()))
    assert entry["type_of_reference"] == "ELEC"
    assert entry["title"] == "電子証明書の発行が遅れる障害 第3報 復旧しました & 100% {終了}"
    assert entry["authors"] == ["見本情報システム機構"]
    assert entry["urls"] == [a_citation().address]
    assert entry["date"] == "2026/04/02"


def test_csl_is_set_by_a_style() -> None:
    source = CiteProcJSON(json.loads(csl(a_citation())))
    bibliography = CitationStylesBibliography(CitationStylesStyle(STYLE, validate=False), source, formatter.plain)
    bibliography.register(CSLCitation([CitationItem("slow-2026-3")]))
    (line,) = map(str, bibliography.bibliography())
    assert line.split(" / ") == [
        "見本情報システム機構", "電子証明書の発行が遅れる障害 第3報 復旧しました & 100% {終了}",
        "開示 – 見本情報システム機構", "3", "2026-4-2", a_citation().address,
    ]  # fmt: skip


@pytest.mark.parametrize("make", [bibtex, ris, csl, sentence])
def test_a_day_that_is_not_known_is_left_out(make: object) -> None:
    assert callable(make)
    said = make(a_citation(day=None))
    assert "2026-04" not in said
    assert "None" not in said
    assert "issued" not in said
    assert "year" not in said


def test_the_sentence_names_publisher_title_site_day_and_address() -> None:
    assert sentence(a_citation()).startswith("出典：見本情報システム機構「電子証明書の発行が遅れる障害」第3報「復旧")
    assert sentence(a_citation()).endswith("、2026-04-02）https://kaiji.example/incidents/slow-2026/bulletins/3")
    assert sentence(a_citation(language="en")).startswith("Source: 見本")


def test_the_fingerprint_of_a_version_depends_on_each_bulletin_and_their_order() -> None:
    assert len({fingerprint(["a", "b"]), fingerprint(["b", "a"]), fingerprint(["a"])}) == 3
