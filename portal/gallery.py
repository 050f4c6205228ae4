"""Every letter that exists, made from sample values: PDF files, a picture of each page, a page that shows them all.

``make letters`` fills ``var/gallery`` and says what the validators find.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

import pypdfium2

from content.letters import samples as content_samples
from disclosure.letters import samples as disclosure_samples
from discrepancy.letters import samples as discrepancy_samples
from portal.core.settings import Organisation, Settings
from portal.letters.samples import Sample

DPI = 60
LOOKS = "body{font-family:sans-serif;margin:2rem;background:#eee}img{background:#fff;margin:.3rem;width:24rem}"
Check = Callable[[bytes], list[str]]


@dataclass(frozen=True)
class Shown:
    """One letter of the gallery: its file, its pages and what the checks say about it."""

    sample: Sample
    data: bytes
    pages: int
    wrong: tuple[str, ...]


def all_samples() -> Iterator[Sample]:
    """The samples of all rooms, in the order of the gallery."""
    yield from disclosure_samples.samples(_organisation("public-body"), _organisation("j-lis-like"))
    yield from content_samples.samples()
    yield from discrepancy_samples.samples()


def _organisation(profile: str) -> Organisation:
    return Settings.from_env({"KAIJI_PROFILE": profile}).organisation


def make(folder: Path, *, checks: Sequence[Check] = (), say: Callable[[str], object] = print) -> list[Shown]:
    """Fill ``folder``; returns what is in it. What is there already under the same names is written anew."""
    folder.mkdir(parents=True, exist_ok=True)
    shown = []
    for sample in all_samples():
        data = sample.render()
        (folder / f"{sample.name}.pdf").write_bytes(data)
        pages = _pictures(data, folder, sample.name)
        wrong = tuple(problem for check in checks for problem in check(data))
        shown.append(Shown(sample, data, pages, wrong))
        say(f"{sample.name:24} {pages:2} pages {len(data) / 1024:6.0f} KiB  {'; '.join(wrong) or 'ok'}")
    (folder / "index.html").write_text(_index(shown), encoding="utf-8")
    return shown


def _pictures(data: bytes, folder: Path, name: str) -> int:
    for earlier in folder.glob(f"{name}-[0-9]*.png"):
        earlier.unlink()  # the letter may have had more pages
    document = pypdfium2.PdfDocument(data)
    try:
        for number, page in enumerate(document, start=1):
            page.render(scale=DPI / 72).to_pil().save(folder / f"{name}-{number}.png")
        return len(document)
    finally:
        document.close()


def _index(shown: Sequence[Shown]) -> str:
    parts = [
        '<!doctype html><html lang="ja"><meta charset="utf-8"><title>文書の見本</title>',
        f"<style>{LOOKS}</style><h1>文書の見本</h1>",
    ]
    for item in shown:
        name = escape(item.sample.name)
        parts.append(f'<h2>{escape(item.sample.title)} – <a href="{name}.pdf">{name}.pdf</a></h2>')
        parts.extend(f"<p>{escape(problem)}</p>" for problem in item.wrong)
        pages = range(1, item.pages + 1)
        parts.extend(f'<img src="{name}-{page}.png" alt="{name} {page} / {item.pages}">' for page in pages)
    return "\n".join(parts)
