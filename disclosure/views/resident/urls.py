"""The addresses of the resident's pages."""

from __future__ import annotations

from flask import Blueprint

from disclosure.views.resident import (
    actions,
    agency,
    appointment,
    calendar_days,
    case,
    check,
    claims,
    deadlines,
    document_request,
    documents,
    fees,
    letter,
    questions,
    reading,
    receipt,
    records,
    representation,
    routing,
    start,
    status,
)
from disclosure.views.resident.appeal_urls import add_own_appeal_urls

BOTH = ("GET", "POST")


def add_public_urls(blueprint: Blueprint) -> None:
    """Bind every address of a request and of a case that its sender opened."""
    add_own_appeal_urls(blueprint)
    add = blueprint.add_url_rule
    add("/request", "start", start.start)
    add("/request/procedure", "procedure", start.procedure, methods=BOTH)
    add("/request/where", "where", routing.where)
    add("/request/where/<record>", "where_to", routing.where_to)
    add("/request/where/<record>/note.pdf", "where_note", routing.where_note)
    add("/request/what", "what", document_request.what)
    add("/request/documents", "documents", document_request.documents)
    add("/request/documents/which", "documents_which", document_request.which, methods=BOTH)
    add("/request/documents/who", "documents_who", document_request.who, methods=BOTH)
    add("/request/documents/way", "documents_way", document_request.way, methods=BOTH)
    add("/request/documents/check", "documents_check", document_request.check, methods=BOTH)
    add("/request/documents/stop", "documents_stop", document_request.stop, methods=("POST",))
    add("/request/records", "records", start.records, methods=BOTH)
    add("/request/person", "person", questions.person, methods=BOTH)
    add("/request/agent", "agent", agency.agent, methods=BOTH)
    add("/request/contact", "contact", questions.contact, methods=BOTH)
    add("/request/delivery", "delivery", questions.delivery, methods=BOTH)
    add("/request/identity", "identity", documents.identity, methods=BOTH)
    add("/request/identity/done", "identity_done", documents.identity_done, methods=("POST",))
    add("/request/identity/<file_id>/remove", "remove_document", documents.remove_document, methods=("POST",))
    add("/request/agency", "agency", agency.agency, methods=BOTH)
    add("/request/agency/done", "agency_done", agency.agency_done, methods=("POST",))
    add("/request/check", "check", check.check, methods=BOTH)
    add("/request/stop", "stop", start.stop, methods=("POST",))
    add("/request/receipt", "receipt", receipt.receipt)
    add("/request/receipt/noted", "noted", receipt.noted, methods=("POST",))
    add("/request/receipt/slip.pdf", "slip", receipt.slip)

    add("/procedure/deadlines", "deadlines", deadlines.deadlines)
    add("/procedure/deadlines.ics", "deadlines_ics", deadlines.deadlines_ics)

    add("/request/status", "status", status.status, methods=BOTH)
    add("/request/case", "case", case.case)
    add("/request/case/days.ics", "case_days", calendar_days.case_days)
    add("/request/case/leave", "leave", status.leave, methods=("POST",))
    add("/request/case/correction", "correction", actions.correction, methods=BOTH)
    add("/request/case/claims/<kind>", "claim", claims.claim, methods=BOTH)
    add("/request/case/withdraw", "withdraw", actions.withdraw, methods=BOTH)
    add("/request/case/representation-ended", "capacity_lost", representation.capacity_lost, methods=BOTH)
    add("/request/case/method", "method", records.method, methods=BOTH)
    add("/request/case/further", "further", records.further, methods=BOTH)
    add("/request/case/appointment", "appointment", appointment.appointment, methods=BOTH)
    add("/request/case/appointment/cancel", "cancel_appointment", appointment.cancel_appointment, methods=("POST",))
    add("/request/case/appointment.ics", "appointment_file", appointment.appointment_file)
    add("/request/case/records/code", "handout_code", records.code, methods=BOTH)
    add("/request/case/records/code/send", "send_code", records.send_code, methods=("POST",))
    add("/request/case/records/<file_id>/<form>", "record", records.record)
    add("/request/case/fees/<fee_id>/waiver", "fee_waiver", fees.fee_waiver, methods=BOTH)
    add("/request/case/fees/<fee_id>/receipt.pdf", "fee_receipt_file", fees.fee_receipt_file)
    add("/request/case/letters/<letter_id>", "letter", letter.letter)
    add("/request/case/letters/<letter_id>/letter.pdf", "letter_pdf", letter.letter_pdf)
    add("/request/case/letters/<letter_id>/letter.txt", "reading_text", reading.reading_text)
    add("/request/case/letters/<letter_id>/<form>", "reading", reading.reading)
    add("/request/case/letters/<letter_id>/<form>.pdf", "reading_pdf", reading.reading_pdf)
    add("/request/case/files/<file_id>", "case_file", case.case_file)
