"""The supervisor and what is left when it is killed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from portal import services
from portal.app import create_app
from tests.chaos.site import BACKGROUND, MASTER, SUPERVISOR, Site
from tests.conftest import make_settings

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


def deaths(site: Site) -> int:
    """How often the log says that the worker died."""
    return [json.loads(line)["event"] for line in site.log.read_text().splitlines()].count("worker.died")


def test_a_killed_worker_is_started_again_and_the_log_says_so(site: Site) -> None:
    before = deaths(site)
    while not (found := site.find(BACKGROUND)):
        time.sleep(0.05)
    os.kill(found[0], signal.SIGKILL)
    while not set(site.find(BACKGROUND)) - set(found):
        time.sleep(0.05)
    assert deaths(site) == before + 1


@pytest.mark.parametrize("killed", [SUPERVISOR, MASTER])
def test_a_killed_site_leaves_its_port_free_although_a_request_is_in_flight(site: Site, killed: str) -> None:
    before = site.starts
    with socket.create_connection(("127.0.0.1", site.port)) as caller:
        caller.sendall(HALF_A_FORM)
        assert caller.recv(4096).startswith(b"HTTP/1.1 100 Continue")
        os.kill(site.find(killed)[0], signal.SIGKILL)
        with suppress(ConnectionResetError):
            assert caller.recv(4096) == b""
    site.wait_until_ready()
    assert site.starts == before + 1
    assert "Connection in use" not in site.log.read_text()
