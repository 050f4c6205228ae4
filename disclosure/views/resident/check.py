"""The answers on one page, and sending them: once, whatever the browser does."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, g, redirect, render_template, session, url_for
from werkzeug.wrappers import Response

from disclosure.forms.resident.questions import DELIVERIES, FORMATS, RECORDS, label
from disclosure.forms.resident.sending import SendForm
from disclosure.operations.application import Application
from disclosure.operations.filing import Upload
from disclosure.operations.submit import Submitted, submit
from disclosure.rules import identity
from disclosure.rules.kinds import Delivery, Format, RecordKind
from disclosure.views.resident import draft as drafts
from disclosure.views.resident import guide
from disclosure.views.resident.draft import Draft
from portal.core import clock
from portal.core.errors import N_, Invalid
from portal.core.files import CleanFile
from portal.core.wareki import parse_day
from portal.web.access import public
from portal.web.language import LANGUAGES, _, choose
from portal.web.throttle import Limit, throttled

# The page on which a value that the rules refuse can be mended.
PAGE_OF = {
    "name": "person", "kana": "person", "postal-code": "person", "address": "person", "birth-date": "person",
    "telephone": "contact", "email": "contact", "language": "contact", "details": "records", "files": "identity",
}  # fmt: skip


@public
@throttled(Limit("disclosure.submit", count=300, seconds=3600))
def check() -> Response | tuple[str, int] | str:
    """Show all answers; on POST file the request and go to its receipt."""
    form = SendForm()
    receipt = session.get(guide.RECEIPT)
    if form.is_submitted() and receipt and receipt["key"] == form.key.data:
        return redirect(url_for("disclosure.receipt"), 303)
    found = guide.arrive("check")
    if isinstance(found, Response):
        return found
    if form.validate_on_submit():
        if form.key.data != found.key or form.seen.data != found.fingerprint():
            flash(_("Your answers were changed in another window. Please check them once more."), "warning")
            return redirect(url_for("disclosure.check"), 303)
        return _file(found)
    form.key.data, form.seen.data = found.key, found.fingerprint()
    page = render_template("disclosure/check.html", form=form, groups=_groups(found), place=guide.place("check"))
    return (page, 422) if form.errors else page


def _file(found: Draft) -> Response:
    kaiji = current_app.extensions["kaiji"]
    try:
        with g.session.begin_nested():
            submitted = submit(
                g.session,
                _application(found),
                submission_key=found.key,
                access_code=found.access_code,
                vault=kaiji.vault,
                organisation=kaiji.settings.organisation,
                by=g.actor,
                at=clock.now(),
            )
    except Invalid as error:
        flash(_(error.message, **error.params) if error.params else _(error.message), "danger")
        return redirect(guide.address(PAGE_OF.get(str(error.params.get("field")), "check")), 303)
    _keep_receipt(found.key, submitted)
    found.discard()
    return redirect(url_for("disclosure.receipt"), 303)


def _keep_receipt(key: str, submitted: Submitted) -> None:
    case = submitted.case
    session[guide.RECEIPT] = {
        "key": key,
        "number": submitted.case_number,
        "code": submitted.access_code,
        "at": case.received_at.isoformat(),
        "law_day": case.law_day.isoformat(),
        "regime": case.regime,
        "mail": case.wants_mail,
    }


def _application(found: Draft) -> Application:
    records, person = found.answer("records"), found.answer("person")
    contact, delivery = found.answer("contact"), found.answer("delivery")
    return Application(
        name=person["name"],
        kana=person["kana"],
        address=person["address"],
        birth_date=parse_day(person["birth_date"]),
        records=RecordKind(records["records"]),
        delivery=Delivery(delivery["delivery"]),
        format=Format(delivery["format"]),
        postal_code=person["postal_code"],
        telephone=contact["telephone"],
        email=contact["email"],
        details=records["details"],
        language=contact["language"],
        wants_mail=bool(contact["email"]),
        files=tuple(_upload(file) for file in found.files),
    )


def _upload(file: drafts.KeptFile) -> Upload:
    data = drafts.web().kept_file(file.id)
    if data is None:
        raise Invalid(N_("A file of the draft is missing. Please add it again."), field="files")
    document = identity.DOCUMENTS[file.document].label_ja
    return Upload(f"{document} – {file.name}", CleanFile(file.media_type, data, file.pages, file.sha256))


def _groups(found: Draft) -> list[tuple[str, str, list[tuple[str, Any]]]]:
    """Heading, page to change it on, and the rows of each group of answers."""
    records, person = found.answer("records"), found.answer("person")
    contact, delivery = found.answer("contact"), found.answer("delivery")
    files = [choose(identity.DOCUMENTS[file.document], "label") + _(": ") + file.name for file in found.files]
    return [
        (
            _("Records"),
            "records",
            [
                (_("Whose records"), _("My own")),
                (_("Records"), label(RECORDS, records["records"])),
                (_("What helps us to find them"), records["details"]),
            ],
        ),
        (
            _("Person"),
            "person",
            [
                (_("Name"), person["name"]),
                (_("Reading of the name (furigana)"), person["kana"]),
                (_("Postal code"), person["postal_code"]),
                (_("Address"), person["address"]),
                (_("Date of birth"), parse_day(person["birth_date"])),
            ],
        ),
        (
            _("Contact"),
            "contact",
            [
                (_("Telephone"), contact["telephone"]),
                (_("E-mail"), contact["email"]),
                (_("Language of our mails"), LANGUAGES[contact["language"]]),
            ],
        ),
        (
            _("How you receive it"),
            "delivery",
            [
                (_("Way of receiving it"), label(DELIVERIES, delivery["delivery"])),
                (_("Form of the copy"), label(FORMATS, delivery["format"])),
            ],
        ),
        (_("Identity document"), "identity", [(_("Files"), "\n".join(files))]),
    ]
