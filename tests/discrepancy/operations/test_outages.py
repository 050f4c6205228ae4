"""Undelivered cases of a wide outage wait for its end and close without a report (X9-X11)."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.models.incidents import Incident
from content.models.revisions import Revision
from content.models.scales import Cause, Severity
from content.operations.public_change import public_changed, record_key
from content.queries.incident_counts import counts
from content.rules.owners import Owner
from discrepancy.models.cases import Discrepancy
from discrepancy.operations.check_self import NO_OUTAGE, end_outage, find_wide_outage, look_for_outage
from discrepancy.operations.investigate import use_papers
from discrepancy.operations.open_case import open_case
from discrepancy.operations.outage_news import END
from discrepancy.queries.outages import cases_of, may_belong, outages, recent
from discrepancy.rules.checking import OUTAGE
from discrepancy.rules.states import CaseKind, CaseState
from portal.core.errors import Invalid
from portal.core.jobs import Job
from portal.core.vault import OfficeVault
from tests.discrepancy.operations.conftest import AT, INQUIRER, OPERATOR
from tests.discrepancy.operations.test_cases import new

DAY = date(2026, 10, 26)


@pytest.fixture
def incident(bodies: Session) -> Incident:
    words = {"name_ja": "見本", "name_en": "Sample"}
    bodies.add_all([Severity(level=3, rule_ja="", rule_en="", **words), Cause(key="capacity", position=1, **words)])
    bodies.flush()
    made = Incident(
        key="relay-2026",
        title_ja="中間サーバーの障害",
        title_en="Relay servers down",
        state="open",
        severity=3,
        cause_key="capacity",
        cause_status="unknown",
        occurred_on=DAY,
        exercise=False,
        sort_on=DAY,
        last_number=1,
        published_at=AT,
        changed_at=AT,
    )
    bodies.add(made)
    bodies.flush()
    return made


@pytest.fixture
def undelivered(bodies: Session, office: OfficeVault) -> Discrepancy:
    case = open_case(bodies, new(CaseKind.UNDELIVERED), vault=office, by=INQUIRER, at=AT)
    look_for_outage(bodies, case, frozenset(OUTAGE), vault=office, by=INQUIRER, at=AT)
    return case


@pytest.mark.parametrize("by", [INQUIRER, OPERATOR])
def test_a_case_of_a_wide_outage_closes_without_report_once_its_end_is_published(
    bodies: Session, office: OfficeVault, incident: Incident, undelivered: Discrepancy, by
) -> None:
    assert recent(bodies, DAY) == [incident]
    assert may_belong(bodies, incident) == [undelivered]
    find_wide_outage(bodies, undelivered, incident.key, vault=office, by=by, at=AT)
    use_papers(bodies, undelivered, used_on=DAY, vault=office, by=INQUIRER, at=AT)
    assert (undelivered.state, undelivered.due_on) == (CaseState.WAITING_FOR_OPERATOR, None)
    assert end_outage(bodies, incident.key, vault=office, at=AT) == 0, "it is not over"
    [found] = outages(bodies)
    assert (found.incident, found.waiting, found.closed) == (incident, 1, 0)

    incident.state = "recovered"
    public_changed(bodies, [record_key(Owner.INCIDENT, incident.key)], at=AT)
    jobs = bodies.scalars(select(Job).where(Job.kind == END)).all()
    assert [job.payload for job in jobs] == [{"incident": incident.key}]
    assert end_outage(bodies, incident.key, vault=office, at=AT) == 1
    assert (undelivered.state, undelivered.incident_key) == (CaseState.CLOSED_WITHOUT_REPORT, incident.key)
    assert end_outage(bodies, incident.key, vault=office, at=AT) == 0, "a second run finds nothing"
    assert cases_of(bodies, incident) == [undelivered]


def test_a_case_that_comes_after_the_end_closes_at_once(
    bodies: Session, office: OfficeVault, incident: Incident, undelivered: Discrepancy
) -> None:
    incident.state = "closed"
    find_wide_outage(bodies, undelivered, incident.key, vault=office, by=INQUIRER, at=AT)
    assert undelivered.state == CaseState.CLOSED_WITHOUT_REPORT


def test_what_is_no_published_outage_is_refused(
    bodies: Session, office: OfficeVault, incident: Incident, undelivered: Discrepancy
) -> None:
    incident.exercise = True
    with pytest.raises(Invalid, match=NO_OUTAGE):
        find_wide_outage(bodies, undelivered, incident.key, vault=office, by=INQUIRER, at=AT)
    assert recent(bodies, DAY) == []


def test_the_public_is_told_how_many_cases_an_outage_closed_but_no_small_number(
    bodies: Session, office: OfficeVault, incident: Incident
) -> None:
    def revision() -> int:
        return bodies.scalar(select(Revision.number)) or 0

    incident.state = "recovered"
    told, changed = [], []
    for _number in range(7):
        case = open_case(bodies, new(CaseKind.UNDELIVERED), vault=office, by=INQUIRER, at=AT)
        look_for_outage(bodies, case, frozenset(OUTAGE), vault=office, by=INQUIRER, at=AT)
        before = revision()
        find_wide_outage(bodies, case, incident.key, vault=office, by=INQUIRER, at=AT)
        told += [one.told for one in counts(bodies, incident.key, DAY)]
        changed.append(revision() - before)
    assert told == [None, None, None, None, 5, 6, 7], "below five nobody learns how many"
    assert changed == [1, 0, 0, 0, 1, 1, 1], "the page is made anew when it says something else"
    assert counts(bodies, "another", DAY) == []
