"""A real nginx on loopback with the configuration that is shipped: only names, ports and folders are others."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.factories.smtp import free_port

SAMPLE = Path(__file__).resolve().parents[2] / "deploy" / "nginx"
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


@dataclass(frozen=True)
class Nginx:
    """A running nginx: its folder, its ports with and without TLS, the id of its first process."""

    folder: Path
    tls: int
    plain: int
    pid: int

    def copies(self) -> list[bytes]:
        """What lies in the folders of copies, each with its head."""
        return [path.read_bytes() for path in (self.folder / "cache").rglob("*") if path.is_file()]


def sample(folder: Path, *, application: int, published: Path, tls: int, plain: int) -> str:
    """The shipped configuration for these places; a text that is not in it any more is an error."""
    text = (SAMPLE / "kaiji.conf").read_text("utf-8")
    places = {
        "server 127.0.0.1:8000;": f"server 127.0.0.1:{application};",
        "listen 80;\n    listen [::]:80;": f"listen 127.0.0.1:{plain};",
        "listen 443 ssl http2;\n    listen [::]:443 ssl http2;": f"listen 127.0.0.1:{tls} ssl http2;",
        "/var/cache/nginx/": f"{folder}/cache/",
        "/var/log/nginx/": f"{folder}/",
        "/etc/ssl/kaiji/": f"{folder}/",
        "/etc/nginx/kaiji": f"{folder}/kaiji",
        "/var/lib/kaiji/published": str(published),
    }
    return _replaced(text, places)


def _replaced(text: str, values: Mapping[str, str]) -> str:
    for old, new in values.items():
        if old not in text:
            raise AssertionError(f"The sample has no {old!r} any more.")
        text = text.replace(old, new)
    return text


@contextmanager
def serving(
    folder: Path, *, application: int, published: Path, processes: int = 1, copied_for: str = "2s"
) -> Iterator[Nginx]:
    """Run nginx in front of what listens on the port ``application``, for the block.

    ``copied_for``: a test that counts questions must not depend on how fast it runs.
    """
    tls, plain = free_port(), free_port()
    (folder / "cache").mkdir(parents=True)
    shutil.copytree(SAMPLE / "kaiji", folder / "kaiji")
    copies = (folder / "kaiji" / "copies.conf").read_text("utf-8")
    (folder / "kaiji" / "copies.conf").write_text(_replaced(copies, {"200 2s;": f"200 {copied_for};"}), "utf-8")
    if BROTLI.is_file():
        written = (folder / "kaiji" / "written.conf").read_text("utf-8")
        (folder / "kaiji" / "written.conf").write_text(_replaced(written, {"# brotli_static on;": "brotli_static on;"}))
    subject = ("-subj", "/CN=kaiji.example.jp", "-days", "2", "-nodes")
    files = ("-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem"))
    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256")
    subprocess.run(["openssl", "req", "-x509", *curve, *subject, *files], check=True, capture_output=True)
    text = sample(folder, application=application, published=published, tls=tls, plain=plain)
    (folder / "kaiji.conf").write_text(text, "utf-8")
    around = [
        f"load_module {BROTLI};" if BROTLI.is_file() else "",
        "daemon off;",
        f"pid {folder}/pid;",
        "user root;" if os.getuid() == 0 else "",  # else root's children could not read a test's folders
        f"worker_processes {processes};",
        f"error_log {folder}/error.log;",
        "events { worker_connections 512; }",
        "http {",
        "include /etc/nginx/mime.types;",
        *(f"{name}_temp_path {folder}/{name};" for name in TEMPORARY),
        "include kaiji.conf;",
        "}",
    ]
    (folder / "nginx.conf").write_text("\n".join(around), "utf-8")
    command = ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "start.log")]
    environment = {**os.environ, "PATH": f"{os.environ['PATH']}:/usr/sbin"}
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE)
    try:
        until = time.monotonic() + 20
        while not (folder / "pid").exists() or not (folder / "pid").read_text():
            if process.poll() is not None or time.monotonic() > until:
                raise AssertionError((process.stderr.read() if process.stderr else b"").decode())
            time.sleep(0.02)
        yield Nginx(folder, tls, plain, process.pid)
    finally:
        process.terminate()
        process.wait(20)
        if process.stderr:
            process.stderr.close()
