"""Rows of pages in the reader's language: days, steps of clocks, happenings, looks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import g

from disclosure.forms.staff.delivery import RETURNS
from disclosure.forms.staff.records import DELIVERIES, FORMATS
from disclosure.models.case import Case
from disclosure.models.decision import DecisionState
from disclosure.operations.look import What
from disclosure.queries.access import Look
from disclosure.queries.case_page import CasePage
from disclosure.queries.clock import RunningClock
from disclosure.queries.deliveries import LetterDelivery
from disclosure.queries.desk import Row
from disclosure.queries.extensions import ShownExtension
from disclosure.queries.history import Happening
from disclosure.queries.keys import birth_date
from disclosure.queries.wording import ACTIONS, MORE_TIME, NEXT
from disclosure.queries.wording import way as letter_way
from disclosure.rules.agents import PROOFS
from disclosure.rules.arrival import Basis, Cause, Step
from disclosure.rules.decisions import LABELS as DECISIONS
from disclosure.rules.decisions import DecisionType
from disclosure.rules.grounds import ground
from disclosure.rules.identity import DOCUMENTS
from disclosure.rules.kinds import RECORDS, Channel, Field, RecordKind
from disclosure.rules.states import NOTIFIED, State
from portal.accounts import queries as accounts
from portal.accounts.forms import ROLE_NAMES
from portal.core.actor import Role
from portal.core.wareki import format_wareki
from portal.web.language import _, _l, choose, current, in_japan

CHANNELS = {
    Channel.WEB: _l("Web"),
    Channel.WINDOW: _l("At the window"),
    Channel.POST: _l("By post"),
    Channel.FAX: _l("By telefax"),
}
LOOKED_AT = {
    What.CASE: _l("Case"),
    What.STATUS: _l("Status page"),
    What.FILE: _l("File"),
    What.LETTER: _l("Letter"),
    What.DRAFT: _l("Draft of the letter"),
    What.EXPORT: _l("Export"),
    What.ADDRESS: _l("Protected address"),
}
DECISION_STATES = {
    DecisionState.DRAFT: _l("Draft"),
    DecisionState.SENT: _l("Waiting for approval"),
    DecisionState.APPROVED: _l("Approved"),
    DecisionState.ISSUED: _l("Issued"),
}
FIELD_NAMES = {
    Field.NAME: _l("Name"),
    Field.KANA: _l("Reading"),
    Field.POSTAL_CODE: _l("Postal code"),
    Field.ADDRESS: _l("Address"),
    Field.BIRTH_DATE: _l("Date of birth"),
    Field.TELEPHONE: _l("Telephone"),
    Field.EMAIL: _l("E-mail"),
    Field.DETAILS: _l("Details"),
    Field.ADDRESS_THEN: _l("Address when the card was applied for"),
    Field.AGENT_NAME: _l("Representative's name"),
    Field.AGENT_KANA: _l("Reading of the representative's name"),
    Field.AGENT_POSTAL_CODE: _l("Representative's postal code"),
    Field.AGENT_ADDRESS: _l("Representative's address"),
    Field.AGENT_TELEPHONE: _l("Representative's telephone"),
    Field.AGENT_CAPACITY: _l("Capacity"),
    Field.CLAIM: _l("What is claimed"),
    Field.CLAIM_REASON: _l("Reason for the claim"),
    Field.DISCLOSED: _l("By which disclosure the record became known"),
}
# Whose turn it is where nobody at the desk can go on.
TURNS = {
    State.CORRECTION: _l("The requester answers the request for correction"),
    State.WITHDRAWN: _l("Nothing more"),
    State.TRANSFERRED: _l("Nothing more"),
    State.LAPSED: _l("Nothing more"),
    State.CLOSED: _l("Nothing more"),
}


def plain_day(day: date) -> str:
    """A day as plain text in the reader's calendar."""
    return format_wareki(day) if current() == "ja" else day.isoformat()


def words(message: str, params: Mapping[str, Any]) -> str:
    """A message with its parameters, days as text."""
    shown = {name: plain_day(value) if isinstance(value, date) else value for name, value in params.items()}
    return str(_(message, **shown)) if shown else str(_(message))


def way(row: LetterDelivery) -> str:
    """How far a letter has come."""
    return words(*letter_way(row))


STEPS = {
    Step.POSTED: _l("Posted"),
    Step.ARRIVED: _l("Arrived"),
    Step.RETURNED: _l("Returned"),
    Step.VOID: _l("An entry was taken back"),
}
BASES = {
    Basis.ELECTRONIC: _l("opened on this site"),
    Basis.PROOF: _l("the post's record of delivery"),
    Basis.PRESUMED: _l("presumed, without a record"),
    Basis.SIGNED: _l("receipt signed at the window"),
}
CAUSES = {
    Cause.WISH: _l("No download was wanted"),
    Cause.ASKED: _l("Asked for at the desk"),
    Cause.AGAIN: _l("Sent once more"),
}


def more_time_title(row: ShownExtension) -> str:
    """What gives a decision more time."""
    return str(_(MORE_TIME[row.kind]))


def more_time_rows(row: ShownExtension) -> list[tuple[str, str]]:
    """What more time a decision has, and who said so."""
    rows = []
    if row.days is not None:
        rows.append((_("Extended by, days"), str(row.days)))
    if row.ground:
        rows.append((_("Ground of the extension"), _(row.ground)))
    if row.rest_on is not None:
        rows.append((_("Rest decided by"), plain_day(row.rest_on)))
    rows.append((_("Drafted by"), row.drafted_name))
    if row.issued_on is not None:
        rows.append((_("Issued by"), f"{row.issued_name} {plain_day(row.issued_on)}"))
        rows.append((_("Letter"), row.letter_number))
    return rows


def ledger_rows(row: LetterDelivery) -> list[dict[str, Any]]:
    """The ledger of a letter, oldest first."""
    return [
        {
            "id": entry.id,
            "day": entry.day,
            "step": STEPS[entry.step],
            "basis": BASES[entry.basis] if entry.basis else "",
            "mail_number": entry.mail_number or "",
            "why": RETURNS[entry.returned_as] if entry.returned_as else "",
            "who": entry.entered_name or (_("The requester") if entry.entered_kind == "resident" else _("The system")),
            "at": in_japan(entry.entered_at),
            "counts": entry.id in row.standing,
            "by_hand": entry.basis is not Basis.ELECTRONIC,
        }
        for entry in row.entries
    ]


def records(kind: RecordKind) -> str:
    """What a request asks for."""
    joint = "、" if current() == "ja" else ", "
    return joint.join(getattr(RECORDS[part], current()) for part in kind.parts)


def short_records(kind: RecordKind) -> str:
    """The same in a word, for lists."""
    joint = "、" if current() == "ja" else " + "
    return joint.join(str(choose(RECORDS[part], "short")) for part in kind.parts)


def birth(page: CasePage) -> date | None:
    """The requester's date of birth."""
    return birth_date(page.values)


def document(code: str) -> str:
    """A kind of identity document, or of paper that shows that somebody may act for another."""
    return str(choose(DOCUMENTS[code] if code in DOCUMENTS else PROOFS[code], "label"))


def wanted(case: Case) -> str:
    """How the disclosure is wanted."""
    return _(", ").join((str(DELIVERIES[case.delivery]), str(FORMATS[case.format])))


def arrived(case: Case) -> str:
    """When and how the request arrived."""
    return plain_day(case.received_on) + _(" (%(text)s)", text=CHANNELS[case.channel])


def ground_text(page: CasePage, code: str) -> str:
    """A ground with its article."""
    try:
        row = ground(page.law.code, code)
    except KeyError:
        return code
    return f"{row.article_ja}　{choose(row, 'label')}"


def duty(row: Row) -> str:
    """What comes next, and so whose turn it is."""
    if row.state in TURNS:
        return str(TURNS[row.state])
    if row.state is State.NOTIFIED and row.decision_type in (DecisionType.FULL, DecisionType.PARTIAL):
        return str(_("Disclose the records"))
    action = NEXT[row.state]
    return str(_(ACTIONS[action])) if action else ""


def left(days: int | None, *, ours: bool = True) -> tuple[str, str]:
    """Days left as text, with a tone that only repeats what the text says."""
    if days is None:
        return "", "neutral"
    if days < 0:
        text = _("Overdue, days: %(n)s", n=-days) if ours else _("Ended, days ago: %(n)s", n=-days)
        return text, "danger" if ours else "neutral"
    if days == 0:
        return _("Today"), "warning"
    return _("Days left: %(n)s", n=days), "warning" if days <= 7 and ours else "neutral"


def row_left(row: Row) -> tuple[str, str]:
    """The same for a case on the desk."""
    return left(row.days_left, ours=row.state not in NOTIFIED)


def roles(names: tuple[str, ...] | frozenset[Role]) -> str:
    """Roles by their names."""
    joint = "、" if current() == "ja" else ", "
    return joint.join(str(text) for role, text in ROLE_NAMES.items() if role in names)


def clock_rows(running: RunningClock) -> dict[str, Any]:
    """What the box of a clock shows."""
    due = running.due
    text, tone = left(running.days_left, ours=due.duty)
    if due.paused:
        text, tone = _("The clock stands still while a correction is awaited."), "neutral"
    elif not running.running:
        text, tone = _("Done; it no longer runs."), "neutral"
    elif due.duty and due.target_on != due.due_on:
        text = _("%(left)s. Our own goal: %(day)s", left=text, day=plain_day(due.target_on))
    steps = [{"text": words(step.message, step.params), "note": step.article} for step in due.steps]
    return {
        "title": choose(running, "label"),
        "due": due.binding_on,
        "left": text,
        "tone": {"neutral": "info"}.get(tone, tone) if running.running and not due.paused else "neutral",
        "items": steps,
    }


def happening_rows(happenings: tuple[Happening, ...]) -> list[dict[str, Any]]:
    """The history, newest first."""
    rows = []
    for item in reversed(happenings):
        params = dict(item.params)
        if "type" in params:
            params["type"] = _(DECISIONS[DecisionType(str(params["type"]))])
        rows.append(
            {
                "at": in_japan(item.at),
                "title": words(item.message, params),
                "by": item.by,
                "detail": params.get("type", ""),
                "staff_only": item.staff_only,
            }
        )
    return rows


def look_rows(looks: tuple[Look, ...]) -> list[dict[str, Any]]:
    """Who looked, newest first, with the names that staff may see."""
    names = accounts.names(g.session, {look.actor_id for look in looks})
    return [
        {
            "at": in_japan(look.at),
            "who": names.get(look.actor_id, "") if look.kind == "staff" else _("The requester"),
            "roles": roles(look.roles),
            "what": LOOKED_AT.get(What(look.what), look.what) if look.what in set(What) else look.what,
        }
        for look in looks
    ]
