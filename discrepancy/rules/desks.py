"""The contact desk (連絡窓口) by which a body is reached: an office, never a person."""

from __future__ import annotations

from dataclasses import dataclass

from discrepancy.rules.report_checks import NOT_A_MAIL, NOT_A_TELEPHONE, is_mail, is_telephone


@dataclass(frozen=True)
class Desk:
    """Section, telephone, fax and mail; each may be empty."""

    section: str = ""
    telephone: str = ""
    fax: str = ""
    mail: str = ""


def desk_faults(desk: Desk) -> dict[str, str]:
    """What is wrong with a desk, by its fields."""
    found = {}
    if desk.telephone and not is_telephone(desk.telephone):
        found["telephone"] = NOT_A_TELEPHONE
    if desk.fax and not is_telephone(desk.fax):
        found["fax"] = NOT_A_TELEPHONE
    if desk.mail and not is_mail(desk.mail):
        found["mail"] = NOT_A_MAIL
    return found
