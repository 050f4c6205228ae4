"""A letter as a part of a page: made from the template and the values that make the PDF, word for word."""

from __future__ import annotations

from lxml import etree, html  # type: ignore[import-untyped]
from markupsafe import Markup

from disclosure.letters.versions import LETTERS
from portal.letters.engine import Context, Template

DEMOTED = {"h1": "h2", "h2": "h3", "h3": "h4"}


def letter_body(template: Template, context: Context) -> Markup:
    """The letter's body with its headings one level lower, for a page that has a main heading of its own.

    Invalid when no font has one of its characters, as for the PDF.
    """
    LETTERS.check_characters(context)
    body = html.document_fromstring(LETTERS.html(template, context)).find("body")
    for element in body.iter(*DEMOTED):
        element.tag = DEMOTED[element.tag]
    for picture in list(body.iter("img")):  # the seal and the QR code are for paper
        place = picture.getparent()
        (place if place.get("id") == "seal" else picture).drop_tree()
    for columns in list(body.iter("colgroup")):
        columns.getparent().remove(columns)
    for table in list(body.iter("table")):
        _make_scrollable(table)
    for address in body.xpath("//p[@class='address']"):
        _make_link(address)
    parts = [html.tostring(child, encoding="unicode") for child in body]
    return Markup("".join(parts))  # noqa: S704 - our own template, which escapes every value


def _make_link(address: etree._Element) -> None:
    """The address at which the letter can be verified, as a link; nothing else becomes one."""
    if (text := address.text_content()).startswith(("https://", "http://")):
        link = html.Element("a", {"href": text})
        link.text = text
        address.clear()
        address.append(link)


def _make_scrollable(table: etree._Element) -> None:
    caption = table.find("caption")
    region = html.Element("div", {"class": "table-region", "role": "region", "tabindex": "0"})
    region.set("aria-label", caption.text_content() if caption is not None else "表")
    table.set("class", "table")
    table.addprevious(region)
    region.append(table)
