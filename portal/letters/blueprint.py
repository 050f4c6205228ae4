"""Every public address of the letters' room."""

from __future__ import annotations

from flask import Blueprint

from portal.letters.views import transparency, verify

public_blueprint = Blueprint("letters", __name__, template_folder="templates")
add = public_blueprint.add_url_rule

add("/verify", "verify", verify.verify, methods=["GET", "POST"])
add("/verify/<token>", "letter", verify.letter)

add("/transparency", "transparency", transparency.transparency)
add("/transparency/head.json", "head_json", transparency.head_json)
add("/transparency/proof.json", "proof_json", transparency.proof_json)
add("/transparency/consistency.json", "consistency_json", transparency.consistency_json)
