"""A request on paper is entered at the desk: at the window, from the post or from the telefax."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.models.case import Case
from disclosure.operations.application import Application
from disclosure.operations.assign import note
from disclosure.operations.history import book
from disclosure.operations.look import What, look
from disclosure.operations.submit import Secrets, Submitted, submit
from disclosure.rules import agents, reception
from disclosure.rules.identity import DOCUMENTS
from disclosure.rules.kinds import Channel
from portal.core.actor import Actor
from portal.core.clock import day_in_japan
from portal.core.errors import N_, Invalid
from portal.core.settings import Organisation
from portal.core.vault import OfficeVault

WHO_WROTE = N_("Say who wrote for the requester.")
WHY_WROTE = N_("Say why somebody wrote for the requester.")


@dataclass(frozen=True)
class PaperRequest:
    """A request as it stands on paper, with what the desk adds.

    ``shown`` and ``proofs``: which kinds of document showed who asks, and which that they may, by code, never a number.
    ``proxy_name`` and ``proxy_reason``: who wrote for the requester (代筆) and why, both or neither.
    """

    application: Application
    shown: tuple[str, ...] = ()
    proxy_name: str = ""
    proxy_reason: str = ""
    proofs: tuple[str, ...] = ()


def receive(
    session: Session,
    request: PaperRequest,
    *,
    submission_key: str,
    secrets: Secrets,
    vault: OfficeVault,
    organisation: Organisation,
    by: Actor,
    at: datetime,
) -> Submitted:
    """File a request on paper once; its clock starts, and the law is that of, the day on which it arrived.

    Invalid with ``field`` for a value that cannot be taken; Forbidden without a role at the reception.
    """
    policy.check(by, policy.Right.FILE)
    application = request.application
    _check(request, at)
    submitted = submit(
        session,
        application,
        submission_key=submission_key,
        access_code=secrets.access_code,
        vault=vault,
        organisation=organisation,
        by=by,
        at=at,
        secrets=secrets,
    )
    if submitted.repeated:
        return submitted
    session.flush()
    if text := _note(request):
        note(session, submitted.case, text, vault=vault, by=by, at=at)
    book(
        session,
        submitted.case,
        "receive-on-paper",
        by=by,
        at=at,
        received_on=submitted.case.received_on.isoformat(),
        documents=",".join((*request.shown, *request.proofs)),
        by_proxy=bool(request.proxy_name),
    )
    return submitted


def show_same(session: Session, cases: Iterable[Case], *, by: Actor, at: datetime) -> list[str]:
    """Record that somebody learns of open cases of the same person; their numbers."""
    numbers = []
    for case in cases:
        look(session, case, What.CASE, by=by, at=at, page="reception")
        numbers.append(case.number)
    return numbers


def _check(request: PaperRequest, at: datetime) -> None:
    application, today = request.application, day_in_japan(at)
    if application.channel is Channel.WEB:
        raise Invalid(reception.NOT_ON_PAPER, field="channel")
    received_on = application.received_on or today
    if problem := reception.day_problem(received_on, today=today):
        message, params = problem
        raise Invalid(message, field="received-on", **params)
    for code in request.shown:
        if message_id := reception.document_problem(code, today):
            raise Invalid(message_id, field="shown")
    if any(code not in agents.PROOFS for code in request.proofs):
        raise Invalid(agents.UNFIT.message, field="proofs-shown")
    for upload in (*application.files, *(application.agent.proofs if application.agent else ())):
        if reception.names_a_back(upload.name):
            raise Invalid(reception.BACK_OF_A_CARD, field="scan")
    if request.proxy_reason.strip() and not request.proxy_name.strip():
        raise Invalid(WHO_WROTE, field="proxy-name")
    if request.proxy_name.strip() and not request.proxy_reason.strip():
        raise Invalid(WHY_WROTE, field="proxy-reason")


def _note(request: PaperRequest) -> str:
    """What the desk noted, in the language of the office's own papers."""
    lines = []
    if request.shown:
        lines.append("受付時に確認した書類：" + "、".join(DOCUMENTS[code].label_ja for code in request.shown))
    if request.proofs:
        lines.append(
            "受付時に確認した代理権の書類：" + "、".join(agents.PROOFS[code].label_ja for code in request.proofs)
        )
    if request.proxy_name:
        lines += ["代筆：" + request.proxy_name, "代筆の理由：" + request.proxy_reason]
    return "\n".join(lines)
