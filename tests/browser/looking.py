"""Looking at a page with the eyes of WCAG 2.2 AA: axe-core in light and dark, narrow, enlarged, headings, language.

The markup is the same in every language, so axe looks at it in one; widths, headings and language are looked at in all.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
DARK = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}
AXE_IN = "ja"
NARROW = {"width": 320, "height": 640}
RUN = "options => axe.run(document, options).then(found => found.violations)"
WIDER = """() => {
  const room = document.documentElement.clientWidth;
  if (document.scrollingElement.scrollWidth <= room) return [];
  const wide = [...document.body.querySelectorAll("*")].filter(one => one.getBoundingClientRect().right > room + 1);
  const shown = wide.slice(0, 4).map(one => one.outerHTML.slice(0, 90));
  return [`${document.scrollingElement.scrollWidth} > ${room}`, ...shown];
}"""


@cache
def _axe() -> str:
    return AXE.read_text("utf-8")


def problems(page: Page, language: str) -> list[str]:
    """What is wrong with the page that is open; empty when nothing is."""
    where = page.url.partition("//")[2].partition("/")[2]
    found = _headings_and_language(page, language)
    if language == AXE_IN:
        page.evaluate(_axe())  # the page's own policy forbids a script element, rightly
        found += _violations(page, {"runOnly": LEVELS, "resultTypes": ["violations"]}, "light")
        page.emulate_media(color_scheme="dark")
        found += _violations(page, DARK, "dark")
        page.emulate_media(color_scheme="light")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    found += [f"wider than the window with text at 200 %: {one}" for one in page.evaluate(WIDER)]
    page.evaluate("document.documentElement.style.fontSize = ''")
    size = page.viewport_size
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    found += [f"wider than 320 pixels: {one}" for one in page.evaluate(WIDER)]
    if size:
        page.set_viewport_size(size)
    return [f"/{where}: {problem}" for problem in found]


def _headings_and_language(page: Page, language: str) -> list[str]:
    headings, lang = page.locator("h1").count(), page.locator("html").get_attribute("lang")
    found = [] if headings == 1 else [f"{headings} main headings"]
    return found if lang == language else [*found, f"language {lang}, expected {language}"]


def _violations(page: Page, options: dict[str, Any], theme: str) -> list[str]:
    violations: list[dict[str, Any]] = page.evaluate(RUN, options)
    return [
        f"{theme}: {one['id']}: {one['help']}: "
        + "; ".join(f"{node['target']} {node['failureSummary'][:240]}" for node in one["nodes"][:3])
        for one in violations
    ]
