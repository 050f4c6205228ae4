"""Under which law a request is answered: a profile of data, never an ``if`` in the code."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from disclosure.rules.kinds import CaseKind
from disclosure.rules.statutes import STATUTES, Citation, cite
from disclosure.rules.tables import read
from portal.core.law_tables import TableError, in_force


@dataclass(frozen=True)
class Regime:
    """One regime from a day on. Clocks are codes of ``clocks.toml``, citations keys of ``statutes.toml``.

    ``disposition`` says whether the answer is an administrative disposition (処分), so that remedies must be told.
    ``unconfirmed`` names the fields whose value comes from practice and is to be confirmed by the organisation.
    ``profile`` is the organisation's profile whose own records are under it, empty for regimes of special records:
    which record is answered under which regime is said by ``rules/records.py``. ``letters`` are forms (F1–F29; D4 where
    documents are disclosed).
    ``period_citation`` is where the period of the decision stands when it is not where the clock's own citation points.
    ``grounds_of`` is the regime whose grounds apply mutatis mutandis (準用), save those in ``grounds_without``.
    ``kind`` is what is asked for: ``rules/claims.py`` makes the law of a claim from the regime's own row.
    ``states`` are those of ``rules/states.py`` that a request can be in (``rules/procedure.py``). ``nothing_answers``:
    there is nothing to refuse, and that nothing is held is told as a disclosure. ``period_ja``: its period in letters.
    ``further_clock`` is the time in which whoever received documents may ask to have them in another way too
    (更なる開示). ``partial_citation``: where it stands that the rest is disclosed, unless what is left means nothing.
    ``applies`` is the statute whose articles apply mutatis mutandis, by the article in ``applied_by_ja``.
    """

    code: str
    profile: str
    holder: str
    name_ja: str
    name_en: str
    effective_from: date
    statute: str
    information_ja: str
    information_en: str
    decision_clock: str
    extension_clock: str
    method_clock: str
    claim_clock: str
    appeal_clock: str
    suit_clock: str
    correction_days: int
    closing_days: int
    request_citation: str
    disclose_citation: str
    withhold_citation: str
    decision_types: tuple[str, ...]
    states: tuple[str, ...]
    remedies: str
    disposition: bool
    unconfirmed: tuple[str, ...]
    sources: tuple[str, ...]
    special_clock: str = ""
    letters: tuple[str, ...] = ()
    period_citation: str = ""
    grounds_of: str = ""
    grounds_without: tuple[str, ...] = ()
    kind: CaseKind = CaseKind.DISCLOSURE
    nothing_answers: bool = False
    period_ja: str = "開示決定等の期限"
    applies: str = ""
    applied_by_ja: str = ""
    further_clock: str = ""
    further_citation: str = ""
    partial_citation: str = ""
    method_citation: str = "method-choice"


REGIMES = read("regimes.toml", "regime", Regime)

for _regime in REGIMES:
    if _regime.statute not in STATUTES:
        raise TableError(f"regimes.toml: {_regime.code} names an unknown statute.")
    if bool(_regime.applies) != bool(_regime.applied_by_ja) or _regime.applies not in {"", *STATUTES}:
        raise TableError(f"regimes.toml: {_regime.code} does not say what it applies, and by which article.")


def regime(code: str, day: date) -> Regime:
    """The regime as it stands on ``day``; KeyError when there is none."""
    found = in_force((row for row in REGIMES if row.code == code), day)
    if found is None:
        raise KeyError(f"No regime {code} on {day}")
    return found


def cited(law: Regime, key: str, day: date) -> Citation:
    """Where a rule stands for requests under ``law``; KeyError. Of what applies mutatis mutandis (準用) it says so."""
    found = cite(key, day)
    if not law.applies or found.statute != law.applies:
        return found
    return replace(found, statute=law.statute, ja=f"{law.applied_by_ja}において準用する{found.text}")


def of_profile(profile: str, day: date) -> Regime:
    """The regime of an organisation's own records, under which most of its requests are (``public-body``, …)."""
    found = in_force((row for row in REGIMES if row.profile == profile), day)
    if found is None:
        raise KeyError(f"No regime for the profile {profile} on {day}")
    return found
