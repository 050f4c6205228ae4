"""Which records an organisation answers for, and under which regime: the record's regimes and the profile's offers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from disclosure.rules.kinds import RECORDS, RecordKind
from disclosure.rules.offers import offered
from disclosure.rules.regimes import REGIMES, Regime, of_profile
from portal.core.law_tables import TableError


def law_of(record: RecordKind, profile: str, day: date) -> Regime | None:
    """The regime of a request for ``record`` at an organisation of ``profile`` on ``day``; None when it is not held.

    Of the regimes under which the record can be answered, in their order, it is the first that the profile offers.
    """
    here = {law.code: law for _offer, law in offered(profile, day)}
    names = RECORDS[record.parts[0]].regimes
    return next((here[code] for code in names if code in here), None)


def answered(profile: str, day: date) -> tuple[RecordKind, ...]:
    """The records about oneself that can be asked for here, in the order of the closed list."""
    return tuple(record for record in RecordKind if record.personal and law_of(record, profile, day) is not None)


def widest(profile: str, day: date) -> Regime:
    """The organisation's own regime with all that a request about oneself can lead to: types, more time.

    For what is said of all requests at once. KeyError when the profile has no regime of its own.
    """
    own = of_profile(profile, day)
    laws = [own, *(law for record in answered(profile, day) if (law := law_of(record, profile, day)) is not None)]
    return replace(
        own,
        decision_types=tuple(dict.fromkeys(kind for law in laws for kind in law.decision_types)),
        extension_clock=next((law.extension_clock for law in laws if law.extension_clock), ""),
        special_clock=next((law.special_clock for law in laws if law.special_clock), ""),
    )


def is_described(record: RecordKind) -> bool:
    """Whether the request must say in words which record it is."""
    return RECORDS[record.parts[0]].described


def _check() -> None:
    known = {row.code for row in REGIMES}
    for record in RecordKind:
        for part in record.parts:
            if part not in RECORDS:
                raise TableError(f"purposes.toml: the record {part} has no name.")
            if unknown := set(RECORDS[part].regimes) - known:
                raise TableError(f"purposes.toml: {part} names the unknown regime {min(unknown)}.")
            if RECORDS[part].regimes != RECORDS[record.parts[0]].regimes:
                raise TableError(f"purposes.toml: the parts of {record} are answered under different regimes.")


_check()
