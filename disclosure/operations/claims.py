"""A claim reaches the office (訂正請求・利用停止請求): filed by the requester of a case that disclosed, or on paper."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.models.case import Case
from disclosure.models.claim import ClaimRow, Proof
from disclosure.operations.application import Agent, Application, Claimed
from disclosure.operations.filing import Upload
from disclosure.operations.history import book, tell
from disclosure.operations.look import What, look
from disclosure.operations.reception import PaperRequest, receive
from disclosure.operations.submit import Secrets, Submitted, submit
from disclosure.queries.claims import claimable, disclosed_on, may_take_over
from disclosure.queries.keys import case_files, fields, file_data, file_name
from disclosure.rules.claims import Measure, alleged, claim, claim_law, window
from disclosure.rules.kinds import CaseKind, Channel, Field, FileKind, Requester
from portal.core.actor import Actor
from portal.core.clock import day_in_japan
from portal.core.errors import N_, Conflict, Invalid
from portal.core.files import CleanFile
from portal.core.settings import Organisation
from portal.core.vault import CaseKey, OfficeVault, PublicVault

NOT_NOW = N_("This claim cannot be made about this request.")


@dataclass(frozen=True)
class Wanted:
    """What a claimant says. ``address`` is empty where it is as in the request; ``take_over``: so are the documents.

    ``grounds`` are codes of ``rules.claims.alleged``; ``measure`` belongs to a suspension.
    """

    kind: CaseKind
    claim: str
    reason: str
    grounds: tuple[str, ...] = ()
    measure: Measure | None = None
    postal_code: str = ""
    address: str = ""
    take_over: bool = False
    identity: tuple[Upload, ...] = ()
    evidence: tuple[Upload, ...] = ()


def file_claim(
    session: Session,
    origin: Case,
    wanted: Wanted,
    *,
    key: CaseKey,
    submission_key: str,
    access_code: str,
    vault: PublicVault,
    organisation: Organisation,
    by: Actor,
    at: datetime,
) -> Submitted:
    """File a claim about what ``origin`` disclosed, once; ``key`` opens ``origin``.

    It becomes a case of its own with its own key, number and access code, so that either can be erased alone. Conflict
    when nothing was disclosed or the law knows no such claim; Invalid with ``field`` for a value that cannot be taken.
    """
    policy.check(by, policy.Right.READ, origin)
    today = day_in_japan(at)
    _insist(origin, wanted.kind, today)
    _check(wanted, origin.regime, today)
    identity = wanted.identity
    if wanted.take_over:
        if not may_take_over(session, origin, today):
            raise Invalid(N_("The document of your request can no longer be used. Add one."), field="identity")
        identity = _documents(session, origin, key)
    if not identity:
        raise Invalid(N_("Add an identity document."), field="identity")
    application = _application(session, origin, replace(wanted, identity=identity), key, today)
    submitted = submit(
        session,
        application,
        submission_key=submission_key,
        access_code=access_code,
        vault=vault,
        organisation=organisation,
        by=by,
        at=at,
    )
    if not submitted.repeated:
        _keep(session, submitted.case, wanted, disclosed_on(session, origin), by=by, at=at)
        _tell_origin(session, origin, submitted.case, by=by, at=at)
    return submitted


def receive_claim(
    session: Session,
    wanted: Wanted,
    request: PaperRequest,
    *,
    origin: Case | None,
    submission_key: str,
    secrets: Secrets,
    vault: OfficeVault,
    organisation: Organisation,
    by: Actor,
    at: datetime,
) -> Submitted:
    """Enter a claim on paper; its ``request`` says who makes it, ``origin`` is the case that disclosed, if known.

    Without one it is taken all the same: whether there was a disclosure is a matter of form.
    """
    policy.check(by, policy.Right.FILE)
    claimed = request.application.claimed
    if claimed is None:
        raise ValueError("A claim on paper says what it is about.")
    received_on = request.application.received_on or day_in_japan(at)
    if origin is not None:
        _insist(origin, wanted.kind, received_on)
        look(session, origin, What.CASE, by=by, at=at, page="claim")
    _check(wanted, claimed.regime, received_on)
    submitted = receive(
        session,
        request,
        submission_key=submission_key,
        secrets=secrets,
        vault=vault,
        organisation=organisation,
        by=by,
        at=at,
    )
    if not submitted.repeated:
        _keep(session, submitted.case, wanted, disclosed_on(session, origin) if origin else None, by=by, at=at)
        if origin is not None:
            _tell_origin(session, origin, submitted.case, by=by, at=at)
    return submitted


def _insist(origin: Case, kind: CaseKind, day: date) -> None:
    if kind not in {row.kind for row in claimable(origin, day)}:
        raise Conflict(NOT_NOW)


def _check(wanted: Wanted, regime: str, day: date) -> None:
    row = claim(wanted.kind, regime, day)
    if row is None:
        raise Conflict(NOT_NOW)
    if not wanted.claim.strip():
        raise Invalid(N_("Say which part it is and what you want."), field="claim")
    if not wanted.reason.strip():
        raise Invalid(N_("Give the reason."), field="reason")
    known = {ground.code: ground for ground in alleged(claim_law(wanted.kind, regime, day), day)}
    if unknown := set(wanted.grounds) - known.keys():
        raise Invalid(N_("Please choose one."), field="grounds", code=min(unknown))
    if wanted.kind is CaseKind.SUSPENSION:
        if not wanted.grounds:
            raise Invalid(N_("Choose what is wrong with it."), field="grounds")
        if wanted.measure is None or not any(wanted.measure in known[code].measures for code in wanted.grounds):
            raise Invalid(N_("Choose what we should do; it must fit what is wrong."), field="measure")
    elif wanted.measure is not None:
        raise Invalid(N_("Please choose one."), field="measure")


def _application(session: Session, origin: Case, wanted: Wanted, key: CaseKey, today: date) -> Application:
    """The claim in the name of whoever made the request, every value opened with the origin's key."""
    values = fields(key, origin)

    def of(name: Field) -> str:
        return values.get(name, "")

    agent = None
    if origin.requester is not Requester.PERSON:
        agent = Agent(
            requester=origin.requester,
            capacity=of(Field.AGENT_CAPACITY),
            name=of(Field.AGENT_NAME),
            kana=of(Field.AGENT_KANA),
            address=of(Field.AGENT_ADDRESS),
            postal_code=of(Field.AGENT_POSTAL_CODE),
            telephone=of(Field.AGENT_TELEPHONE),
        )
    day = disclosed_on(session, origin)
    return Application(
        name=of(Field.NAME),
        kana=of(Field.KANA),
        address=wanted.address.strip() or of(Field.ADDRESS),
        birth_date=date.fromisoformat(of(Field.BIRTH_DATE)),
        records=origin.records,
        delivery=origin.delivery,
        format=origin.format,
        postal_code=wanted.postal_code.strip() if wanted.address.strip() else of(Field.POSTAL_CODE),
        telephone=of(Field.TELEPHONE),
        email=of(Field.EMAIL),
        details=of(Field.DETAILS),
        language=origin.language,
        wants_mail=origin.wants_mail,
        files=wanted.identity,
        channel=Channel.WEB,
        agent=agent,
        protected=origin.protected,
        claimed=Claimed(
            kind=wanted.kind,
            regime=origin.regime,
            claim=wanted.claim,
            reason=wanted.reason,
            disclosed=f"{origin.number} {day.isoformat() if day else ''}".strip(),
            origin_id=origin.id,
            evidence=wanted.evidence,
        ),
    )


def _documents(session: Session, origin: Case, key: CaseKey) -> tuple[Upload, ...]:
    """The identity documents of the request, to be sealed anew under the claim's key."""
    return tuple(
        Upload(file_name(key, row), CleanFile(row.media_type, file_data(key, row), row.pages, row.sha256))
        for row in case_files(session, origin, FileKind.IDENTITY)
    )


def _keep(session: Session, case: Case, wanted: Wanted, day: date | None, *, by: Actor, at: datetime) -> None:
    row = claim(case.kind, case.regime, case.law_day)
    found = window(row, day, case.received_on, case.law_day) if row is not None else None
    session.add(
        ClaimRow(
            case_id=case.id,
            disclosed_on=day,
            window_on=found.due.binding_on if found is not None and found.due is not None else None,
            late=found is not None and found.late,
            grounds=list(wanted.grounds),
            measure=wanted.measure,
            proof=Proof.TAKEN_OVER if wanted.take_over else Proof.ANEW,
        )
    )
    session.flush()
    book(session, case, "claim", by=by, at=at, kind=case.kind.value, late=found is not None and found.late)


def _tell_origin(session: Session, origin: Case, case: Case, *, by: Actor, at: datetime) -> None:
    tell(session, origin, "claim-filed", by=by, at=at, number=case.number)
    book(session, origin, "claim-about", by=by, at=at, claim=case.number)
