"""From a folder of TOML files to an Archive, or to an error that names file, key and what is wrong."""

import tomllib
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

from content.rules.archive.checks import Keyed, Known, check_causes, check_keys, check_plain_records
from content.rules.archive.errors import ArchiveError, Place
from content.rules.archive.figure_checks import check_figure
from content.rules.archive.incident_checks import check_incident
from content.rules.archive.letter_checks import check_letter
from content.rules.archive.letters import Letter
from content.rules.archive.records import Archive, Figure, Incident
from content.rules.archive.shapes import build, convert, hints, written_name

K = TypeVar("K", bound=Keyed)

SINGLE_FILES = {
    "sources.toml": ("sources",),
    "bodies.toml": ("bodies",),
    "systems.toml": ("systems",),
    "causes.toml": ("causes", "severities"),
}
FOLDERS = ("incidents", "letters", "figures")

__all__ = ["ArchiveError", "read_archive"]


def read_archive(folder: Path) -> Archive:
    """The whole archive below `folder`, checked. ArchiveError at the first thing that is wrong."""
    _refuse_strangers(folder)
    parts: dict[str, Any] = {}
    for name, nouns in SINGLE_FILES.items():
        parts |= _read_tables(folder, name, nouns)
    archive = Archive(
        **parts,
        incidents=_read_folder(folder, "incidents", Incident),
        letters=_read_folder(folder, "letters", Letter),
        figures=_read_folder(folder, "figures", Figure),
    )
    _check(archive)
    return archive


def _refuse_strangers(folder: Path) -> None:
    # A file that nobody reads is a fact that nobody sees: better to stop than to leave it out.
    for path in sorted(folder.rglob("*.toml")):
        name = path.relative_to(folder).as_posix()
        if name not in SINGLE_FILES and (path.parent.parent != folder or path.parent.name not in FOLDERS):
            raise ArchiveError(name, "", "no such file belongs to the archive")


def _parse(folder: Path, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads((folder / name).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ArchiveError(name, "", "the file is missing") from None
    except UnicodeDecodeError:
        raise ArchiveError(name, "", "the file is not UTF-8") from None
    except tomllib.TOMLDecodeError as problem:
        raise ArchiveError(name, "", f"the file is not TOML: {problem}") from None


def _read_tables(folder: Path, name: str, nouns: tuple[str, ...]) -> dict[str, Any]:
    table = _parse(folder, name)
    written = {field.name: written_name(field) for field in fields(Archive) if field.name in nouns}
    place = Place(name)
    for key in table:
        if key not in written.values():
            raise (place / key).wrong(f"unknown key; known here: {', '.join(sorted(written.values()))}")
    for key in written.values():
        if not table.get(key):
            raise (place / key).wrong("is missing")
    kinds = hints(Archive)
    return {noun: convert(kinds[noun], table[key], place / key) for noun, key in written.items()}


def _read_folder(folder: Path, name: str, record: Callable[..., K]) -> tuple[K, ...]:
    found: list[K] = []
    for path in sorted((folder / name).glob("*.toml")):
        file = f"{name}/{path.name}"
        item: K = build(record, _parse(folder, file), Place(file))  # type: ignore[arg-type]
        if item.key != path.stem:
            raise ArchiveError(file, "key", f"{item.key!r} is not the name of the file")
        check_keys((item,), Place(file))
        found.append(item)
    return tuple(found)


def _check(archive: Archive) -> None:
    known = Known(
        bodies=[body.key for body in archive.bodies],
        systems=[system.key for system in archive.systems],
        sources=[source.key for source in archive.sources],
        causes=[cause.key for cause in archive.causes],
        severities=[severity.level for severity in archive.severities],
        incidents=[incident.key for incident in archive.incidents],
        figures=[figure.key for figure in archive.figures],
        letters=[letter.key for letter in archive.letters],
        components={system.key: [one.key for one in system.components] for system in archive.systems},
    )
    check_causes(archive.causes, archive.severities)
    check_plain_records(archive.sources, archive.bodies, archive.systems, known)
    for incident in archive.incidents:
        check_incident(incident, known, Place(f"incidents/{incident.key}.toml"))
    for letter in archive.letters:
        check_letter(letter, known, Place(f"letters/{letter.key}.toml"))
    for figure in archive.figures:
        check_figure(figure, known, Place(f"figures/{figure.key}.toml"))
