"""Formal defects for which a correction can be asked (補正: 個人情報保護法 第77条第3項), and how to mend each."""

from __future__ import annotations

from dataclasses import dataclass

from portal.core.errors import N_


@dataclass(frozen=True)
class Problem:
    """What is amiss: a message id, and the formal defect whose correction mends it."""

    message: str
    defect: str


@dataclass(frozen=True)
class Defect:
    """One kind of defect: what is wrong, and the helpful information that goes with it (message ids)."""

    code: str
    label: str
    help: str


DEFECTS = {
    row.code: row
    for row in (
        Defect("name", N_("The name is missing or unclear."), N_("Write the name as it is on your document.")),
        Defect(
            "address",
            N_("The address is missing or differs from the document."),
            N_("Write the address as on your document, or send a certificate of residence showing the move."),
        ),
        Defect(
            "record",
            N_("We cannot tell which record you mean."),
            N_("Tell us when and how you applied for the card, and the address at that time."),
        ),
        Defect(
            "documents",
            N_("It is not clear which documents are meant."),
            N_("Say what they are about, from when they are, or in which matter they were made. We help to find them."),
        ),
        Defect(
            "identity-missing",
            N_("The identity document is missing."),
            N_("Send a picture of the front of your document."),
        ),
        Defect(
            "identity-unreadable",
            N_("The identity document cannot be read."),
            N_("Take the picture in good light, with all four corners in it."),
        ),
        Defect(
            "identity-expired",
            N_("The identity document has expired."),
            N_("Send a picture of a document that is valid."),
        ),
        Defect(
            "fee",
            N_("The fee is not paid."),
            N_("Pay the fee, or apply for a waiver; on your request's page it says how."),
        ),
        Defect(
            "name-differs",
            N_("The name differs from the document."),
            N_("Write the name as on your document, or send a paper that shows the change of name."),
        ),
        Defect(
            "birth-date-differs",
            N_("The date of birth differs from the document."),
            N_("Tell us the date of birth as it stands on your document."),
        ),
        Defect(
            "identity-not-accepted",
            N_("This document is not accepted as proof of identity."),
            N_("Send another document. A notification card does not show who you are."),
        ),
        Defect(
            "identity-back",
            N_("The back of a card or a personal number can be seen."),
            N_("Send the front only, or cover the number."),
        ),
        Defect(
            "identity-second",
            N_("A second document is missing."),
            N_("A document without a photo needs a second, different one."),
        ),
        Defect(
            "resident-record",
            N_("The certificate of residence is missing or too old."),
            N_("By post we need the certificate itself, newly made and without a personal number."),
        ),
        Defect(
            "agent",
            N_("Name or address of the representative is missing or differs from the document."),
            N_("Write the name and address as on the representative's own document."),
        ),
        Defect(
            "agency-missing",
            N_("Nothing shows that the representative may act."),
            N_("Send a family register extract, a certificate of registered matters or a letter of mandate."),
        ),
        Defect(
            "agency-stale",
            N_("The proof of the capacity is too old."),
            N_("Send a paper that was made after you read this, or shortly before."),
        ),
        Defect(
            "agency-copy",
            N_("The letter of mandate is a copy."),
            N_("Send the letter of mandate itself by post, or bring it to our office."),
        ),
        Defect(
            "agency-support",
            N_("Nothing shows that the person wrote the mandate."),
            N_("Send the seal certificate of the person, or a copy of their identity document."),
        ),
        Defect(
            "agency-differs",
            N_("The proof names other persons than the request."),
            N_("Write the names as they stand on the proof, or send another proof."),
        ),
        Defect("other", N_("Something else needs to be mended."), N_("Read the note below.")),
    )
}

# What can be amiss in a request for documents, which says no more than the law asks for.
OF_DOCUMENTS = ("name", "address", "documents", "fee", "other")


def fitting(*, personal: bool) -> tuple[Defect, ...]:
    """The defects that a request for one's own records, or for documents, can have."""
    return tuple(row for row in DEFECTS.values() if (row.code != "documents" if personal else row.code in OF_DOCUMENTS))
