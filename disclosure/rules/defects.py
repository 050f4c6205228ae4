"""Formal defects for which a correction can be asked (補正: 個人情報保護法 第77条第3項), and how to mend each."""

from __future__ import annotations

from dataclasses import dataclass

from portal.core.errors import N_


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
        Defect("other", N_("Something else needs to be mended."), N_("Read the note below.")),
    )
}
