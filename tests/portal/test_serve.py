"""The supervisor and what is left when it is killed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from portal import services
from portal.app import create_app
from tests.chaos.site import BACKGROUND, MASTER, ROOT, SUPERVISOR, Site
from tests.conftest import make_settings
from tests.factories.smtp import free_port

# The server says 100 when it has the head; then the form is waited for, and never comes whole.
HALF_A_FORM = (
    b"POST /request/person HTTP/1.1\r\nHost: 127.0.0.1\r\nExpect: 100-continue\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\n\r\nhalf"
)


def test_building_the_application_opens_nothing_that_forked_processes_would_share(home: Path) -> None:
    settings, threads = make_settings(home), threading.active_count()
    services.make_keys(settings)
    pool = create_app(settings).extensions["kaiji"].database.engine.pool
    assert threading.active_count() == threads
    assert pool.checkedin() + pool.checkedout() == 0


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, empty_sqlite: Path) -> Iterator[Site]:
    """A site that runs through all of these tests, for starting one is slow; whatever was killed is up again."""
    home = tmp_path_factory.mktemp("serve")
    shutil.copy(empty_sqlite, home / "kaiji.db")
    services.make_keys(make_settings(home))
    with Site(home, web_processes="1") as running:
        yield running


def deaths(site: Site, event: str) -> int:
    """How often the log says that something died."""
    return [json.loads(line)["event"] for line in site.log.read_text().splitlines()].count(event)


def test_a_killed_worker_is_started_again_and_the_log_says_so(site: Site) -> None:
    before = deaths(site, "worker.died")
    while not (found := site.find(BACKGROUND)):
        time.sleep(0.05)
    os.kill(found[0], signal.SIGKILL)
    while not set(site.find(BACKGROUND)) - set(found):
        time.sleep(0.05)
    assert deaths(site, "worker.died") == before + 1


@pytest.mark.parametrize(("killed", "starts"), [(SUPERVISOR, 1), (MASTER, 0)])
def test_what_was_killed_is_up_again_at_its_port_although_a_request_was_in_flight(
    site: Site, killed: str, starts: int
) -> None:
    before, died, workers = site.starts, deaths(site, "web.died"), site.find(BACKGROUND)
    with socket.create_connection(("127.0.0.1", site.port)) as caller:
        caller.sendall(HALF_A_FORM)
        assert caller.recv(4096).startswith(b"HTTP/1.1 100 Continue")
        os.kill(site.find(killed)[0], signal.SIGKILL)
        with suppress(ConnectionResetError):
            assert caller.recv(4096) == b""
    site.wait_until_ready()
    assert (site.starts - before, deaths(site, "web.died") - died) == (starts, 1 - starts)
    assert starts or site.find(BACKGROUND) == workers, "the worker goes on with what it has in hand"
    assert "Connection in use" not in site.log.read_text()


def test_a_web_server_that_gives_up_by_itself_ends_the_site(home: Path) -> None:
    services.make_keys(make_settings(home))
    (home / "keys" / services.WEB_KEY).unlink()
    ended = subprocess.run(
        [sys.executable, "-m", "portal.cli", "serve"],
        cwd=ROOT,
        env={**os.environ, "KAIJI_HOME": str(home), "KAIJI_PORT": str(free_port())},
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode > 0
    assert services.WEB_KEY.encode() in ended.stderr + ended.stdout
    assert b"web.died" not in ended.stderr + ended.stdout
