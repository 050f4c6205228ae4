"""Runs the site and its worker as two children and keeps them together.

The web server is gunicorn with threads. If this process is killed outright, the kernel ends the children, the web
server at once and the worker after the job in hand, so a new start finds the port free.
"""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

from portal.core import log
from portal.core.children import end_with_parent
from portal.core.settings import Settings, Surface

ROOT = Path(__file__).resolve().parents[1]
RESTART_SECONDS = 1.0
GRACE_SECONDS = 20
PORT_TRIES = 50
WORKER = ["portal.cli", "worker"]


def _start(arguments: list[str], *, orphaned: signal.Signals) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own interpreter with fixed arguments
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        start_new_session=True,  # Ctrl-C reaches only us, and we end the children in order
        preexec_fn=lambda: end_with_parent(orphaned),
    )


def web_command(settings: Settings) -> list[str]:
    """gunicorn's arguments for these settings."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return [
        "gunicorn",
        "--bind", f"{host}:{settings.port}",
        "--workers", str(settings.web_processes),
        "--threads", str(settings.web_threads),
        "--worker-class", "gthread",
        "--preload",  # the application is read once; a web process that died is there again at once
        "--graceful-timeout", "15",
        "--timeout", "120",
        "--log-level", "warning",
        "--no-control-socket",
        "--config", "python:portal.lifeline",
        "wsgi:app",
    ]  # fmt: skip


def port_is_taken(settings: Settings) -> bool:
    """Whether somebody listens on our port and stays: processes of a site that was just killed are waited for."""
    patience = threading.Event()
    for _ in range(PORT_TRIES):
        if not _listens(settings):
            return False
        patience.wait(0.1)
    return True


def _listens(settings: Settings) -> bool:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError:
            return True
    return False


def serve(settings: Settings, *, worker: bool) -> int:
    """Serve until SIGINT or SIGTERM; returns the exit code.

    A worker that dies is started again, and so is a web server that is killed; one that gives up by itself ends it all.
    """
    log.configure(settings.log_level)
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    web = _start(web_command(settings), orphaned=signal.SIGKILL)
    runs_worker = worker and settings.surface is not Surface.PUBLIC
    background = _start(WORKER, orphaned=signal.SIGTERM) if runs_worker else None
    while not stopping.wait(RESTART_SECONDS):
        if web.poll() is not None:
            if web.returncode >= 0 or port_is_taken(settings):
                break  # it gave up by itself and said why: it would again
            log.get().error("web.died", status=web.returncode)
            web = _start(web_command(settings), orphaned=signal.SIGKILL)
        if background is not None and background.poll() is not None:
            log.get().error("worker.died", status=background.returncode)
            background = _start(WORKER, orphaned=signal.SIGTERM)
    for child in (web, background):
        if child is not None and child.poll() is None:
            child.terminate()
    for child in (web, background):
        if child is not None:
            try:
                child.wait(GRACE_SECONDS)
            except subprocess.TimeoutExpired:
                child.kill()
    return 0 if stopping.is_set() else (web.returncode or 1)
