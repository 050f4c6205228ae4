"""What moves an appeal by letter: F24 to the board with F25 to those concerned, the ruling, and what follows from it.

After a ruling that grants something the organisation decides anew, in a case of its own (``decide_anew``). The first
decision and its letter stay as they were issued: the table of states knows no way back behind a notified decision.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from disclosure.letters import appeal_letter
from disclosure.letters.appeal_letter import Consulted, Matter
from disclosure.letters.frame import addressee_fields
from disclosure.models.appeal import Appeal
from disclosure.models.case import Case
from disclosure.models.event import Audience
from disclosure.models.letter import Letter
from disclosure.operations import notices
from disclosure.operations.appeals import MISSING, note_step
from disclosure.operations.history import tell
from disclosure.operations.notices import Following, Making, NoticeKind
from disclosure.policy import Right
from disclosure.queries import appeals as queries
from disclosure.queries.anew import anew_of
from disclosure.queries.notices import notices as drafted
from disclosure.rules.appeals import (
    AppealAction,
    AppealState,
    Result,
    after,
    board,
    exception,
    results,
    route,
)
from disclosure.rules.kinds import Field
from portal.core.errors import N_, Conflict, Invalid
from portal.letters.engine import Context

CONSULTATION, TOLD, TOLD_OTHERS, RULING, ANEW = "f24", "f25", "f25p", "ruling", "anew"
RULING_TEXTS = ("order", "outline", "positions", "why")
ANEW_TEXTS = ("decision", "how")


def _needs(text: Mapping[str, Any], fields: Sequence[str]) -> None:
    for field in fields:
        if not str(text.get(field, "")).strip():
            raise Invalid(MISSING, field=field)


# -- what the letters say ----------------------------------------------------------------------------------------------


def _matter(making: Making, row: Appeal) -> Matter:
    said = queries.said(making.key, row)
    letter = making.session.get(Letter, row.letter_id) if row.letter_id else None
    return Matter(
        route=route(making.case.regime, making.case.law_day),
        against=row.against,
        filed_on=row.filed_on,
        appellant=said["name"],
        purport=said["purport"],
        reason=said["reason"],
        letter_number=letter.number if letter else "",
        letter_on=letter.issued_on if letter else None,
    )


def _appeal(making: Making) -> Appeal:
    return queries.appeal(making.session, making.case, making.said["appeal"])


def _addressed(making: Making, row: Appeal) -> Mapping[Field, str]:
    """The appellant is addressed as they said in the appeal."""
    said = queries.said(making.key, row)
    typed = (said["name"], said["postal_code"], said["address"])
    return {**making.fields, **dict(zip(addressee_fields(making.fields), typed, strict=True))}


def _consultation(making: Making) -> Context:
    row, case = _appeal(making), making.case
    rule = route(case.regime, case.law_day)
    people = queries.participants(making.session, making.key, row)
    return appeal_letter.consultation(
        case, _matter(making, row), making.fields, making.paper,
        board=board(rule.board, case.law_day),
        view=making.said["view"],
        participants=[person.name for person in people],
        attachments=making.said["attachments"],
        address=making.said,
    )  # fmt: skip


def _told(making: Making) -> Context:
    row, case = _appeal(making), making.case
    rule = route(case.regime, case.law_day)
    issued = [
        one
        for one in drafted(making.session, case, CONSULTATION, row.id)
        if one.letter_id is not None and one.issued_on is not None
    ]
    if not issued and not making.paper.draft:
        raise Conflict(N_("Issue the letter to the board first; this one tells of it."))
    number = making.session.get_one(Letter, issued[-1].letter_id).number if issued else making.paper.number
    told = Consulted(board(rule.board, case.law_day), row.consulted_on or making.paper.issued_on, number)
    return appeal_letter.consulted(
        case, _matter(making, row), _addressed(making, row), making.paper, told, person=making.said.get("person")
    )


def _ruling(making: Making) -> Context:
    row, case, result = _appeal(making), making.case, Result(making.said["result"])
    report = (row.report_number, row.reported_on) if row.reported_on is not None else None
    unasked = exception(result, case.law_day, opposed=queries.opposed(making.session, row))
    has_board = bool(route(case.regime, case.law_day).board)
    return appeal_letter.ruling(
        case, _matter(making, row), _addressed(making, row), making.paper,
        result=result,
        text=making.said,
        report=report,
        exception=unasked.article_ja if unasked and has_board and report is None else "",
    )  # fmt: skip


def _anew(making: Making) -> Context:
    row = _appeal(making)
    if row.ruling_id is None or row.result is None or row.ended_on is None:
        raise Conflict(NOTHING_ASKED)
    return appeal_letter.anew(
        making.case, _matter(making, row), _addressed(making, row), making.paper,
        result=row.result,
        ruling_number=making.session.get_one(Letter, row.ruling_id).number,
        ruling_on=row.ended_on,
        text=making.said,
    )  # fmt: skip


# -- what the law and the appeal forbid --------------------------------------------------------------------------------

NOTHING_ASKED = N_("No ruling asks for a new decision, or it was made already.")


def _check_consultation(session: Session, case: Case, said: Mapping[str, Any], _day: date) -> None:
    row = queries.appeal(session, case, said["appeal"])
    after(row.state, AppealAction.CONSULT, route(case.regime, case.law_day).way)
    _needs(said, ("address", "view", "attachments"))


def _check_told(session: Session, case: Case, said: Mapping[str, Any], _day: date) -> None:
    row = queries.appeal(session, case, said["appeal"])
    if row.state not in (AppealState.ACCEPTED, AppealState.CONSULTED, AppealState.REPORTED):
        raise Conflict(N_("The board is not at work on this appeal."))


def _check_ruling(session: Session, case: Case, said: Mapping[str, Any], _day: date) -> None:
    row = queries.appeal(session, case, said["appeal"])
    way = route(case.regime, case.law_day).way
    after(row.state, AppealAction.RULE, way)
    allowed = results(row.state, way, case.law_day, opposed=queries.opposed(session, row))
    if said.get("result") not in {result.value for result in allowed}:
        raise Invalid(N_("This ruling is not possible now: the board has to be asked first."), field="result")
    _needs(said, RULING_TEXTS)


def _check_anew(session: Session, case: Case, said: Mapping[str, Any], day: date) -> None:
    row = queries.appeal(session, case, said["appeal"])
    if not queries.standing(session, case, row, today=day).decides_anew or anew_of(session, row) is not None:
        raise Conflict(NOTHING_ASKED)
    _needs(said, ANEW_TEXTS)


# -- what follows ------------------------------------------------------------------------------------------------------


def _step(following: Following, row: Appeal, code: str, note: str, *, inside: bool = False) -> None:
    note_step(
        following.session, row, code, note, key=following.key, by=following.by, at=following.at, inside=inside
    )  # fmt: skip


def _tell(following: Following, code: str) -> None:
    tell(following.session, following.case, code, by=following.by, at=following.at, audience=Audience.RESIDENT)


def _after_consultation(following: Following) -> None:
    session, case = following.session, following.case
    row = queries.appeal(session, case, following.said["appeal"])
    row.state = after(row.state, AppealAction.CONSULT, route(case.regime, case.law_day).way)
    row.consulted_on = following.letter.issued_on
    session.flush()
    _step(following, row, "consulted", following.letter.number)
    _tell(following, "appeal-consulted")


def _after_told(following: Following) -> None:
    row = queries.appeal(following.session, following.case, following.said["appeal"])
    others = following.notice.kind == TOLD_OTHERS
    _step(following, row, "others-told" if others else "told", following.letter.number, inside=others)


def _after_ruling(following: Following) -> None:
    session, case = following.session, following.case
    row = queries.appeal(session, case, following.said["appeal"])
    row.state = after(row.state, AppealAction.RULE, route(case.regime, case.law_day).way)
    row.result, row.ruling_id = Result(following.said["result"]), following.letter.id
    row.ended_on, row.next_day = following.letter.issued_on, None
    session.flush()
    _step(following, row, "ruled", str(following.said["order"]))
    _tell(following, "appeal-ruled")


def _after_anew(following: Following) -> None:
    row = queries.appeal(following.session, following.case, following.said["appeal"])
    row.anew_on = following.letter.issued_on
    following.session.flush()
    _step(following, row, "decided-anew", following.letter.number)
    _tell(following, "decided-anew")


notices.register(
    NoticeKind(
        CONSULTATION,
        Right.HANDLE_APPEAL,
        Right.RULE_APPEAL,
        _consultation,
        _check_consultation,
        _after_consultation,
        to_requester=False,
        together=(TOLD, TOLD_OTHERS),
    )
)
notices.register(NoticeKind(TOLD, Right.HANDLE_APPEAL, Right.RULE_APPEAL, _told, _check_told, _after_told))
notices.register(
    NoticeKind(TOLD_OTHERS, Right.HANDLE_APPEAL, Right.RULE_APPEAL, _told, _check_told, _after_told, to_requester=False)
)
notices.register(NoticeKind(RULING, Right.HANDLE_APPEAL, Right.RULE_APPEAL, _ruling, _check_ruling, _after_ruling))
# Drafts of this letter were written before what a ruling asks for became a case of its own; they can still go out.
notices.register(NoticeKind(ANEW, Right.HANDLE_APPEAL, Right.RULE_APPEAL, _anew, _check_anew, _after_anew))
