"""The sender's room: a letter opened by number and access code, to follow it, confirm an address, withdraw, speak."""

from __future__ import annotations

from datetime import date

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from content.forms.question_letters.mine import KINDS, AddressCodeForm, OpenLetterForm, SayForm, WithdrawForm
from content.models.letters import Letter
from content.operations.question_letters.confirm_contact import confirm_contact
from content.operations.question_letters.confirm_mail import send_code
from content.operations.question_letters.say import say
from content.operations.question_letters.withdraw_letter import withdraw
from content.queries.question_letters.exchange import exchange
from content.queries.question_letters.sender_room import Item, OpenedLetter, items, open_with_code
from content.rules.question_letters import clock as clock_of_letters
from content.rules.question_letters import mail_codes, saying
from content.rules.question_letters.clock import Duty
from content.rules.question_letters.states import LETTERS, LetterAction, LetterState, SenderWordKind
from content.views.question_letters import sender_session
from content.views.question_letters.exchange_words import EXCHANGE
from content.views.question_letters.sender_session import with_letter
from portal.core import audit, clock
from portal.core.clock import day_in_japan
from portal.core.errors import N_, Conflict, Invalid, NotFound, TooMany
from portal.web.access import public
from portal.web.building import vault
from portal.web.downloads import download
from portal.web.language import _
from portal.web.throttle import Limit, throttled

Answer = str | Response | tuple[str, int]
CODE = "code"
# One answer for an unknown number and a wrong code: nobody learns which numbers have a sender here.
DIFFERENT = N_(
    "Number of the letter and access code do not belong together. Please check both; O and 0, I and 1 are the same."
)
WRONG = N_("This is not the code, or its time is over. Have another one sent.")


@public
@throttled(
    Limit("content.letter_open", count=30, seconds=3600),
    Limit("content.letter_open", count=5, seconds=900, field="number"),
)
def mine() -> Answer:
    """Ask for number and code."""
    form = OpenLetterForm()
    if form.validate_on_submit():
        found = open_with_code(g.session, form.number.data or "", form.code.data or "")
        if found is not None:
            sender_session.remember(found)
            key = found.letter.key
            audit.record(g.session, at=clock.now(), actor=found.actor, action="content.letter.open-room", subject=key)
            return redirect(url_for("content.letter_room"), 303)
        form.refuse("number", DIFFERENT)
    form.code.data = ""
    page = render_template("content/question_letters/mine.html", form=form, is_open=sender_session.is_open())
    return (page, 422) if form.errors else page


@public
def leave() -> Response:
    """Close the letter; its key does not stay in this browser."""
    sender_session.forget()
    flash(_("Your letter is closed in this browser. You can open it again at any time."), "success")
    return redirect(url_for("content.letter_mine"), 303)


@with_letter
def room(opened: OpenedLetter) -> str:
    """Where the letter stands, how we reach its sender, each question with what can be said of its answer."""
    letter, today = opened.letter, day_in_japan(clock.now())
    received = letter.received_on or letter.sent_on
    rows = items(g.session, letter.key) if letter.state in (LetterState.OPEN, LetterState.ANSWERED) else []
    return render_template(
        "content/question_letters/room.html",
        opened=opened,
        letter=letter,
        contact=opened.contact,
        found=exchange(g.session, letter.key, today=today),
        rows=[(item, _until(item), _open_kinds(item)) for item in rows],
        rules=[clock_of_letters.period(duty, received) for duty in (Duty.ACKNOWLEDGE, Duty.ANSWER)],
        received=received,
        may_withdraw=LetterAction.WITHDRAW in LETTERS[LetterState(letter.state)],
        form=WithdrawForm(),
        told=EXCHANGE,
    )


@with_letter
def text(opened: OpenedLetter) -> Response:
    """The letter as it was sent, to the character."""
    data = opened.original.encode("utf-8")
    return download(data, name=f"{opened.letter.key}.txt", media_type="text/plain; charset=utf-8")


@with_letter
@throttled(Limit("content.letter_address", count=20, seconds=3600))
def address(opened: OpenedLetter) -> Answer:
    """Confirm the address with a code that goes there."""
    mail = opened.contact["mail"].strip()
    if not mail or opened.intake.mail_confirmed_at is not None:
        return redirect(url_for("content.letter_room"), 303)
    form, held = AddressCodeForm(), sender_session.kept(CODE)
    if request.method == "POST" and "send" in request.form:
        try:
            sent = send_code(g.session, mail, language=opened.letter.language, vault=vault(), at=clock.now())
        except TooMany:
            flash(_("A code was sent a moment ago. Please wait a little before you ask for another one."), "warning")
        else:
            sender_session.keep(CODE, sent.as_json())
        return redirect(url_for("content.letter_address"), 303)
    if held and form.validate_on_submit():
        sent = mail_codes.from_json(held)
        if sent.fits(form.code.data or "", mail, at=clock.now()):
            confirm_contact(g.session, opened, at=clock.now())
            sender_session.keep(CODE, None)
            flash(_("The address is confirmed."), "success")
            return redirect(url_for("content.letter_room"), 303)
        sender_session.keep(CODE, sent.tried().as_json())
        form.refuse("code", WRONG)
    form.code.data = ""
    page = render_template("content/question_letters/address.html", form=form, address=mail, sent=bool(held))
    return (page, 422) if form.errors else page


@with_letter
def give_up(opened: OpenedLetter) -> Answer:
    """Withdraw the letter."""
    form = WithdrawForm()
    if form.validate_on_submit():
        letter = g.session.get_one(Letter, opened.letter.key)
        withdraw(g.session, letter, by=opened.actor, at=clock.now())
        flash(_("The letter is withdrawn."), "success")
        return redirect(url_for("content.letter_room"), 303)
    page = render_template("content/question_letters/withdraw.html", form=form, letter=opened.letter)
    return (page, 422) if form.errors else page


@with_letter
def speak(opened: OpenedLetter, code: str) -> Answer:
    """Ask back about an answer, or say that it does not answer."""
    item = next((one for one in items(g.session, opened.letter.key) if one.question.code == code), None)
    if item is None or item.answer is None:
        raise NotFound
    form, kinds = SayForm(), _open_kinds(item)
    form.kind.choices = [(str(kind), name) for kind, name in KINDS.items() if kind in kinds]
    if not kinds:
        return redirect(url_for("content.letter_room"), 303)
    if form.validate_on_submit():
        try:
            with g.session.begin_nested():
                kind = SenderWordKind(form.kind.data)
                say(g.session, opened, code, kind, form.text.data or "", at=clock.now())
        except Conflict as error:
            form.refuse("kind", error.message)
        except Invalid as error:
            form.refuse("text", error.message)
        else:
            flash(_("It is public that you said so. Your words follow when we have read them."), "success")
            return redirect(url_for("content.letter_room") + f"#q-{code}", 303)
    page = render_template(
        "content/question_letters/say.html",
        form=form,
        item=item,
        letter=opened.letter,
        until=_until(item),
    )
    return (page, 422) if form.errors else page


def _until(item: Item) -> date | None:
    return saying.until(item.reply.issued_on) if item.reply and item.reply.issued_on else None


def _open_kinds(item: Item) -> list[str]:
    today = day_in_japan(clock.now())
    answered_on, said = (item.reply.issued_on if item.reply else None), [word.kind for word in item.words]
    return [
        str(kind)
        for kind in SenderWordKind
        if saying.hindrance(kind, answered_on=answered_on, said=said, today=today) is None
    ]
