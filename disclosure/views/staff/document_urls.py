"""The addresses of the staff's pages about documents."""

from __future__ import annotations

from flask import Blueprint

from disclosure.views.staff import documents, release

BOTH, POST = ("GET", "POST"), ("POST",)


def add_document_urls(blueprint: Blueprint) -> None:
    """Bind every address that only requests for documents have."""
    add = blueprint.add_url_rule
    one = "/staff/cases/<number>"
    add("/staff/reception/documents", "reception_documents", documents.reception_documents, methods=BOTH)
    add(f"{one}/further", "further", release.further, methods=BOTH)
    add(f"{one}/fees/disclosure", "disclosure_fee", documents.disclosure_fee, methods=BOTH)
    add(f"{one}/records/<file_id>/publication", "propose_document", documents.propose_document, methods=BOTH)
    proposal = f"{one}/publications/<publication_id>"
    add(proposal, "publication", documents.publication)
    add(f"{proposal}/publish", "publish_document", documents.publish, methods=POST)
    add(f"{proposal}/drop", "drop_publication", documents.drop_publication, methods=POST)
