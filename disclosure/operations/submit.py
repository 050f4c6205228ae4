"""A request reaches the office (到達)."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure import policy
from disclosure.models.case import Case, CaseField, CaseKeys
from disclosure.operations.application import Application, check, check_standing
from disclosure.operations.fees import charge_at_filing
from disclosure.operations.filing import seal_files
from disclosure.operations.history import book, tell
from disclosure.operations.notify import notify_resident
from disclosure.queries.names import birth_index, name_indexes
from disclosure.rules import deadlines, numbering
from disclosure.rules.claims import claim_law
from disclosure.rules.kinds import Channel, FileKind
from disclosure.rules.records import law_of
from disclosure.rules.regimes import Regime
from disclosure.rules.states import State
from portal.core import code_lock
from portal.core.actor import Actor, ActorKind
from portal.core.clock import day_in_japan
from portal.core.db import new_id
from portal.core.errors import N_, Forbidden, Invalid
from portal.core.sealed import seal_text
from portal.core.settings import Organisation
from portal.core.vault import CaseKey, PublicVault
from portal.letters.numbering import fiscal_year
from portal.letters.operations import numbers


@dataclass(frozen=True)
class Submitted:
    """The receipt. ``repeated`` means that this submission had been filed before; nothing was added then."""

    case: Case
    case_number: str
    access_code: str
    repeated: bool


@dataclass(frozen=True, repr=False)
class Secrets:
    """The id, the key and the access code of a case to come, with its wraps: slow to make, so made beforehand."""

    case_id: str
    key: CaseKey
    office_wrap: bytes
    access_code: str
    lock: code_lock.CodeLock


def make_secrets(vault: PublicVault, access_code: str) -> Secrets:
    """Fresh secrets under an access code. ValueError when the text cannot be one."""
    case_id = new_id()
    key, office_wrap = vault.new_case(case_id)
    return Secrets(case_id, key, office_wrap, access_code, code_lock.lock_with_code(key, case_id, access_code))


def make_many_secrets(vault: PublicVault, access_codes: Sequence[str]) -> list[Secrets]:
    """Fresh secrets for each code, in order. Two are made at a time: stretching a code holds no other thread up."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        return list(pool.map(lambda code: make_secrets(vault, code), access_codes))


def submit(
    session: Session,
    application: Application,
    *,
    submission_key: str,
    access_code: str,
    vault: PublicVault,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    secrets: Secrets | None = None,
) -> Submitted:
    """File a request once: the same ``submission_key`` gives the same case, however often it is sent.

    ``access_code`` is made beforehand (``new_access_code``) and held in the visitor's sealed session, so that
    a repeated submission can show the same receipt; only a hash of it is stored. ``secrets`` of the same code may be
    made beforehand too, where many requests are filed in one transaction. Raises Invalid with ``field`` for
    a value that cannot be taken; nothing is stored then.
    """
    _check_sender(application, by)
    check(application, today=day_in_japan(at))
    if not 16 <= len(submission_key) <= 64:
        raise Invalid(N_("The form is damaged. Start again."))
    received_on = application.received_on or day_in_japan(at)
    # Holding the series first makes simultaneous submissions queue up, so that the second one sees the first.
    numbers.hold(session, numbers.RECEIPTS, fiscal_year(received_on))
    known = session.scalar(select(Case).where(Case.submission_key == submission_key))
    if known is not None:
        return Submitted(known, known.number, access_code if _fits(known, access_code) else "", repeated=True)
    secrets = secrets or make_secrets(vault, access_code)
    case = _case(session, application, submission_key, organisation, received_on, at, secrets.case_id)
    key, lock = secrets.key, secrets.lock
    case.name_index = name_indexes(vault, application.name).name
    case.kana_index = name_indexes(vault, application.kana).kana if application.kana else None
    if application.birth_date is not None:
        case.birth_index = birth_index(vault, application.birth_date)
    session.add(case)
    session.flush()
    session.add(
        CaseKeys(
            case_id=case.id,
            office_wrap=secrets.office_wrap,
            code_salt=lock.salt,
            code_verifier=lock.verifier,
            code_wrap=lock.wrap,
        )
    )
    table = CaseField.__tablename__
    for field, text in application.texts().items():
        if text:
            row = new_id()
            sealed = seal_text(key, table, field.value, row, text)
            session.add(CaseField(id=row, case_id=case.id, name=field, sealed=sealed))
    if application.files:
        seal_files(session, case, key, application.files, FileKind.IDENTITY, by=by, at=at)
    if application.agent is not None and application.agent.proofs:
        seal_files(session, case, key, application.agent.proofs, FileKind.AGENCY, by=by, at=at)
    notify_resident(session, case, "received", at=at)
    tell(session, case, "received", by=by, at=at, channel=case.channel.value, received_on=received_on.isoformat())
    if application.claimed is None:  # no fee is asked for a claim
        charge_at_filing(session, case, items=application.items, by=by, at=at)
    elif application.claimed.evidence:
        seal_files(session, case, key, application.claimed.evidence, FileKind.EVIDENCE, by=by, at=at)
    book(
        session,
        case,
        "submit",
        by=by,
        at=at,
        channel=case.channel.value,
        files=len(application.files),
        requester=case.requester.value,
    )
    return Submitted(case, case.number, access_code, repeated=False)


def _case(
    session: Session,
    application: Application,
    key: str,
    organisation: Organisation,
    received_on: date,
    at: datetime,
    case_id: str,
) -> Case:
    claimed = application.claimed
    if claimed is not None:
        law: Regime | None = claim_law(claimed.kind, claimed.regime, received_on)
    else:
        law = law_of(application.records, organisation.profile, received_on)
    if law is None:
        raise Invalid(N_("We do not hold this record. Look up where to ask for it."), field="records")
    check_standing(application, law.code, received_on)
    due = deadlines.compute(law.decision_clock, received_on, law_day=received_on)
    fiscal = fiscal_year(received_on)
    sequence = numbers.take(session, numbers.RECEIPTS, fiscal)
    return Case(
        id=case_id,
        number=numbering.receipt_number(organisation.receipt_mark, fiscal, sequence),
        submission_key=key,
        kind=law.kind,
        origin_id=claimed.origin_id if claimed is not None else None,
        regime=law.code,
        law_day=received_on,
        state=State.RECEIVED,
        received_on=received_on,
        received_at=at,
        channel=application.channel,
        language=application.language,
        requester=application.requester,
        protected=application.protected,
        records=application.records,
        delivery=application.delivery,
        format=application.format,
        wants_mail=application.wants_mail and bool(application.email),
        due_on=due.due_on,
        target_on=due.target_on,
        next_due_on=due.due_on,
    )


def _check_sender(application: Application, by: Actor) -> None:
    """Anybody files over the web; on paper it is the desk that enters a request."""
    staff = by.kind in (ActorKind.STAFF, ActorKind.SYSTEM)
    if staff:
        policy.check(by, policy.Right.FILE)
    elif application.channel is not Channel.WEB or application.received_on is not None:
        raise Forbidden


def _fits(case: Case, access_code: str) -> bool:
    return code_lock.open_with_code(case.id, code_lock.lock_of(case.keys), access_code) is not None
