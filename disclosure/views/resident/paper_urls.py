"""The addresses of what a requester prints: the form instead of sending, the receipt of a withdrawal."""

from __future__ import annotations

from flask import Blueprint

from disclosure.views.resident import on_paper, withdrawal


def add_paper_urls(blueprint: Blueprint) -> None:
    """Bind both."""
    add = blueprint.add_url_rule
    add("/request/check/form.pdf", "on_paper", on_paper.on_paper)
    add("/request/case/withdrawal.pdf", "withdrawal_pdf", withdrawal.withdrawal_pdf)
