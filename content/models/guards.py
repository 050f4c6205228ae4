"""Tables whose rows stay as they were published; the database's own triggers hold this."""

from portal.core.triggers import AppendOnly, register

BY_ID = (
    "content_bulletin",
    "content_fact",
    "content_published_citation",
    "content_statement",
    "content_stated_status",
    "content_attachment",
    "content_measure_report",
)
BY_BULLETIN = ("content_approval", "content_withdrawal")

GUARDS = (
    *(AppendOnly(table, ("id",)) for table in BY_ID),
    *(AppendOnly(table, ("bulletin_id",)) for table in BY_BULLETIN),
    AppendOnly("content_reading", ("key",)),
    AppendOnly("content_reading_withdrawal", ("document_key",)),
    AppendOnly("content_letter_step", ("id", ("letter_key", "position"))),
    AppendOnly("content_letter_block", (("letter_key", "position"),)),
)

register(*GUARDS)
