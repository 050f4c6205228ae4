"""A bundle of the record, opened from its folder with no server running: whole, signed, linked, found, accessible."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import pytest
from click.testing import Result
from flask import Flask
from lxml import html
from playwright.sync_api import Browser, Page, Request

from content.bundle_cli import bundle_cli
from content.operations import blobs
from content.queries import bundle_record
from content.rules.archive.records import Archive
from content.rules.writing import WrittenAttachment
from portal import services
from portal.app import create_app
from portal.core.files import CleanFile
from tests.browser.conftest import DESKTOP
from tests.browser.looking import problems
from tests.conftest import make_settings
from tests.factories.content import NOW, a_published, a_withdrawal, a_writing, load, the_archive

ORIGIN = "https://kaiji.example"
PDF = b"%PDF-1.7 sample"
ONLINE = {"a", "form"}


@dataclass(frozen=True)
class Copy:
    """A site with a small record, and its bundle as a folder and as a ZIP."""

    app: Flask
    folder: Path
    packed: Path

    def run(self, *arguments: object) -> Result:
        return self.app.test_cli_runner().invoke(bundle_cli, [str(one) for one in arguments])


def small(archive: Archive) -> Archive:
    """The archive with few incidents, and the systems that they and the factories need."""
    wanted = {"jpki", "convenience-store"}
    incidents = [one for one in archive.incidents if not one.relations and set(one.systems) <= wanted][:2]
    systems = {system.key: system for system in archive.systems}
    waiting = list(wanted)
    while waiting:
        needs = set(systems[waiting.pop()].depends_on) - wanted
        wanted |= needs
        waiting += needs
    kept = tuple(system for system in archive.systems if system.key in wanted)
    return replace(archive, systems=kept, incidents=tuple(incidents), letters=(), figures=archive.figures[:1])


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory, empty_sqlite: Path) -> Iterator[Copy]:
    home = tmp_path_factory.mktemp("bundle")
    shutil.copy(empty_sqlite, home / "kaiji.db")
    settings = make_settings(home, public_url=ORIGIN)
    services.make_keys(settings)
    app = create_app(settings)
    database = app.extensions["kaiji"].database
    sha256 = hashlib.sha256(PDF).hexdigest()
    file = WrittenAttachment(
        name="お知らせ 1.pdf", title_ja="お知らせ", title_en="Notice", media_type="application/pdf", size=len(PDF),
        sha256=sha256,
    )  # fmt: skip
    with database.session(write=True) as session:
        load(session, small(the_archive()))
        blobs.store(session, CleanFile("application/pdf", PDF, 1, sha256), at=NOW)
        a_published(session, a_writing(attachments=(file,)))
        a_published(session, a_writing(body_ja="原因は髙橋見本装置の故障でした。", final=True), new=False)
        a_published(session, key="withdrawn-2026")
        a_withdrawal(session, "withdrawn-2026", 1)
    made = Copy(app, home / "copy", home / "copy.zip")
    answer = made.run("export", made.folder, "--processes", 2)
    assert answer.exit_code == 0, answer.output
    assert made.run("export", made.packed, "--processes", 1).exit_code == 0
    yield made
    database.close()


def links(copy: Copy) -> Iterator[tuple[Path, str, str, bool]]:
    """Each page with the elements that lead somewhere: page, element, link, whether marked as online."""
    for path in sorted(copy.folder.rglob("*.html")):
        for element in html.fromstring(path.read_bytes()).iter():
            for name in ("href", "src", "action", "{http://www.w3.org/1999/xlink}href"):
                if isinstance(element.tag, str) and element.get(name):
                    yield path, element.tag, element.get(name), element.get("data-online") is not None


def test_every_link_leads_to_a_file_of_the_bundle_or_says_that_it_leads_to_the_site(copy: Copy) -> None:
    places: dict[Path, set[str]] = {}
    pages, broken = set(), []
    for path, tag, link, online in links(copy):
        pages.add(path)
        parts = urlsplit(link)
        if online:
            assert link.startswith(ORIGIN), link
            assert tag in ONLINE or (tag == "link" and "static" not in link), (path, tag, link)
            continue
        if parts.scheme:
            assert not link.startswith(ORIGIN), (path, link)
            continue
        target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
        if link.startswith("/") or not target.is_file():
            broken.append((path, link))
        elif parts.fragment and target.suffix == ".html":
            if target not in places:
                places[target] = set(html.fromstring(target.read_bytes()).xpath("//@id"))
            if unquote(parts.fragment) not in places[target]:
                broken.append((path, link))
    assert broken == []
    assert len(pages) > 90


def test_no_page_runs_anything_but_the_scripts_beside_it(copy: Copy) -> None:
    for path in copy.folder.rglob("*.html"):
        tree = html.fromstring(path.read_bytes())
        inline = "//style | //script[not(@src or @type='application/ld+json')] | //*[@style] | //script[@type='module']"
        assert not tree.xpath(f"{inline} | //*[@*[starts-with(name(), 'on')]]"), path


def test_it_holds_what_is_published_and_nothing_that_was_taken_back(copy: Copy) -> None:
    incident = copy.folder / "incidents" / "slow-2026"
    assert (incident / "bulletins" / "1" / "files" / "1" / "お知らせ 1.pdf").read_bytes() == PDF
    lines = (copy.folder / "data" / "incidents.jsonl").read_text("utf-8").splitlines()
    assert "slow-2026" in {json.loads(line)["key"] for line in lines}
    assert 'href="../../archive/index.html"' in (incident / "index.html").read_text("utf-8")
    assert "../../incidents/slow-2026/index.html#bulletin-2" in (incident / "index.html").read_text("utf-8")
    assert list(copy.folder.rglob("withdrawn-2026*")) == []
    assert list(copy.folder.rglob("staff*")) == []


def test_the_same_record_gives_the_same_bytes_however_many_work_at_it(copy: Copy, tmp_path: Path) -> None:
    with zipfile.ZipFile(copy.packed) as packed:
        names = packed.namelist()
        assert names == sorted(names)
        stamps = {entry.date_time for entry in packed.infolist()}
        assert stamps == {(2026, 4, 1, 12, 0, 0)}
        for name in names:
            if name != "MANIFEST.sha256.p7s":  # a signature bears its own moment
                assert packed.read(name) == (copy.folder / name).read_bytes(), name


def test_the_bundle_is_signed_and_any_change_is_found(copy: Copy, tmp_path: Path) -> None:
    for bundle in (copy.folder, copy.packed):
        answer = copy.run("verify", bundle)
        assert answer.exit_code == 0, answer.output
        assert "SAMPLE" in answer.output
    spoilt = tmp_path / "spoilt"
    shutil.copytree(copy.folder, spoilt)

    def said(change: Callable[[], object]) -> str:
        change()
        answer = copy.run("verify", spoilt)
        assert answer.exit_code == 1
        shutil.rmtree(spoilt)
        shutil.copytree(copy.folder, spoilt)
        return answer.output

    page, manifest, signature = spoilt / "index.html", spoilt / "MANIFEST.sha256", spoilt / "MANIFEST.sha256.p7s"
    digest = hashlib.sha256(b"other").hexdigest()
    listed = manifest.read_text("utf-8")
    own = next(line for line in listed.splitlines() if line.endswith("  index.html"))
    assert "changed: index.html" in said(lambda: page.write_bytes(page.read_bytes() + b" "))
    assert "missing: index.html" in said(page.unlink)
    assert "unknown: more.html" in said(lambda: (spoilt / "more.html").write_text("more"))
    forged = listed.replace(own, f"{digest}  index.html")
    both = said(lambda: (page.write_bytes(b"other"), manifest.write_text(forged, "utf-8")))
    assert "not signed by us: the signature is of something else" in both
    assert "not signed by us: not signed" in said(signature.unlink)
    assert "not signed by us: unreadable" in said(lambda: signature.write_bytes(b"none"))
    again = copy.run("export", copy.folder)
    assert again.exit_code == 2
    assert "there already" in again.output


def test_a_whole_one_holds_every_bulletin_and_every_incident_on_paper(
    copy: Copy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "whole"
    for name in ("PAGES", "STANDING", "TABLES"):  # they are in the other one
        monkeypatch.setattr(bundle_record, name, ())
    monkeypatch.setattr(bundle_record, "incidents", lambda _session: ["slow-2026"])
    answer = copy.run("export", folder, "--whole", "--papers", "--processes", 2)
    assert answer.exit_code == 0, answer.output
    for prefix in ("", "en/"):
        incident = folder / f"{prefix}incidents/slow-2026"
        for name in ("bulletins/1", "bulletins/1/cite", "versions/1", "bulletins/2"):
            assert (incident / name / "index.html").is_file(), name
        assert (incident / "versions/2.pdf").read_bytes().startswith(b"%PDF")
        assert not (incident / "versions/1.pdf").exists()  # it is in the latest one
    assert json.loads((folder / "incidents/slow-2026.json").read_bytes())["key"] == "slow-2026"
    assert copy.run("verify", folder).exit_code == 0


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A browser without a network."""
    context = chromium.new_context(viewport=DESKTOP, offline=True)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


def test_it_reads_and_searches_from_a_folder_with_the_server_off(copy: Copy, page: Page) -> None:
    root, wrong = copy.folder.as_uri(), []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    needed = ("document", "script", "stylesheet")  # axe asks for more, and a picture drawn as a mask is not let through

    def failed(asked: Request) -> None:
        if asked.resource_type in needed and asked.failure != "net::ERR_ABORTED":  # the reader went on before it came
            wrong.append(f"{asked.failure} {asked.url}")

    page.on("requestfailed", failed)
    for address in ("", "incidents/slow-2026/", "archive/", "archive/2026-04/", "systems/jpki/", "search/", "about/"):
        page.goto(f"{root}/{address}index.html")
        wrong += problems(page, "ja")
    page.goto(f"{root}/index.html")
    page.fill("#site-search", "高橋 故障")
    page.press("#site-search", "Enter")
    page.wait_for_selector("#hits li")
    assert page.locator("#hits mark").first.text_content() == "高橋"
    wrong += problems(page, "ja")
    page.click("#hits a")
    assert page.url == f"{root}/incidents/slow-2026/index.html"
    page.goto(f"{root}/en/search/index.html?q={quote('ISSUING slow')}")
    page.wait_for_selector("#hits li")
    page.goto(f"{root}/en/search/index.html?q=zzzz")
    page.get_by_text("Nothing was found.").wait_for()
    assert wrong == []
