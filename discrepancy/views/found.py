"""Finding what an address names, for the actor; and the bodies that a form names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask import g

from discrepancy import policy
from discrepancy.models.bodies import Body
from discrepancy.models.cases import Discrepancy
from discrepancy.models.enquiries import Enquiry
from discrepancy.operations.look import What, look
from discrepancy.operations.steps import TABLE, case_key
from discrepancy.queries.access import find_case, parties
from discrepancy.queries.bodies import by_codes, meant, of_kind
from discrepancy.queries.enquiries import find_enquiry
from discrepancy.rules.enquiry import BodyKind
from discrepancy.rules.states import CaseAction, Party
from portal.core import clock
from portal.core.errors import N_, Invalid
from portal.core.sealed import open_text
from portal.web.building import office
from portal.web.language import _, choose

NO_BODY = N_("No body has this name or code. Look it up in the register.")
SEVERAL = N_("Several bodies fit: %(names)s. Write the whole name, or the code.")


def today() -> date:
    """The day in Japan."""
    return clock.day_in_japan(clock.now())


def own_bodies() -> list[Body]:
    """The body that the actor speaks for; for the operator's staff the operator and the aggregating body."""
    if policy.acts_for_a_body(g.actor):
        return list(by_codes(g.session, {g.actor.body}).values())
    if policy.works_as_operator(g.actor):
        return [*of_kind(g.session, BodyKind.OPERATOR), *of_kind(g.session, BodyKind.AGGREGATOR)]
    return []


def case_of(number: str) -> tuple[Discrepancy, frozenset[Party]]:
    """The case of a number and as whom the actor sees it; NotFound where the actor does not."""
    found = find_case(g.session, number, actor=g.actor)
    return found, parties(g.session, found, g.actor)


def case_for(action: CaseAction, number: str) -> Discrepancy:
    """The same where the actor may take this step now; Forbidden, Conflict."""
    found, mine = case_of(number)
    policy.check(g.actor, action, found, mine)
    return found


def enquiry_of(number: str, enquiry_id: str) -> tuple[Discrepancy, Enquiry]:
    """An enquiry of a case; NotFound."""
    found, _mine = case_of(number)
    return found, find_enquiry(g.session, found, enquiry_id)


def opened(case: Discrepancy) -> tuple[str, str]:
    """What was noticed, and the message serial number (empty where there is none); the look is recorded."""
    look(g.session, case.number, What.CASE, by=g.actor, at=clock.now())
    key = case_key(case, office())
    summary = open_text(key, TABLE, "summary", case.number, case.summary)
    return summary, open_text(key, TABLE, "serial", case.number, case.serial) if case.serial else ""


def one_body(said: str, *, field: str) -> Body:
    """The one body that is meant; Invalid with ``field``."""
    found = meant(g.session, said)
    if not found:
        raise Invalid(NO_BODY, field=field)
    if len(found) > 1:
        raise Invalid(SEVERAL, names=_(", ").join(f"{choose(b, 'name')} ({b.code})" for b in found), field=field)
    return found[0]


def bodies_of_lines(text: str, *, field: str) -> list[tuple[Body, str]]:
    """Of each line the body and, behind a comma, a message serial number; Invalid with ``field``."""
    found: list[tuple[Body, str]] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        name, serial = _halves(line)
        found.append((one_body(name, field=field), serial))
    return found


def _halves(line: str) -> Sequence[str]:
    name, _comma, serial = line.replace("、", ",").replace("，", ",").partition(",")
    return name.strip(), serial.strip()
