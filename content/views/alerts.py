"""Bulletins as alerts of the Common Alerting Protocol (CAP 1.2), and the feed of them."""

from __future__ import annotations

from datetime import datetime

from flask import Response, g

from content.models.bulletins import Bulletin
from content.queries import alerts, feeds
from content.queries.alerts import Alert
from content.queries.feeds import Entry
from content.queries.feeds_scope import Scope
from content.rules import cap, markup, tags
from content.rules.cap import Message, Words
from content.views import atom
from content.views.feeds import answer
from content.views.xml_text import Element, put, root, written
from portal.core.clock import day_in_japan
from portal.core.errors import Gone, NotFound
from portal.web.access import public
from portal.web.building import settings
from portal.web.language import _, choose, current, local_url

CAP = "urn:oasis:names:tc:emergency:cap:1.2"
TYPE = "application/cap+xml"
# The language's code in an alert, and where its pages begin.
LANGUAGES = {"ja": ("ja-JP", ""), "en": ("en", "/en")}


@public
def alert(key: str, number: int) -> Response:
    """A bulletin as an alert; Gone where it was withdrawn, for then another message cancels it."""
    found = alerts.alert(g.session, key, number)
    if found.withdrawal:
        raise Gone
    return _answer(found, Message.UPDATE if found.before else Message.ALERT, found.bulletin.published_at)


@public
def cancellation(key: str, number: int) -> Response:
    """The message that cancels a withdrawn bulletin's alert."""
    found = alerts.alert(g.session, key, number)
    if found.withdrawal is None:
        raise NotFound
    return _answer(found, Message.CANCEL, found.withdrawal.withdrawn_at)


@public
def feed() -> Response:
    """The latest alerts; what was put together from sources afterwards warned nobody and is left out."""
    found = feeds.feed(g.session, Scope.ALL, fresh=True)
    absolute = settings().public_url
    top = root("feed", xmlns=atom.ATOM, xml__lang=current())
    put(top, "id", tags.feed_tag(settings().tag_authority, "feeds/alerts", current()))
    put(top, "title", _("Alerts (CAP 1.2)"))
    put(top, "updated", atom.stamp(found.changed_at or atom.NEVER))
    put(put(top, "author"), "name", settings().organisation.named(current()))
    put(top, "link", rel="self", type=atom.TYPE, href=absolute + local_url("/feeds/alerts.atom"))
    for entry in found.entries:
        _entry(top, entry)
    return answer(written(top), atom.TYPE, found.changed_at)


def _entry(top: Element, entry: Entry) -> None:
    bulletin = entry.bulletin
    own = f"/incidents/{bulletin.incident_key}/bulletins/{bulletin.number}"
    path, page = settings().public_url + own, settings().public_url + local_url(own)
    made = put(top, "entry")
    cancels = entry.withdrawal is not None
    put(
        made, "id", tags.feed_tag(settings().tag_authority, f"alerts/{bulletin.id}{'/withdrawal' * cancels}", current())
    )
    headline = atom.entry_title(entry)
    put(made, "title", _("Withdrawn: %(title)s", title=headline) if cancels else headline)
    put(made, "updated", atom.stamp(entry.changed_at))
    put(made, "link", rel="alternate", type=TYPE, href=f"{path}/withdrawal.cap.xml" if cancels else f"{path}.cap.xml")
    put(made, "link", rel="related", type="text/html", hreflang=current(), href=page)
    put(made, "summary", choose(entry.withdrawal, "reason") if cancels else headline)


def _answer(found: Alert, message: Message, at: datetime) -> Response:
    response = Response(_message(found, message, at), mimetype=TYPE)
    response.last_modified = at
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _message(found: Alert, message: Message, at: datetime) -> bytes:
    bulletin, authority = found.bulletin, settings().tag_authority
    cancels = message is Message.CANCEL
    sender = authority.partition(",")[0]
    top = root("alert", xmlns=CAP)
    put(top, "identifier", cap.identifier(authority, bulletin.id, cancels=cancels))
    put(top, "sender", sender)
    put(top, "sent", cap.sent(at))
    put(top, "status", "Exercise" if found.exercise else "Actual")
    put(top, "msgType", message)
    put(top, "scope", "Public")
    if cancels and found.withdrawal:
        put(top, "note", f"{found.withdrawal.reason_ja} / {found.withdrawal.reason_en}")
    elif found.exercise:
        put(top, "note", "訓練です。 / This is an exercise.")
    earlier = (bulletin,) if cancels else found.before
    if earlier:
        put(top, "references", " ".join(_reference(sender, authority, one) for one in earlier))
    put(top, "incidents", bulletin.incident_key)
    words = cap.words(bulletin.day or day_in_japan(bulletin.published_at))
    for language in LANGUAGES:
        _info(top, found, language, words, cancels=cancels)
    return written(top)


def _reference(sender: str, authority: str, bulletin: Bulletin) -> str:
    return cap.reference(sender, cap.identifier(authority, bulletin.id), bulletin.published_at)


def _info(top: Element, found: Alert, language: str, words: Words, *, cancels: bool) -> None:
    bulletin, organisation = found.bulletin, settings().organisation

    def said(thing: object, name: str) -> str:
        return getattr(thing, f"{name}_{language}") or ""

    code, prefix = LANGUAGES[language]
    info = put(top, "info")
    put(info, "language", code)
    put(info, "category", "Infra")
    put(info, "event", said(found, "title"))
    put(info, "responseType", "None" if cancels else words.response[found.state])
    put(info, "urgency", words.urgency[found.state])
    put(info, "severity", words.severity[str(found.severity)])
    put(info, "certainty", words.certainty[found.state])
    put(info, "effective", cap.sent(bulletin.published_at))
    put(info, "senderName", organisation.named(language))
    put(info, "headline", said(bulletin, "title"))
    reason = said(found.withdrawal, "reason") if found.withdrawal else ""
    put(info, "description", reason if cancels else markup.plain(said(bulletin, "body"), bulletin.markup))
    put(info, "web", f"{settings().public_url}{prefix}/incidents/{bulletin.incident_key}/bulletins/{bulletin.number}")
    put(info, "contact", organisation.email)
    if bulletin.next_update_at and not cancels:
        _named(info, "parameter", "nextUpdateBy", cap.sent(bulletin.next_update_at))
    if found.maintenance:
        _named(info, "parameter", "kind", "maintenance")
    if bulletin.reconstructed:
        _named(info, "parameter", "reconstructed", "true")
    for one in found.areas:
        area = put(info, "area")
        put(area, "areaDesc", said(one, "name"))
        _named(area, "geocode", *cap.geocode(one.code))


def _named(parent: Element, tag: str, name: str, value: str) -> None:
    pair = put(parent, tag)
    put(pair, "valueName", name)
    put(pair, "value", value)
