"""Languages of the site: Japanese at ``/…``, every other under its own prefix, as ``/en/…``.

The prefix is taken off before routing and kept in ``SCRIPT_NAME``, so that ``url_for`` writes it by itself and
a page exists once in the code. A page's address names its language, so shared caches need no ``Vary: Cookie``.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from babel.support import NullTranslations, Translations
from flask import Flask, g, request
from flask_babel import Babel
from flask_babel.speaklater import LazyString
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup, escape

from portal.core.calendar import JAPAN
from portal.core.wareki import format_wareki

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LANGUAGES = {"ja": "日本語", "en": "English"}
DEFAULT = "ja"
TRANSLATIONS = Path(__file__).resolve().parents[2] / "translations"
KEY = "kaiji.language"
# The language of the request that this thread answers, empty outside of one; a page asks for it hundreds of times.
_NOW: ContextVar[str] = ContextVar("kaiji.language", default="")
MOST_TEXTS, MOST_DAYS = 20_000, 4_000


@cache
def _catalogue(language: str) -> NullTranslations:
    """The texts of a language, read once; Flask-Babel looks for them anew with each text, a tenth of a page's time."""
    return Translations.load(str(TRANSLATIONS), [language])


@lru_cache(MOST_TEXTS)
def _text(language: str, message: str) -> str:
    return str(_catalogue(language).gettext(message))


@lru_cache(MOST_TEXTS)
def _pattern(language: str, message: str) -> Markup:
    """A text of ours as HTML, its places still open."""
    return Markup(_text(language, message))  # noqa: S704 - the catalogues are ours


@lru_cache(MOST_TEXTS)
def _whole(language: str, message: str) -> Markup:
    """A text of ours as HTML that has no places."""
    return _pattern(language, message) % {}


def gettext(message: str, /, **values: Any) -> str:
    """A text in the language of the page being made, outside of pages as it stands; ``values`` fill its places."""
    text = _text(current(), message) if _NOW.get() or g else message
    return text % values if values else text


@pass_eval_context
def _in_template(context: EvalContext, message: str, /, **values: Any) -> str:
    """The same in a template: in one that makes HTML the values are escaped."""
    if not context.autoescape:
        return _text(current(), message) % values
    return _pattern(current(), message) % values if values else _whole(current(), message)


def lazy_gettext(message: str, /, **values: Any) -> LazyString:
    """A text that is translated where it is shown."""
    return LazyString(gettext, message, **values)


_ = gettext
_l = lazy_gettext


class LanguagePrefix:
    """WSGI middleware that moves a language's prefix from the path to ``SCRIPT_NAME``."""

    def __init__(self, app: WSGIApplication) -> None:
        self.app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        first, rest = path[1:].partition("/")[::2]
        environ[KEY] = DEFAULT
        if first in LANGUAGES and first != DEFAULT and path.startswith("/"):
            environ[KEY] = first
            environ["SCRIPT_NAME"] = f"{environ.get('SCRIPT_NAME', '')}/{first}"
            environ["PATH_INFO"] = f"/{rest}"
        return self.app(environ, start_response)


def current() -> str:
    """The language of the page being made."""
    return _NOW.get() or str(g.get("language") or DEFAULT)


def other_language_url(language: str | None = None) -> str:
    """This page's address in ``language`` (by default the other one), with its query kept."""
    wanted = language or ("en" if current() == DEFAULT else DEFAULT)
    root = request.script_root
    if current() != DEFAULT:
        root = root.removesuffix(f"/{current()}")
    prefix = "" if wanted == DEFAULT else f"/{wanted}"
    query = request.query_string.decode("ascii", "replace")
    path = quote("/" + request.path.lstrip("/"), safe="/:@!$&'()*+,;=~")  # "//host" would lead to another site
    return f"{root}{prefix}{path}" + (f"?{query}" if query else "")


def local_url(path: str) -> str:
    """A site path such as ``/incidents/x`` with the current language's prefix."""
    return f"{request.script_root}{path}"


def show_day(day: date | None, iso: bool = True) -> Markup:
    """A day for readers: wareki with the ISO date beside (``iso``), in a ``<time>`` element; English has ISO alone."""
    return Markup("") if day is None else _day(day, iso, current())


@lru_cache(MOST_DAYS)
def _day(day: date, iso: bool, language: str) -> Markup:
    text = Markup('<span class="nowrap">{}</span>').format(day.isoformat())  # browsers break lines after hyphens
    if language == "ja":
        text = Markup("{}（{}）").format(format_wareki(day), text) if iso else escape(format_wareki(day))
    return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), text)


def in_japan(at: datetime) -> datetime:
    """A moment as Japan's clocks show it."""
    return at.astimezone(JAPAN)


def choose(record: Any, name: str) -> Any:
    """``name_ja`` or ``name_en`` of a record, by the page's language; the Japanese where there is no English."""
    return getattr(record, f"{name}_{current()}") or getattr(record, f"{name}_ja")


def install(app: Flask) -> None:
    """Bind languages to the application."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(TRANSLATIONS)
    app.config["BABEL_DEFAULT_LOCALE"] = "en"
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Asia/Tokyo"
    Babel(app, locale_selector=current)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda text: _catalogue(current()).gettext(text),
        ngettext=lambda one, many, number: _catalogue(current()).ngettext(one, many, number),
        newstyle=True,
    )
    app.jinja_env.globals.update(gettext=_in_template, _=_in_template)
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.filters["wareki"] = show_day
    app.jinja_env.filters["choose"] = choose
    app.jinja_env.filters["in_japan"] = in_japan
    app.jinja_env.globals.update(other_language_url=other_language_url, local_url=local_url, languages=LANGUAGES)
    app.wsgi_app = LanguagePrefix(app.wsgi_app)  # type: ignore[method-assign]

    @app.before_request
    def set_language() -> None:
        g.language = request.environ.get(KEY, DEFAULT)
        g.language_before = _NOW.get()
        _NOW.set(g.language)

    @app.teardown_request
    def forget_language(_error: BaseException | None) -> None:
        if "language_before" in g:
            _NOW.set(g.pop("language_before"))
