"""The addresses of a requester's appeals, of complaints, and of the figures of both."""

from __future__ import annotations

from flask import Blueprint

from disclosure.views.public import appeal_statistics, complaints
from disclosure.views.resident import appeals

BOTH = ("GET", "POST")


def add_own_appeal_urls(blueprint: Blueprint) -> None:
    """Bind every address of them."""
    add = blueprint.add_url_rule
    one = "/request/case/appeals/<appeal_id>"
    add("/request/case/appeals", "appeal_form", appeals.appeal_form, methods=BOTH)
    add(one, "own_appeal", appeals.own_appeal, methods=BOTH)
    add(f"{one}/withdraw", "withdraw_own_appeal", appeals.withdraw_own_appeal, methods=BOTH)
    add("/request/case/complaint", "own_complaint", appeals.own_complaint, methods=BOTH)
    add("/complaints", "complaints", complaints.complaints, methods=BOTH)
    add("/complaints/receipt", "complaint_receipt", complaints.complaint_receipt)
    add("/complaints/receipt/noted", "complaint_noted", complaints.complaint_noted, methods=("POST",))
    add("/complaints/answer", "complaint_answer", complaints.complaint_answer, methods=BOTH)
    add("/statistics/appeals", "appeal_statistics", appeal_statistics.appeal_statistics)
    add("/statistics/appeals.csv", "appeal_statistics_csv", appeal_statistics.appeal_statistics_csv)
    add("/statistics/appeals.json", "appeal_statistics_json", appeal_statistics.appeal_statistics_json)
