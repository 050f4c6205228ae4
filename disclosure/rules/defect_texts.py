"""What letters call each formal defect, and how they say that it is mended."""

from __future__ import annotations

from dataclasses import dataclass

from disclosure.rules.defects import DEFECTS
from disclosure.rules.tables import read
from portal.core.law_tables import TableError


@dataclass(frozen=True)
class DefectText:
    """One defect in the words of a letter and in plain Japanese; English is that of ``rules.defects``."""

    code: str
    what_ja: str
    how_ja: str
    what_easy: str
    how_easy: str

    def plain(self) -> dict[str, str]:
        """All its texts, as a letter keeps them."""
        row = DEFECTS[self.code]
        return {
            "what": self.what_ja,
            "how": self.how_ja,
            "what_easy": self.what_easy,
            "how_easy": self.how_easy,
            "what_en": row.label,
            "how_en": row.help,
        }


TEXTS = {row.code: row for row in read("defects.toml", "defect", DefectText)}

if unsaid := sorted(DEFECTS.keys() ^ TEXTS.keys()):
    raise TableError(f"defects.toml and rules/defects.py do not agree on {unsaid[0]}.")
