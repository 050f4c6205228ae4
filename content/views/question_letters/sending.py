"""Look at the whole letter, send it once, and get its receipt."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import flash, g, render_template
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from content.forms.question_letters.parts import KINDS as PARTS
from content.forms.question_letters.writing import CHANNELS, KINDS, WISHES, EnterForm, FileForm, SenderForm, SendForm
from content.models.intake import Intake
from content.models.letters import Letter
from content.operations.question_letters import drafts
from content.operations.question_letters.acknowledge import acknowledge
from content.operations.question_letters.drafts import Draft
from content.operations.question_letters.file_letter import Enclosed, Filed, file_letter, sent_text
from content.rules.archive.kinds import Channel
from content.rules.question_letters import clock as days
from content.rules.question_letters import composing
from content.rules.question_letters.clock import Duty
from content.rules.question_letters.filing import Filing
from content.rules.question_letters.head import Wish
from content.rules.question_letters.senders import SenderKind
from content.rules.question_letters.structure import structure
from content.views.question_letters.journey import Journey
from portal.core import clock
from portal.core.errors import N_, Conflict, Invalid, NotFound
from portal.core.files import CleanFile
from portal.web.building import vault
from portal.web.forms import Form
from portal.web.language import LANGUAGES, _

Answer = Response | str
PAGE_OF = {
    "text": "text", "blocks": "parts", "title": "sender", "name": "sender", "person": "sender", "mail": "sender",
    "telephone": "sender", "address": "sender", "sent_on": "sender", "wished_on": "sender",
}  # fmt: skip


def check(journey: Journey) -> Answer:
    """The whole letter as it will be sent; on POST file it, once."""
    form = FileForm() if journey.staff else SendForm()
    if form.is_submitted() and (number := _sent_before(journey, form.key.data or "")):
        return journey.go("receipt", key=number)
    draft = journey.arrive("check")
    if isinstance(draft, Response):
        return draft
    told = _told(draft)
    if told is None:
        return journey.go("sender")
    filing = _filing(journey, draft, told)
    if form.validate_on_submit():
        if form.key.data != draft.key or form.seen.data != draft.fingerprint():
            flash(_("The letter was changed in another window. Please look at it once more."), "warning")
            return journey.go("check")
        return _file(journey, draft, filing)
    form.key.data, form.seen.data = draft.key, draft.fingerprint()
    return render_template(
        "content/question_letters/write_check.html",
        form=form,
        filing=filing,
        rows=_rows(journey, draft, filing),
        kinds=PARTS,
        questions=len(structure(filing.blocks).questions),
        **journey.place(draft, "check"),
    )


def _told(draft: Draft) -> SenderForm | None:
    """What the sender's page says, when it is right."""
    values = [(name, text) for name, texts in draft.typed("sender").items() for text in texts]
    form = SenderForm(formdata=MultiDict(values), meta={"csrf": False})
    form.of(staff=True)
    return form if form.validate() else None


def _filing(journey: Journey, draft: Draft, told: SenderForm) -> Filing:
    blocks, text = composing.finished(draft.blocks) if draft.written else (draft.blocks, draft.text)
    mail = (told.mail.data or "").strip()
    if not journey.staff:
        return told.filing(text=text, blocks=blocks, mail_confirmed=bool(mail) and mail == draft.values["confirmed"])
    channel = Channel(draft.one("text", "channel") or Channel.UNKNOWN)
    received = EnterForm(formdata=MultiDict({"received_on": draft.one("text", "received_on")}), meta={"csrf": False})
    received.received_on.validate(received)
    return told.filing(
        text=text,
        blocks=blocks,
        channel=channel,
        received_on=received.received_on.day,
        mail_confirmed=channel is Channel.MAIL and bool(mail),
    )


def _file(journey: Journey, draft: Draft, filing: Filing) -> Response:
    try:
        with g.session.begin_nested():
            filed = file_letter(
                g.session,
                filing,
                submission_key=draft.key,
                access_code=draft.access_code,
                vault=vault(),
                by=g.actor,
                at=clock.now(),
                files=[_enclosed(draft, one) for one in draft.files],
            )
    except Invalid as error:
        params = {name: value for name, value in error.params.items() if name != "field"}
        flash(_(error.message, **params), "danger")
        page = PAGE_OF.get(str(error.params.get("field")), "check")
        return journey.go("parts" if page == "text" and draft.written else page)
    _keep_receipt(journey, draft, filed)
    journey.throw_away(draft)
    return journey.go("receipt", key=filed.letter.key)


def _enclosed(draft: Draft, one: drafts.DraftFile) -> Enclosed:
    data = drafts.file_data(g.session, draft, one.id)
    if data is None:
        raise Invalid(N_("A file of the letter is missing. Please add it again."), field="text")
    return Enclosed(one.role, one.name, CleanFile(one.media_type, data, one.pages, one.sha256))


def _sent_before(journey: Journey, key: str) -> str | None:
    return next((number for number, row in journey.receipts.items() if key and row["key"] == key), None)


def _keep_receipt(journey: Journey, draft: Draft, filed: Filed) -> None:
    number = filed.letter.key
    journey.keep_receipt(number, {"key": draft.key, "code": filed.access_code, "draft": draft.row.id})


def receipt(journey: Journey, key: str) -> Answer:
    """Number, code, days with their rules, and the text as it was sent, to print or to keep."""
    row, letter = journey.receipts.get(key), g.session.get(Letter, key)
    if row is None or letter is None:
        flash(_("There is no receipt in this browser. Open the letter with its number and access code."), "info")
        return journey.go("start")
    intake = g.session.get_one(Intake, key)
    received = letter.received_on or letter.sent_on
    return render_template(
        "content/question_letters/write_receipt.html",
        journey=journey,
        letter=letter,
        receipt=row,
        form=Form(),
        received=received,
        clocks=[_clock(duty, received) for duty in (Duty.ACKNOWLEDGE, Duty.ANSWER)],
        mailed=intake.mail_confirmed_at is not None,
        text=sent_text(intake, row["code"]) if row["code"] else None,
    )


def _clock(duty: Duty, received: date) -> tuple[days.Period, date]:
    period = days.period(duty, received)
    return period, period.due(received)


def noted(journey: Journey, key: str) -> Response:
    """Forget the access code: from now on only its owner knows it. At reception this says that it was handed over."""
    row = journey.receipts.get(key)
    if row is None:
        raise NotFound
    if row["code"]:
        journey.keep_receipt(key, {**row, "code": ""})
        flash(_("The access code is no longer shown here."), "success")
    if journey.staff:
        try:
            acknowledge(g.session, g.session.get_one(Letter, key), by=g.actor, at=clock.now())
        except Conflict as error:
            flash(_(error.message), "info")
    return journey.go("receipt", key=key)


def _rows(journey: Journey, draft: Draft, filing: Filing) -> list[tuple[str, Any, str, str]]:
    """What stands beside the letter, with the page on which it can be changed."""
    contact, page = filing.contact, journey.address("sender")
    shown = _("The name is shown with the letter.") if filing.publish_name else _("The name is not shown.")
    confirmed = _("confirmed") if filing.mail_confirmed else _("not confirmed")
    rows = [
        (_("Title of the letter"), filing.title, page),
        (_("Day of the letter"), filing.sent_on, page),
        (_("Who sends it"), KINDS[SenderKind(filing.sender_kind)], page),
        (_("Name of the sender"), f"{contact.name} – {shown}", page),
        (_("Person whom we may ask"), contact.person, page),
        (_("Day until which you wish the answer"), filing.wished_on, page),
        (_("How you wish the answer"), _(", ").join(str(WISHES[Wish(one)]) for one in filing.wishes), page),
        (_("E-mail"), f"{contact.mail} ({confirmed})" if contact.mail else "", page),
        (_("Telephone"), contact.telephone, page),
        (_("Postal address"), contact.address, page),
        (_("Language of the letter"), LANGUAGES[filing.language], page),
    ]
    if journey.staff:
        text = journey.address("text")
        rows[:0] = [
            (_("How it came"), CHANNELS.get(filing.channel, ""), text),
            (_("Arrived on"), filing.received_on, text),
            (_("Files"), "\n".join(one.name for one in draft.files), text),
        ]
    return [(key, value, href, _("Change")) for key, value, href in rows]
