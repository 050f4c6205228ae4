"""Emergencies: who is telephoned first, which form follows, and who else must be told (X12, X13; paragraph 3)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from discrepancy.rules.enquiry import FormKind
from portal.core.errors import N_


class EmergencyKind(StrEnum):
    """``survey``: work is asked for, such as a survey of the effect. ``occurrence``: something happened."""

    SURVEY = "survey"
    OCCURRENCE = "occurrence"
    SECURITY = "security"
    LEAK = "leak"


class Authority(StrEnum):
    """``commission``: 個人情報保護委員会. ``local-security``: 総務省自治行政局地域情報政策室."""

    COMMISSION = "commission"
    LOCAL_SECURITY = "local-security"


@dataclass(frozen=True)
class Emergency:
    """The operator is telephoned first, in every emergency; then ``form`` is posted and the others are told."""

    form: FormKind
    tell: tuple[Authority, ...]


EMERGENCIES: dict[EmergencyKind, Emergency] = {
    EmergencyKind.SURVEY: Emergency(FormKind.WORK, ()),
    EmergencyKind.OCCURRENCE: Emergency(FormKind.OCCURRENCE, ()),
    EmergencyKind.SECURITY: Emergency(FormKind.OCCURRENCE, (Authority.LOCAL_SECURITY,)),
    EmergencyKind.LEAK: Emergency(FormKind.OCCURRENCE, (Authority.COMMISSION, Authority.LOCAL_SECURITY)),
}
CALL_FIRST = N_("Telephone the operator's service desk first, and write down when.")


def may_post(*, called: bool) -> str:
    """Why the form cannot be posted yet; empty if it can."""
    return "" if called else CALL_FIRST
