"""A question letter."""

from __future__ import annotations

from flask import g, render_template

from content.queries import letters
from content.rules.question_letters import clock as clock_of_letters
from content.rules.question_letters.clock import Duty
from content.rules.question_letters.states import WAITING
from portal.core import clock
from portal.web.access import public


@public
def show(key: str) -> str:
    """One letter with its answers."""
    today = clock.day_in_japan(clock.now())
    page = letters.letter_page(g.session, key, today=today)
    letter = page.line.letter
    if not letter.filed:
        return render_template("content/letter.html", page=page)
    received, due = letter.received_on or letter.sent_on, letter.answer_due_on or today
    late = clock_of_letters.overdue_days(due, done=letter.answered_on, today=today)
    overdue = late if letter.answered_on or letter.state in WAITING else 0
    rule = clock_of_letters.period(Duty.ANSWER, received)
    return render_template("content/filed_letter.html", page=page, overdue=overdue, rule=rule)
