"""Types of decisions and what each needs to be complete (個人情報保護法 第82条, 行政手続法 第8条)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum

from disclosure.rules.grounds import available
from disclosure.rules.kinds import CaseKind
from disclosure.rules.regimes import Regime
from portal.core.errors import N_

LONGEST_REASON = 2000


class DecisionType(StrEnum):
    """How a request can end; the letters are those of the yearly statistics."""

    FULL = "A"
    PARTIAL = "B"
    NONE = "C"
    NEITHER = "D"
    NOT_HELD = "E"
    FORM = "F"
    TRANSFERRED = "G"
    WITHDRAWN = "H"
    OUTSIDE = "I"
    INFORMED = "J"


LABELS = {
    DecisionType.FULL: N_("Full disclosure"),
    DecisionType.PARTIAL: N_("Partial disclosure"),
    DecisionType.NONE: N_("No disclosure"),
    DecisionType.NEITHER: N_("Existence neither confirmed nor denied"),
    DecisionType.NOT_HELD: N_("Not held"),
    DecisionType.FORM: N_("Dismissed for a defect of form"),
    DecisionType.TRANSFERRED: N_("Transferred"),
    DecisionType.WITHDRAWN: N_("Withdrawn"),
    DecisionType.OUTSIDE: N_("Outside the law"),
    DecisionType.INFORMED: N_("Informed where to ask"),
}

# The same decisions about a claim (訂正・利用停止).
CLAIM_LABELS = {
    DecisionType.FULL: N_("Granted in full"),
    DecisionType.PARTIAL: N_("Granted in part"),
    DecisionType.NONE: N_("Not granted"),
}

DISCLOSES = frozenset({DecisionType.FULL, DecisionType.PARTIAL})
DRAFTABLE = tuple(kind for kind in DecisionType if kind not in (DecisionType.TRANSFERRED, DecisionType.WITHDRAWN))
NEEDS_REASONS = frozenset(DRAFTABLE) - {DecisionType.FULL}


class Rest(StrEnum):
    """Why nothing is disclosed beside what is withheld (独立行政法人等情報公開法 第6条第1項).

    It cannot be separated easily, or what would be left means nothing (有意の情報が記録されていない).
    """

    NOT_SEPARABLE = "not-separable"
    MEANS_NOTHING = "means-nothing"


@dataclass(frozen=True)
class Reason:
    """Why one part is withheld: the part, the ground's code, the nature of the information, the harm.

    For a record that is not held the last two say where was searched and why it is not there; for a defect of form
    what was missing and that it was not mended; where existence is not confirmed what an answer would reveal and why
    that is not disclosed; for a record of another body whose it is and how to ask there. What is disclosed although a
    ground applies names that ground and the public interest that outweighs it.
    ``rest`` is why nothing beside the part is disclosed, where the law asks for it (:class:`Rest`); else empty.
    """

    part: str
    ground: str
    nature: str
    harm: str
    rest: str = ""

    def plain(self) -> dict[str, str]:
        """As a plain dict, for sealing as JSON; without what the law does not ask for."""
        said = asdict(self)
        return said if self.rest else {name: text for name, text in said.items() if name != "rest"}


@dataclass(frozen=True)
class Problem:
    """What is missing: the number of the reason (from 1; 0 = the decision), its field and a message id."""

    number: int
    field: str
    message: str


def label(kind: CaseKind, decision: DecisionType) -> str:
    """What a decision is called, as a message id; a claim is granted, not disclosed."""
    return LABELS[decision] if kind is CaseKind.DISCLOSURE else CLAIM_LABELS.get(decision, LABELS[decision])


def needs_reasons(regime: Regime, kind: DecisionType) -> bool:
    """Whether the decision must say why, part by part: of a claim also what is granted."""
    return kind in NEEDS_REASONS or regime.kind is not CaseKind.DISCLOSURE


def can_have_reasons(regime: Regime, kind: DecisionType, day: date) -> bool:
    """Whether it can say why: also of a full disclosure, where a part could have been withheld (裁量的開示)."""
    return needs_reasons(regime, kind) or bool(available(regime, kind, day))


def names_the_rest(regime: Regime, kind: DecisionType) -> bool:
    """Whether a refusal must say why not even a part is disclosed."""
    return bool(regime.partial_citation) and kind is DecisionType.NONE


def choices(regime: Regime) -> tuple[DecisionType, ...]:
    """The types that an officer can choose under ``regime``."""
    return tuple(kind for kind in DRAFTABLE if kind in regime.decision_types)


def problems(
    kind: DecisionType, reasons: Sequence[Reason], *, regime: Regime, day: date, records: int
) -> list[Problem]:
    """Everything that stops this decision from being sent for approval; empty when it is complete.

    ``records`` is the number of records attached to the case.
    """
    found: list[Problem] = []
    if kind not in choices(regime):
        return [Problem(0, "type", N_("This decision is not available under this law."))]
    if regime.kind is not CaseKind.DISCLOSURE:
        return _claim_problems(kind, reasons, regime, day)
    if kind in DISCLOSES and not records and not regime.nothing_answers:
        found.append(Problem(0, "type", N_("Attach the record before you disclose it.")))
    if kind in (DecisionType.NOT_HELD, DecisionType.INFORMED) and records:
        found.append(Problem(0, "type", N_("A record is attached, so it cannot be said that none is held.")))
    if kind is DecisionType.NEITHER and records:
        found.append(Problem(0, "type", N_("A record is attached. Remove it: nothing may tell whether one exists.")))
    allowed = {row.code: row for row in available(regime, kind, day)}
    withheld = [one for one in reasons if not (one.ground in allowed and allowed[one.ground].discloses)]
    if kind not in NEEDS_REASONS and withheld:
        found.append(Problem(0, "reasons", N_("A full disclosure withholds nothing: remove the reasons.")))
        return found
    if kind in NEEDS_REASONS and not withheld:
        found.append(Problem(0, "reasons", N_("Give a reason for each part that is withheld.")))
    for number, reason in enumerate(reasons, start=1):
        if names_the_rest(regime, kind) and reason.rest not in set(Rest):
            found.append(Problem(number, "rest", N_("Say why nothing beside it is disclosed.")))
        if reason.ground not in allowed:
            found.append(Problem(number, "ground", N_("Choose the ground on which this part is withheld.")))
        for field, text, message in (
            ("part", reason.part, N_("Say which part is withheld.")),
            ("nature", reason.nature, N_("Say what kind of information this is.")),
            ("harm", reason.harm, N_("Say what harm would follow.")),
        ):
            if not text.strip():
                found.append(Problem(number, field, message))
            elif len(text) > LONGEST_REASON:
                found.append(Problem(number, field, N_("This is too long.")))
    return found


def _claim_problems(kind: DecisionType, reasons: Sequence[Reason], regime: Regime, day: date) -> list[Problem]:
    """Of a claim each part says on what it is decided, what was found and is done, and why."""
    found: list[Problem] = []
    if not reasons:
        found.append(Problem(0, "reasons", N_("Say for each part of the claim what is decided, and why.")))
    grounds = {row.code: row for row in available(regime, kind, day)}
    outcomes = {grounds[reason.ground].grants for reason in reasons if reason.ground in grounds}
    if kind is DecisionType.PARTIAL and len(outcomes) == 1:
        said = N_("Granted in part: at least one part is granted and at least one is not.")
        found.append(Problem(0, "reasons", said))
    for number, reason in enumerate(reasons, start=1):
        if reason.ground not in grounds:
            found.append(Problem(number, "ground", N_("Choose on what this part is decided.")))
        for field, text, message in (
            ("part", reason.part, N_("Say which part of the claim this is.")),
            ("nature", reason.nature, N_("Say what was found, and what is done.")),
            ("harm", reason.harm, N_("Say why it is decided so.")),
        ):
            if not text.strip():
                found.append(Problem(number, field, message))
            elif len(text) > LONGEST_REASON:
                found.append(Problem(number, field, N_("This is too long.")))
    return found
