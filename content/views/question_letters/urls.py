"""The addresses of letters that are being written, by their senders or at reception."""

from __future__ import annotations

from flask import Blueprint

from content.views.question_letters import enter, write

# A letter that is being written is its writer's alone: none of these is ever kept.
WRITING = (
    ("", "", write.start, ("GET", "POST")),
    ("/text", "_text", write.text, ("GET", "POST")),
    ("/parts", "_parts", write.parts, ("GET", "POST")),
    ("/sender", "_sender", write.sender, ("GET", "POST")),
    ("/confirm", "_confirm", write.confirm, ("GET", "POST")),
    ("/check", "_check", write.check, ("GET", "POST")),
    ("/receipts/<key>", "_receipt", write.receipt, ("GET",)),
    ("/receipts/<key>/noted", "_noted", write.noted, ("POST",)),
    ("/later", "_later", write.later, ("GET",)),
    ("/keep", "_keep", write.keep, ("POST",)),
    ("/discard", "_discard", write.discard, ("POST",)),
)
ENTERING = (
    ("", "", enter.start, ("GET", "POST")),
    ("/text", "_text", enter.text, ("GET", "POST")),
    ("/files/<file_id>", "_file", enter.file, ("GET",)),
    ("/files/<file_id>/<int:page>.jpg", "_page", enter.page_picture, ("GET",)),
    ("/parts", "_parts", enter.parts, ("GET", "POST")),
    ("/sender", "_sender", enter.sender, ("GET", "POST")),
    ("/check", "_check", enter.check, ("GET", "POST")),
    ("/receipts/<key>", "_receipt", enter.receipt, ("GET",)),
    ("/receipts/<key>/noted", "_noted", enter.noted, ("POST",)),
    ("/later", "_later", enter.later, ("GET",)),
    ("/keep", "_keep", enter.keep, ("POST",)),
    ("/discard", "_discard", enter.discard, ("POST",)),
)


def add(public: Blueprint, staff: Blueprint) -> None:
    """Make them known to the room."""
    for rule, name, view, methods in WRITING:
        public.add_url_rule(f"/letters/write{rule}", f"letter_write{name}", view, methods=methods)
    for rule, name, view, methods in ENTERING:
        staff.add_url_rule(f"/staff/questions/enter{rule}", f"letter_enter{name}", view, methods=methods)
