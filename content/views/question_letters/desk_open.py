"""Reception opens a letter: what must not be public is masked, with a look at what the public will read."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from content.forms.question_letters.desk import OpenForm
from content.models.letters import Letter
from content.operations.question_letters.look_at_letter import Sealed, look_at_letter, read_file
from content.operations.question_letters.register_letter import register_letter
from content.rules.question_letters.blocks import PUBLIC
from content.rules.question_letters.masking import masked, to_mask
from content.rules.question_letters.states import LETTERS, LetterAction, LetterState
from content.rules.question_letters.structure import structure
from content.views.question_letters.desk import find
from portal.core import clock
from portal.core.actor import Role
from portal.core.errors import Invalid
from portal.web.access import requires
from portal.web.building import office
from portal.web.downloads import download
from portal.web.language import _

Answer = str | Response


@requires(Role.RECEPTION, records_look=True)
def open_letter(key: str) -> Answer:
    """The letter as it came beside its parts as the public will read them."""
    one = find(key)
    if LetterAction.REGISTER not in LETTERS[LetterState(one.state)]:
        return redirect(url_for("content_staff.question_letter", key=key))
    sealed = look_at_letter(g.session, one, vault=office(), by=g.actor, at=clock.now())
    blocks = sealed.reading.blocks
    form = OpenForm()
    if request.method == "GET":
        form.title.data = sealed.reading.title
        form.words.data = "\n".join(_proposed(sealed))
        return _show(one, sealed, form, [block.text for block in blocks])
    texts = [_sent(f"block-{number}", block.text) for number, block in enumerate(blocks, 1)]
    if "mask" in request.form:
        words = (form.words.data or "").splitlines()
        form.title.data = masked(form.title.data or "", words)
        return _show(one, sealed, form, [masked(text, words) for text in texts])
    if "open" not in request.form or not form.validate():
        return _show(one, sealed, form, texts, preview=True)
    errors: dict[str, str] = {}
    try:
        with g.session.begin_nested():
            title = form.title.data or ""
            register_letter(g.session, one, blocks, texts, title=title, vault=office(), by=g.actor, at=clock.now())
    except Invalid as error:
        g.session.refresh(one)
        field = str(error.params.pop("field", "title"))
        told = _(error.message, **error.params)
        if field.startswith("block-"):
            errors[field] = told
        else:
            form.refuse("title", told)
        return _show(one, sealed, form, texts, errors=errors)
    flash(_("The letter is open: anybody can read it now."), "success")
    return redirect(url_for("content_staff.question_letter", key=key))


@requires(Role.RECEPTION, records_look=True)
def sender(key: str) -> str:
    """Who sent a letter and how to reach them, the letter as it came, its files; each look is recorded."""
    one = find(key)
    sealed = look_at_letter(g.session, one, vault=office(), by=g.actor, at=clock.now())
    return render_template("content/question_letters/desk/sender.html", letter=one, sealed=sealed)


@requires(Role.RECEPTION, records_look=True)
def file(key: str, file_id: str) -> Response:
    """A file that came with a letter."""
    found, data = read_file(g.session, find(key), file_id, vault=office(), by=g.actor, at=clock.now())
    return download(data, name=found.name, media_type=found.media_type)


def _proposed(sealed: Sealed) -> tuple[str, ...]:
    """What of the sender's own data, and what looks like an address of a person, stands in what would be public."""
    contact = dict(sealed.contact)
    if sealed.publish_name:
        contact.pop("name", None)
    texts = [block.text for block in sealed.reading.blocks if block.kind in PUBLIC]
    return to_mask(texts, contact.values())


def _sent(name: str, otherwise: str) -> str:
    """A text as it was sent, with the line ends that letters have."""
    found = request.form.get(name)
    return otherwise if found is None else found.replace("\r\n", "\n").replace("\r", "\n")


def _show(
    letter: Letter,
    sealed: Sealed,
    form: OpenForm,
    texts: list[str],
    *,
    preview: bool = False,
    errors: dict[str, str] | None = None,
) -> str:
    blocks = sealed.reading.blocks
    return render_template(
        "content/question_letters/desk/open.html",
        letter=letter,
        sealed=sealed,
        form=form,
        rows=[(number, block, text) for number, (block, text) in enumerate(zip(blocks, texts, strict=True), 1)],
        public=PUBLIC,
        preview=preview,
        errors=errors or {},
        questions=len(structure(blocks).questions),
    )
