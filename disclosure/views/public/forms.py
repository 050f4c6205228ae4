"""The forms of the procedure: blank to print or to fill in on a screen, or filled in here. Nothing of it is stored."""

from __future__ import annotations

from flask import render_template
from werkzeug.wrappers import Response

from disclosure.forms.resident.questions import today
from disclosure.forms.resident.sheet import SheetForm, place_of, sheet_form
from disclosure.letters import form_sheet
from disclosure.rules import forms as rules
from disclosure.rules.forms import Filler, Sheet
from portal.core.errors import Invalid, NotFound
from portal.web.access import public
from portal.web.building import settings
from portal.web.downloads import download
from portal.web.language import _, _l
from portal.web.throttle import Limit, throttled

GROUPS = {
    Filler.RESIDENT: _l("For those who ask"),
    Filler.THIRD_PARTY: _l("For those whom we asked for their opinion"),
}


@public
def forms() -> str:
    """All forms that this organisation takes."""
    rows = rules.sheets(settings().organisation.profile, today())
    return render_template(
        "disclosure/forms.html",
        groups=[(title, [row for row in rows if row.form.by is by]) for by, title in GROUPS.items()],
    )


@public
def form_pdf(slug: str) -> Response:
    """One form without anything in it, with fields."""
    sheet = _sheet(slug)
    organisation = settings().organisation
    data = form_sheet.blank(sheet, day=today(), organisation=organisation, sample=settings().sample)
    return download(data, name=f"form-{slug}.pdf", media_type="application/pdf")


@public
@throttled(Limit("disclosure.form", count=300, seconds=3600))
def form(slug: str) -> Response | tuple[str, int] | str:
    """One form to fill in. What was written goes into the PDF that is sent back, and nowhere else."""
    sheet = _sheet(slug)
    form = sheet_form(sheet, today())
    if form.validate_on_submit():
        try:
            return printed(sheet, form.values())
        except Invalid as error:
            _refuse(form, error)
    page = render_template("disclosure/form.html", form=form, sheet=sheet)
    return (page, 422) if form.errors else page


def printed(sheet: Sheet, values: form_sheet.Values) -> Response:
    """A filled-in form as a download. Invalid names the field with a character that no font has."""
    organisation = settings().organisation
    data = form_sheet.filled(sheet, values, day=today(), organisation=organisation, sample=settings().sample)
    return download(data, name=f"form-{sheet.slug}-filled.pdf", media_type="application/pdf")


def _refuse(form: SheetForm, error: Invalid) -> None:
    params = dict(error.params)
    field = place_of(str(params.pop("field", "")))
    place = str(form[field].label.text) if field in form else _("Form")
    form.refuse(field if field in form else next(iter(form)).name, error.message, **{**params, "place": place})


def _sheet(slug: str) -> Sheet:
    found = rules.sheet(slug, settings().organisation.profile, today())
    if found is None:
        raise NotFound
    return found
