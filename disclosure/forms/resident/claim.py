"""A claim after a disclosure: which part, what it should say or what should stop, why, and what shows it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wtforms import HiddenField

from disclosure.forms.resident.questions import today
from disclosure.operations.claims import Wanted
from disclosure.operations.filing import Upload
from disclosure.rules import identity, reception
from disclosure.rules.claims import MEASURES, Measure
from disclosure.rules.grounds import Ground
from disclosure.rules.kinds import CaseKind
from portal.core.errors import N_
from portal.core.files import Slot
from portal.web.fields import CheckField, ChoiceField, ChoicesField, TextAreaField, TextField, UploadField
from portal.web.forms import Form
from portal.web.language import _, _l, choose

DOCUMENT = Slot("identity", max_pages=4)
EVIDENCE = Slot("evidence", max_pages=30)
OLD, NEW = "old", "new"
TEXTS = {
    CaseKind.CORRECTION: (
        _l("Which part is wrong, and what should it say?"),
        _l("For example: in the application form the reading of my name says A; it should say B."),
    ),
    CaseKind.SUSPENSION: (
        _l("Which record, and what should stop?"),
        _l("For example: do not use my face photo any longer for printed matter."),
    ),
}


class ClaimForm(Form):
    """``key`` files the claim once. Everything else of the requester is taken over from the request."""

    key = HiddenField()
    claim = TextAreaField("", longest=2000, rows=5, missing=_l("Say which part it is and what you want."))
    grounds = ChoicesField(_l("What is wrong with it?"), missing=_l("Choose what is wrong with it."))
    measure = ChoiceField(
        _l("What should we do?"), choices=[(one.value, text) for one, text in MEASURES.items()],
        missing=_l("Choose what we should do; it must fit what is wrong."),
    )  # fmt: skip
    reason = TextAreaField(
        _l("Why?"), longest=2000, rows=5, missing=_l("Give the reason."),
        hint=_l("What you know, and from where. Do not write your personal number here."),
    )  # fmt: skip
    evidence = UploadField(
        _l("What shows it"), slot=EVIDENCE, required=False,
        hint=_l("If you have something. JPEG, PNG, HEIC or PDF, at most 10 MB. Cover personal numbers first."),
    )  # fmt: skip
    postal_code = TextField(
        _l("New postal code"), longest=12, required=False, autocomplete="postal-code",
        hint=_l("Only if your address is no longer that of your request."),
    )  # fmt: skip
    address = TextField(_l("New address"), required=False, autocomplete="street-address")
    proof = ChoiceField(_l("How we see that it is you"), missing=_l("Choose how we see that it is you."))
    document = ChoiceField(_l("Which document?"), required=False)
    file = UploadField(
        _l("Picture of the document"), slot=DOCUMENT, required=False,
        hint=_l("JPEG, PNG, HEIC or PDF, at most 10 MB. Front side only, all four corners in the picture."),
    )  # fmt: skip
    declared = CheckField(
        _l("I am the person who made the request, and what I wrote is true."), required=True,
        missing=_l("Tick the box to declare that you are the person who made the request."),
    )  # fmt: skip

    def __init__(self, kind: CaseKind, grounds: Iterable[Ground], *args: Any, take_over: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.kind, self.takes_over = kind, take_over
        self.claim.label.text, self.claim.hint = TEXTS[kind]
        self.measure.choices = [(one.value, _(text)) for one, text in MEASURES.items()]
        self.grounds.choices = [(row.code, choose(row, "label")) for row in grounds]
        rows = identity.accepted(today())
        self.document.choices = [(row.code, choose(row, "label")) for row in rows]
        ways = [(NEW, _("I add a picture of an identity document."))]
        if take_over:
            ways.insert(0, (OLD, _("Use the document that I sent with my request; it is still valid.")))
        self.proof.choices = ways
        if not take_over:
            del self["proof"]
        if kind is CaseKind.CORRECTION:
            del self["grounds"]
            del self["measure"]

    @property
    def uses_old(self) -> bool:
        """Whether the document of the request is to be used once more."""
        return self.takes_over and self.proof.data == OLD

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: a document is there, of a kind that is named, and nobody sends the back of a card."""
        super().validate(extra_validators)
        if not self.uses_old and not ("proof" in self and self.proof.errors):
            if self.file.clean is None and not self.file.errors:
                self.refuse("file", N_("Add an identity document."))
            if not self.document.data and not self.document.errors:
                self.refuse("document", N_("Choose the kind of document."))
        for field in (self.file, self.evidence):
            if field.clean and reception.names_a_back(field.data.filename):
                self.refuse(field.name, reception.BACK_OF_A_CARD)
        return not self.errors

    def wanted(self) -> Wanted:
        """The claim. Only of a valid form."""
        identity_files: tuple[Upload, ...] = ()
        if not self.uses_old and self.file.clean is not None:
            label = identity.DOCUMENTS[self.document.data].label_ja
            identity_files = (Upload(f"{label} – {self.file.data.filename}", self.file.clean),)
        evidence = (Upload(self.evidence.data.filename, self.evidence.clean),) if self.evidence.clean else ()
        return Wanted(
            kind=self.kind,
            claim=self.claim.data or "",
            reason=self.reason.data or "",
            grounds=tuple(self.grounds.data or ()) if "grounds" in self else (),
            measure=Measure(self.measure.data) if "measure" in self else None,
            postal_code=self.postal_code.data or "",
            address=self.address.data or "",
            take_over=self.uses_old,
            identity=identity_files,
            evidence=evidence,
        )
