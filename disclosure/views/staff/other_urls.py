"""The addresses of transfers and third parties."""

from __future__ import annotations

from flask import Blueprint

from disclosure.views.staff import objections, third_parties, transfer

BOTH = ("GET", "POST")
POST = ("POST",)


def add_other_urls(blueprint: Blueprint) -> None:
    """Bind them."""
    add = blueprint.add_url_rule
    one = "/staff/cases/<number>"
    add(f"{one}/transfer", "transfer", transfer.transfer, methods=BOTH)
    add(f"{one}/transfer/answer", "transfer_answer", transfer.transfer_answer, methods=POST)
    add(f"{one}/transfer/letters", "transfer_letters", transfer.transfer_letters, methods=POST)
    add(f"{one}/transfer/drop", "drop_transfer", transfer.drop_transfer, methods=POST)
    add(f"{one}/third-parties", "third_parties", third_parties.third_parties, methods=BOTH)
    add(f"{one}/third-parties/mark", "mark_decision", third_parties.mark_decision, methods=POST)
    party = f"{one}/third-parties/<party_id>"
    add(party, "third_party", third_parties.third_party)
    add(f"{party}/inquiry", "ask_third_party", third_parties.ask_third_party, methods=POST)
    add(f"{party}/skip", "skip_third_party", third_parties.skip_third_party, methods=POST)
    add(f"{party}/drop", "drop_third_party", third_parties.drop_third_party, methods=POST)
    add(f"{party}/answer", "third_party_answer", third_parties.third_party_answer, methods=POST)
    add(f"{party}/objection", "tell_opponent", objections.tell_opponent, methods=POST)
    add(f"{party}/objection/<said>", "weigh_objection", objections.weigh_objection, methods=POST)
