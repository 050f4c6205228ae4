"""A bundle's list of files: the SHA-256 of each, as ``sha256sum -c`` reads it, signed beside; its form as ZIP."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from shutil import copyfileobj
from typing import IO

from portal.core.calendar import JAPAN
from portal.core.signing import Anchors, Signer
from portal.core.signing_detached import Signed, verify

MANIFEST, SIGNATURE = "MANIFEST.sha256", "MANIFEST.sha256.p7s"
NO_SIGNATURE = Signed(False, reason="not signed")


@dataclass(frozen=True)
class Report:
    """What a look at a bundle found. Names of files; ``files`` counts those that are as the list says."""

    files: int = 0
    changed: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    signed: Signed = NO_SIGNATURE

    @property
    def whole(self) -> bool:
        """Every file is there as the list says, and no other."""
        return bool(self.files) and not (self.changed or self.missing or self.unknown)


def seal(folder: Path, *, signer: Signer | None, at: datetime) -> int:
    """Write the list of a folder's files and the signature beside it; returns how many files. CannotSign."""
    names = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    with (folder / MANIFEST).open("w", encoding="utf-8", newline="\n") as manifest:
        for name in names:
            with (folder / name).open("rb") as file:
                manifest.write(f"{_hash(file)}  {name}\n")
    if signer is not None:
        data = (folder / MANIFEST).read_bytes()
        (folder / SIGNATURE).write_bytes(signer.sign_beside(data, at=at))
    return len(names)


def pack(folder: Path, target: Path, *, at: datetime) -> None:
    """The folder as a ZIP: names in order, every file of the moment ``at``."""
    stamp = max(at.astimezone(JAPAN).timetuple()[:6], (1980, 1, 1, 0, 0, 0))
    with zipfile.ZipFile(target, "w") as made:
        for path in sorted((path for path in folder.rglob("*") if path.is_file()), key=str):
            entry = zipfile.ZipInfo(str(path.relative_to(folder)), stamp)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            entry.external_attr, entry.file_size = 0o644 << 16, path.stat().st_size
            with path.open("rb") as source, made.open(entry, "w") as place:
                copyfileobj(source, place, 1 << 20)


def look(bundle: Path, *, anchors: Anchors) -> Report:
    """Compare a bundle, a folder or a ZIP, with its list, and its list with its signature. OSError, BadZipFile."""
    with _opened(bundle) as there:
        if MANIFEST not in there:
            return Report(missing=[MANIFEST])
        manifest = there.read(MANIFEST)
        report = Report(signed=_signed(there, manifest, anchors))
        listed = dict(line.split("  ", 1)[::-1] for line in manifest.decode("utf-8", "replace").splitlines() if line)
        report.unknown.extend(sorted(there.names - listed.keys() - {MANIFEST, SIGNATURE}))
        right = 0
        for name, said in listed.items():
            if name not in there:
                report.missing.append(name)
            elif there.hash(name) != said:
                report.changed.append(name)
            else:
                right += 1
        report.unknown.extend(there.twice)
    return Report(right, report.changed, report.missing, report.unknown, report.signed)


def _signed(there: _Opened, manifest: bytes, anchors: Anchors) -> Signed:
    return verify(manifest, there.read(SIGNATURE), anchors=anchors) if SIGNATURE in there else NO_SIGNATURE


class _Opened:
    """A bundle's files by name."""

    def __init__(self, folder: Path | None, packed: zipfile.ZipFile | None) -> None:
        self._folder, self._packed = folder, packed
        if packed is not None:
            found = [name for name in packed.namelist() if not name.endswith("/")]
        else:
            found = [str(path.relative_to(folder)) for path in (folder or Path()).rglob("*") if path.is_file()]  # type: ignore[arg-type]
        self.names = set(found)
        self.twice = sorted({name for name in found if found.count(name) > 1}) if len(found) > len(self.names) else []

    def __contains__(self, name: str) -> bool:
        return name in self.names

    def open(self, name: str) -> IO[bytes]:
        if self._packed is not None:
            return self._packed.open(name)
        return ((self._folder or Path()) / name).open("rb")

    def read(self, name: str) -> bytes:
        with self.open(name) as file:
            return file.read()

    def hash(self, name: str) -> str:
        """Empty for what cannot be read."""
        try:
            with self.open(name) as file:
                return _hash(file)
        except (zipfile.BadZipFile, OSError, EOFError):
            return ""


@contextmanager
def _opened(bundle: Path) -> Iterator[_Opened]:
    if bundle.is_dir():
        yield _Opened(bundle, None)
    else:
        with zipfile.ZipFile(bundle) as packed:
            yield _Opened(None, packed)


def _hash(file: IO[bytes]) -> str:
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type] # a member of a ZIP reads into
