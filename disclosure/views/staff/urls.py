"""The addresses of the staff's pages."""

from __future__ import annotations

from flask import Blueprint

from disclosure.views.staff import (
    agency,
    breach,
    case,
    correction,
    decision,
    delivery,
    desk,
    difference,
    extension,
    fees,
    files,
    handover,
    identity,
    law,
    leaks,
    letter,
    notices,
    numbers,
    print_queue,
    reading,
    reception,
    reception_bulk,
    reception_receipts,
    records,
    redact,
    redacted,
    release,
    replace,
    retention,
    slots,
    split,
)
from disclosure.views.staff.appeal_urls import add_appeal_urls
from disclosure.views.staff.claim_urls import add_claim_urls
from disclosure.views.staff.desk_urls import add_desk_urls
from disclosure.views.staff.document_urls import add_document_urls
from disclosure.views.staff.other_urls import add_other_urls

BOTH = ("GET", "POST")
POST = ("POST",)


def add_staff_urls(blueprint: Blueprint) -> None:
    """Bind every address of the desk."""
    add_appeal_urls(blueprint)
    add_claim_urls(blueprint)
    add_document_urls(blueprint)
    add_desk_urls(blueprint)
    add_other_urls(blueprint)
    add = blueprint.add_url_rule
    one = "/staff/cases/<number>"
    add("/staff", "desk", desk.desk)
    add("/staff/find", "find_by_name", desk.find_by_name, methods=BOTH)
    add(one, "case", case.case)
    add(f"{one}/assign", "assign", case.assign, methods=POST)
    add(f"{one}/notes", "note", case.note, methods=POST)
    add(f"{one}/files/<file_id>", "file", files.file)
    add(f"{one}/files/<file_id>/pages/<int:page>", "file_page", files.file_page)
    add(f"{one}/files/<file_id>/pages/<int:page>.jpg", "page_picture", files.page_picture)
    add(f"{one}/withdrawal", "withdraw", case.withdraw, methods=BOTH)
    add(f"{one}/close", "close", case.close, methods=POST)
    add(f"{one}/representation-ended", "capacity_lost", agency.capacity_lost, methods=BOTH)
    add(f"{one}/protection", "protection", agency.protection, methods=BOTH)

    add(f"{one}/identity/start", "start_identity", identity.start_identity, methods=POST)
    add(f"{one}/identity", "identity", identity.identity, methods=BOTH)
    add(f"{one}/correction", "correction", correction.correction, methods=BOTH)
    add(f"{one}/correction/answer", "answer", correction.answer, methods=BOTH)
    add(f"{one}/correction/give-up", "give_up", correction.give_up, methods=POST)

    add(f"{one}/records", "records", records.records, methods=BOTH)
    add(f"{one}/records/<file_id>/remove", "remove_record", records.remove_record, methods=POST)
    record = f"{one}/records/<file_id>"
    add(f"{record}/redact", "redact", redact.redact, methods=BOTH)
    add(f"{record}/redact/pages/<int:page>.jpg", "redact_picture", redact.redact_picture)
    add(f"{record}/redact/make", "make_copy", redacted.make_copy, methods=POST)
    add(f"{record}/redacted", "redacted", redacted.redacted)
    add(f"{record}/redacted/file", "redacted_copy", redacted.redacted_copy)
    add(f"{record}/redacted/pages/<int:page>.jpg", "redacted_picture", redacted.redacted_picture)
    add(f"{one}/compare/resolved", "difference", difference.difference, methods=BOTH)
    add(f"{one}/compare", "compare", release.compare, methods=BOTH)
    add(f"{one}/release", "release", release.release, methods=BOTH)
    add(f"{one}/method", "method", release.method, methods=BOTH)
    add(f"{one}/lapse", "lapse", release.lapse, methods=BOTH)
    add(f"{one}/late-choice", "late_choice", release.late_choice, methods=BOTH)
    add(f"{one}/handover", "handover", handover.handover)
    add(f"{one}/handover/outcome", "records_outcome", handover.records_outcome, methods=POST)
    add(f"{one}/handover/post", "post_records", handover.post_records, methods=POST)
    add(f"{one}/handover/renew", "renew_handout", handover.renew_handout, methods=POST)
    add(f"{one}/handover/<entry_id>/take-back", "undo_handover", handover.undo_handover, methods=POST)
    add(f"{one}/appointment", "appointment", slots.appointment, methods=BOTH)
    add(f"{one}/appointment/cancel", "cancel_appointment", slots.cancel_appointment, methods=POST)
    add(f"{one}/appointment/missed", "miss_appointment", slots.miss_appointment, methods=POST)
    add("/staff/slots", "slots", slots.slots, methods=BOTH)
    add("/staff/slots/<slot_id>/close", "close_slot", slots.close_slot, methods=POST)
    add("/staff/leaks", "leaks", leaks.leak_list)
    add(f"{one}/leak", "open_leak", leaks.open_leak, methods=BOTH)
    leak = f"{one}/leaks/<leak_id>"
    add(leak, "leak", leaks.leak, methods=BOTH)
    add(f"{leak}/report", "report_leak", leaks.report_leak, methods=POST)
    add(f"{leak}/notice", "breach", breach.breach, methods=BOTH)
    add(f"{leak}/told", "tell_leak", leaks.tell_leak, methods=POST)
    add(f"{leak}/outcome", "propose_closing_leak", leaks.propose_closing_leak, methods=POST)
    add(f"{leak}/close", "close_leak", leaks.close_leak, methods=POST)

    add(f"{one}/decision", "decision", decision.decision, methods=BOTH)
    add(f"{one}/letter", "letter", letter.letter)
    add(f"{one}/letter/draft.pdf", "draft_pdf", letter.draft_pdf)
    add(f"{one}/approval", "send_for_approval", letter.send_for_approval, methods=POST)
    add(f"{one}/approve", "approve", letter.approve, methods=POST)
    add(f"{one}/send-back", "send_back", letter.send_back, methods=BOTH)
    add(f"{one}/issue", "issue", letter.issue, methods=POST)
    add(f"{one}/letters/<letter_id>", "issued_letter", case.issued_letter)
    add(f"{one}/readings/<letter_id>/<form>", "reading", reading.reading)

    add(f"{one}/extension", "extension", extension.extension, methods=BOTH)
    add(f"{one}/special-period", "special_period", extension.special_period, methods=BOTH)
    add(f"{one}/split/slip.pdf", "rest_slip", split.rest_slip)
    add(f"{one}/split", "split", split.split, methods=BOTH)
    add(f"{one}/period-notice", "period_notice", extension.period_notice)
    add(f"{one}/period-notice/issue", "issue_period_notice", extension.issue_period_notice, methods=POST)
    add(f"{one}/period-notice/drop", "drop_period_notice", extension.drop_period_notice, methods=POST)

    add(f"{one}/fees", "fees", fees.fees)
    add(f"{one}/fees/charge", "charge_fee", fees.charge_fee, methods=BOTH)
    add(f"{one}/fees/<fee_id>/payment", "pay_fee", fees.pay_fee, methods=BOTH)
    add(f"{one}/fees/<fee_id>/strike", "strike_fee", fees.strike_fee, methods=POST)
    add(f"{one}/fees/<fee_id>/refund", "refund_fee", fees.refund_fee, methods=POST)
    add(f"{one}/fees/<fee_id>/receipt.pdf", "fee_receipt_file", fees.fee_receipt_file)
    add(f"{one}/fees/<fee_id>/waiver", "ask_fee_waiver", fees.ask_fee_waiver, methods=BOTH)
    add(f"{one}/fees/waivers/<waiver_id>", "fee_waiver", fees.fee_waiver, methods=BOTH)

    draft = f"{one}/notices/<notice_id>"
    add(draft, "notice", notices.notice)
    add(f"{draft}/issue", "issue_notice", notices.issue_notice, methods=POST)
    add(f"{draft}/drop", "drop_notice", notices.drop_notice, methods=POST)

    letters = f"{one}/letters/<letter_id>"
    add(f"{letters}/way", "way", delivery.way)
    add(f"{letters}/way/handed", "hand_over", delivery.hand_over, methods=POST)
    add(f"{letters}/way/outcome", "post_outcome", delivery.post_outcome, methods=POST)
    add(f"{letters}/way/posting", "correct_posting", delivery.correct_posting, methods=POST)
    add(f"{letters}/way/<entry_id>/take-back", "take_back", delivery.take_back, methods=POST)
    add(f"{letters}/post", "also_post", delivery.also_post, methods=POST)
    add(f"{letters}/post/drop", "drop_post", delivery.drop_post, methods=POST)
    add(f"{letters}/replacement", "replacement", replace.replacement, methods=BOTH)
    add(f"{letters}/replacement/letter", "replacement_letter", replace.replacement_letter)
    add(f"{letters}/replacement/drop", "drop_replacement", replace.drop_replacement, methods=POST)
    add(f"{letters}/replacement/issue", "issue_replacement", replace.issue_replacement, methods=POST)

    add("/staff/post", "post", print_queue.post)
    add("/staff/post/runs", "make_run", print_queue.make_run, methods=POST)
    add("/staff/post/runs/<run>", "print_run", print_queue.print_run, methods=BOTH)
    add("/staff/post/runs/<run>/outcomes", "run_outcomes", print_queue.run_outcomes, methods=POST)
    add("/staff/post/runs/<run>/run.pdf", "run_file", print_queue.run_file)
    add("/staff/retention", "retention", retention.retention, methods=BOTH)
    add("/staff/retention/certificates", "certificates", retention.certificates)
    add("/staff/retention/certificates/<int:sequence>", "certificate", retention.certificate)
    add(f"{one}/holds", "holds", retention.holds, methods=BOTH)
    add(f"{one}/holds/<hold_id>/lift", "lift_hold", retention.lift_hold, methods=POST)
    add("/staff/law", "law", law.law)
    add("/staff/reception", "reception", reception.reception, methods=BOTH)
    add("/staff/reception/receipts", "reception_receipts", reception_receipts.reception_receipts)
    all_handed_over = reception_receipts.reception_all_handed_over
    add("/staff/reception/receipts/handed-over", "reception_all_handed_over", all_handed_over, methods=POST)
    receipt = "/staff/reception/receipts/<number>"
    add(receipt, "reception_receipt", reception_receipts.reception_receipt)
    add(f"{receipt}/slip.pdf", "reception_slip", reception_receipts.reception_slip)
    handed_over = reception_receipts.reception_handed_over
    add(f"{receipt}/handed-over", "reception_handed_over", handed_over, methods=POST)
    add("/staff/reception/table", "reception_bulk", reception_bulk.reception_bulk, methods=BOTH)
    add("/staff/reception/table/template.<kind>", "reception_template", reception_bulk.reception_template)
    add("/staff/reception/table/check", "reception_table", reception_bulk.reception_table)
    add("/staff/reception/table/file", "reception_file_table", reception_bulk.reception_file_table, methods=POST)
    add("/staff/reception/table/drop", "reception_drop_table", reception_bulk.reception_drop_table, methods=POST)
    add("/staff/letter-numbers", "numbers", numbers.numbers)
    add("/staff/letter-numbers/void", "void_number", numbers.void_number, methods=BOTH)
