"""To which cases a report belongs that came as a file: the sheet has no place for the number of a case."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from discrepancy.rules.report_checks import as_day, as_time
from discrepancy.rules.states import Party
from portal.core.calendar import JAPAN
from portal.core.errors import N_

NUMBER = re.compile(r"(?<![0-9A-Za-z-])d-\d{4}-\d{6}(?![0-9-])", re.IGNORECASE)
_BETWEEN = re.compile(r"[、,，;；\n]")

# Why no case belongs to a report. Nothing is guessed: the operator or the body puts it to its case by hand.
SEVERAL = N_("More than one case that waits for a report fits it.")
NOT_DUE = N_("Case %(number)s fits it, but no report is due for that case.")
NO_OTHER = N_("Its other body is none of the register, so no case could be made of it.")
NO_CAUSER = N_("It says of neither body that it caused it, so no case could be made of it.")


def numbers_in(values: Mapping[str, str]) -> list[str]:
    """The numbers of cases that somebody wrote into a report, each once."""
    return list(dict.fromkeys(one.lower() for text in values.values() for one in NUMBER.findall(text)))


def occurred(values: Mapping[str, str]) -> datetime | None:
    """When it happened, to the minute; None where the report does not say."""
    day, time = as_day(values.get("occurred_on", "")), as_time(values.get("occurred_at", ""))
    return datetime.combine(day, time, JAPAN) if day and time else None


def others(values: Mapping[str, str]) -> list[str]:
    """The names of the other bodies that a report names: inquirers of a provider's, providers of an inquirer's."""
    field = {Party.INQUIRER: "provider_name", Party.PROVIDER: "inquirer_name"}.get(causer(values) or Party.OPERATOR, "")
    return list(dict.fromkeys(filter(None, map(str.strip, _BETWEEN.split(values.get(field, ""))))))


def causer(values: Mapping[str, str]) -> Party | None:
    """Who caused it; None where it was neither body."""
    said = values.get("causer", "")
    return Party(said) if said in (Party.INQUIRER, Party.PROVIDER) else None
