"""A browser without a screen: follows links, fills in forms, and looks at every page on its way.

Each HTML page that it opens has to have one heading, a language, a title, a label for every control, unique ids,
a CSRF token in each form that posts, and no inline style or script.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask
from lxml import etree, html
from werkzeug.datastructures import FileStorage
from werkzeug.test import stream_encode_multipart

TOKEN = "csrf_token"
UNLABELLED = ("hidden", "submit", "button", "image", "reset")


@dataclass
class Form:
    """A form as a browser would send it: what stands in it, to be overwritten by what is typed."""

    action: str
    values: dict[str, str]


@dataclass
class Page:
    """One answer: its status, its address, its document (None for a download)."""

    status: int
    path: str
    headers: Mapping[str, str]
    data: bytes
    tree: Any

    @property
    def text(self) -> str:
        """What a reader sees, with narrow spaces folded."""
        if self.tree is None:
            return self.data.decode("utf-8", "replace")
        body = self.tree.find("body")
        return _folded((body if body is not None else self.tree).text_content())

    @property
    def title(self) -> str:
        return " ".join(self.tree.findtext(".//title").split())

    @property
    def heading(self) -> str:
        return " ".join(self.tree.find(".//h1").text_content().split())

    @property
    def errors(self) -> list[str]:
        """The lines of the error summary."""
        return [" ".join(item.text_content().split()) for item in self.find("li", inside="error-summary")]

    def find(self, tag: str = "*", css: str = "", *, inside: str = "") -> list[Any]:
        """Elements of the main part with a class, or within an element with a class."""
        path = f"//main//*[contains(concat(' ', @class, ' '), ' {inside} ')]//{tag}" if inside else f"//main//{tag}"
        more = f"[contains(concat(' ', @class, ' '), ' {css} ')]" if css else ""
        found: list[Any] = self.tree.xpath(path + more)
        return found

    def links(self, part: str) -> list[str]:
        """Addresses in the main part that contain ``part``."""
        return [a.get("href") for a in self.tree.xpath("//main//a[@href]") if part in a.get("href")]

    def form(self, action: str = "", button: str = "") -> Form:
        """The form of the main part whose address ends in ``action`` and, if given, that has this button."""
        for form in self.tree.xpath("//main//form[@method='post']"):
            target = form.get("action") or self.path
            if target.partition("?")[0].endswith(action) and (not button or button in form.text_content()):
                return Form(target, _values(form))
        raise AssertionError(f"no form with {action!r} on {self.path}")


def _folded(text: str) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text).strip()


def _values(form: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for control in form.xpath(".//input[@name] | .//textarea[@name] | .//select[@name]"):
        name, kind = control.get("name"), control.get("type", "text")
        if kind in ("radio", "checkbox"):
            if control.get("checked") is not None:
                found[name] = control.get("value", "on")
        elif control.tag == "textarea":
            found[name] = (control.text or "").removeprefix("\n")
        elif control.tag == "select":
            chosen = [option for option in control.iter("option") if option.get("selected") is not None]
            found[name] = chosen[0].get("value", "") if chosen else ""
        elif kind not in ("submit", "button", "file"):
            found[name] = control.get("value", "")
    return found


class Browser:
    """Cookies, redirects, forms. ``look`` is called on every HTML page."""

    def __init__(self, app: Flask, *, address: str = "192.0.2.10") -> None:
        self.client = app.test_client()
        self.address = address
        self.page: Page | None = None

    def get(self, path: str) -> Page:
        return self._open(self.client.get(path, follow_redirects=True, environ_base={"REMOTE_ADDR": self.address}))

    def post(self, path: str, data: Mapping[str, Any]) -> Page:
        """Post as it is, with all redirects followed."""
        values = {name: FileStorage(*value) if isinstance(value, tuple) else value for name, value in data.items()}
        body, _length, boundary = stream_encode_multipart(values, use_tempfile=False)
        return self._open(
            self.client.post(
                path,
                data=body.read(),
                follow_redirects=True,
                content_type=f"multipart/form-data; boundary={boundary}",
                environ_base={"REMOTE_ADDR": self.address},
            )
        )

    def send(self, action: str = "", button: str = "", **typed: Any) -> Page:
        """Fill in a form of the page that is open, and send it. A value of None leaves the control out."""
        assert self.page is not None, "open a page first"
        form = self.page.form(action, button)
        values = {**form.values, **typed}
        return self.post(form.action, {name: value for name, value in values.items() if value is not None})

    def _open(self, answer: Any) -> Page:
        is_html = answer.mimetype == "text/html"
        tree = html.document_fromstring(answer.get_data(as_text=True)) if is_html else None
        path = answer.request.full_path.rstrip("?")
        if answer.request.root_path.rstrip("/"):
            path = answer.request.root_path.rstrip("/") + path
        self.page = Page(answer.status_code, path, answer.headers, answer.data, tree)
        if tree is not None:
            look(self.page)
        return self.page


def look(page: Page) -> None:
    """Everything that has to be true of every page."""
    tree, where = page.tree, page.path
    assert tree.get("lang") in ("ja", "en"), f"{where}: no language"
    assert page.title.partition("|")[0].strip(), f"{where}: no title"
    headings = tree.findall(".//h1")
    assert len(headings) == 1, f"{where}: {len(headings)} main headings"
    assert page.heading, f"{where}: an empty heading"
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids)), f"{where}: ids twice: {sorted({i for i in ids if ids.count(i) > 1})}"
    known = set(ids)
    _controls(tree, known, where)
    for form in tree.iter("form"):
        if (form.get("method") or "get").lower() == "post":
            tokens = form.xpath(f".//input[@name='{TOKEN}']")
            assert [token.get("value") for token in tokens if token.get("value")], f"{where}: a form without its token"
    for element in tree.iter(etree.Element):
        assert element.get("style") is None, f"{where}: inline style on {element.tag}"
        assert not [name for name in element.attrib if name.startswith("on")], f"{where}: inline handler"
        if element.tag == "script" and element.get("type") != "application/ld+json":  # data is no script
            assert element.get("src"), f"{where}: inline script"
            assert not (element.text or "").strip(), f"{where}: inline script"
        assert element.tag != "style", f"{where}: inline style sheet"
    for image in tree.iter("img"):
        assert image.get("alt") is not None, f"{where}: an image without alt"
    for link in tree.xpath("//a[starts-with(@href, '#')]"):
        assert link.get("href")[1:] in known, f"{where}: {link.get('href')} leads nowhere"
    for element in tree.xpath("//*[@aria-describedby or @aria-labelledby]"):
        for name in ("aria-describedby", "aria-labelledby"):
            missing = [ref for ref in (element.get(name) or "").split() if ref not in known]
            assert not missing, f"{where}: {name} names {missing}"
    if page.find("div", "error-summary"):
        assert page.title.startswith(("Error:", "エラー")), f"{where}: an error page without “Error:” in its title"


def _controls(tree: Any, known: set[str], where: str) -> None:
    labelled = {label.get("for") for label in tree.iter("label") if label.text_content().strip()}
    assert labelled - {None} <= known, f"{where}: labels of nothing: {labelled - known}"
    for control in tree.xpath("//input | //select | //textarea"):
        if control.get("type") in UNLABELLED and control.tag == "input":
            continue
        named = control.get("aria-label") or control.get("aria-labelledby") or control.get("id") in labelled
        assert named, f"{where}: {control.get('name')} has no label"
    for button in tree.iter("button"):
        assert button.text_content().strip() or button.get("aria-label"), f"{where}: a button without words"
