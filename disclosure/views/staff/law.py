"""The law of the installation: every regime, period, ground, remedy and fee, with its source and what to confirm."""

from __future__ import annotations

from flask import render_template, request

from disclosure.queries.wording import ACTIONS, STATES
from disclosure.rules import law as tables
from disclosure.rules import procedure
from disclosure.rules.law import Part
from disclosure.rules.regimes import regime
from disclosure.rules.states import State
from disclosure.views.staff.held import today
from portal.core.actor import Role
from portal.core.law_tables import OWN
from portal.web.access import requires
from portal.web.building import settings
from portal.web.language import _, _l

PARTS = {
    Part.REGIME: _l("Regimes"),
    Part.FEE: _l("Fees"),
    Part.CLOCK: _l("Periods"),
    Part.GROUND: _l("Grounds for not disclosing"),
    Part.REMEDY: _l("Remedies"),
    Part.OFFER: _l("What each profile answers"),
    Part.ROUTE: _l("Who holds which record"),
    Part.APPEAL: _l("Appeals and complaints"),
    Part.CLAIM: _l("Correction and suspension of use"),
    Part.OTHERS: _l("Other bodies and third parties"),
    Part.AGENT: _l("Who may ask for another person"),
    Part.FORM: _l("Forms"),
    Part.DISCLOSING: _l("Handing records out, and leaks"),
    Part.PROCEDURE: _l("States, and answers that are the same for all"),
}


def _states(wanted: str) -> list[tuple[str, list[bool]]]:
    """Of every state, which regimes know it; nothing when one regime is asked for."""
    laws = [] if wanted else [regime(code, today()) for code in tables.codes()]
    return [(_(STATES[state]), [state in procedure.states(law) for law in laws]) for state in State] if laws else []


def _steps(wanted: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """The table of states of one regime: from each state the steps, and where each leads."""
    if not wanted:
        return []
    return [
        (_(STATES[state]), [(_(ACTIONS[action]), _(STATES[after])) for action, after in row.items() if after != state])
        for state, row in procedure.table(regime(wanted, today())).items()
    ]


@requires(Role.ADMINISTRATOR)
def law() -> str:
    """The tables as they stand today, and rows to come; of one regime when one is asked for."""
    wanted = request.args.get("regime", "")
    wanted = wanted if wanted in tables.codes() else ""
    rows = tables.law(today(), regime=wanted)
    return render_template(
        "disclosure/staff/law.html",
        codes=tables.codes(),
        wanted=wanted,
        profile=settings().organisation.profile,
        own=OWN,
        unconfirmed=sum(bool(row.unconfirmed) for row in rows),
        states=_states(wanted),
        steps=_steps(wanted),
        parts=[(title, [row for row in rows if row.part is part]) for part, title in PARTS.items()],
    )
