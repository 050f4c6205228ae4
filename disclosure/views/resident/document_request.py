"""Asking for documents: what it is and is not for, which ones, who asks, which way, and sending it."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from content.queries.hints import incident_title, system_names
from content.queries.reading_room import found_by_words
from disclosure.forms.resident.document_request import (
    BODY,
    FORMATS,
    WAYS,
    WayForm,
    WhichForm,
    WhoForm,
    application,
    day_of,
    number,
)
from disclosure.forms.resident.questions import Question, label, today
from disclosure.forms.resident.sending import SeenForm
from disclosure.operations.application import Application
from disclosure.rules.clocks import clock as law_clock
from disclosure.rules.documents import Track, describe, holdings, other_tracks
from disclosure.rules.fees import Amount, RequestFee, copy_prices, inspection, reckon_request, request_fee
from disclosure.rules.kinds import Channel, Delivery, Format, RecordKind
from disclosure.rules.records import law_of
from disclosure.rules.regimes import Regime
from disclosure.views.resident import document_draft as drafts
from disclosure.views.resident.document_draft import DocumentDraft
from disclosure.views.resident.send_once import Sending
from portal.core.errors import NotFound
from portal.web.access import public
from portal.web.building import settings
from portal.web.language import LANGUAGES, _, current
from portal.web.throttle import Limit, throttled

Answer = Response | tuple[str, int] | str
PAGE_OF = {
    "details": "which", "items": "which", "name": "who", "representative": "who", "contact-person": "who",
    "postal-code": "who", "address": "who", "telephone": "who", "email": "who", "language": "who", "format": "way",
}  # fmt: skip


def law_here() -> Regime:
    """The law of requests for documents at this organisation; NotFound where it answers none."""
    law = law_of(RecordKind.DOCUMENTS, settings().organisation.profile, today())
    if law is None:
        raise NotFound
    return law


def fee_here() -> RequestFee | None:
    """What such a request costs."""
    return request_fee(law_here(), Channel.WEB, today())


@public
def what() -> str:
    """One door for whoever wants something: one's own records, documents, an answer, what is published."""
    return render_template("disclosure/what.html")


@public
def documents() -> str:
    """What the procedure is, what is held, what it costs, and for whom another one is right."""
    day, law = today(), law_here()
    return render_template(
        "disclosure/documents.html", law=law, fee=fee_here(), days=law_clock(law.decision_clock, day).amount,
        holdings=holdings(day), prices=copy_prices(day), look=inspection(day), begun=drafts.current() is not None,
    )  # fmt: skip


@public
def which() -> Answer:
    """Which documents; words that belong on another track, or were disclosed before, are answered first."""
    found = drafts.arrive("which")
    if isinstance(found, Response):
        return found
    given = found.answer("which") or {"items": "1", "incident": request.args.get("incident", "")[:120]}
    form = WhichForm(data=given)
    form.offer(system_names(g.session, current()))
    tracks: tuple[Track, ...] = ()
    if form.validate_on_submit():
        said = form.documents.data or ""
        tracks = other_tracks(said)
        if not tracks or request.form.get("sure") == said:
            found.save("which", form.answers())
            return drafts.onward(found, "which")
    page = render_template(
        "disclosure/documents_which.html", form=form, tracks=tracks, track=Track, holdings=holdings(today()),
        published=found_by_words(g.session, form.documents.data or "")[:5] if form.is_submitted() else (),
        place=drafts.place(found, "which"),
    )  # fmt: skip
    return (page, 422) if form.errors else page


@public
def who() -> Answer:
    """Who asks."""
    return _ask("who", WhoForm, {"language": current()})


@public
def way() -> Answer:
    """In which way the documents are wanted."""
    return _ask("way", WayForm, {"delivery": Delivery.DOWNLOAD.value, "format": Format.PDF.value})


def _ask(page: str, kind: type[Question], proposed: dict[str, str]) -> Answer:
    found = drafts.arrive(page)
    if isinstance(found, Response):
        return found
    form = kind(data=found.answer(page) or proposed)
    if form.validate_on_submit():
        found.save(page, form.answers())
        return drafts.onward(found, page)
    shown = render_template(f"disclosure/documents_{page}.html", form=form, place=drafts.place(found, page))
    return (shown, 422) if form.errors else shown


@public
@throttled(Limit("disclosure.submit_documents", count=300, seconds=3600))
def check() -> Answer:
    """Show all answers and what the request costs; on POST file it and go to its receipt."""
    form = SeenForm()  # nothing is declared: anybody may ask

    def show(found: DocumentDraft) -> str:
        return render_template(
            "disclosure/documents_check.html", form=form, groups=_groups(found), place=drafts.place(found, "check"),
            amount=_amount(found), fee=fee_here(),
        )  # fmt: skip

    return Sending(drafts.arrive, drafts.address, PAGE_OF, _application).page(form, show)


@public
def stop() -> Response:
    """Delete the draft at its owner's wish."""
    found = drafts.current()
    if found is not None:
        found.discard()
    return redirect(url_for("disclosure.documents"), 303)


def _application(found: DocumentDraft) -> Application:
    asked, asker, wanted = (found.answer(page) for page in drafts.PAGES)
    return application({**asked, **asker, **wanted}, details=_details(asked))


def _details(asked: dict[str, str]) -> str:
    """What is asked for; systems and incidents by their Japanese names, for the letter is in Japanese."""
    about = [name for key, name in system_names(g.session, "ja") if key == asked["system"]]
    if asked["incident"].strip():
        about.append(incident_title(g.session, asked["incident"].strip(), "ja") or asked["incident"].strip())
    since, until = day_of(asked["since"]), day_of(asked["until"])
    return describe(asked["documents"], since=since, until=until, about=tuple(about))


def _amount(found: DocumentDraft) -> Amount | None:
    fee = fee_here()
    return reckon_request(fee, number(found.answer("which")["items"])) if fee is not None else None


def _groups(found: DocumentDraft) -> list[tuple[str, str, list[tuple[str, Any]]]]:
    """Heading, page to change it on, and the rows of each group of answers."""
    asked, asker, wanted = (found.answer(page) for page in drafts.PAGES)
    body = asker["kind"] == BODY
    ways = [(way, *texts) for way, texts in WAYS.items()]
    return [
        (_("Which documents"), "which", [(_("Which documents"), _details(asked)), (_("How many"), asked["items"])]),
        (
            _("Who asks"),
            "who",
            [
                (_("Company or group") if body else _("Name"), asker["name"]),
                *([(_("Name of its representative"), asker["representative"])] if body else []),
                (_("Whom we may ask"), asker["contact_person"]),
                (_("Postal code"), asker["postal_code"]),
                (_("Address"), asker["address"]),
                (_("Telephone"), asker["telephone"]),
                (_("E-mail"), asker["email"]),
                (_("Language of our mails"), LANGUAGES[asker["language"]]),
            ],
        ),
        (
            _("How you receive it"),
            "way",
            [
                (_("Way of receiving it"), label(ways, wanted["delivery"])),
                (_("Form of the copy"), label(FORMATS, wanted["format"])),
            ],
        ),
    ]
