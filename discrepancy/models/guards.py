"""What happened to a case stays as it was written; the database's own triggers hold this."""

from portal.core.triggers import AppendOnly, register

GUARDS = (AppendOnly("discrepancy_step", ("id", ("case_number", "position"))),)

register(*GUARDS)
