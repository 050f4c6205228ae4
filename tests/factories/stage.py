"""The least that a bulletin needs to stand on: bodies, systems, causes, severities. The whole archive costs seconds."""

from __future__ import annotations

from sqlalchemy.orm import Session

from content.models.bodies import Body
from content.models.scales import Cause, Severity
from content.models.systems import Component, System


def a_stage(session: Session) -> None:
    """Two systems with one operator, two causes, four severities."""
    session.add(Body(key="jlis", kind="operator", name_ja="機構", name_en="Agency"))
    session.flush()
    for position, key in enumerate(("jpki", "juki-net"), 1):
        session.add(
            System(
                key=key,
                name_ja=f"見本{key}",
                name_en=f"Sample {key}",
                summary_ja="見本",
                summary_en="Sample",
                operator_key="jlis",
                aliases_ja=[],
                aliases_en=[],
                position=position,
            )
        )
    session.flush()
    session.add(Component(key="jpki.issue", system_key="jpki", name_ja="発行", name_en="Issuing", position=1))
    for position, key in enumerate(("unknown", "capacity"), 1):
        session.add(Cause(key=key, name_ja=key, name_en=key, position=position))
    for level in range(1, 5):
        session.add(Severity(level=level, name_ja=f"{level}", name_en=f"{level}", rule_ja="見本", rule_en="Sample"))
    session.flush()
