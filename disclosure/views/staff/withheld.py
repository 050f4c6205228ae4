"""The list of what is withheld, as a table and to print: for the review board."""

from __future__ import annotations

import csv
import io

from flask import g
from werkzeug.wrappers import Response

from disclosure.letters.withheld_list import TITLE, list_pdf
from disclosure.models.case import Case
from disclosure.operations.look import What, look
from disclosure.policy import Right
from disclosure.queries.keys import case_key
from disclosure.queries.withheld_list import Withheld, withheld
from disclosure.views.staff.held import for_action, found, office, settings, today
from portal.core import clock
from portal.web.downloads import download

COLUMNS = ("番号", "不開示とした部分", "記録の箇所", "該当条項", "根拠", "情報の性質等", "おそれ等")
# A spreadsheet takes what begins so for a formula.
ACTIVE = ("=", "+", "-", "@", "\t", "\r")


def _rows(one: Case) -> list[Withheld]:
    look(g.session, one, What.CASE, by=g.actor, at=clock.now(), page="withheld")
    return withheld(g.session, one, key=case_key(office(), one))


@for_action(Right.READ, look=True)
def withheld_csv(number: str) -> Response:
    """The list as a table (UTF-8 with a byte order mark, as spreadsheets want it)."""
    one = found(number)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for position, row in enumerate(_rows(one), start=1):
        places = "、".join(row.places)
        writer.writerow(_plain(cell) for cell in (
            str(position), row.part, places, row.article, row.label, row.nature, row.harm,
        ))  # fmt: skip
    return download(text.getvalue().encode("utf-8-sig"), name=f"{one.number}-{TITLE}.csv", media_type="text/csv")


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(ACTIVE) else cell


@for_action(Right.READ, look=True)
def withheld_pdf(number: str) -> Response:
    """The list to print."""
    one = found(number)
    made = list_pdf(
        _rows(one), case_number=one.number, day=today(), organisation=settings().organisation,
        sample=settings().sample,
    )  # fmt: skip
    return download(made, name=f"{one.number}-{TITLE}.pdf", media_type="application/pdf")
