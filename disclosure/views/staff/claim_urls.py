"""The addresses of the staff's pages about claims."""

from __future__ import annotations

from flask import Blueprint

from disclosure.views.staff import claims, reception_claim

BOTH = ("GET", "POST")


def add_claim_urls(blueprint: Blueprint) -> None:
    """Bind every address of a claim, and that of a claim on paper."""
    add = blueprint.add_url_rule
    one = "/staff/cases/<number>"
    add(f"{one}/claim/record", "claim_origin", claims.claim_origin)
    add(f"{one}/carry-out", "carry_out", claims.carry_out, methods=BOTH)
    add(f"{one}/recipients", "recipient", claims.recipient, methods=BOTH)
    add("/staff/reception/claims/<kind>", "reception_claim", reception_claim.reception_claim, methods=BOTH)
