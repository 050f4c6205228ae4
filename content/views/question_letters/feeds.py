"""Feeds of question letters, as Atom and as JSON Feed: an entry for each public step."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Response, g, url_for

from content.models.letters import Letter
from content.queries.question_letters.letter_feed import LetterFeed, StepEntry, letter_feed
from content.rules import markup, tags
from content.rules.question_letters import clock as clock_of_letters
from content.rules.question_letters.states import WAITING, LetterState, StepKind
from content.views import atom, feeds
from content.views.feed_links import FORMS as LINKED
from content.views.feed_links import FeedLink
from content.views.letter_words import STATES, STEPS, title
from content.views.xml_text import Element, put, written
from portal.core import clock
from portal.core.errors import NotFound
from portal.web.access import public
from portal.web.language import _, current

PAGE, RULE = "/letters", "/feeds/letters.<form>"


@public
def feed(form: str, key: str = "", archive: int | None = None) -> Response:
    """A feed's newest part, or an archive page of it. What is overdue is said as of today."""
    if form not in feeds.FORMS:
        raise NotFound
    found, today = letter_feed(g.session, key, archive=archive), clock.day_in_japan(clock.now())
    place = feeds.place_of(f"letters/{key}" if key else "letters")
    if form == "atom":
        top = atom.begun(found, place, title=_title(found), page=_page(found), changed_at=found.changed_at)
        for entry in found.entries:
            _entry(top, entry, place, today)
        return feeds.answer(written(top), feeds.FORMS[form], found.changed_at)
    items = [_item(entry, place, today) for entry in found.entries]
    made = atom.json_begun(found, place, title=_title(found), page=_page(found), items=items)
    return feeds.answer(feeds.as_json(made), feeds.FORMS[form], found.changed_at)


def feed_links(key: str = "") -> list[FeedLink]:
    """The feeds of all letters, or of one."""
    text = _("Feed of this letter") if key else _("Feed of this list")
    given = {"key": key} if key else {}
    name = "content.one_letter_feed" if key else "content.letter_feed"
    return [FeedLink(url_for(name, form=form, **given), kind, text) for form, kind in LINKED.items()]  # type: ignore[arg-type]


def _title(found: LetterFeed) -> str:
    if found.letter is None:
        return _("Question letters: all steps")
    return _("Question letter: %(name)s", name=title(found.letter))


def _page(found: LetterFeed) -> str:
    return PAGE if found.letter is None else f"{PAGE}/{found.letter.key}"


def _headline(entry: StepEntry) -> str:
    return f"{title(entry.letter)}{_(': ')}{STEPS[StepKind(entry.step.kind)]}"


def _text(entry: StepEntry, today: date) -> str:
    """What happened, what is public of it, and how the letter stands today."""
    step, letter = entry.step, entry.letter
    parts = [f"{letter.key}{_(': ')}{STEPS[StepKind(step.kind)]}"]
    if step.day:
        passed = step.kind == StepKind.OVERDUE
        told = _("Was due by: %(day)s") if passed else _("Promised by: %(day)s")
        parts.append(told % {"day": step.day.isoformat()})
    if step.note:
        parts.append(step.note)
    parts.append(f"{_('State:')} {STATES[LetterState(letter.state)]}")
    if letter.state in WAITING and letter.answer_due_on:
        parts.append(_("Answer due by: %(day)s", day=letter.answer_due_on.isoformat()))
    if late := _overdue(letter, today):
        parts.append(_("Overdue by days: %(n)s", n=late))
    return "\n".join(markup.html(part, "plain") for part in parts)


def _overdue(letter: Letter, today: date) -> int:
    if letter.state not in WAITING or letter.answer_due_on is None:
        return 0
    return clock_of_letters.overdue_days(letter.answer_due_on, done=None, today=today)


def _entry(top: Element, entry: StepEntry, place: atom.Place, today: date) -> None:
    step, letter = entry.step, entry.letter
    made = put(top, "entry")
    put(made, "id", tags.step_tag(place.authority, letter.key, step.position, current()))
    put(made, "title", _headline(entry))
    put(made, "updated", atom.stamp(step.at))
    put(made, "published", atom.stamp(step.at))
    href = place.absolute(f"{PAGE}/{letter.key}")
    put(made, "link", rel="alternate", type="text/html", hreflang=current(), href=href)
    put(made, "category", term=step.kind)
    if _overdue(letter, today):
        put(made, "category", term="overdue")
    put(made, "content", _text(entry, today), type="html")


def _item(entry: StepEntry, place: atom.Place, today: date) -> dict[str, Any]:
    step, letter = entry.step, entry.letter
    return {
        "id": tags.step_tag(place.authority, letter.key, step.position, current()),
        "url": place.absolute(f"{PAGE}/{letter.key}"),
        "title": _headline(entry),
        "content_html": _text(entry, today),
        "date_published": atom.stamp(step.at),
        "date_modified": atom.stamp(step.at),
        "language": current(),
        "tags": [step.kind],
        "_letter": {
            "about": place.absolute("/developers"),
            "key": letter.key,
            "state": letter.state,
            "answer_due_on": letter.answer_due_on.isoformat() if letter.answer_due_on else None,
            "overdue_days": _overdue(letter, today),
        },
    }
