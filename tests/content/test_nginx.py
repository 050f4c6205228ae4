"""The shipped configuration in a real nginx: pages as files, copies of a moment, the application behind them."""

from __future__ import annotations

import gzip
import http.client
import shutil
import ssl
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from content.operations import page_files
from portal import services
from portal.app import create_app
from portal.web.headers import public_cache
from tests.conftest import make_settings
from tests.factories import nginx
from tests.factories.smtp import free_port

NAME = "kaiji.example.jp"
# Copied for a second here; nginx counts whole ones.
SHORT, OVER = frozenset({"/procedure", "/developers"}), 2.1
TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
TLS.check_hostname, TLS.verify_mode = False, ssl.CERT_NONE  # the certificate is a test's own
HEADERS = (
    "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy", "X-Frame-Options", "Permissions-Policy", "Strict-Transport-Security",
    "Cache-Control",
)  # fmt: skip
WRITTEN = {
    "index.html": "<html>home</html>",
    "en/index.html": "<html>home in English</html>",
    "incidents/index.html": "<html>written list</html>",
    "incidents.json": '{"written": true}',
    "letters/a.txt": "質問書",
    "feeds/incidents.json": '{"feed": true}',
    "feeds/incidents.atom": "<feed/>",
    "incidents/a/bulletins/1.cap.xml": "<alert/>",
    ".book.json": "{}",
}


class Silent(WSGIRequestHandler):
    def log(self, *_about: Any) -> None:
        """Nothing."""


@dataclass
class Site:
    """nginx, the application behind it, and what the application was asked."""

    app: Flask
    port: int
    folder: Path
    asked: list[str] = field(default_factory=list)
    conditions: list[str] = field(default_factory=list)
    nginx: Any = None
    _server: Any = None

    def start(self) -> None:
        self._server = make_server("127.0.0.1", self.port, self._count, threaded=True, request_handler=Silent)
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def _count(self, environ: dict[str, Any], start: Any) -> Any:
        path = environ["PATH_INFO"]
        self.asked.append(path)
        self.conditions.append(environ.get("HTTP_IF_NONE_MATCH", ""))
        more = [("X-Accel-Expires", "1")] if path in SHORT else []
        return self.app(environ, lambda status, headers, *rest: start(status, headers + more, *rest))

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """One answer of nginx."""
        connection = http.client.HTTPSConnection("127.0.0.1", self.nginx.tls, context=TLS, timeout=30)
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers={"Host": NAME, **given})
        found = connection.getresponse()
        answer = Answer(found.status, found.headers, found.read())
        connection.close()
        return answer

    def times_asked(self, path: str, **headers: str) -> int:
        """How often the application is asked when a reader asks twice."""
        before = len(self.asked)
        for _ in range(2):
            self.ask(path, **headers)
        return len(self.asked) - before


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Any
    data: bytes


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, loaded_sqlite: Path) -> Iterator[Site]:
    home = tmp_path_factory.mktemp("nginx")
    shutil.copy(loaded_sqlite, home / "kaiji.db")
    settings = make_settings(home, public_url=f"https://{NAME}", trusted_proxies="1", log_level="error")
    services.make_keys(settings)
    published = home / "published"
    for name, text in WRITTEN.items():
        page_files.put(published, name, text.encode())
    found = Site(create_app(settings), free_port(), home)
    found.start()
    with nginx.serving(home / "nginx", application=found.port, published=published, copied_for="1h") as found.nginx:
        yield found
    found.stop()
    found.app.extensions["kaiji"].database.close()


@pytest.mark.parametrize(
    ("path", "name", "kind"),
    [
        ("/", "index.html", "text/html; charset=utf-8"),
        ("/en/", "en/index.html", "text/html; charset=utf-8"),
        ("/incidents", "incidents/index.html", "text/html; charset=utf-8"),
        ("/incidents.json", "incidents.json", "application/json"),
        ("/letters/a.txt", "letters/a.txt", "text/plain; charset=utf-8"),
        ("/feeds/incidents.json", "feeds/incidents.json", "application/feed+json"),
        ("/feeds/incidents.atom", "feeds/incidents.atom", "application/atom+xml; charset=utf-8"),
        ("/incidents/a/bulletins/1.cap.xml", "incidents/a/bulletins/1.cap.xml", "application/cap+xml; charset=utf-8"),
    ],
)
def test_a_written_page_is_served_as_it_is_or_packed(site: Site, path: str, name: str, kind: str) -> None:
    before = len(site.asked)
    plain, packed = site.ask(path), site.ask(path, Accept_Encoding="gzip")
    assert (plain.status, plain.data.decode()) == (200, WRITTEN[name])
    assert plain.headers["Content-Type"] == kind
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert gzip.decompress(packed.data) == plain.data
    again = site.ask(path, If_None_Match=plain.headers["ETag"])
    assert (again.status, again.data) == (304, b"")
    assert len(site.asked) == before


@pytest.mark.skipif(not nginx.BROTLI.is_file(), reason="Debian's libnginx-mod-http-brotli-static is not installed")
def test_a_written_page_is_served_with_brotli_to_who_reads_it(site: Site) -> None:
    plain, packed = site.ask("/incidents"), site.ask("/incidents", Accept_Encoding="gzip, br")
    assert packed.headers["Content-Encoding"] == "br"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert packed.data == (site.folder / "published" / "incidents" / "index.html.br").read_bytes()
    assert packed.headers["Content-Type"] == plain.headers["Content-Type"]


def test_a_written_page_says_what_the_application_says(site: Site) -> None:
    for path in ("/incidents", "/feeds/incidents.atom", "/incidents.json"):
        own = site.app.test_client().get(path, base_url=f"https://{NAME}").headers
        written = site.ask(path).headers
        for name in (*HEADERS, "Access-Control-Allow-Origin", "Access-Control-Expose-Headers"):
            assert written.get(name) == own.get(name), (path, name)
        assert written["Content-Type"] == own["Content-Type"], path
        assert "Set-Cookie" not in written
    cached = public_cache(site.app.extensions["kaiji"].settings)
    assert site.ask("/").headers["Cache-Control"] == cached


@pytest.mark.parametrize(
    ("path", "method", "more"),
    [
        ("/incidents?page=2", "GET", {}),
        ("/incidents?", "GET", {}),
        ("/incidents", "POST", {"Content_Length": "0"}),
        ("/incidents", "GET", {"Cookie": "a=b; __Host-kaiji=token"}),
        ("/incidents/", "GET", {}),
        ("/incidents/index.html", "GET", {}),
        ("/incidents.json.gz", "GET", {}),
        ("/.book.json", "GET", {}),
    ],
)
def test_all_else_is_asked_of_the_application(site: Site, path: str, method: str, more: dict[str, str]) -> None:
    before = len(site.asked)
    answer = site.ask(path, method, **more)
    if path != "/incidents?":  # the same as without
        assert len(site.asked) == before + 1, answer
        assert b"written" not in answer.data


def test_many_readers_at_once_are_one_question(site: Site) -> None:
    site.app.test_client().get("/about", base_url=f"https://{NAME}")  # made before, so that nobody waits for long
    before = len(site.asked)
    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(lambda _: site.ask("/about"), range(24)))
    assert {answer.status for answer in answers} == {200}
    assert len({answer.data for answer in answers}) == 1
    assert site.asked[before:] == ["/about"]
    packed = site.ask("/about", Accept_Encoding="gzip")
    assert gzip.decompress(packed.data) == answers[0].data
    assert packed.headers["ETag"] == f"W/{answers[0].headers['ETag']}"
    assert site.ask("/about", If_None_Match=packed.headers["ETag"]).status == 304
    assert site.asked[before:] == ["/about"]


def test_who_has_a_session_is_served_no_copy_and_leaves_none(site: Site) -> None:
    first = site.ask("/request/status")
    cookie = first.headers["Set-Cookie"].partition(";")[0]
    assert cookie.startswith("__Host-kaiji=")
    assert site.times_asked("/accessibility", Cookie=f"other=1; {cookie}") == 2
    assert site.times_asked("/accessibility", Cookie="other=1") == 1
    assert site.times_asked("/accessibility", Cookie=f"other=1; {cookie}") == 2


def test_personal_rooms_are_never_copied_nor_compressed(site: Site) -> None:
    rooms = ("/request", "/request/status", "/complaints", "/verify", "/staff/sign-in", "/follow/mail", "/livez")
    for path in (*rooms, "/en/request/status", "/en/staff", "/follow/webhooks", "/en/follow/mail/x", "/nothing-here"):
        before = len(site.asked)
        assert "Content-Encoding" not in site.ask(path).headers, path
        packed = "Content-Encoding" in site.ask(path, Accept_Encoding="gzip").headers
        assert packed is (path == "/nothing-here"), path  # the same for everybody
        assert len(site.asked) - before == 2, path
    copies = site.nginx.copies()
    assert copies
    for copy in copies:
        assert b"Set-Cookie" not in copy
        assert b"no-store" not in copy
        key = copy[copy.index(b"KEY: ") :].partition(b"\n")[0].decode()
        assert not [room for room in rooms if f"{NAME}{room}" in key or f"{NAME}/en{room}" in key], key


def test_files_of_the_site_are_copied_by_their_version(site: Site) -> None:
    page = site.ask("/privacy").data.decode()
    path = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
    assert "?v=" in path
    assert site.times_asked(path) == 1
    assert "immutable" in site.ask(path).headers["Cache-Control"]


def test_an_old_copy_is_shown_while_a_new_one_is_fetched_and_when_the_site_is_down(site: Site) -> None:
    mark, other = site.ask("/procedure").headers["ETag"], site.ask("/developers").headers["ETag"]
    time.sleep(OVER)
    before = len(site.asked)
    assert site.ask("/procedure").headers["ETag"] == mark
    until = time.monotonic() + 20
    while len(site.asked) == before and time.monotonic() < until:
        time.sleep(0.02)
    assert (site.asked[before:], site.conditions[before:]) == (["/procedure"], [mark])  # nothing is made to renew it
    site.stop()
    try:
        assert site.ask("/incidents").data.decode() == WRITTEN["incidents/index.html"]
        old = site.ask("/developers")
        assert (old.status, old.headers["ETag"]) == (200, other)
        for path in ("/letters", "/request", "/staff"):
            lost = site.ask(path)
            assert (lost.status, lost.headers["Cache-Control"]) == (503, "no-store"), path
            assert lost.headers["Retry-After"] == "60"
            assert lost.headers["Content-Type"] == "text/html; charset=utf-8"
            assert "ただいま" in lost.data.decode()
    finally:
        site.start()
    assert site.ask("/letters").status == 200


def test_plain_connections_are_sent_to_tls(site: Site) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", site.nginx.plain, timeout=30)
    connection.request("GET", "/incidents?page=2", headers={"Host": "elsewhere.example"})
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Location"]) == (301, f"https://{NAME}/incidents?page=2")
    connection.close()


def test_the_sample_lets_the_largest_form_through_and_logs_no_path(site: Site) -> None:
    site.ask("/letters?q=whoever")
    largest = max(getattr(view, "max_bytes", 0) for view in site.app.view_functions.values())
    text = (nginx.SAMPLE / "kaiji.conf").read_text()
    megabytes = int(text.partition("client_max_body_size ")[2].partition("m;")[0])
    assert largest <= megabytes * 2**20 <= largest + 16 * 2**20
    log = (site.nginx.folder / "kaiji.log").read_text()
    assert " GET 200 " in log
    for secret in ("/letters", "whoever", "127.0.0.1"):
        assert secret not in log
