"""An incident at a version as an accessible PDF, in the language of the address."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Response, g

from content.letters import incident_paper
from content.letters.incident_paper import Entry, Paper, Section
from content.letters.versions import LETTERS
from content.models.bulletins import Bulletin, Fact
from content.queries import incident_page
from content.queries.bulletin_views import BulletinView
from content.queries.incident_page import IncidentPage
from content.rules import citing, markup, numbering
from content.rules.areas import COUNTRY
from content.views.incident_pages import citation, gone
from content.views.words import CAUSE_STATUSES, CERTAINTIES, FIELDS, STATES, STATUSES, amount, bulletin_name
from portal.core import clock
from portal.core.wareki import format_wareki
from portal.web.access import public
from portal.web.downloads import download
from portal.web.language import _, choose, current, in_japan

MEDIA_TYPE = "application/pdf"


@public
def paper(key: str, number: int) -> Response:
    """The PDF; made anew for each revision of the record."""
    page = incident_page.incident_page(g.session, key, version=number)
    if page.view(number).withdrawal:
        return gone(page, page.view(number))
    day = clock.day_in_japan(clock.now())
    context = incident_paper.context(_paper(page, number), day=day)
    data = LETTERS.render(LETTERS.current(incident_paper.KIND, day), context)
    return download(data, name=f"{key}-{number}.pdf", media_type=MEDIA_TYPE, inline=True)


def _paper(page: IncidentPage, number: int) -> Paper:
    incident, cited = page.incident, citation(page, number)
    return Paper(
        language=current(),
        title=cited.incident,
        version=_("As it stood at %(bulletin)s", bulletin=bulletin_name(number)),
        made_of=_day(page.view(number).bulletin),
        notices=tuple(_notices(page)),
        summary=Section(
            title=_("Latest"),
            paragraphs=(
                *_paragraphs(page.latest),
                _("State") + _(": ") + str(STATES[incident.state][0]),  # type: ignore[index]
                _("Severity") + _(": ") + choose(page.severity, "name") + f" {incident.severity}/4",
            ),
        ),
        sections=tuple(one for one in (_facts(page), _affected(page), _cause(page)) if one.rows),
        bulletins=tuple(_entry(page, view) for view in reversed(page.bulletins)),
        sources=tuple(
            choose(source, "title") + _(" (%(text)s)", text=_("; ").join(page.cited.places(source)))
            for source in page.cited.sources
        ),
        citation=citing.sentence(cited),
        address=cited.whole_address,
        fingerprint=cited.whole_sha256,
        exercise=incident.exercise,
        labels={
            "bulletins": _("Bulletins"),
            "sources": _("Sources"),
            "cite": _("Cite this"),
            "qr": _("QR code of the address below"),
            "where": _("This incident as it stood then, for ever at this address:"),
        },
    )


def _notices(page: IncidentPage) -> Iterator[str]:
    if page.incident.exercise:
        yield _("[Exercise]") + " " + _("This was an exercise") + _(". ") + _("Nothing really happened.")
    if page.reconstructed:
        yield _(
            "The bulletins of this incident were written afterwards, in our own words, from the documents named below. "
            "The numbers and days are those of the documents."
        )
    if page.version and page.version < page.last_number:
        stood = _("This is the incident as it stood at %(bulletin)s", bulletin=bulletin_name(page.version))
        yield stood + _(". ") + _("Later bulletins: %(n)s", n=page.last_number - page.version)


def _facts(page: IncidentPage) -> Section:
    rows = [
        (_about(page, fact), _value(fact), str(CERTAINTIES[fact.certainty][0]), _stated_in(fact))  # type: ignore[index]
        for held in page.today
        for fact in held.facts
    ]
    head = (_("About"), _("What holds now"), _("Certainty"), _("Stated in"))
    return Section(title=_("What is known"), head=head, widths=("part", "asked", "part", "article"), rows=tuple(rows))


def _affected(page: IncidentPage) -> Section:
    rows = []
    for one in page.affected:
        told = _("; ").join(f"{FIELDS[fact.field]}{_(': ')}{_value(fact)}" for fact in one.facts)  # type: ignore[index]
        works = _("; ").join(
            f"{choose(page.system_names[part.component_key or part.system_key], 'name')}{_(': ')}"
            f"{STATUSES[part.status][0]}"  # type: ignore[index]
            for part in one.statuses
        )
        rows.append((choose(one.area, "name"), told or _("No number is stated."), works or _("Not stated")))
    head = (_("Where"), _("How many, and what it means"), _("How the systems work there"))
    return Section(title=_("Who is affected, by area"), head=head, widths=("part", "asked", "said"), rows=tuple(rows))


def _cause(page: IncidentPage) -> Section:
    rows = []
    for step in page.cause_steps:
        said = [str(CAUSE_STATUSES[step.status])] if step.status else []  # type: ignore[index]
        said += [choose(page.causes[step.cause_key], "name")] if step.cause_key else []
        said += [_value(fact) for fact in step.facts]
        rows.append((bulletin_name(step.bulletin.number), _day(step.bulletin), _("; ").join(said)))
    title = _("Cause") + _(": ") + choose(page.cause, "name")
    status = str(CAUSE_STATUSES[page.incident.cause_status])  # type: ignore[index]
    head = (_("Bulletin"), _("Day"), _("What was said about the cause"))
    return Section(
        title=title + _(" (%(text)s)", text=status), head=head, widths=("part", "article", "asked"), rows=tuple(rows)
    )


def _entry(page: IncidentPage, view: BulletinView) -> Entry:
    bulletin, name = view.bulletin, bulletin_name(view.bulletin.number)
    if view.withdrawal:
        when = in_japan(view.withdrawal.withdrawn_at).date()
        why = _("Why:") + " " + choose(view.withdrawal, "reason")
        return Entry(name=name, title=_("This bulletin was withdrawn"), day=_in_words(when), notes=(why,))
    notes = [choose(page.bodies[bulletin.publisher_key], "name")]
    for fact in view.facts:
        if old := view.corrected.get(fact.id):
            field = FIELDS[fact.field]  # type: ignore[index]
            notes.append(
                _("Corrected: %(field)s, from %(old)s to %(new)s", field=field, old=_value(old), new=_value(fact))
            )
    if bulletin.correction:
        notes.append(_("Why it was corrected:") + " " + choose(bulletin, "reason"))
        notes += [_("Noticed on:") + " " + _in_words(bulletin.noticed_on)] if bulletin.noticed_on else []
    if bulletin.emergency_reason:
        notes.append(_("Published at once by one person, because: %(reason)s", reason=bulletin.emergency_reason))
        agreed = view.approval
        notes.append(
            _("Approved afterwards by %(name)s:", name=agreed.approved_by_name)
            + " "
            + _in_words(in_japan(agreed.approved_at).date())
            if agreed
            else _("Not yet approved by a second person.")
        )
    marks = [text for text, there in ((_("Final"), bulletin.final), (_("Correction"), bulletin.correction)) if there]
    return Entry(
        name=name,
        title=choose(bulletin, "title"),
        day=_day(bulletin),
        marks=tuple(marks),
        notes=tuple(notes),
        paragraphs=tuple(_paragraphs(bulletin)),
    )


def _paragraphs(bulletin: Bulletin) -> list[str]:
    text = markup.plain(choose(bulletin, "body"), bulletin.markup)
    return [part.strip() for part in text.split("\n") if part.strip()]


def _about(page: IncidentPage, fact: Fact) -> str:
    field = str(FIELDS[fact.field])  # type: ignore[index]
    return field if fact.area == COUNTRY else field + _(" (%(text)s)", text=choose(page.area_names[fact.area], "name"))


def _value(fact: Fact) -> str:
    said = []
    if fact.number is not None and fact.unit:
        said.append(amount(fact.number, fact.unit))
    elif fact.day:
        said.append(_in_words(fact.day) + (in_japan(fact.at).strftime(" %H:%M") if fact.at else ""))
    if fact.text_ja:
        said.append(choose(fact, "text"))
    return _(", ").join(said)


def _stated_in(fact: Fact) -> str:
    return bulletin_name(numbering.number_of(fact.id))


def _day(bulletin: Bulletin) -> str:
    return _in_words(bulletin.day) if bulletin.day else bulletin.period or _("Day not known")


def _in_words(day: Any) -> str:
    return f"{format_wareki(day)}（{day.isoformat()}）" if current() == "ja" else str(day.isoformat())
