"""Tables whose rows stay as they were published; the database's own triggers hold this."""

from portal.core.triggers import AppendOnly, register

GUARDS = tuple(
    AppendOnly(table, ("id",))
    for table in ("content_bulletin", "content_fact", "content_published_citation", "content_statement")
)

register(*GUARDS)
