"""The plain questions: who asks, how to reach them, how they want to receive the records."""

from __future__ import annotations

from flask import g, render_template
from werkzeug.wrappers import Response

from disclosure.forms.resident.questions import ContactForm, DeliveryForm, PersonForm, Question
from disclosure.views.resident import guide
from portal.web.access import public

Answer = Response | tuple[str, int] | str


@public
def person() -> Answer:
    """Name, reading, address, date of birth."""
    return _ask("person", PersonForm)


@public
def contact() -> Answer:
    """Telephone, e-mail, language of mails."""
    return _ask("contact", ContactForm, {"language": g.language})


@public
def delivery() -> Answer:
    """How the disclosure is to be made, and in which form."""
    return _ask("delivery", DeliveryForm)


def _ask(page: str, kind: type[Question], proposed: dict[str, str] | None = None) -> Answer:
    found = guide.arrive(page)
    if isinstance(found, Response):
        return found
    form = kind(data=found.answer(page) or proposed)
    if form.validate_on_submit():
        found.save(page, form.answers())
        return guide.onward(found, page)
    shown = render_template(f"disclosure/{page}.html", form=form, place=guide.place(page))
    return (shown, 422) if form.errors else shown
