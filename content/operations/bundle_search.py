"""The search of a bundle: what pages say, folded for search, as scripts by language and year that a page can load.

A script rather than JSON, for browsers read no other file from a folder. A line of an index is the file of a page, its
heading, its day and its words.
"""

from __future__ import annotations

import json
from pathlib import Path
from types import TracebackType
from typing import TextIO

from content.rules.bundle_links import words_of
from search.kanji import modern
from search.text import folded

ANY_TIME = "0000"
# Where forms of one kanji lie: unified, extension A, compatibility.
KANJI = ((0x3400, 0xA000), (0xF900, 0xFB00))


class Finds:
    """What one process found; ``finish`` puts together what all of them wrote into the folder."""

    def __init__(self, folder: Path, name: str = "") -> None:
        self.folder, self.name = folder, name
        self._open: dict[str, TextIO] = {}
        folder.mkdir(parents=True, exist_ok=True)

    def __enter__(self) -> Finds:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for file in self._open.values():
            file.close()

    def add(self, prefix: str, file: str, html: str, day: str) -> None:
        """A page that the search finds; ``day`` is ISO text, or empty for what is of no day."""
        heading, words = words_of(html)
        part = f"{prefix.strip('/') or 'ja'}-{day[:4] or ANY_TIME}"
        if part not in self._open:
            self._open[part] = (self.folder / f"{part}.{self.name}.part").open("w", encoding="utf-8", newline="\n")
        line = json.dumps([file, heading, day, folded(heading), folded(words)], ensure_ascii=False)
        self._open[part].write(line.replace("\u2028", " ").replace("\u2029", " ") + "\n")

    def finish(self, years: list[str]) -> None:
        """One script for each language and year, whatever process found what; and the forms of kanji."""
        parts: dict[str, list[Path]] = {}
        for path in sorted(self.folder.glob("*.part")):
            parts.setdefault(path.name.partition(".")[0], []).append(path)
        for name in sorted({f"{language}-{year}" for language in ("ja", "en") for year in (*years, ANY_TIME)}):
            lines = sorted(line for path in parts.get(name, []) for line in path.read_text("utf-8").splitlines())
            whole = f'kaijiFound("{name}",[\n' + ",\n".join(lines) + "\n]);\n"
            (self.folder / f"{name}.js").write_text(whole, "utf-8")
        for path in self.folder.glob("*.part"):
            path.unlink()
        pairs = {old: new for first, end in KANJI for old in map(chr, range(first, end)) if (new := modern(old)) != old}
        (self.folder / "kanji.js").write_text(
            f"kaijiKanji({json.dumps(pairs, ensure_ascii=False, separators=(',', ':'))});\n", "utf-8"
        )
