"""What an incident's page reads."""

from __future__ import annotations

from sqlalchemy import or_

from content.models.incidents import Incident, IncidentArea, IncidentSystem
from content.models.letters import Letter
from content.models.measures import Measure, MeasureReport
from content.models.relations import Relation
from content.models.statements import Statement
from content.queries.rows import Rows, among, given

INCIDENT, INCIDENTS = Rows(Incident, Incident.key == given("key")), Rows(Incident, among(Incident.key))
STATEMENTS = Rows(Statement, Statement.incident_key == given("key"), order=[Statement.day, Statement.position])
MEASURES = Rows(Measure, Measure.incident_key == given("key"), order=[Measure.position])
REPORTS = Rows(MeasureReport, among(MeasureReport.measure_id), order=[MeasureReport.number])
LETTERS = Rows(Letter, among(Letter.key))
SYSTEMS = Rows(IncidentSystem, IncidentSystem.incident_key == given("key"), order=[IncidentSystem.position])
AREAS = Rows(IncidentArea, IncidentArea.incident_key == given("key"), order=[IncidentArea.position])
RELATIONS = Rows(
    Relation,
    or_(Relation.from_key == given("key"), Relation.to_key == given("key")),
    order=[Relation.from_key != given("key"), Relation.from_key, Relation.position],
)
RELATIONS_AMONG = Rows(
    Relation, among(Relation.from_key), among(Relation.to_key), order=[Relation.from_key, Relation.position]
)
