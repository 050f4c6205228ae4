"""Every address of the accounts room."""

from __future__ import annotations

from flask import Blueprint

from portal.accounts.signed_in import ask_for_own_password
from portal.accounts.views import departments, failed_jobs, journal, own, people, signing_in

staff_blueprint = Blueprint("accounts", __name__, template_folder="templates")
staff_blueprint.before_app_request(ask_for_own_password)

BOTH = ["GET", "POST"]
POST = ["POST"]
add = staff_blueprint.add_url_rule

add("/staff/", "start", signing_in.start)
add("/staff/sign-in", "sign_in", signing_in.sign_in, methods=BOTH)
add("/staff/sign-out", "sign_out", signing_in.sign_out, methods=POST)

add("/staff/password", "password", own.password, methods=BOTH)
add("/staff/sessions", "sessions", own.sessions)
add("/staff/sessions/others/end", "end_other_sessions", own.end_other_sessions, methods=POST)
add("/staff/sessions/<session_id>/end", "end_own_session", own.end_own_session, methods=POST)

add("/staff/accounts", "people", people.people)
add("/staff/accounts/new", "new_person", people.new_person, methods=BOTH)
add("/staff/accounts/<account_id>", "person", people.person)
add("/staff/accounts/<account_id>/roles", "set_person_roles", people.set_person_roles, methods=POST)
add("/staff/accounts/<account_id>/department", "set_person_department", people.set_person_department, methods=POST)
add("/staff/accounts/<account_id>/disable", "disable_person", people.disable_person, methods=POST)
add("/staff/accounts/<account_id>/enable", "enable_person", people.enable_person, methods=POST)
add("/staff/accounts/<account_id>/password", "reset_person_password", people.reset_person_password, methods=POST)
add("/staff/accounts/<account_id>/sessions/end", "end_person_sessions", people.end_person_sessions, methods=POST)

add("/staff/departments", "departments", departments.departments, methods=BOTH)
add("/staff/departments/<department_id>", "department", departments.department, methods=BOTH)
add("/staff/departments/<department_id>/close", "close_department", departments.close_department, methods=POST)
add("/staff/departments/<department_id>/open", "open_department", departments.open_department, methods=POST)

add("/staff/jobs", "jobs", failed_jobs.jobs)
add("/staff/jobs/<job_id>/retry", "try_again", failed_jobs.try_again, methods=POST)

add("/staff/audit", "journal", journal.journal)
add("/staff/audit/check", "check_journal", journal.check_journal)
