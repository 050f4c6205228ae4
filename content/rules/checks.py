"""What must hold of a bulletin before it can be published; messages are ids in the catalogues."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from content.rules.archive.kinds import FactField, IncidentKind, IncidentState
from content.rules.areas import is_area
from content.rules.writing import Writing, WrittenFact
from portal.core.errors import N_

DAY_FIELDS = frozenset(
    {FactField.OCCURRED, FactField.DETECTED, FactField.REPORTED, FactField.ANNOUNCED, FactField.RECOVERED}
)

NO_AREA = N_("An area is JP, two digits of a prefecture or six digits of a municipality.")


@dataclass(frozen=True)
class Known:
    """What a bulletin may refer to: keys of systems, ids of the facts that hold today, components with their systems,
    other incidents, bodies."""

    systems: Collection[str]
    facts: Collection[str] = ()
    components: Mapping[str, str] = field(default_factory=dict)
    incidents: Collection[str] = ()
    bodies: Collection[str] = ()


@dataclass(frozen=True)
class Problem:
    """A message for the writer; ``fact`` counts the rows of facts from 1, 0: the bulletin as a whole.

    ``about`` names what it concerns: a part of the text (``areas``), or a row (``statuses-2``, counted from 1).
    """

    message: str
    fact: int = 0
    about: str = ""


def problems(writing: Writing, known: Known) -> list[Problem]:
    """Everything that keeps this text from being published; empty when nothing does."""
    incident, bulletin = writing.incident, writing.bulletin
    found = []
    if incident.occurred_on is None and not incident.occurred_text_ja:
        found.append(Problem(N_("Say when it occurred: a day, or words in both languages."), about="occurred_on"))
    if bool(incident.occurred_text_ja) != bool(incident.occurred_text_en):
        found.append(Problem(N_("Say in both languages when it occurred."), about="occurred_text_ja"))
    if incident.occurred_on and incident.occurred_until and incident.occurred_until < incident.occurred_on:
        found.append(Problem(N_("The last day lies before the first."), about="occurred_until"))
    if not incident.systems:
        found.append(Problem(N_("Choose at least one system."), about="systems"))
    if not incident.areas or not all(is_area(area) for area in incident.areas):
        found.append(Problem(NO_AREA, about="areas"))
    if not set(incident.systems) <= set(known.systems):
        found.append(Problem(N_("One of the systems is not known."), about="systems"))
    if bulletin.correction:
        found += _correction(writing, known)
    found += _times(writing) + _around(writing, known)
    for position, fact in enumerate(bulletin.facts, 1):
        found += [Problem(message, position) for message in _fact(fact)]
    return found


def _correction(writing: Writing, known: Known) -> list[Problem]:
    bulletin = writing.bulletin
    found = []
    if not (bulletin.reason_ja and bulletin.reason_en and bulletin.noticed_on):
        message = N_("A correction says why, in both languages, and on which day the error was noticed.")
        found.append(Problem(message, about="reason_ja"))
    corrected = [fact.corrects for fact in bulletin.facts if fact.corrects]
    if not corrected:
        found.append(Problem(N_("A correction names the value that was wrong.")))
    if not set(corrected) <= set(known.facts) or len(corrected) != len(set(corrected)):
        found.append(Problem(N_("A corrected value must be one that holds today, and each only once.")))
    return found


def _times(writing: Writing) -> list[Problem]:
    incident, bulletin = writing.incident, writing.bulletin
    found = []
    if incident.kind == IncidentKind.MAINTENANCE:
        if not (incident.planned_from and incident.planned_until):
            found.append(Problem(N_("Say from when until when the maintenance is planned."), about="planned_from_on"))
        elif incident.planned_until <= incident.planned_from:
            found.append(Problem(N_("The maintenance ends before it begins."), about="planned_until_on"))
    elif incident.state == IncidentState.PLANNED:
        found.append(Problem(N_("Only maintenance is planned."), about="state"))
    if bool(bulletin.what_changed_ja) != bool(bulletin.what_changed_en):
        found.append(Problem(N_("Say in both languages what changed."), about="what_changed_ja"))
    if bulletin.final and bulletin.next_update_at:
        found.append(Problem(N_("A final bulletin promises no further one."), about="next_on"))
    return found


def _around(writing: Writing, known: Known) -> list[Problem]:
    found = []
    for n, one in enumerate(writing.bulletin.statuses, 1):
        if one.system not in writing.incident.systems or not is_area(one.area):
            message = N_("A status is of one of the incident's systems, in an area.")
            found.append(Problem(message, about=f"statuses-{n}"))
        if one.component and known.components.get(one.component) != one.system:
            found.append(Problem(N_("This component is not one of that system's."), about=f"statuses-{n}"))
    for n, relation in enumerate(writing.incident.relations, 1):
        if relation.to not in known.incidents or (relation.said_by and relation.said_by not in known.bodies):
            message = N_("One of the related incidents, or who says so, is not known.")
            found.append(Problem(message, about=f"relations-{n}"))
    for n, measure in enumerate(writing.bulletin.measures, 1):
        if not (measure.text_ja and measure.text_en) or measure.owner not in known.bodies:
            message = N_("A measure says in both languages what is done, and who does it.")
            found.append(Problem(message, about=f"measures-{n}"))
    for n, file in enumerate(writing.bulletin.attachments, 1):
        if not (file.title_ja and file.title_en and file.name) or "/" in file.name:
            message = N_("Say of each file in both languages what it is.")
            found.append(Problem(message, about=f"attachments-{n}"))
    return found


def _fact(fact: WrittenFact) -> list[str]:
    found = []
    if fact.number is None and fact.day is None and not fact.text_ja:
        found.append(N_("A fact needs a number, a day or words."))
    if (fact.number is None) != (fact.unit is None):
        found.append(N_("A number needs its unit, and a unit its number."))
    if bool(fact.text_ja) != bool(fact.text_en):
        found.append(N_("Write the words of a fact in both languages."))
    if fact.field in DAY_FIELDS and fact.day is None and not fact.text_ja:
        found.append(N_("This fact needs a day, or words."))
    if not is_area(fact.area):
        found.append(NO_AREA)
    return found
