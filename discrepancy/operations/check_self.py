"""The inquirer looks in its own house, and whether a wide outage is published (X1, X9-X11)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.models.incidents import Incident
from content.operations.public_change import public_changed, record_key
from content.rules.owners import Owner
from discrepancy.models.cases import Discrepancy
from discrepancy.operations.steps import take_step, write_down
from discrepancy.queries.access import parties
from discrepancy.queries.public_counts import closed_cases
from discrepancy.rules.checking import OUTAGE, SELF, Check, unchecked
from discrepancy.rules.states import CaseAction, CaseState, Party
from portal.core.actor import SYSTEM, Actor
from portal.core.clock import day_in_japan
from portal.core.errors import N_, Conflict, Forbidden, Invalid
from portal.core.vault import OfficeVault

LOOK_FIRST = N_("Look at each of these places first.")
NO_OUTAGE = N_("There is no such published outage.")
CHECKED = "checked"
OVER = frozenset({"recovered", "closed"})


def check_self(
    session: Session,
    case: Discrepancy,
    found: Mapping[Check, bool],
    *,
    vault: OfficeVault,
    by: Actor,
    at: datetime,
    note: str = "",
) -> None:
    """Begin to check, or add to it: ``found`` says of each item that was looked at whether the fault was there.

    Conflict, Forbidden.
    """
    if case.state == CaseState.DOUBT:
        take_step(session, case, CaseAction.CHECK_SELF, vault=vault, by=by, at=at, note=note)
    elif case.state != CaseState.SELF_CHECK:
        raise Conflict(N_("The case is no longer in a state in which this can be done."))
    elif Party.INQUIRER not in parties(session, case, by):
        raise Forbidden
    else:
        write_down(session, case, CHECKED, vault=vault, by=by, at=at, note=note)
    case.checked = {**case.checked, **{str(item): fault for item, fault in found.items()}}


def look_for_outage(
    session: Session, case: Discrepancy, looked: frozenset[Check], *, vault: OfficeVault, by: Actor, at: datetime
) -> None:
    """Nothing was delivered: write down where was looked for a wide outage."""
    take_step(session, case, CaseAction.LOOK_FOR_OUTAGE, vault=vault, by=by, at=at)
    case.checked = {**case.checked, **{str(item): False for item in looked & set(OUTAGE)}}


def find_local_error(
    session: Session, case: Discrepancy, *, vault: OfficeVault, by: Actor, at: datetime, note: str = ""
) -> None:
    """No wide outage is published; every place was looked at. Invalid(``looked``)."""
    if case.state == CaseState.OUTAGE_CHECK and unchecked(OUTAGE, case.checked):
        raise Invalid(LOOK_FIRST, field="looked")
    take_step(session, case, CaseAction.FIND_LOCAL_ERROR, vault=vault, by=by, at=at, note=note)
    case.incident_key = None


def find_wide_outage(
    session: Session, case: Discrepancy, incident_key: str, *, vault: OfficeVault, by: Actor, at: datetime
) -> None:
    """The case belongs to a published outage: the bodies wait for the operator's word. Invalid(``incident``)."""
    incident = session.get(Incident, incident_key)
    if incident is None or incident.withdrawn or incident.exercise:
        raise Invalid(NO_OUTAGE, field="incident")
    detail = {"incident": incident_key}
    take_step(session, case, CaseAction.FIND_WIDE_OUTAGE, vault=vault, by=by, at=at, detail=detail)
    case.incident_key = incident_key
    if incident.state in OVER:
        before = _told(session, incident_key, at)
        take_step(session, case, CaseAction.END_OUTAGE, vault=vault, by=SYSTEM, at=at, detail=detail)
        _tell_public(session, incident_key, before, at=at)


def end_outage(session: Session, incident_key: str, *, vault: OfficeVault, at: datetime, by: Actor = SYSTEM) -> int:
    """Close without report the cases that wait for the end of an outage, once it is published; returns how many."""
    incident = session.get(Incident, incident_key)
    if incident is None or incident.state not in OVER:
        return 0
    waiting = select(Discrepancy).where(
        Discrepancy.incident_key == incident_key, Discrepancy.state == CaseState.WAITING_FOR_OPERATOR
    )
    closed, before = 0, _told(session, incident_key, at)
    for case in session.scalars(waiting.order_by(Discrepancy.number)):
        take_step(session, case, CaseAction.END_OUTAGE, vault=vault, by=by, at=at, detail={"incident": incident_key})
        closed += 1
    _tell_public(session, incident_key, before, at=at)
    return closed


def _told(session: Session, incident_key: str, at: datetime) -> list[int | None]:
    """What the incident's page says of its closed cases."""
    return [one.told for one in closed_cases(session, incident_key, day_in_japan(at))]


def _tell_public(session: Session, incident_key: str, before: list[int | None], *, at: datetime) -> None:
    """Have the incident's page made anew where it says another number now."""
    if _told(session, incident_key, at) != before:
        public_changed(session, [record_key(Owner.INCIDENT, incident_key)], at=at, alone=True)


def ready_to_ask(case: Discrepancy) -> bool:
    """Whether everything in the inquirer's own house was looked at."""
    return not unchecked(SELF, case.checked)
