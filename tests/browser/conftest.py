"""One running site for all browser tests, and browsers: with and without scripts, on a telephone and on a desk."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from tests.browser.running import Site, running_site
from tests.browser.staff import Office

HERE = Path(__file__).parent
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser")
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}
PATIENCE = 30_000

Open = Callable[..., BrowserContext]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site, running until the last browser test."""
    with running_site(tmp_path_factory.mktemp("site") / "var") as running:
        yield running


@pytest.fixture(scope="session")
def _playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(_playwright: Playwright) -> Iterator[Browser]:
    """The browser of the distribution; where there is one, that without windows, which takes a quarter less time."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert path, "Chromium is not installed: `make test` installs it, or `apt-get install chromium`"
    browser = _playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def _addresses() -> Iterator[str]:
    return (f"10.{n // 250}.{n % 250}.10" for n in itertools.count(1))


@contextmanager
def browsers(site: Site, chromium: Browser, addresses: Iterator[str]) -> Iterator[Open]:
    """Opens browsers that share nothing, each at a network address of its own; closed after the block."""
    opened: list[BrowserContext] = []

    def open_browser(*, scripts: bool = True, viewport: dict[str, int] = DESKTOP, **more: Any) -> BrowserContext:
        context = chromium.new_context(
            base_url=site.url,
            java_script_enabled=scripts,
            viewport=viewport,  # type: ignore[arg-type]
            extra_http_headers={"X-Forwarded-For": next(addresses)},
            **more,
        )
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        return context

    yield open_browser
    for context in opened:
        context.close()


@pytest.fixture
def open_browser(site: Site, chromium: Browser, _addresses: Iterator[str]) -> Iterator[Open]:
    """Opens browsers for one test."""
    with browsers(site, chromium, _addresses) as opens:
        yield opens


@pytest.fixture(scope="session")
def quiet_office(site: Site, chromium: Browser, _addresses: Iterator[str]) -> Iterator[Office]:
    """The staff without scripts, signed in once for many journeys."""
    with browsers(site, chromium, _addresses) as opens:
        yield Office(opens, scripts=False)


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    """The same test with and without JavaScript."""
    return bool(request.param)


@pytest.fixture
def page(open_browser: Open) -> Page:
    """A page of a desktop browser."""
    return open_browser().new_page()


@pytest.fixture
def phone(open_browser: Open) -> Page:
    """A page of a telephone."""
    return open_browser(viewport=PHONE, has_touch=True, is_mobile=True).new_page()


@pytest.fixture
def office(open_browser: Open) -> Office:
    """The staff, each with a browser of their own."""
    return Office(open_browser)
