"""A register of a few bodies, and people who act for them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from discrepancy.operations.load_bodies import load_bodies
from discrepancy.rules.enquiry import BodyKind
from discrepancy.rules.register import Listed
from portal.core.actor import SYSTEM, Actor, ActorKind, Role
from portal.core.vault import OfficeVault, load_office, make_office_key

AT = datetime(2026, 10, 26, 3, 0, tzinfo=UTC)
BODIES = [
    Listed(code="OPERATOR", kind=BodyKind.OPERATOR, name_ja="運営主体", name_en="Operator"),
    Listed(code="AGGREGATOR", kind=BodyKind.AGGREGATOR, name_ja="集約機関", name_en="Aggregating body"),
    Listed(code="MHLW", kind=BodyKind.MINISTRY, name_ja="見本省", name_en="Sample Ministry"),
    Listed(code="010006", kind=BodyKind.PREFECTURE, name_ja="北海道", name_en="Hokkaido", prefecture="01"),
    Listed(code="020001", kind=BodyKind.PREFECTURE, name_ja="青森県", name_en="Aomori", prefecture="02"),
    Listed(
        code="011011", kind=BodyKind.MUNICIPALITY, name_ja="北海道見本市", name_en="Sample, Hokkaido", prefecture="01"
    ),
    Listed(
        code="022012", kind=BodyKind.MUNICIPALITY, name_ja="青森県見本町", name_en="Sample, Aomori", prefecture="02"
    ),
    Listed(
        code="022021", kind=BodyKind.MUNICIPALITY, name_ja="青森県見本村", name_en="Village, Aomori", prefecture="02"
    ),
]


def person_of(body: str) -> Actor:
    """Somebody with an account of a body."""
    return Actor(ActorKind.BODY, f"account-{body}", frozenset({Role.CORRESPONDENT}), "見本 係", body)


INQUIRER, PROVIDER, STRANGER = person_of("022012"), person_of("011011"), person_of("022021")
AOMORI, MINISTRY = person_of("020001"), person_of("MHLW")
OPERATOR = Actor(ActorKind.STAFF, "staff-operator", frozenset({Role.OFFICER}), "見本 担男")
AUDITOR = Actor(ActorKind.STAFF, "staff-auditor", frozenset({Role.AUDITOR}), "見本 監男")


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> OfficeVault:
    folder = tmp_path_factory.mktemp("keys")
    make_office_key(folder)
    return load_office(folder)


@pytest.fixture
def bodies(session: Session) -> Session:
    load_bodies(session, BODIES, by=SYSTEM, at=AT)
    return session
