"""Sample people of three bodies, and a case between them: data that differ, with the provider asked. Nobody exists."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from discrepancy.operations.ask import NewEnquiry, enquire
from discrepancy.operations.check_self import check_self
from discrepancy.operations.open_case import NewCase, open_case
from discrepancy.rules.checking import SELF
from discrepancy.rules.enquiry import EnquiryKind, FormKind
from discrepancy.rules.states import CaseKind
from portal.accounts.operations.create_account import create_account
from portal.accounts.operations.one_time import one_time_password
from portal.core.actor import SYSTEM, Actor, Role
from portal.core.clock import day_in_japan
from portal.core.vault import OfficeVault

# Login, name, and the code of the body: who asks, who is asked, and the prefecture of the one who asks.
PEOPLE = (
    ("inquirer", "見本　照子（飯田市）", "202053"),
    ("provider", "見本　供男（坂出市）", "372030"),
    ("prefecture", "見本　県子（長野県）", "200000"),
)
INQUIRER, PROVIDER = PEOPLE[0][0], PEOPLE[1][2]
SAMPLE_SERIAL = "20260101-SAMPLE-000001"
SUMMARY = "児童手当の所得の額が、課税証明書の額と異なります。（見本）"


def add(session: Session, vault: OfficeVault, *, at: datetime) -> list[tuple[str, str, Actor]]:
    """Make the people and their case; returns login, password in clear and actor of each."""
    made = [_account(session, login, name, body, at=at) for login, name, body in PEOPLE]
    inquirer = next(actor for login, _password, actor in made if login == INQUIRER)
    _asked(session, vault, inquirer, at=at)
    return made


def _account(session: Session, login: str, name: str, body: str, *, at: datetime) -> tuple[str, str, Actor]:
    password = one_time_password()
    account, _clear = create_account(
        session, login=login, name=name, roles=(Role.CORRESPONDENT,), body_code=body, by=SYSTEM, at=at,
        password=password,
    )  # fmt: skip
    session.flush()
    return login, password, account.as_actor()


def _asked(session: Session, vault: OfficeVault, by: Actor, *, at: datetime) -> None:
    """The inquirer noticed a difference yesterday, found nothing at home, and asked the provider."""
    noticed = at - timedelta(days=1)
    new = NewCase(
        CaseKind.DIFFERENT,
        affair="child-allowance",
        information="local-tax",
        occurred_at=noticed - timedelta(hours=2),
        summary=SUMMARY,
        serial=SAMPLE_SERIAL,
    )
    case = open_case(session, new, vault=vault, by=by, at=noticed)
    check_self(session, case, dict.fromkeys(SELF, False), vault=vault, by=by, at=noticed)
    said = {
        "occurred_on": day_in_japan(noticed).isoformat(),
        "summary": SUMMARY,
        "affair": new.affair,
        "information": new.information,
        "serial_number": SAMPLE_SERIAL,
        "request": "副本の確認をお願いします。（見本）",
    }
    enquiry = NewEnquiry(EnquiryKind.PROVIDER, PROVIDER, said, frequent_searched=True, form=FormKind.ENQUIRY)
    enquire(session, case, enquiry, vault=vault, by=by, at=noticed)
