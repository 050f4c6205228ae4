"""The list of what is withheld, as a table and to print: for the review board."""

from __future__ import annotations

from flask import g
from werkzeug.wrappers import Response

from disclosure.letters.withheld_list import TITLE, list_pdf
from disclosure.models.case import Case
from disclosure.operations.look import What, look
from disclosure.policy import Right
from disclosure.queries.keys import case_key
from disclosure.queries.withheld_list import Withheld, withheld
from disclosure.views.staff.held import for_action, found, today
from portal.core import clock
from portal.web.building import office, settings
from portal.web.downloads import csv_file, download

COLUMNS = ("番号", "不開示とした部分", "記録の箇所", "該当条項", "根拠", "情報の性質等", "おそれ等")


def _rows(one: Case) -> list[Withheld]:
    look(g.session, one, What.CASE, by=g.actor, at=clock.now(), page="withheld")
    return withheld(g.session, one, key=case_key(office(), one))


@for_action(Right.READ, look=True)
def withheld_csv(number: str) -> Response:
    """The list as a table."""
    one = found(number)
    rows = (
        (position, row.part, "、".join(row.places), row.article, row.label, row.nature, row.harm)
        for position, row in enumerate(_rows(one), start=1)
    )
    return csv_file(f"{one.number}-{TITLE}.csv", COLUMNS, rows)


@for_action(Right.READ, look=True)
def withheld_pdf(number: str) -> Response:
    """The list to print."""
    one = found(number)
    made = list_pdf(
        _rows(one), case_number=one.number, day=today(), organisation=settings().organisation,
        sample=settings().sample,
    )  # fmt: skip
    return download(made, name=f"{one.number}-{TITLE}.pdf", media_type="application/pdf")
