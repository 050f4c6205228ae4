"""Write a letter: begin, paste it, say who sends it, confirm the address. Every form is kept as it is typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from flask import flash, g, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from content.forms import typed
from content.forms.question_letters.writing import CodeForm, EnterForm, GoOnForm, Kept, PasteForm, SenderForm, today
from content.operations.question_letters import drafts
from content.operations.question_letters.confirm_mail import send_code
from content.operations.question_letters.drafts import Draft
from content.rules.question_letters import clock as days
from content.rules.question_letters import mail_codes
from content.rules.question_letters.blocks import BlockKind
from content.rules.question_letters.clock import Duty
from content.views.question_letters.journey import Journey
from content.views.question_letters.parts import keep_parts
from portal.core import clock
from portal.core.errors import N_, TooMany
from portal.web.building import settings, vault
from portal.web.forms import Form
from portal.web.language import _, current, in_japan

Answer = Response | str
BUTTONS = frozenset({"do", "go", "begin", "drop"})
F = TypeVar("F", bound=Kept)
UNKNOWN = N_("No letter is kept under this code. It may have been sent, thrown away, or its time may be over.")
WRONG = N_("This is not the code that we sent last, or its time has passed. Have another one sent.")


def start(journey: Journey) -> Answer:
    """What a letter is; begin one, or go on with one."""
    form, going_on = Form(), GoOnForm(prefix="go-on-")
    if request.method == "POST" and "begin" in request.form and form.validate():
        draft = journey.begin(written=request.form["begin"] == "written")
        return journey.go(journey.open_page(draft))
    if request.method == "POST" and "go-on-code" in request.form and going_on.validate():
        found = journey.find(going_on.code.data or "")
        if found is not None:
            journey.go_on_with(found)
            return journey.go(journey.open_page(found))
        going_on.refuse("code", UNKNOWN)
    now = today()
    return render_template(
        "content/question_letters/write_start.html",
        journey=journey,
        form=going_on,
        plain=form,
        draft=journey.draft(),
        days=settings().letter_draft_days,
        rules={str(duty): days.period(duty, now) for duty in Duty},
        receipt=next((number for number, row in reversed(journey.receipts.items()) if row["code"]), None),
    )


def later(journey: Journey) -> Answer:
    """The code by which one goes on later, and until when."""
    draft = journey.draft()
    if draft is None:
        return journey.go("start")
    page = journey.open_page(draft)
    return render_template(
        "content/question_letters/write_later.html", site=settings().public_url, **journey.place(draft, page)
    )


def discard(journey: Journey) -> Response:
    """Throw the draft away."""
    if (draft := journey.draft()) is not None:
        journey.throw_away(draft)
    flash(_("Thrown away."), "success")
    return journey.go("start")


def keep(journey: Journey) -> tuple[dict[str, Any], int] | dict[str, Any]:
    """Keep an open form as it is typed, for the script."""
    draft, page = journey.draft(), request.form.get("place", "")
    if draft is None:
        return {"gone": True}, 410
    forms: dict[str, type[Form]] = {"text": EnterForm if journey.staff else PasteForm, "sender": SenderForm}
    if page == "parts":
        kept, labels = keep_parts(draft, request.form), {}
    else:
        kept = keep_typed(draft, page)
        labels = {name: label for name, label, _field in typed.fields(forms[page]())} if page in forms else {}
    if not kept.apart:
        journey.store(draft)
    return {
        "typing_version": kept.version,
        "at": in_japan(clock.now()).strftime("%H:%M:%S"),
        "refused": [labels.get(name, name) for name in kept.refused],
        "apart": kept.apart,
    }


def keep_typed(draft: Draft, page: str) -> drafts.Kept:
    """Keep what was sent of a form."""
    sent = {name: texts for name, texts in typed.sent(request.form).items() if name not in BUTTONS}
    return drafts.keep_form(draft, page, sent, version=version_sent())


def version_sent() -> int:
    """At which version the form was opened; one that never was for what is no number."""
    return typed.version(request.form.get("typing_version", ""), otherwise=-1)


def opened(journey: Journey, draft: Draft, kind: type[F], page: str, proposed: Mapping[str, Any]) -> tuple[F, Any]:
    """A form as it was sent or kept, with what was kept of it elsewhere where these differ."""
    elsewhere: dict[str, list[str]] = {}
    if request.method == "POST":
        kept = keep_typed(draft, page)
        if kept.apart:
            elsewhere = draft.typed(page)
        else:
            journey.store(draft)
        form = kind()
    else:
        values = draft.typed(page)
        found: MultiDict[str, str] = MultiDict([(name, text) for name, texts in values.items() for text in texts])
        form = kind(formdata=found or None, data=dict(proposed))
    form.typing_version.data = str(draft.version(page))
    return form, elsewhere


def text(journey: Journey, *, entering: Any = None) -> Answer:
    """The whole letter, pasted or written. ``entering``: what reception does with files."""
    draft = journey.arrive("text")
    if isinstance(draft, Response):
        return draft
    form, elsewhere = opened(
        journey, draft, EnterForm if journey.staff else PasteForm, "text", {"received_on": today()}
    )
    told = entering(draft, form) if entering else None
    if request.method == "POST" and not elsewhere and told is None:
        if "keep" in request.form:
            return _kept(journey)
        if form.validate():
            drafts.read_text(draft, (form.text.data or "").replace("\r\n", "\n"))
            journey.store(draft)
            return journey.onward(draft, "text")
    form.text.data = form.text.data or ""
    return render_template(
        "content/question_letters/write_text.html",
        form=form,
        elsewhere="\n".join(elsewhere.get("text", [])),
        **journey.place(draft, "text"),
    )


def sender(journey: Journey) -> Answer:
    """What it is called, who sends it, how to reach them."""
    draft = journey.arrive("sender")
    if isinstance(draft, Response):
        return draft
    form, elsewhere = opened(journey, draft, SenderForm, "sender", _proposed(draft))
    form.of(staff=journey.staff)
    if request.method == "POST" and not elsewhere:
        if "keep" in request.form:
            return _kept(journey)
        draft.values["sender_told"] = form.validate()
        journey.store(draft)
        if draft.values["sender_told"]:
            return journey.onward(draft, "sender")
    labels = {name: label for name, label, _field in typed.fields(form)}
    differing = {name: texts for name, texts in elsewhere.items() if texts != request.form.getlist(name)}
    return render_template(
        "content/question_letters/write_sender.html",
        form=form,
        elsewhere="\n".join(f"{labels.get(name, name)}: {' '.join(texts)}" for name, texts in differing.items()),
        **journey.place(draft, "sender"),
    )


def confirm(journey: Journey) -> Answer:
    """A code goes to the address; who types it goes on, and so may who has none."""
    draft = journey.arrive("confirm")
    if isinstance(draft, Response):
        return draft
    form, address = CodeForm(), draft.one("sender", "mail").strip()
    sent = mail_codes.from_json(draft.values["mail"]) if draft.values["mail"] else None
    sent = sent if sent and sent.address == address else None
    if form.validate_on_submit():
        if "without" in request.form:
            draft.values["unconfirmed"] = address
            journey.store(draft)
            return journey.onward(draft, "confirm")
        if "send" in request.form:
            if (problem := _send(draft, address)) is None:
                journey.store(draft)
                flash(_("The code is on its way."), "success")
                return journey.go("confirm")
            form.refuse("code", problem)
        elif sent is not None and sent.fits(form.code.data or "", address, at=clock.now()):
            draft.values["confirmed"], draft.values["mail"] = address, None
            journey.store(draft)
            flash(_("The address is confirmed."), "success")
            return journey.onward(draft, "confirm")
        else:
            draft.values["mail"] = sent.tried().as_json() if sent else None
            journey.store(draft)
            form.refuse("code", WRONG)
    form.code.data = ""
    return render_template(
        "content/question_letters/write_confirm.html",
        form=form,
        address=address,
        sent=sent,
        confirmed=draft.values["confirmed"] == address,
        minutes=int(mail_codes.VALID.total_seconds() // 60),
        **journey.place(draft, "confirm"),
    )


def _send(draft: Draft, address: str) -> str | None:
    """Why no code goes out; None when one does."""
    try:
        code = send_code(g.session, address, language=current(), vault=vault(), at=clock.now())
    except TooMany:
        return N_("A code was sent a moment ago, or too many were sent. Please wait, and look into your mailbox.")
    draft.values["mail"] = code.as_json()
    return None


def _kept(journey: Journey) -> Response:
    flash(_("Kept as it is. You can go on at any time."), "success")
    return journey.go("later")


def _proposed(draft: Draft) -> dict[str, Any]:
    """What the letter itself says."""
    proposed: dict[str, Any] = {"language": current(), "sent_on": today().isoformat()}
    if draft.written:
        return proposed
    read = draft.read()
    of = {kind: [block.text for block in draft.blocks if block.kind is kind] for kind in BlockKind}
    return {
        **proposed,
        "title": " ".join(" ".join(of[BlockKind.TITLE]).split())[:200],
        "sent_on": (read.sent_on or today()).isoformat(),
        "name": next(iter(of[BlockKind.SENDER]), "").split("\n")[0][:200],
        "wished_on": read.wishes.day.isoformat() if read.wishes.day else "",
        "wishes": [str(wish) for wish in read.wishes.ways],
    }
