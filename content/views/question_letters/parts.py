"""The parts of a letter beside the letter: look at them, correct them, or write them one by one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, render_template, request
from werkzeug.wrappers import Response

from content.forms.question_letters import parts as forms
from content.forms.question_letters.parts import Changed
from content.operations.question_letters import drafts
from content.operations.question_letters.drafts import Draft
from content.rules.question_letters.blocks import DOUBTS
from content.rules.question_letters.structure import structure
from content.views.question_letters.journey import Journey
from portal.core import detectors
from portal.core.errors import Conflict
from portal.web.forms import Form
from portal.web.language import _

Answer = Response | str
# What the editor's template says (content/question_letters/parts_editor.html).
WORDS: dict[str, Any] = {"part_kinds": forms.KINDS, "doubt_words": DOUBTS, "added": forms.ADDED}


def parts(journey: Journey) -> Answer:
    """The editor of a letter's parts."""
    draft = journey.arrive("parts")
    if isinstance(draft, Response):
        return draft
    form, changed = Form(), Changed(draft.blocks)
    apart = ""
    if request.method == "POST" and form.validate():
        if request.form.get("typing_version", "") != str(draft.parts_version):
            apart = _unkept(draft)
        else:
            changed = _change(draft, request.form)
            draft.values["parts_seen"] = "go" in request.form or draft.values.get("parts_seen", False)
            journey.store(draft)
            if not changed.errors:
                return _next(journey, draft, changed)
    read = draft.read()
    lines, doubts = ((), ()) if draft.written else (read.lines, read.doubts)
    return render_template(
        "content/question_letters/write_parts.html",
        form=form,
        rows=forms.rows(
            draft.blocks, text="" if draft.written else draft.text, lines=lines, doubts=doubts, errors=changed.errors
        ),
        whole=[doubt for doubt in doubts if doubt.line == 0],
        questions=len(structure(draft.blocks).questions),
        elsewhere=apart,
        **WORDS,
        **journey.place(draft, "parts"),
    )


def _change(draft: Draft, sent: Mapping[str, str]) -> Changed:
    changed = forms.taken(draft.blocks, sent, written=draft.written)
    if (action := sent.get("do", "")) and not changed.errors:
        try:
            changed = forms.acted(changed, action, sent, text=draft.text, written=draft.written)
        except Conflict as error:
            flash(_(error.message), "warning")
    drafts.set_blocks(draft, changed.blocks)
    return changed


def _next(journey: Journey, draft: Draft, changed: Changed) -> Response:
    if "keep" in request.form:
        return journey.go("later")
    if "go" not in request.form:
        return journey.go("parts", _anchor=f"part-{changed.at + 1}" if changed.at is not None else None)
    if not any(question.text.strip() for question in structure(draft.blocks).questions):
        flash(_("No question was found in the letter. Mark at least one."), "warning")
        return journey.go("parts")
    return journey.onward(draft, "parts")


def _unkept(draft: Draft) -> str:
    """The texts of a form that stand nowhere in the letter as it was changed elsewhere meanwhile."""
    known = {block.text for block in draft.blocks}
    texts = [text.replace("\r\n", "\n") for name, text in request.form.items() if name.startswith("text-")]
    return "\n\n".join(text for text in texts if text.strip() and text not in known)


def keep_parts(draft: Draft, sent: Mapping[str, str]) -> drafts.Kept:
    """Keep the fields of the parts as they are typed; a text with a personal number stays as it was."""
    if sent.get("typing_version", "") != str(draft.parts_version):
        return drafts.Kept(draft.parts_version, apart=True)
    refused = tuple(
        name for name, text in sent.items() if name.startswith("text-") and detectors.scan(text).verdict == "block"
    )
    clean: dict[str, Any] = {name: text for name, text in sent.items() if name not in refused}
    drafts.set_blocks(draft, forms.taken(draft.blocks, clean, written=draft.written).blocks)
    numbers = tuple(_("Part %(n)s", n=int(name.removeprefix("text-")) + 1) for name in refused if name[5:].isdigit())
    return drafts.Kept(draft.parts_version, numbers)
