"""The plain questions: who asks, how to reach them, how they want to receive the records."""

from __future__ import annotations

from flask import g, render_template
from werkzeug.wrappers import Response

from disclosure.forms.resident.questions import ContactForm, DeliveryForm, PersonForm, Question, today
from disclosure.rules import agents
from disclosure.rules.kinds import Requester
from disclosure.views.resident import guide
from portal.core.wareki import parse_day
from portal.web.access import public

Answer = Response | tuple[str, int] | str


@public
def person() -> Answer:
    """Name, reading, address, date of birth; whoever is too young to ask alone is told."""
    found = guide.arrive("person")
    if isinstance(found, Response):
        return found
    form, another = PersonForm(data=found.answer("person")), found.requester is not Requester.PERSON
    if another:
        form.of_another()
    if form.validate_on_submit():
        refused = None if another else agents.alone_problem(parse_day(form.birth_date.data or ""), today())
        if refused is None:
            found.save("person", form.answers())
            return guide.onward(found, "person")
        form.refuse("birth_date", refused.message, **refused.params)
    shown = render_template("disclosure/person.html", form=form, another=another, place=guide.place("person"))
    return (shown, 422) if form.errors else shown


@public
def contact() -> Answer:
    """Telephone, e-mail, language of mails."""
    return _ask("contact", ContactForm, {"language": g.language}, of_agents_without=("telephone",))


@public
def delivery() -> Answer:
    """How the disclosure is to be made, and in which form."""
    return _ask("delivery", DeliveryForm)


def _ask(
    page: str,
    kind: type[Question],
    proposed: dict[str, str] | None = None,
    *,
    of_agents_without: tuple[str, ...] = (),
) -> Answer:
    """The page of one form. ``of_agents_without``: fields that a representative has answered already."""
    found = guide.arrive(page)
    if isinstance(found, Response):
        return found
    form = kind(data=found.answer(page) or proposed)
    for name in of_agents_without if found.requester is not Requester.PERSON else ():
        del form[name]
    if form.validate_on_submit():
        found.save(page, form.answers())
        return guide.onward(found, page)
    shown = render_template(f"disclosure/{page}.html", form=form, place=guide.place(page))
    return (shown, 422) if form.errors else shown
